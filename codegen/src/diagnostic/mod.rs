//! What the compiler has to say about a file: errors and lints with their places.

mod code;
mod elsewhere;
mod render;
mod sink;

pub use self::code::Code;
pub use self::elsewhere::Elsewhere;
pub(crate) use self::sink::Sink;

use crate::source::{Source, Span};

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The file has no meaning as it stands; nothing is generated.
    Error,
    /// The file has a meaning, but something in it is probably not as it was meant to be.
    Lint,
    /// Nothing is wrong with the file, but whoever uses it has something to do. It never stops a build.
    Note,
}

/// How a diagnostic is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Plain text, as the text of a `compile_error!`: the message comes first, without the word `error`.
    Plain,
    /// For a terminal, with colours, beginning as rustc's do: `error[CAP0301]: …`.
    Coloured,
}

/// An error or a lint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake it is.
    pub code: Code,
    /// How serious it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The place.
    pub span: Span,
    /// What stands beside the marker at the place, or empty.
    pub label: String,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
    /// Places in other files that have to do with it.
    pub elsewhere: Vec<Elsewhere>,
    /// What to do about it, a paragraph each.
    pub help: Vec<String>,
}

/// A further place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What stands beside its marker.
    pub text: String,
}

impl Diagnostic {
    /// The most diagnostics that are shown of a document: each quotes the file, and a thousand help nobody.
    pub(crate) const MOST_SHOWN: usize = 100;

    /// A diagnostic of the code's severity.
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span,
            label: String::new(),
            labels: Vec::new(),
            elsewhere: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Writes `text` beside the marker.
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Marks another place.
    pub(crate) fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Marks a place in another file.
    pub(crate) fn elsewhere(mut self, source: &Source, span: Span, text: &str) -> Self {
        self.elsewhere.push(Elsewhere::new(source, span, text));
        self
    }

    /// Says what to do.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says what to do, if there is something to say.
    pub(crate) fn maybe_help(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.help(text),
            None => self,
        }
    }

    /// The diagnostic as text: message, `file:line:column`, the lines around with markers, and help.
    ///
    /// `source` is the source that the diagnostic is about. Places in other files stand behind those in it.
    #[must_use]
    pub fn render(&self, source: &Source, style: Style) -> String {
        render::render(self, source, style)
    }
}
