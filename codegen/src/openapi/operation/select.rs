//! Which operations are read, and which become tools: see [`Options::only`](crate::openapi::Options::only) and
//! [`Options::tools`](crate::openapi::Options::tools).

use super::Item;
use super::naming::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::Method;
use crate::openapi::model::{Operation as Model, shorten};
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;
use crate::suggest;

/// A pattern, taken apart.
struct Pattern<'o> {
    /// As it was given.
    text: &'o str,
    /// Whether it excludes.
    excludes: bool,
    subject: Subject,
    /// What the subject must be like.
    glob: &'o str,
}

/// What a pattern is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    Operation,
    Tag,
    Path,
    Method,
    /// Method and path, with a blank between them.
    Request,
    /// Whether calls change anything.
    ReadOnly,
}

const SUBJECTS: [(&str, Subject); 4] = [
    ("operation:", Subject::Operation),
    ("tag:", Subject::Tag),
    ("path:", Subject::Path),
    ("method:", Subject::Method),
];

/// The pattern of operations that change nothing.
const READ_ONLY: &str = "read-only";

impl<'o> Pattern<'o> {
    fn of(text: &'o str) -> Self {
        let trimmed = text.trim();
        let rest = trimmed.strip_prefix('!');
        let excludes = rest.is_some();
        let rest = rest.unwrap_or(trimmed).trim_start();
        let prefixed = SUBJECTS.iter().find_map(|(prefix, subject)| Some((*subject, rest.strip_prefix(prefix)?)));
        let is_request = || rest.split_once(' ').is_some_and(|(_, path)| path.trim_start().starts_with(['/', '*']));
        let (subject, glob) = prefixed.unwrap_or_else(|| match rest {
            READ_ONLY => (Subject::ReadOnly, rest),
            _ if is_request() => (Subject::Request, rest),
            _ => (Subject::Operation, rest),
        });
        Self { text: trimmed, excludes, subject, glob: glob.trim() }
    }

    fn matches(&self, operation: &Found<'_>, item: &Item<'_>) -> bool {
        let is = |text: &str| matches(self.glob, text);
        match self.subject {
            Subject::Operation => {
                operation.id.is_some_and(is)
                    || is(operation.name.as_str())
                    || operation.name.as_str().strip_prefix("r#").is_some_and(is)
            }
            Subject::Tag => tags(operation).any(is),
            Subject::Path => is(item.path),
            Subject::Method => is_method(self.glob, operation),
            Subject::Request => {
                let parts = self.glob.split_once(' ');
                parts.is_some_and(|(method, path)| is_method(method, operation) && matches(path.trim(), item.path))
            }
            Subject::ReadOnly => {
                matches!(operation.method, Method::Get | Method::Head | Method::Options | Method::Trace | Method::Query)
            }
        }
    }
}

fn is_method(glob: &str, operation: &Found<'_>) -> bool {
    matches(&glob.to_ascii_uppercase(), &operation.method.as_str().to_ascii_uppercase())
}

/// The operations that the patterns select, in their order.
pub(super) fn select<'t>(
    reader: &Reader<'t, '_>,
    root: Place<'t>,
    items: &[Item<'t>],
    mut operations: Vec<Found<'t>>,
) -> Vec<Found<'t>> {
    let selected = selected(reader, root, items, &operations, &reader.options.only);
    let mut selected = selected.into_iter();
    operations.retain(|_| selected.next() == Some(true));
    operations
}

/// Which of the operations some patterns select: all of them where there is no pattern.
pub(super) fn selected<'t>(
    reader: &Reader<'t, '_>,
    root: Place<'t>,
    items: &[Item<'t>],
    operations: &[Found<'t>],
    patterns: &[String],
) -> Vec<bool> {
    let patterns: Vec<Pattern<'_>> = patterns.iter().map(|text| Pattern::of(text)).collect();
    let mut useful = vec![false; patterns.len()];
    let selects_all = patterns.iter().all(|pattern| pattern.excludes);
    let selected: Vec<bool> = operations
        .iter()
        .map(|operation| {
            let (mut selected, mut excluded) = (selects_all, false);
            for (pattern, useful) in patterns.iter().zip(&mut useful) {
                if pattern.matches(operation, &items[operation.item]) {
                    *useful = true;
                    *(if pattern.excludes { &mut excluded } else { &mut selected }) = true;
                }
            }
            selected && !excluded
        })
        .collect();
    let report = |diagnostic| reader.report(root.file, diagnostic);
    for pattern in patterns.iter().zip(&useful).filter(|(_, useful)| !**useful).map(|(pattern, _)| pattern) {
        report(useless(pattern, root, items, operations));
    }
    if !patterns.is_empty() && useful.iter().all(|useful| *useful) && !selected.contains(&true) {
        let message = "the patterns exclude every operation";
        report(Diagnostic::new(Code::SelectsNothing, root.key_span("paths"), message));
    }
    selected
}

/// What to say about a pattern that selects nothing.
fn useless<'t>(pattern: &Pattern<'_>, root: Place<'t>, items: &[Item<'t>], operations: &[Found<'t>]) -> Diagnostic {
    let span = root.key_span("paths");
    if pattern.glob.is_empty() {
        let help =
            "a pattern is like `backups.*`, `tag:Backups`, `GET /v1/*` or `read-only`, or one of these after `!`";
        let message = format!("`{}` is no pattern of operations", shorten(pattern.text));
        return Diagnostic::new(Code::MalformedPattern, span, message).help(help);
    }
    let verb = if pattern.excludes { "excludes" } else { "selects" };
    let message = format!("the pattern `{}` {verb} no operation", shorten(pattern.text));
    let mut of_subject = Vec::new();
    let mut elsewhere = None;
    for operation in operations {
        let item = &items[operation.item];
        for (prefix, subject) in SUBJECTS {
            let other = Pattern { subject, ..*pattern };
            if subject != pattern.subject && elsewhere.is_none() && other.matches(operation, item) {
                elsewhere = Some(format!("did you mean `{prefix}{}`?", pattern.glob));
            }
        }
        match pattern.subject {
            Subject::Operation => of_subject.push(operation.id.unwrap_or(operation.name.as_str())),
            Subject::Tag => of_subject.extend(tags(operation)),
            Subject::Path => of_subject.push(item.path),
            Subject::Method => of_subject.push(operation.method.as_str()),
            Subject::Request | Subject::ReadOnly => {}
        }
    }
    let prefix = pattern.glob.split_once(':').and_then(|(prefix, rest)| {
        let known = SUBJECTS.iter().map(|(prefix, _)| prefix.trim_end_matches(':'));
        Some(format!("did you mean `{}:{rest}`?", suggest::nearest(prefix, known)?))
    });
    let nearest = || nearest(pattern.glob, &of_subject).map(|name| format!("the nearest is `{}`", shorten(name)));
    Diagnostic::new(Code::SelectsNothing, span, message).maybe_help(elsewhere.or(prefix).or_else(nearest))
}

/// The nearest of some names to a pattern: where that ends in `*`, by what stands before.
fn nearest<'n>(glob: &str, names: &[&'n str]) -> Option<&'n str> {
    let Some((start, _)) = glob.split_once('*') else {
        return suggest::nearest(glob, names.iter().copied());
    };
    let length = start.chars().count();
    let starts: Vec<(String, &str)> = names.iter().map(|name| (name.chars().take(length).collect(), *name)).collect();
    let found = suggest::nearest(start, starts.iter().map(|(start, _)| start.as_str()))?;
    starts.iter().find(|(start, _)| start == found).map(|(_, name)| *name)
}

fn tags<'t>(operation: &Found<'t>) -> impl Iterator<Item = &'t str> + use<'t> {
    Model::read(operation.place).tags().into_iter().flat_map(Place::elements).filter_map(Place::text)
}

/// Whether a text is like a pattern, in which `*` stands for any characters. Takes time with the product of the lengths.
fn matches(glob: &str, text: &str) -> bool {
    let Some((start, rest)) = glob.split_once('*') else {
        return glob == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut pieces = rest.split('*').peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return text.ends_with(piece);
        }
        // The first place where a piece fits leaves the most for those after it.
        let Some(offset) = text.find(piece) else {
            return false;
        };
        text = &text[offset + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (glob, text, expected) in [
            ("a.b", "a.b", true),
            ("a.b", "a.bc", false),
            ("*", "", true),
            ("a.*", "a.", true),
            ("a.*", "a", false),
            ("*.list", "a.list", true),
            ("*b*b", "ab", false),
            ("*b*b", "abb", true),
            ("a*a", "a", false),
            ("/v1/*/x", "/v1/a/b/x", true),
            ("**", "x", true),
            ("ä*ö", "äüö", true),
        ] {
            assert_eq!(matches(glob, text), expected, "{glob} {text}");
        }
    }
}
