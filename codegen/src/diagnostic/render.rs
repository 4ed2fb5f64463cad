//! Diagnostics as text, in rustc's manner.
//!
//! Only the lines around the marked places are handed to the renderer, and of very long lines only a part, so that the
//! cost does not depend on the size of the file.

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer, Snippet};

use super::{Code, Diagnostic, Severity, Style};
use crate::source::{Source, Span};

/// Lines shown before and behind a marked place.
const CONTEXT_LINES: usize = 2;
/// Places at most this many lines apart are shown in one piece.
const NEAR_LINES: usize = 8;
/// Bytes of a line shown before and behind a marked place.
const CONTEXT_BYTES: usize = 160;

pub(super) fn render(diagnostic: &Diagnostic, source: &Source, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Lint => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let excerpts: Vec<Excerpt> =
        clusters(diagnostic, source).iter().map(|cluster| Excerpt::new(source, cluster)).collect();
    let excerpts = || excerpts.iter().chain(diagnostic.elsewhere.iter().map(|place| &place.excerpt));
    let mut elements: Vec<Element<'_>> = excerpts().map(|excerpt| excerpt.snippet().into()).collect();
    elements.extend(diagnostic.help.iter().map(|help| Level::HELP.message(help.as_str()).into()));
    let text = match style {
        Style::Plain => {
            let body = Renderer::plain().render(&[Group::with_level(level).elements(elements)]);
            format!("{} [{}]\n{body}", diagnostic.message, diagnostic.code.as_str())
        }
        Style::Coloured => {
            let title = level.primary_title(&diagnostic.message).id(diagnostic.code.as_str());
            Renderer::styled().render(&[Group::with_title(title).elements(elements)])
        }
    };
    excerpts()
        .filter_map(|excerpt| excerpt.position.as_ref())
        .fold(text, |text, (shown, real)| text.replacen(shown, real, 1))
}

/// A marked place on its line.
pub(super) struct Mark<'a> {
    /// The number of the line, counted from 1.
    line: usize,
    /// The place, cut to the line.
    start: usize,
    end: usize,
    text: &'a str,
    primary: bool,
    /// It is a secret: neither it nor the lines around are shown, which may hold its like.
    secret: bool,
}

/// The marked places, those near to each other together, the primary place's first.
fn clusters<'a>(diagnostic: &'a Diagnostic, source: &Source) -> Vec<Vec<Mark<'a>>> {
    let mut marks: Vec<Mark<'a>> =
        diagnostic.labels.iter().map(|label| Mark::new(source, label.span, &label.text)).collect();
    let secret = diagnostic.code == Code::SecretInFile;
    marks.push(Mark { primary: true, secret, ..Mark::new(source, diagnostic.span, &diagnostic.label) });
    marks.sort_by_key(|mark| (mark.line, mark.start));

    let mut clusters: Vec<Vec<Mark<'a>>> = Vec::new();
    for mark in marks {
        match clusters.last_mut() {
            Some(cluster) if cluster.last().is_some_and(|last| mark.line - last.line <= NEAR_LINES) => {
                cluster.push(mark);
            }
            _ => clusters.push(vec![mark]),
        }
    }
    clusters.sort_by_key(|cluster| !cluster.iter().any(|mark| mark.primary));
    clusters
}

/// The position as the renderer shows it, which only knows the column in a line's shown part, and as it is in the file.
/// `None`: they are the same.
fn position(source: &Source, cluster: &[Mark<'_>]) -> Option<(String, String)> {
    let mark = cluster.iter().find(|mark| mark.primary).or_else(|| cluster.first())?;
    let start = source.line_start(mark.start);
    let marks: Vec<&Mark<'_>> = cluster.iter().filter(|other| other.line == mark.line).collect();
    let (from, _) = cut(source, start, source.line_end(mark.start), &marks);
    if from == start {
        return None;
    }
    let column = |from: usize| source.text[from..mark.start].chars().count() + 1;
    let shown = format!("{}:{}:{}\n", source.name, mark.line, column(from));
    let real = format!("{}:{}:{}\n", source.name, mark.line, column(start));
    Some((shown, real))
}

impl<'a> Mark<'a> {
    pub(super) fn new(source: &Source, span: Span, text: &'a str) -> Self {
        let start = source.boundary(span.start as usize);
        let end = source.boundary(span.end as usize).clamp(start, source.line_end(start));
        Self { line: source.position(span.start).line, start, end, text, primary: false, secret: false }
    }
}

/// Lines of a file with marks in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) path: String,
    first_line: usize,
    text: String,
    notes: Vec<Note>,
    position: Option<(String, String)>,
}

/// A mark in an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Note {
    range: std::ops::Range<usize>,
    text: String,
    primary: bool,
}

impl Excerpt {
    fn snippet(&self) -> Snippet<'_, Annotation<'_>> {
        let notes = self.notes.iter().map(|note| {
            let kind = if note.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(note.range.clone()).label((!note.text.is_empty()).then_some(note.text.as_str()))
        });
        Snippet::source(self.text.as_str())
            .path(self.path.as_str())
            .line_start(self.first_line)
            .fold(false)
            .annotations(notes)
    }

    pub(super) fn new(source: &Source, cluster: &[Mark<'_>]) -> Self {
        let position = position(source, cluster);
        let (first_line, text, notes) = lines(source, cluster);
        Self { path: source.name.clone(), first_line, text, notes, position }
    }
}

/// The lines around marks, the number of the first one, and the marks in them.
fn lines(source: &Source, cluster: &[Mark<'_>]) -> (usize, String, Vec<Note>) {
    let first = cluster.iter().map(|mark| mark.start).min().unwrap_or_default();
    let last = cluster.iter().map(|mark| mark.end).max().unwrap_or_default();
    let first_line = cluster.first().map_or(1, |mark| mark.line);
    let context = if cluster.iter().any(|mark| mark.secret) { 0 } else { CONTEXT_LINES };
    let (window, mut line) = widen(source, first, last, first_line, context);

    let mut text = String::new();
    let mut notes = Vec::new();
    let line_start = line;
    for part in source.text[window.clone()].split('\n') {
        let offset = part.as_ptr() as usize - source.text.as_ptr() as usize;
        let marks: Vec<&Mark<'_>> = cluster.iter().filter(|mark| mark.line == line).collect();
        let (from, to) = cut(source, offset, offset + part.trim_end_matches('\r').len(), &marks);
        let mut shown = source.text[from..to].to_owned();
        for mark in marks {
            let (start, end) = (mark.start.clamp(from, to) - from, mark.end.clamp(from, to) - from);
            if mark.secret {
                // As many bytes as before, so that the other marks stay where they are.
                shown.replace_range(start..end, &"*".repeat(end - start));
            }
            let (start, end) = (text.len() + start, text.len() + end);
            notes.push(Note { range: start..end, text: mark.text.to_owned(), primary: mark.primary });
        }
        text.push_str(&shown);
        text.push('\n');
        line += 1;
    }
    (line_start, text, notes)
}

/// The range of whole lines around `first..last` with the number of its first line.
fn widen(
    source: &Source,
    first: usize,
    last: usize,
    first_line: usize,
    context: usize,
) -> (std::ops::Range<usize>, usize) {
    let mut start = source.line_start(first);
    let mut line = first_line;
    for _ in 0..context {
        if line > 1 && start > 0 {
            start = source.line_start(start - 1);
            line -= 1;
        }
    }
    let mut end = source.line_end(last);
    for _ in 0..context {
        if let Some(newline) = source.text[end..].find('\n') {
            let next = end + newline + 1;
            if next < source.text.len() {
                end = source.line_end(next);
            }
        }
    }
    (start..end, line)
}

/// The part of a line that is shown: all of it unless it is very long.
fn cut(source: &Source, start: usize, end: usize, marks: &[&Mark<'_>]) -> (usize, usize) {
    if end - start <= 2 * CONTEXT_BYTES {
        return (start, end);
    }
    let first = marks.iter().map(|mark| mark.start).min().unwrap_or(start);
    let last = marks.iter().map(|mark| mark.end).max().unwrap_or(start);
    let from = source.boundary(first.saturating_sub(CONTEXT_BYTES).max(start));
    let to = source.boundary(last.min(first + 8 * CONTEXT_BYTES).saturating_add(CONTEXT_BYTES).min(end));
    (from, to.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn example() -> (Source, Diagnostic) {
        let text =
            "naftiko: 1.0.0-alpha2\ncapability:\n  exposes:\n    - type: rest\n      call: api.lst\n      path: /a\n";
        let start = u32::try_from(text.find("api.lst").unwrap()).unwrap();
        let diagnostic =
            Diagnostic::new(Code::UnknownOperation, Span::new(start, start + 7), "unknown operation `lst` in `api`")
                .label("no such operation")
                .also(Span::new(0, 7), "elsewhere")
                .help("did you mean `list`?")
                .help("`api` has `list`, `get`");
        (Source::new("specs/api.yaml", text), diagnostic)
    }

    #[test]
    fn plain_text_suits_a_compile_error() {
        let (source, diagnostic) = example();
        let text = diagnostic.render(&source, Style::Plain);
        let expected = "\
unknown operation `lst` in `api` [CAP0301]
 --> specs/api.yaml:5:13
  |
1 | naftiko: 1.0.0-alpha2
  | ------- elsewhere
2 | capability:
3 |   exposes:
4 |     - type: rest
5 |       call: api.lst
  |             ^^^^^^^ no such operation
6 |       path: /a
  |
  = help: did you mean `list`?
  = help: `api` has `list`, `get`";
        assert_eq!(text, expected);
    }

    #[test]
    fn coloured_text_names_code_and_severity() {
        let (source, diagnostic) = example();
        let text = diagnostic.render(&source, Style::Coloured);
        assert!(text.contains("error[CAP0301]"), "{text}");
        assert!(text.contains("\u{1b}["), "{text}");
    }

    #[test]
    fn a_secret_is_not_shown() {
        let text = "authentication:\n  username: someone\n  password: s3crét # mine\n";
        let start = u32::try_from(text.find("s3cr").unwrap()).unwrap();
        let diagnostic = Diagnostic::new(Code::SecretInFile, Span::new(start, start + 7), "a credential");
        let shown = diagnostic.render(&Source::new("a.yaml", text), Style::Plain);
        assert!(shown.contains("password: ******* # mine"), "{shown}");
        assert!(!shown.contains("someone"), "{shown}");
        assert!(shown.contains("a.yaml:3:13"), "{shown}");
    }

    #[test]
    fn long_lines_are_cut_and_columns_kept() {
        let text = format!("{{\"a\": \"{}\", \"b\": 1, \"c\": \"{}\"}}", "x".repeat(1_000_000), "y".repeat(1_000_000));
        let start = u32::try_from(text.find("\"b\"").unwrap()).unwrap();
        let diagnostic = Diagnostic::new(Code::UnknownField, Span::new(start, start + 3), "unknown field `b`");
        let text = diagnostic.render(&Source::new("a.json", text), Style::Plain);
        assert!(text.contains(&format!("a.json:1:{}", start + 1)), "{text}");
        assert!(text.len() < 4_000, "{}", text.len());
        assert!(text.contains("\"b\""), "{text}");
    }

    #[test]
    fn far_places_are_shown_apart() {
        let text = format!("first: 1\n{}last: 2\n", "middle: 0\n".repeat(50));
        let end = u32::try_from(text.find("last").unwrap()).unwrap();
        let diagnostic =
            Diagnostic::new(Code::DuplicateKey, Span::new(end, end + 4), "twice").also(Span::new(0, 5), "first here");
        let text = diagnostic.render(&Source::new("a.yaml", text), Style::Plain);
        assert!(text.contains(" --> a.yaml:52:1"), "{text}");
        assert!(text.contains("::: a.yaml:1:1\n"), "{text}");
        assert!(text.lines().count() < 20, "{text}");
    }

    #[test]
    fn strange_spans_are_harmless() {
        let source = Source::new("a.yaml", "\u{feff}é: 1\r\nb: 2");
        for start in 0..20 {
            for end in 0..20 {
                let diagnostic =
                    Diagnostic::new(Code::Syntax, Span::new(start, end), "x").also(Span::new(end, start), "y");
                assert!(diagnostic.render(&source, Style::Plain).contains("a.yaml:"));
            }
        }
    }
}
