//! References to the outputs of steps (section 9.3 of the format).

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::json_path::{JsonPath, Segment, Selector};
use crate::ir::{Reference, Root};
use crate::jsonpath;
use crate::naftiko::Text;
use crate::resolve::names::normalise;
use crate::resolve::references::fields_path;
use crate::source::Span;
use crate::suggest;

/// The steps that references of an action can be to.
pub(in crate::resolve) struct Known<'a> {
    pub(super) steps: Vec<KnownStep<'a>>,
    /// The step that refers, by index; behind all of them where it is the answer that refers.
    pub(super) position: usize,
}

/// What references have to know of a step.
pub(super) struct KnownStep<'a> {
    pub(super) name: Text<'a>,
    pub(super) fields: Fields<'a>,
}

/// The fields that the output of a step can have.
pub(super) enum Fields<'a> {
    Any,
    /// Of an object these; of a list, its elements have any.
    OfObject(Vec<&'a str>),
    /// These alone, of an object or of each element of a list.
    Of(Vec<&'a str>),
}

/// What the name in a hole of a template leads to, as far as steps are concerned.
pub(in crate::resolve) enum Hole {
    /// Something that is no step.
    Other,
    /// A part of what a step gives.
    Known(Reference),
    /// Nothing, which was reported.
    Unknown,
}

impl Known<'_> {
    /// The names of the steps that are done before.
    pub(in crate::resolve) fn names(&self) -> Vec<&str> {
        self.steps[..self.position.min(self.steps.len())].iter().map(|step| step.name.value).collect()
    }

    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.name.value == name)
    }

    /// The step that the name in a hole of a template begins with.
    pub(in crate::resolve) fn of_hole(&self, name: &str) -> Option<usize> {
        self.named(head(name))
    }

    /// Whether a text is what a path to a field of a step would be, but for the `$.` before it.
    pub(in crate::resolve) fn is_bare_path(&self, text: &str) -> bool {
        head(text).len() < text.len() && !text.contains(char::is_whitespace) && self.of_hole(text).is_some()
    }

    /// What a hole of a template refers to, if it begins with the name of a step.
    ///
    /// `parameter` tells whether there is a parameter of a name, and whether its values can have fields.
    pub(in crate::resolve) fn hole(
        &self,
        name: &str,
        span: Span,
        parameter: impl Fn(&str) -> Option<bool>,
        sink: &Sink,
    ) -> Hole {
        let Some(step) = self.of_hole(name) else { return Hole::Other };
        let (head, rest) = name.split_at(head(name).len());
        match parameter(head) {
            // The step is not done yet.
            Some(_) if step >= self.position => return Hole::Other,
            Some(has_fields) if has_fields || rest.is_empty() => {
                let message = format!("`{head}` is both a parameter and a step");
                sink.report(
                    Diagnostic::new(Code::AmbiguousParameter, span, message)
                        .also(self.steps[step].name.span, "the step")
                        .help("write the surface before the name if the parameter is meant, or rename the step"),
                );
                return Hole::Unknown;
            }
            _ => {}
        }
        self.part(step, name, rest, span, sink).map_or(Hole::Unknown, Hole::Known)
    }

    fn part(&self, step: usize, name: &str, rest: &str, span: Span, sink: &Sink) -> Option<Reference> {
        let path = if rest.contains('[') {
            match jsonpath::parse(&format!("${rest}")) {
                Ok(parsed) => parsed.path,
                Err(fault) => {
                    let message = format!("`{name}` is no path into what a step gives: {}", fault.message);
                    sink.report(Diagnostic::new(Code::MalformedJsonPath, span, message).maybe_help(fault.suggestion));
                    return None;
                }
            }
        } else {
            fields_path(rest)
        };
        self.checked(step, path, span, sink)
    }

    /// What `$.step.…` refers to. `None`: nothing, which is reported.
    pub(in crate::resolve) fn path(&self, text: &Text<'_>, sink: &Sink) -> Option<Reference> {
        let parsed = match jsonpath::parse(text.value) {
            Ok(parsed) => parsed,
            Err(fault) => {
                let message = format!("`{}` is no path of JSONPath: {}", text.value, fault.message);
                sink.report(
                    Diagnostic::new(Code::MalformedJsonPath, text.part(fault.range), message)
                        .maybe_help(fault.suggestion),
                );
                return None;
            }
        };
        let mut segments = parsed.path.segments.into_iter();
        let Some(Segment::Child(selectors)) = segments.next() else {
            self.report_no_step(text, sink);
            return None;
        };
        let [Selector::Name(name)] = selectors.as_slice() else {
            self.report_no_step(text, sink);
            return None;
        };
        let Some(step) = self.named(name) else {
            self.report_unknown(name, text.span, sink);
            return None;
        };
        // Names of steps and fields have hyphens here as a matter of course.
        self.checked(step, JsonPath { segments: segments.collect() }, text.span, sink)
    }

    /// A reference to a part of what a step gives, if the step is done before and can have that part.
    fn checked(&self, step: usize, path: JsonPath, span: Span, sink: &Sink) -> Option<Reference> {
        self.check_order(step, span, sink)?;
        let known = &self.steps[step];
        let name = known.name.value;
        if let Some((field, fields)) = known.missing(&path) {
            let message = format!("the output of the step `{name}` has no field `{field}`");
            sink.report(
                Diagnostic::new(Code::UnknownStepField, span, message)
                    .also(known.name.span, "the step")
                    .maybe_help(suggest::did_you_mean(field, fields.iter().copied()))
                    .help(format!("it has {}", suggest::list(fields.iter().copied()))),
            );
            return None;
        }
        Some(Reference { root: Root::Step(step), path })
    }

    /// Reports a step that is not done before. `None`: it was reported.
    pub(super) fn check_order(&self, step: usize, span: Span, sink: &Sink) -> Option<()> {
        if step < self.position {
            return Some(());
        }
        let known = &self.steps[step].name;
        let name = known.value;
        let message = if step == self.position {
            format!("the step `{name}` refers to itself")
        } else {
            format!("`{name}` is a later step, which has given nothing yet")
        };
        sink.report(
            Diagnostic::new(Code::LaterStep, span, message)
                .also(known.span, "the step")
                .help("a step can refer to those before it"),
        );
        None
    }

    fn report_no_step(&self, text: &Text<'_>, sink: &Sink) {
        let message = format!("`{}` begins with the name of no step", text.value);
        sink.report(
            Diagnostic::new(Code::UnknownStep, text.span, message)
                .help(format!("steps: {}", suggest::list(self.names()))),
        );
    }

    pub(super) fn report_unknown(&self, name: &str, span: Span, sink: &Sink) {
        let known = || self.steps.iter().map(|step| step.name.value);
        let same = known().find(|known| normalise(known) == normalise(name));
        let near = match same {
            Some(same) => Some(format!("did you mean `{same}`?")),
            None => suggest::did_you_mean(name, known()),
        };
        let message = format!("there is no step `{name}`");
        sink.report(
            Diagnostic::new(Code::UnknownStep, span, message)
                .maybe_help(near)
                .help(format!("steps: {}", suggest::list(known()))),
        );
    }
}

impl KnownStep<'_> {
    /// The field that a path asks for and the output cannot have, and those that it can have.
    fn missing<'p>(&self, path: &'p JsonPath) -> Option<(&'p str, &[&str])> {
        let (fields, segment) = match &self.fields {
            Fields::Any => return None,
            Fields::OfObject(fields) => (fields, path.segments.first()?),
            Fields::Of(fields) => (fields, path.segments.iter().find(|segment| !is_element(segment))?),
        };
        match segment {
            Segment::Child(selectors) => match selectors.as_slice() {
                [Selector::Name(name)] if !fields.contains(&name.as_str()) => Some((name, fields)),
                _ => None,
            },
            Segment::Descendant(_) => None,
        }
    }
}

/// Whether a segment selects elements of a list.
fn is_element(segment: &Segment) -> bool {
    matches!(segment, Segment::Child(selectors) if !selectors.iter().any(|selector| matches!(selector, Selector::Name(_))))
}

/// What a name in a hole begins with, before its fields.
fn head(name: &str) -> &str {
    &name[..name.find(['.', '[']).unwrap_or(name.len())]
}

/// Whether a text is a path, which can lead into what a step gives.
pub(in crate::resolve) fn is_path(text: &str) -> bool {
    text == "$" || text.starts_with("$.") || text.starts_with("$[")
}
