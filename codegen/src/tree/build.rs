//! From the parser's events to a tree.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Tag};

use super::offsets::{Offsets, truncate};
use super::{Content, NodeId, Record, Tree};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{MAX_LENGTH, Source, Span};

/// The deepest nesting of lists and mappings.
const MAX_DEPTH: usize = 128;
/// The most nodes that aliases may stand for.
const MAX_EXPANSION: u64 = 1_000_000;

/// Reads a document. `None`: it cannot be read, and the reason is reported.
pub(crate) fn parse<'t>(source: &'t Source, sink: &Sink) -> Option<Tree<'t>> {
    if !is_readable(source, sink) {
        return None;
    }
    let start = source.byte_order_mark();
    if let Some(tree) = super::json::parse(&source.text, start, sink) {
        return Some(tree);
    }
    let mut builder = Builder::new(&source.text, start, sink);
    for event in Parser::new_from_str(&source.text[start..]) {
        match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                builder.syntax_error(&error);
                return None;
            }
        }
        if builder.failed {
            return None;
        }
    }
    builder.finish()
}

/// Checks what the parser would stumble over or read past.
fn is_readable(source: &Source, sink: &Sink) -> bool {
    if source.text.len() > MAX_LENGTH {
        let message = format!("the file is longer than {} MiB", MAX_LENGTH / 1024 / 1024);
        sink.report(Diagnostic::new(Code::TooLong, Span::default(), message));
        return false;
    }
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if let Some(offset) = source.text.as_bytes().iter().position(is_control) {
        let message = format!("the file contains the control character U+{:04X}", source.text.as_bytes()[offset]);
        let span = Span::new(truncate(offset), truncate(offset + 1));
        sink.report(Diagnostic::new(Code::ControlCharacter, span, message).help("is it a text file in UTF-8?"));
        return false;
    }
    true
}

/// A list or mapping that is being read.
struct Frame {
    start: u32,
    anchor: usize,
    is_mapping: bool,
    /// The length of [`Builder::children`] when it began.
    first_child: usize,
    /// The nodes in it, those behind aliases included.
    size: u64,
    /// The levels of lists and mappings in it, those behind aliases included.
    height: usize,
    /// The end of its last child.
    end: u32,
}

/// What putting a node somewhere costs.
#[derive(Clone, Copy)]
struct Weight {
    /// The nodes in it and itself, those behind aliases included.
    size: u64,
    /// The levels of lists and mappings, those behind aliases included.
    height: usize,
}

const LEAF: Weight = Weight { size: 1, height: 0 };

pub(super) struct Builder<'t, 's> {
    pub(super) tree: Tree<'t>,
    pub(super) sink: &'s Sink,
    /// Whether something was reported after which going on makes no sense.
    pub(super) failed: bool,
    offsets: Offsets<'t>,
    /// The length of the byte order mark.
    base: u32,
    frames: Vec<Frame>,
    /// The children of all open frames.
    children: Vec<NodeId>,
    /// Finished nodes with an anchor.
    anchors: HashMap<usize, (NodeId, Weight)>,
    /// The nodes that aliases stand for so far.
    expanded: u64,
    documents: usize,
    root: Option<NodeId>,
}

impl<'t, 's> Builder<'t, 's> {
    pub(super) fn new(text: &'t str, start: usize, sink: &'s Sink) -> Self {
        let tree = Tree {
            text,
            nodes: Vec::new(),
            elements: Vec::new(),
            entries: Vec::new(),
            owned: Vec::new(),
            root: NodeId(0),
            shift: 0,
        };
        Self {
            tree,
            sink,
            failed: false,
            offsets: Offsets::new(&text[start..]),
            base: truncate(start),
            frames: Vec::new(),
            children: Vec::new(),
            anchors: HashMap::new(),
            expanded: 0,
            documents: 0,
            root: None,
        }
    }

    fn event(&mut self, event: Event<'_>, span: saphyr_parser::Span) {
        let span = self.span(span);
        match event {
            Event::DocumentStart(_) => self.document(span),
            Event::Scalar(value, style, anchor, tag) => self.scalar(&value, style, tag.as_deref(), anchor, span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::SequenceStart(anchor, tag) => self.open(false, anchor, tag.as_deref(), span),
            Event::MappingStart(anchor, tag) => self.open(true, anchor, tag.as_deref(), span),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }

    pub(super) fn finish(mut self) -> Option<Tree<'t>> {
        let Some(root) = self.root else {
            self.sink.report(Diagnostic::new(Code::EmptyDocument, Span::default(), "the file is empty"));
            return None;
        };
        self.tree.root = root;
        Some(self.tree)
    }

    fn document(&mut self, span: Span) {
        self.documents += 1;
        if self.documents > 1 {
            self.fail(
                Diagnostic::new(Code::SeveralDocuments, span, "the file contains a second YAML document")
                    .help("a file holds one document: split it, or remove the `---`"),
            );
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, tag: Option<&Tag>, anchor: usize, span: Span) {
        let is_text = self.check_tag(tag, span);
        let plain = style == ScalarStyle::Plain && !is_text;
        let (span, start) = match style {
            ScalarStyle::Plain => (span, Some(span.start)),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.quoted(span, style),
            ScalarStyle::Literal | ScalarStyle::Folded => (span, None),
        };
        let borrowed = start.filter(|start| self.tree.text[*start as usize..].starts_with(value));
        let content = if let Some(start) = borrowed {
            Content::Borrowed { start, end: start + truncate(value.len()), plain }
        } else {
            self.tree.owned.push(value.into());
            Content::Owned { index: truncate(self.tree.owned.len() - 1), plain }
        };
        self.leaf(span, content, anchor);
    }

    /// Puts a finished scalar into its place.
    pub(super) fn leaf(&mut self, span: Span, content: Content, anchor: usize) {
        let id = self.push(Record { span, content });
        self.anchor(anchor, id, LEAF);
        self.child(id, LEAF);
    }

    /// The span of a quoted scalar with its quotes, which the parser extends to the next token, and where its text
    /// begins.
    fn quoted(&self, span: Span, style: ScalarStyle) -> (Span, Option<u32>) {
        let quote = if style == ScalarStyle::SingleQuoted { b'\'' } else { b'"' };
        let bytes = &self.tree.text.as_bytes()[span.range()];
        // An anchor or a tag stands before the quote and belongs to the span.
        let Some(open) = bytes.iter().position(|byte| *byte == quote) else {
            return (span, None);
        };
        let mut index = open + 1;
        while index < bytes.len() {
            if bytes[index] == b'\\' && quote == b'"'
                || bytes[index] == quote && bytes.get(index + 1) == Some(&quote) && quote == b'\''
            {
                index += 2;
            } else if bytes[index] == quote {
                break;
            } else {
                index += 1;
            }
        }
        let start = span.start + truncate(open);
        let end = (span.start + truncate(index) + 1).min(span.end);
        (Span::new(start, end), Some(start + 1))
    }

    /// Whether a tag makes its node a text.
    fn check_tag(&mut self, tag: Option<&Tag>, span: Span) -> bool {
        let Some(tag) = tag else {
            return false;
        };
        if tag.handle.is_empty() && tag.suffix == "!" {
            return true;
        }
        if !tag.is_yaml_core_schema() {
            let message = format!("the tag `{tag}` has no meaning here");
            self.sink.report(Diagnostic::new(Code::UnknownTag, span, message).help("remove the tag"));
        }
        tag.is_yaml_core_schema() && tag.suffix == "str"
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        let Some(&(target, weight)) = self.anchors.get(&anchor) else {
            self.fail(Diagnostic::new(Code::AliasExpansion, span, "the alias stands inside the node that it names"));
            return;
        };
        self.expand(weight.size, span);
        self.check_depth(self.frames.len() + weight.height, span);
        let content = self.record(target).content;
        let id = self.push(Record { span, content });
        self.child(id, weight);
    }

    /// Counts what an alias stands for.
    pub(super) fn expand(&mut self, size: u64, span: Span) {
        self.expanded = self.expanded.saturating_add(size);
        if self.expanded > MAX_EXPANSION && !self.failed {
            let message = format!("the aliases of the file stand for more than {MAX_EXPANSION} nodes");
            self.fail(Diagnostic::new(Code::AliasExpansion, span, message));
        }
    }

    pub(super) fn open(&mut self, is_mapping: bool, anchor: usize, tag: Option<&Tag>, span: Span) {
        self.check_tag(tag, span);
        self.check_depth(self.frames.len() + 1, span);
        self.frames.push(Frame {
            start: span.start,
            anchor,
            is_mapping,
            first_child: self.children.len(),
            size: 1,
            height: 1,
            end: span.end,
        });
    }

    pub(super) fn close(&mut self, span: Span) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let children = self.children.split_off(frame.first_child);
        let content = if frame.is_mapping {
            let entries = self.entries(&children);
            let start = truncate(self.tree.entries.len());
            self.tree.entries.extend(entries);
            Content::Mapping { start, end: truncate(self.tree.entries.len()) }
        } else {
            let start = truncate(self.tree.elements.len());
            self.tree.elements.extend(children);
            Content::Sequence { start, end: truncate(self.tree.elements.len()) }
        };
        // Only flow collections end with a token; block collections end with their last child.
        let is_bracket = matches!(self.tree.text.as_bytes().get(span.start as usize), Some(b']' | b'}'));
        let end = if is_bracket && span.end > span.start { span.end } else { frame.end };
        let span = Span::new(frame.start, end.max(frame.start));
        let id = self.push(Record { span, content });
        let weight = Weight { size: frame.size, height: frame.height };
        self.anchor(frame.anchor, id, weight);
        self.child(id, weight);
    }

    fn check_depth(&mut self, depth: usize, span: Span) {
        if depth > MAX_DEPTH && !self.failed {
            self.fail(too_deep(span));
        }
    }

    fn push(&mut self, record: Record) -> NodeId {
        self.tree.nodes.push(record);
        NodeId(truncate(self.tree.nodes.len() - 1))
    }

    /// Remembers a finished node by its anchor; 0 is none.
    fn anchor(&mut self, anchor: usize, id: NodeId, weight: Weight) {
        if anchor != 0 {
            self.anchors.insert(anchor, (id, weight));
        }
    }

    /// Puts a finished node into the frame that is open, or makes it the root.
    fn child(&mut self, id: NodeId, weight: Weight) {
        let end = self.record(id).span.end;
        match self.frames.last_mut() {
            Some(frame) => {
                frame.size = frame.size.saturating_add(weight.size);
                frame.height = frame.height.max(weight.height + 1);
                frame.end = frame.end.max(end);
                self.children.push(id);
            }
            None => self.root = Some(id),
        }
    }

    pub(super) fn record(&self, id: NodeId) -> Record {
        self.tree.record(id)
    }

    pub(super) fn text_of(&self, id: NodeId) -> &str {
        self.tree.text(id)
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.base + self.offsets.byte(span.start.index());
        let end = self.base + self.offsets.byte(span.end.index());
        Span::new(start, end.max(start))
    }

    fn fail(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.sink.report(diagnostic);
    }

    fn syntax_error(&self, error: &ScanError) {
        let start = self.base + self.offsets.byte(error.marker().index());
        let text = &self.tree.text[start as usize..];
        let end =
            start + text.chars().next().filter(|first| *first != '\n').map_or(0, |first| truncate(first.len_utf8()));
        if error.info().contains("recursion limit") {
            self.sink.report(too_deep(Span::new(start, end)));
            return;
        }
        let message = format!("the file is not valid YAML: {}", error.info());
        let indentation = self.tree.text[..start as usize].rsplit('\n').next().unwrap_or_default();
        let help = (indentation.trim_start_matches(' ').starts_with('\t') || text.starts_with('\t'))
            .then(|| "indent with spaces: YAML does not allow tabs".to_owned());
        self.sink.report(Diagnostic::new(Code::Syntax, Span::new(start, end), message).maybe_help(help));
    }
}

fn too_deep(span: Span) -> Diagnostic {
    let message = format!("the file is nested more than {MAX_DEPTH} levels deep");
    Diagnostic::new(Code::TooDeep, span, message)
}
