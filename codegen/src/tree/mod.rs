//! YAML and JSON as a tree of nodes with their places.
//!
//! A tree is an arena of small records that borrow from the text, so that documents of many megabytes can be read. Keys
//! are nodes of their own, with spans distinct from their values'. Nodes that an alias stands for are shared, not
//! copied; how much a document may expand to by its aliases is limited, and so is its depth, so that walking the tree
//! recursively is safe.

mod build;
mod entries;
mod json;
mod offsets;
mod scalar;

#[cfg(test)]
mod tests;

pub(crate) use self::build::parse;
pub(crate) use self::scalar::{Scalar, ScalarKind};

use crate::source::Span;

/// A document.
#[derive(Debug)]
pub(crate) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Record>,
    /// The elements of all sequences, each sequence's together.
    elements: Vec<NodeId>,
    /// The entries of all mappings, each mapping's together.
    entries: Vec<Entry>,
    /// The texts of scalars that do not stand in the document as they are.
    owned: Vec<Box<str>>,
    root: NodeId,
    /// What is added to every offset that is given out.
    shift: u32,
}

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

/// A key with its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    /// The key, a scalar.
    pub(crate) key: NodeId,
    /// The value.
    pub(crate) value: NodeId,
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node<'a> {
    /// A text, number, truth value or null.
    Scalar(Scalar<'a>),
    /// A list.
    Sequence(&'a [NodeId]),
    /// A mapping in the order of the document, without duplicate keys.
    Mapping(&'a [Entry]),
}

/// A node as it is kept.
#[derive(Clone, Copy, Debug)]
struct Record {
    span: Span,
    content: Content,
}

/// The content of a node: ranges of the tree's tables or of the text.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// A scalar whose text stands in the document.
    Borrowed {
        start: u32,
        end: u32,
        plain: bool,
    },
    /// A scalar whose text was put together.
    Owned {
        index: u32,
        plain: bool,
    },
    Sequence {
        start: u32,
        end: u32,
    },
    Mapping {
        start: u32,
        end: u32,
    },
}

impl Tree<'_> {
    /// The document's outermost node.
    pub(crate) fn root(&self) -> NodeId {
        self.root
    }

    /// The same tree, of a text that is taken to stand behind another one.
    pub(crate) fn behind(self, shift: u32) -> Self {
        Self { shift, ..self }
    }

    /// Where a node stands.
    pub(crate) fn span(&self, id: NodeId) -> Span {
        let Span { start, end } = self.record(id).span;
        Span::new(start + self.shift, end + self.shift)
    }

    /// A node.
    pub(crate) fn node(&self, id: NodeId) -> Node<'_> {
        match self.record(id).content {
            Content::Borrowed { start, end, plain } => {
                let text = &self.text[start as usize..end as usize];
                Node::Scalar(Scalar { text, plain, start: Some(start + self.shift) })
            }
            Content::Owned { index, plain } => {
                Node::Scalar(Scalar { text: &self.owned[index as usize], plain, start: None })
            }
            Content::Sequence { start, end } => Node::Sequence(&self.elements[start as usize..end as usize]),
            Content::Mapping { start, end } => Node::Mapping(&self.entries[start as usize..end as usize]),
        }
    }

    /// The text of a scalar, empty of any other node.
    pub(crate) fn text(&self, id: NodeId) -> &str {
        match self.node(id) {
            Node::Scalar(scalar) => scalar.text,
            Node::Sequence(_) | Node::Mapping(_) => "",
        }
    }

    /// Whether a node says nothing: a plain scalar that is empty, `~` or `null`.
    pub(crate) fn is_null(&self, id: NodeId) -> bool {
        matches!(self.node(id), Node::Scalar(scalar) if scalar.kind() == ScalarKind::Null)
    }

    fn record(&self, id: NodeId) -> Record {
        self.nodes[id.0 as usize]
    }
}
