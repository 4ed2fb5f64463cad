//! From the parser's instructions to a tree.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::ElemName;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::tree::{Data, Id, Tree};
use crate::formats::FormatError;
use crate::formats::memory::Memory;

/// The deepest nesting. The parser looks through all open elements at many places, so depth costs time.
const MAX_DEPTH: usize = 512;

/// The most words in a tag. The parser compares each attribute with all before it.
const MAX_WORDS: usize = 5_000;

/// The most attributes that an element has from several tags, as `html` and `body` may. Each is compared with all before it.
const MAX_ATTRIBUTES: usize = 100;

/// How much is read before the limits are looked at.
const CHUNK: usize = 4096;

/// What a node costs besides its text.
const NODE: usize = 128;

/// Reads a document, as browsers do: there is no text that is not HTML.
pub(super) fn parse(text: &str) -> Result<Tree, FormatError> {
    let progress = Rc::new(Progress::default());
    let sink = Sink {
        tree: RefCell::new(Tree::new()),
        memory: RefCell::new(Memory::default()),
        progress: Rc::clone(&progress),
    };
    let mut parser = parse_document(sink, ParseOpts::default());
    let (mut rest, mut line, mut words) = (text, 1, 0);
    while !rest.is_empty() {
        let (chunk, further) = rest.split_at(boundary(rest));
        rest = further;
        parser.process(StrTendril::from_slice(chunk));
        if let Some(failure) = progress.failure.take() {
            return Err(failure);
        }
        if progress.has_begun.take() {
            words = 0;
        }
        words += chunk.bytes().filter(|byte| byte.is_ascii_whitespace() || *byte == b'/').count();
        if words > MAX_WORDS {
            let message = format!("a tag or a comment of more than {MAX_WORDS} words");
            return Err(FormatError::Malformed { format: "HTML", line: Some(line), message });
        }
        line += chunk.bytes().map(|byte| u64::from(byte == b'\n')).sum::<u64>();
    }
    let tree = parser.finish();
    progress.failure.take().map_or(Ok(tree), Err)
}

/// The end of the next part of a text.
fn boundary(text: &str) -> usize {
    (CHUNK..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len())
}

/// What the reader learns of the parser while it reads.
#[derive(Default)]
struct Progress {
    /// Whether something was put into the tree: what is not is still the same tag or comment.
    has_begun: Cell<bool>,
    /// The limit that was passed.
    failure: Cell<Option<FormatError>>,
}

struct Sink {
    tree: RefCell<Tree>,
    memory: RefCell<Memory>,
    progress: Rc<Progress>,
}

#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn create(&self, data: Data) -> Id {
        if let Err(error) = self.memory.borrow_mut().take(NODE) {
            self.progress.failure.set(Some(error));
        }
        self.tree.borrow_mut().create(data)
    }

    fn insert(&self, child: NodeOrText<Id>, parent: Id, before: Option<Id>) {
        self.progress.has_begun.set(true);
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let mut tree = self.tree.borrow_mut();
                let beside = before.map_or(tree.last(parent), |before| tree.previous(before));
                if let Some(Data::Text(beside)) = beside.map(|id| tree.data_mut(id)) {
                    beside.push_tendril(&text);
                    return;
                }
                drop(tree);
                self.create(Data::Text(text))
            }
        };
        let mut tree = self.tree.borrow_mut();
        tree.insert(id, parent, before);
        if tree.depth(id) > MAX_DEPTH {
            self.progress.failure.set(Some(FormatError::TooDeep { limit: MAX_DEPTH }));
        }
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name {
        match self.tree.borrow().data(*target) {
            Data::Element { name, .. } => Name(name.clone()),
            // The parser asks for the names of elements alone.
            Data::Other | Data::Text(_) => Name(QualName::new(None, Namespace::default(), LocalName::default())),
        }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        self.create(Data::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.create(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.create(Data::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        self.insert(child, *parent, None);
    }

    fn append_based_on_parent_node(&self, element: &Id, previous: &Id, child: NodeOrText<Id>) {
        let parent = self.tree.borrow().parent(*element);
        match parent {
            Some(parent) => self.insert(child, parent, Some(*element)),
            None => self.insert(child, *previous, None),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, left: &Id, right: &Id) -> bool {
        left == right
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        let parent = self.tree.borrow().parent(*sibling);
        if let Some(parent) = parent {
            self.insert(child, parent, Some(*sibling));
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, further: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Data::Element { attributes, .. } = tree.data_mut(*target) else { return };
        if attributes.len() + further.len() > MAX_ATTRIBUTES {
            let message = format!("several tags give an element more than {MAX_ATTRIBUTES} attributes");
            self.progress.failure.set(Some(FormatError::Malformed { format: "HTML", line: None, message }));
            return;
        }
        for attribute in further {
            if !attributes.iter().any(|known| known.name == attribute.name) {
                attributes.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &Id, parent: &Id) {
        let children: Vec<Id> = self.tree.borrow().children(*node).collect();
        for child in children {
            self.tree.borrow_mut().insert(child, *parent, None);
        }
    }
}
