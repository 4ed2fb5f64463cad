//! A node of one of the files, and how to look into it.

use std::hash::{Hash, Hasher};

use crate::source::Span;
use crate::tree::{Entry, Node, NodeId, Scalar, ScalarKind, Tree};

/// The index of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct FileId(pub(super) u32);

/// A node with the file that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'t> {
    /// The file.
    pub(super) file: FileId,
    /// The file's tree.
    pub(super) tree: &'t Tree<'t>,
    /// The node.
    pub(super) node: NodeId,
}

/// An entry of a mapping.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'t> {
    pub(super) key: &'t str,
    /// Where the key stands.
    pub(super) span: Span,
    pub(super) value: Place<'t>,
}

/// What tells places apart.
pub(super) type Identity = (FileId, NodeId);

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Place<'_> {}

impl Hash for Place<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

impl<'t> Place<'t> {
    /// What tells this place from others.
    pub(super) fn identity(self) -> Identity {
        (self.file, self.node)
    }

    /// Where it stands.
    pub(super) fn span(self) -> Span {
        self.tree.span(self.node)
    }

    /// Another node of the same file.
    pub(super) fn at(self, node: NodeId) -> Self {
        Self { node, ..self }
    }

    /// What stands here.
    pub(super) fn content(self) -> Node<'t> {
        self.tree.node(self.node)
    }

    /// The entries of a mapping; none of anything else.
    pub(super) fn entries(self) -> &'t [Entry] {
        match self.content() {
            Node::Mapping(entries) => entries,
            Node::Scalar(_) | Node::Sequence(_) => &[],
        }
    }

    /// The keys and values of a mapping; none of anything else.
    pub(super) fn pairs(self) -> impl ExactSizeIterator<Item = (&'t str, Self)> + 't {
        self.entries().iter().map(move |entry| (self.tree.text(entry.key), self.at(entry.value)))
    }

    /// The entries of a mapping with the places of their keys; none of anything else.
    pub(super) fn members(self) -> impl ExactSizeIterator<Item = Member<'t>> + 't {
        let member = move |entry: &Entry| Member {
            key: self.tree.text(entry.key),
            span: self.tree.span(entry.key),
            value: self.at(entry.value),
        };
        self.entries().iter().map(member)
    }

    /// The elements of a list; none of anything else.
    pub(super) fn elements(self) -> impl ExactSizeIterator<Item = Self> + 't {
        let elements = match self.content() {
            Node::Sequence(elements) => elements,
            Node::Scalar(_) | Node::Mapping(_) => &[],
        };
        elements.iter().map(move |element| self.at(*element))
    }

    /// An element of a list.
    pub(super) fn element(self, index: usize) -> Option<Self> {
        match self.content() {
            Node::Sequence(elements) => elements.get(index).map(|element| self.at(*element)),
            Node::Scalar(_) | Node::Mapping(_) => None,
        }
    }

    /// The value of a key. Takes time with the mapping's length.
    pub(super) fn get(self, key: &str) -> Option<Self> {
        let entry = self.entries().iter().find(|entry| self.tree.text(entry.key) == key)?;
        Some(self.at(entry.value))
    }

    /// Where a key stands; where the first of the mapping stands if there is no such key.
    pub(super) fn key_span(self, key: &str) -> Span {
        let entries = self.entries();
        let entry = entries.iter().find(|entry| self.tree.text(entry.key) == key).or(entries.first());
        entry.map_or_else(|| self.span(), |entry| self.tree.span(entry.key))
    }

    /// The scalar.
    pub(super) fn scalar(self) -> Option<Scalar<'t>> {
        match self.content() {
            Node::Scalar(scalar) => Some(scalar),
            Node::Sequence(_) | Node::Mapping(_) => None,
        }
    }

    /// The text of a scalar that is not null. Numbers and truth values count, as people leave quotes out.
    pub(super) fn text(self) -> Option<&'t str> {
        self.scalar().filter(|scalar| scalar.kind() != ScalarKind::Null).map(|scalar| scalar.text)
    }

    /// The text of a scalar that is a text, not a number.
    pub(super) fn string(self) -> Option<&'t str> {
        self.scalar().filter(|scalar| scalar.kind() == ScalarKind::Text).map(|scalar| scalar.text)
    }

    /// The truth value, written as one or as its text.
    pub(super) fn boolean(self) -> Option<bool> {
        match self.scalar()?.text {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    pub(super) fn is_mapping(self) -> bool {
        matches!(self.content(), Node::Mapping(_))
    }

    /// Whether it is a list.
    pub(super) fn is_sequence(self) -> bool {
        matches!(self.content(), Node::Sequence(_))
    }

    /// Whether it says nothing.
    pub(super) fn is_null(self) -> bool {
        self.tree.is_null(self.node)
    }

    /// What it is, for messages.
    pub(super) fn kind(self) -> &'static str {
        match self.content() {
            Node::Mapping(_) => "a mapping",
            Node::Sequence(_) => "a list",
            Node::Scalar(scalar) => match scalar.kind() {
                ScalarKind::Null => "nothing",
                ScalarKind::Boolean(_) => "a truth value",
                ScalarKind::Integer | ScalarKind::Float => "a number",
                ScalarKind::Text => "a text",
            },
        }
    }
}
