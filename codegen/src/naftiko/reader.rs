//! Reading of values: texts, truth values, words out of a list, collections.

use super::model::{Spanned, Text};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::imports::Files;
use crate::source::Span;
use crate::suggest;
use crate::tree::{Node, NodeId, ScalarKind, Tree};

/// The tree that is read, where mistakes go, and where imports lead.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) sink: &'a Sink,
    /// The files that parts are imported from.
    pub(super) files: &'a Files<'a>,
    /// The path of the file, as its imports take it.
    pub(super) path: &'a str,
}

/// A field of a mapping: the place of its key, and its value.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) key: Text<'a>,
    pub(super) value: NodeId,
}

/// An element of a collection of named things.
pub(super) struct Named<'a> {
    /// The name, when the collection is a mapping keyed by it.
    pub(super) key: Option<Text<'a>>,
    pub(super) value: NodeId,
}

impl<'a> Reader<'a> {
    /// A scalar as text, whatever its type.
    pub(super) fn text(self, id: NodeId, what: &str) -> Option<Text<'a>> {
        match self.tree.node(id) {
            Node::Scalar(scalar) => Some(Text { value: scalar.text, span: self.tree.span(id), start: scalar.start }),
            Node::Sequence(_) | Node::Mapping(_) => {
                self.wrong_shape(id, what, "a text");
                None
            }
        }
    }

    /// `true` or `false`, also in quotes.
    pub(super) fn boolean(self, id: NodeId, what: &str) -> Option<Spanned<bool>> {
        let text = self.text(id, what)?;
        let value = match text.value.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => {
                let message = format!("{what} must be `true` or `false`, not `{}`", text.value);
                self.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message));
                return None;
            }
        };
        Some(Spanned { value, span: text.span })
    }

    /// One of a list of words; case weighs nothing.
    pub(super) fn word<T: Copy>(self, id: NodeId, what: &str, words: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(id, what)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text.value.trim())) {
            return Some(Spanned { value: *value, span: text.span });
        }
        let names = || words.iter().map(|(word, _)| *word);
        let message = format!("{what} cannot be `{}`", text.value);
        self.sink.report(
            Diagnostic::new(Code::InvalidValue, text.span, message)
                .maybe_help(suggest::did_you_mean(text.value, names()))
                .help(format!("it is one of {}", suggest::list(names()))),
        );
        None
    }

    /// A port number.
    pub(super) fn port(self, id: NodeId) -> Option<Spanned<u16>> {
        let text = self.text(id, "`port`")?;
        let Ok(value) = text.value.trim().parse::<u16>() else {
            let message = format!("`{}` is no port", text.value);
            self.sink.report(Diagnostic::new(Code::InvalidPort, text.span, message).help(
                "a port is a number from 1 to 65535, or 0 to let the system choose; without one it becomes a setting",
            ));
            return None;
        };
        if matches!(self.tree.node(id), Node::Scalar(scalar) if scalar.kind() == ScalarKind::Text) {
            let message = format!("the port `{value}` is written as a text");
            self.sink.report(Diagnostic::new(Code::PortAsText, text.span, message).label("taken for the number"));
        }
        Some(Spanned { value, span: text.span })
    }

    /// The elements of a list; nothing is an empty list.
    pub(super) fn list(self, field: Option<Field<'a>>) -> &'a [NodeId] {
        let Some(field) = field else {
            return &[];
        };
        match self.tree.node(field.value) {
            Node::Sequence(elements) => elements,
            Node::Scalar(_) | Node::Mapping(_) => {
                self.wrong_shape(field.value, &format!("`{}`", field.key.value), "a list");
                &[]
            }
        }
    }

    /// The elements of a collection of named things, which is a list or a mapping keyed by the names.
    pub(super) fn named(self, field: Option<Field<'a>>) -> Vec<Named<'a>> {
        let Some(field) = field else {
            return Vec::new();
        };
        match self.tree.node(field.value) {
            Node::Sequence(elements) => elements.iter().map(|value| Named { key: None, value: *value }).collect(),
            Node::Mapping(entries) => {
                entries.iter().map(|entry| Named { key: self.text(entry.key, "a name"), value: entry.value }).collect()
            }
            Node::Scalar(_) => {
                self.wrong_shape(
                    field.value,
                    &format!("`{}`", field.key.value),
                    "a list, or a mapping keyed by the names",
                );
                Vec::new()
            }
        }
    }

    /// The entries of a mapping of texts.
    pub(super) fn texts(self, field: Option<Field<'a>>) -> Vec<(Text<'a>, NodeId)> {
        let Some(field) = field else {
            return Vec::new();
        };
        match self.tree.node(field.value) {
            Node::Mapping(entries) => {
                entries.iter().filter_map(|entry| Some((self.text(entry.key, "a key")?, entry.value))).collect()
            }
            Node::Scalar(_) | Node::Sequence(_) => {
                self.wrong_shape(field.value, &format!("`{}`", field.key.value), "a mapping");
                Vec::new()
            }
        }
    }

    /// Reports that a node is not what it should be.
    pub(super) fn wrong_shape(self, id: NodeId, what: &str, expected: &str) {
        let found = match self.tree.node(id) {
            Node::Sequence(_) => "a list",
            Node::Mapping(_) => "a mapping",
            Node::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Null => "nothing",
                ScalarKind::Boolean(_) => "a truth value",
                ScalarKind::Integer | ScalarKind::Float => "a number",
                ScalarKind::Text => "a text",
            },
        };
        let message = format!("{what} must be {expected}, not {found}");
        self.sink.report(Diagnostic::new(Code::WrongShape, self.span(id), message));
    }

    pub(super) fn span(self, id: NodeId) -> Span {
        self.tree.span(id)
    }
}
