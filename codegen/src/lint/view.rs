//! Finding one's way through a capability file of any version.

use crate::source::Span;
use crate::tree::{Node, NodeId, Scalar, Tree};

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'t> {
    tree: &'t Tree<'t>,
    id: NodeId,
}

/// An element of a collection of named things: a list, or a mapping keyed by the names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'t> {
    /// The name, wherever it stands.
    pub(super) name: Option<View<'t>>,
    pub(super) value: View<'t>,
}

impl<'t> View<'t> {
    pub(super) fn root(tree: &'t Tree<'t>) -> Self {
        Self { tree, id: tree.root() }
    }

    fn at(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    pub(super) fn span(self) -> Span {
        self.tree.span(self.id)
    }

    /// The keys and values; nothing where it is no mapping.
    pub(super) fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let entries = match self.tree.node(self.id) {
            Node::Mapping(entries) => entries,
            Node::Scalar(_) | Node::Sequence(_) => &[],
        };
        entries.iter().map(move |entry| (self.at(entry.key), self.at(entry.value)))
    }

    /// The elements; nothing where it is no list.
    pub(super) fn elements(self) -> impl Iterator<Item = Self> {
        let elements = match self.tree.node(self.id) {
            Node::Sequence(elements) => elements,
            Node::Scalar(_) | Node::Mapping(_) => &[],
        };
        elements.iter().map(move |id| self.at(*id))
    }

    /// The value of a field, unless it is absent or null.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        let (_, value) = self.entries().find(|(key, _)| key.text() == name)?;
        (!self.tree.is_null(value.id)).then_some(value)
    }

    /// The first of several fields that is there.
    pub(super) fn any(self, names: &[&str]) -> Option<Self> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The elements of a list in a field.
    pub(super) fn list(self, name: &str) -> impl Iterator<Item = Self> {
        self.get(name).into_iter().flat_map(Self::elements)
    }

    /// The elements of a collection of named things in a field.
    pub(super) fn named(self, name: &str) -> impl Iterator<Item = Item<'t>> {
        self.get(name).into_iter().flat_map(Self::items)
    }

    pub(super) fn items(self) -> impl Iterator<Item = Item<'t>> {
        let listed = self.elements().map(|value| Item { name: value.get("name"), value });
        listed.chain(self.entries().map(|(key, value)| Item { name: Some(key), value }))
    }

    pub(super) fn scalar(self) -> Option<Scalar<'t>> {
        match self.tree.node(self.id) {
            Node::Scalar(scalar) => Some(scalar),
            Node::Sequence(_) | Node::Mapping(_) => None,
        }
    }

    pub(super) fn is_list(self) -> bool {
        matches!(self.tree.node(self.id), Node::Sequence(_))
    }

    pub(super) fn is_mapping(self) -> bool {
        matches!(self.tree.node(self.id), Node::Mapping(_))
    }

    /// The text of a scalar, empty of any other node.
    pub(super) fn text(self) -> &'t str {
        self.tree.text(self.id)
    }

    /// The text of a field, empty where there is none.
    pub(super) fn text_of(self, name: &str) -> &'t str {
        self.get(name).map_or("", Self::text)
    }

    /// What is consumed, exposed and so on: the entries of a section, which stand in the capability or in the file itself.
    pub(super) fn section(self, name: &str) -> impl Iterator<Item = Self> {
        self.get("capability").into_iter().chain([self]).flat_map(move |part| part.list(name))
    }

    /// All nodes from here on, with the key that each is the value of.
    pub(super) fn walk(self, visit: &mut impl FnMut(Option<Self>, Self)) {
        self.visit(None, visit);
    }

    fn visit(self, key: Option<Self>, visit: &mut impl FnMut(Option<Self>, Self)) {
        visit(key, self);
        for (key, value) in self.entries() {
            value.visit(Some(key), visit);
        }
        for element in self.elements() {
            element.visit(key, visit);
        }
    }
}
