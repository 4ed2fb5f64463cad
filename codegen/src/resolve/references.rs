//! References and templates in actions: which value of the action a name stands for (section 10 of the format).

use super::binds::{Binds, Lookup, Usage};
use super::names::normalise;
use super::steps::{Hole, Known};
use super::template::{self, Part as Piece};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::json_path::{JsonPath, Segment, Selector};
use crate::ir::{Parameter, Part, Reference, Root, Type};
use crate::naftiko::Text;
use crate::source::Span;
use crate::suggest;

/// What templates of an action can refer to.
pub(super) struct Scope<'s, 'a> {
    pub(super) parameters: &'s [Parameter],
    /// The steps of an action that has some.
    pub(super) steps: Option<&'s Known<'a>>,
    /// The word that stands for the surface's own parameters.
    pub(super) word: &'static str,
    /// The namespaces of the surface and of the aggregate, which are other such words.
    pub(super) namespaces: &'s [&'s str],
    pub(super) binds: &'s Binds<'a>,
    pub(super) sink: &'s Sink,
}

impl Scope<'_, '_> {
    /// Takes a template apart and finds what its holes stand for. `None`: that is not known, which is reported.
    pub(super) fn template(&self, text: &Text<'_>) -> Option<Vec<Part>> {
        let pieces = template::parse(text, self.sink)?;
        let parts: Vec<Option<Part>> = pieces.into_iter().map(|piece| self.part(piece, text)).collect();
        parts.into_iter().collect()
    }

    fn part(&self, piece: Piece<'_>, text: &Text<'_>) -> Option<Part> {
        match piece {
            Piece::Text(text) => Some(Part::Text(text.to_owned())),
            Piece::Hole(name, range) => self.reference(name, text.part(range)).map(Part::Value),
        }
    }

    /// The value that a name stands for: a parameter of just that name, a bind variable, one of the surface, or a field of
    /// one; and what a step gives.
    pub(super) fn reference(&self, name: &str, span: Span) -> Option<Reference> {
        let exact = self.parameters.iter().position(|parameter| parameter.name == name);
        let has_fields = |parameter: &Parameter| matches!(parameter.r#type, Type::Object | Type::Any);
        let parameter = |name: &str| self.parameters.iter().find(|other| other.name == name).map(has_fields);
        match self.steps.map_or(Hole::Other, |steps| steps.hole(name, span, parameter, self.sink)) {
            Hole::Known(reference) => return Some(reference),
            Hole::Unknown => return None,
            Hole::Other => {}
        }
        if let Some(parameter) = exact.or_else(|| self.near(name)) {
            return Some(parameter_reference(parameter, ""));
        }
        match self.binds.lookup(name, span, Usage::Request, &[]) {
            Lookup::Found(bind) => return Some(Reference { root: Root::Bind(bind), path: JsonPath::default() }),
            Lookup::Ambiguous => return None,
            Lookup::Undeclared => {}
        }
        let own = name.split_once('.').filter(|(scope, _)| self.is_own(scope));
        let name = own.map_or(name, |(_, name)| name);
        if let Some(parameter) = self.named(name) {
            return Some(parameter_reference(parameter, ""));
        }
        if let Some((first, fields)) = name.split_once('.')
            && let Some(parameter) = self.named(first)
        {
            return self.has_fields(parameter, name, span).then(|| parameter_reference(parameter, fields));
        }
        self.report_unknown(name, span);
        None
    }

    /// Whether a word stands for the action's own parameters.
    pub(super) fn is_own(&self, word: &str) -> bool {
        word == self.word || self.namespaces.contains(&word)
    }

    /// The parameter of a name, exactly or nearly.
    fn named(&self, name: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.name == name).or_else(|| self.near(name))
    }

    fn near(&self, name: &str) -> Option<usize> {
        let is_near = |parameter: &Parameter| normalise(&parameter.name) == normalise(name);
        let mut near = (0..self.parameters.len()).filter(|index| is_near(&self.parameters[*index]));
        near.next().filter(|_| near.next().is_none())
    }

    fn has_fields(&self, parameter: usize, name: &str, span: Span) -> bool {
        let parameter = &self.parameters[parameter];
        has_fields(&parameter.name, parameter.r#type, name, span, self.sink)
    }

    fn report_unknown(&self, name: &str, span: Span) {
        let parameters = self.parameters.iter().map(|parameter| parameter.name.as_str());
        report_unknown(name, span, &parameters.collect::<Vec<_>>(), self.steps, self.sink);
    }
}

/// A parameter, or what `fields`, joined by dots, lead to in it.
pub(super) fn parameter_reference(parameter: usize, fields: &str) -> Reference {
    Reference { root: Root::Parameter(parameter), path: fields_path(fields) }
}

/// The path of fields that are joined by dots.
pub(super) fn fields_path(fields: &str) -> JsonPath {
    let names = fields.split('.').filter(|name| !name.is_empty());
    JsonPath { segments: names.map(|name| Segment::Child(vec![Selector::Name(name.to_owned())])).collect() }
}

/// Whether values of a type have fields. One that has none is reported.
pub(super) fn has_fields(parameter: &str, r#type: Type, name: &str, span: Span, sink: &Sink) -> bool {
    if matches!(r#type, Type::Object | Type::Any) {
        return true;
    }
    let message = format!("`{name}` is a field of `{parameter}`, which has none: its type is `{}`", r#type.as_str());
    sink.report(Diagnostic::new(Code::UnknownReference, span, message));
    false
}

/// Reports a name that stands for nothing.
pub(super) fn report_unknown(name: &str, span: Span, parameters: &[&str], steps: Option<&Known<'_>>, sink: &Sink) {
    let list = match parameters {
        [] => "there are no parameters here; declare one in `inputParameters`".to_owned(),
        parameters => format!("parameters here: {}", suggest::list(parameters.iter().copied())),
    };
    let steps: Vec<&str> = steps.map(Known::names).unwrap_or_default();
    let known = parameters.iter().copied().chain(steps.iter().copied());
    let message = format!("`{name}` refers to nothing");
    let near = suggest::did_you_mean(name, known.clone()).or_else(|| {
        let (head, _) = name.split_once('.')?;
        suggest::did_you_mean(head, known)
    });
    let steps = (!steps.is_empty()).then(|| format!("steps here: {}", suggest::list(steps.iter().copied())));
    sink.report(Diagnostic::new(Code::UnknownReference, span, message).maybe_help(near).help(list).maybe_help(steps));
}
