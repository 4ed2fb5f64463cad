//! References and templates in actions: which value of the action a name stands for (section 10 of the format).

use super::binds::Binds;
use super::names::normalise;
use super::template::{self, Part as Piece};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{Parameter, Part, Reference, Type};
use crate::naftiko::Text;
use crate::source::Span;
use crate::suggest;

/// What templates of an action can refer to.
pub(super) struct Scope<'s, 'a> {
    pub(super) parameters: &'s [Parameter],
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

    /// The value that a name stands for: a parameter of just that name, one of the surface, or a field of one.
    fn reference(&self, name: &str, span: Span) -> Option<Reference> {
        if let Some(parameter) = self.named(name) {
            return Some(Reference { parameter, fields: Vec::new() });
        }
        if self.binds.declares(name) {
            let message = format!("`{name}` takes a value from the environment, which is not supported here yet");
            self.sink.report(Diagnostic::new(Code::UnsupportedTemplate, span, message));
            return None;
        }
        let own = name.split_once('.').filter(|(scope, _)| *scope == self.word || self.namespaces.contains(scope));
        let name = own.map_or(name, |(_, name)| name);
        if let Some(parameter) = self.named(name) {
            return Some(Reference { parameter, fields: Vec::new() });
        }
        if let Some((first, fields)) = name.split_once('.')
            && let Some(parameter) = self.named(first)
        {
            let fields = fields.split('.').map(str::to_owned).collect();
            return self.has_fields(parameter, name, span).then_some(Reference { parameter, fields });
        }
        self.report_unknown(name, span);
        None
    }

    /// The parameter of a name, exactly or nearly.
    fn named(&self, name: &str) -> Option<usize> {
        let exact = self.parameters.iter().position(|parameter| parameter.name == name);
        exact.or_else(|| {
            let is_near = |parameter: &Parameter| normalise(&parameter.name) == normalise(name);
            let mut near = (0..self.parameters.len()).filter(|index| is_near(&self.parameters[*index]));
            near.next().filter(|_| near.next().is_none())
        })
    }

    fn has_fields(&self, parameter: usize, name: &str, span: Span) -> bool {
        let parameter = &self.parameters[parameter];
        if matches!(parameter.r#type, Type::Object | Type::Any) {
            return true;
        }
        let message = format!(
            "`{name}` is a field of `{}`, which has none: its type is `{}`",
            parameter.name,
            parameter.r#type.as_str()
        );
        self.sink.report(Diagnostic::new(Code::UnknownReference, span, message));
        false
    }

    fn report_unknown(&self, name: &str, span: Span) {
        let known = || self.parameters.iter().map(|parameter| parameter.name.as_str());
        let list = match self.parameters {
            [] => "there are no parameters here; declare one in `inputParameters`".to_owned(),
            _ => format!("parameters here: {}", suggest::list(known())),
        };
        let message = format!("`{name}` refers to nothing");
        self.sink.report(
            Diagnostic::new(Code::UnknownReference, span, message)
                .maybe_help(suggest::did_you_mean(name, known()))
                .help(list),
        );
    }
}
