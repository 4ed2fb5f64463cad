//! A document as a tree, flat in memory: no document is too deep to be walked through or dropped.

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, QualName};

/// A node's number.
pub(super) type Id = usize;

#[derive(Debug)]
pub(super) enum Data {
    /// The document, a comment or an instruction.
    Other,
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(StrTendril),
}

#[derive(Debug)]
struct Node {
    data: Data,
    parent: Option<Id>,
    previous: Option<Id>,
    next: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    /// How many nodes are around it.
    depth: usize,
}

#[derive(Debug)]
pub(super) struct Tree(Vec<Node>);

impl Tree {
    pub(super) const ROOT: Id = 0;

    pub(super) fn new() -> Self {
        let mut tree = Self(Vec::new());
        tree.create(Data::Other);
        tree
    }

    pub(super) fn create(&mut self, data: Data) -> Id {
        self.0.push(Node { data, parent: None, previous: None, next: None, first: None, last: None, depth: 0 });
        self.0.len() - 1
    }

    /// How many nodes there are: their numbers are below.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn data(&self, id: Id) -> &Data {
        &self.0[id].data
    }

    pub(super) fn data_mut(&mut self, id: Id) -> &mut Data {
        &mut self.0[id].data
    }

    pub(super) fn parent(&self, id: Id) -> Option<Id> {
        self.0[id].parent
    }

    pub(super) fn depth(&self, id: Id) -> usize {
        self.0[id].depth
    }

    pub(super) fn previous(&self, id: Id) -> Option<Id> {
        self.0[id].previous
    }

    pub(super) fn last(&self, id: Id) -> Option<Id> {
        self.0[id].last
    }

    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.0[id].first, |child| self.0[*child].next)
    }

    /// Puts a node behind the last child of another, or before one of its children.
    pub(super) fn insert(&mut self, id: Id, parent: Id, before: Option<Id>) {
        self.detach(id);
        let previous = before.map_or(self.0[parent].last, |before| self.0[before].previous);
        let depth = self.0[parent].depth + 1;
        let node = &mut self.0[id];
        (node.parent, node.previous, node.next, node.depth) = (Some(parent), previous, before, depth);
        match previous {
            Some(previous) => self.0[previous].next = Some(id),
            None => self.0[parent].first = Some(id),
        }
        match before {
            Some(before) => self.0[before].previous = Some(id),
            None => self.0[parent].last = Some(id),
        }
    }

    pub(super) fn detach(&mut self, id: Id) {
        let node = &mut self.0[id];
        let (parent, previous, next) = (node.parent.take(), node.previous.take(), node.next.take());
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.0[previous].next = next,
            None => self.0[parent].first = next,
        }
        match next {
            Some(next) => self.0[next].previous = previous,
            None => self.0[parent].last = previous,
        }
    }

    /// Whether a node is an element of this name, which is in lower case.
    pub(super) fn is(&self, id: Id, wanted: &str) -> bool {
        self.name(id).is_some_and(|name| name == wanted)
    }

    pub(super) fn name(&self, id: Id) -> Option<&str> {
        match &self.0[id].data {
            Data::Element { name, .. } => Some(&name.local),
            _ => None,
        }
    }

    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let Data::Element { attributes, .. } = &self.0[id].data else { return None };
        attributes.iter().find(|attribute| &*attribute.name.local == wanted).map(|attribute| &*attribute.value)
    }

    /// The nodes below one, each before what is below it; nothing below those for which `enters` is not true.
    pub(super) fn below(&self, top: Id, enters: impl Fn(&Self, Id) -> bool) -> impl Iterator<Item = Id> {
        let mut next = self.0[top].first;
        std::iter::from_fn(move || {
            let id = next?;
            next = self.0[id].first.filter(|_| enters(self, id)).or_else(|| {
                std::iter::successors(Some(id), |id| self.0[*id].parent)
                    .take_while(|id| *id != top)
                    .find_map(|id| self.0[id].next)
            });
            Some(id)
        })
    }
}
