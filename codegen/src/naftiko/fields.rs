//! The fields of a mapping: which are known, which are missing, which are slips.

use super::model::{Spanned, Text, Unread};
use super::reader::{Field, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::suggest;
use crate::tree::{Entry, Node, NodeId};

/// The most unknown fields of a mapping that are reported one by one.
const MAX_UNKNOWN: usize = 16;

/// A mapping whose fields are taken one after the other.
///
/// [`finish`](Self::finish) reports what nobody took and what was needed.
pub(super) struct Fields<'a> {
    pub(super) reader: Reader<'a>,
    /// The place of the mapping.
    pub(super) span: Span,
    /// What the mapping is, for messages: ``operation `get-ship` ``.
    what: String,
    entries: &'a [Entry],
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The fields of a mapping. `None`: it is no mapping, which is reported.
    pub(super) fn open(reader: Reader<'a>, id: NodeId, what: &str) -> Option<Self> {
        match reader.tree.node(id) {
            Node::Mapping(entries) => Some(Self {
                reader,
                span: reader.span(id),
                what: what.to_owned(),
                entries,
                known: Vec::new(),
                missing: Vec::new(),
            }),
            Node::Scalar(_) | Node::Sequence(_) => {
                reader.wrong_shape(id, what, "a mapping");
                None
            }
        }
    }

    /// Says in messages what the mapping is, with its name.
    pub(super) fn describe(&mut self, what: &str, name: Option<Text<'_>>) {
        self.what = match name {
            Some(name) => format!("{what} `{}`", name.value),
            None => what.to_owned(),
        };
    }

    /// What the mapping is, for messages.
    pub(super) fn what(&self) -> &str {
        &self.what
    }

    /// A field, unless it is absent or null.
    pub(super) fn get(&mut self, name: &'static str) -> Option<Field<'a>> {
        self.known.push(name);
        let entry = self.entry(name)?;
        (!self.reader.tree.is_null(entry.value)).then_some(())?;
        Some(Field { key: self.reader.text(entry.key, "a key")?, value: entry.value })
    }

    /// A field that must be there.
    pub(super) fn need(&mut self, name: &'static str) -> Option<Field<'a>> {
        let field = self.get(name);
        if field.is_none() {
            self.missing.push(name);
        }
        field
    }

    /// The text of a field.
    pub(super) fn text(&mut self, name: &'static str) -> Option<Text<'a>> {
        let field = self.get(name)?;
        self.reader.text(field.value, &format!("`{name}`"))
    }

    /// The text of a field that must be there.
    pub(super) fn need_text(&mut self, name: &'static str) -> Option<Text<'a>> {
        let field = self.need(name)?;
        self.reader.text(field.value, &format!("`{name}`"))
    }

    /// The text of a field that has one of two names, the second being that of other versions.
    pub(super) fn text_or(&mut self, name: &'static str, other: &'static str) -> Option<Text<'a>> {
        let first = self.text(name);
        let second = self.text(other);
        first.or(second)
    }

    pub(super) fn boolean(&mut self, name: &'static str) -> Option<Spanned<bool>> {
        let field = self.get(name)?;
        self.reader.boolean(field.value, &format!("`{name}`"))
    }

    /// The place of a field that is not supported yet.
    pub(super) fn unread(&mut self, name: &'static str) -> Unread {
        self.get(name).map(|field| field.key.span)
    }

    /// Fields of the format that have no effect on what is generated.
    pub(super) fn ignore(&mut self, names: &[&'static str]) {
        self.known.extend_from_slice(names);
    }

    /// A name: the key of the collection, or the field `name`.
    pub(super) fn name(&mut self, key: Option<Text<'a>>) -> Option<Text<'a>> {
        let name = match key {
            Some(key) => {
                self.ignore(&["name"]);
                Some(key)
            }
            None => self.need_text("name"),
        };
        self.describe(&self.what.clone(), name);
        name
    }

    /// Reports fields that the schema does not have here, but that have a meaning.
    pub(super) fn extension(&self, names: &[&str], effect: &str) {
        let present: Vec<&Entry> = names.iter().filter_map(|name| self.entry(name)).collect();
        let Some(first) = present.first() else {
            return;
        };
        let names = suggest::list(present.iter().map(|entry| self.reader.tree.text(entry.key)));
        let message = format!("{} has {names}, which the format's schema does not allow", self.what);
        let span = self.reader.span(first.key);
        self.reader.sink.report(Diagnostic::new(Code::Extension, span, message).label(effect));
    }

    /// Whether a key looks like a slip of `name`, which is absent.
    pub(super) fn slip(&self, name: &'static str) -> Option<Text<'a>> {
        let unknown: Vec<&Entry> = self.unknown().collect();
        let nearest = suggest::nearest(name, unknown.iter().map(|entry| self.reader.tree.text(entry.key)))?;
        let entry = unknown.iter().find(|entry| self.reader.tree.text(entry.key) == nearest)?;
        self.reader.text(entry.key, "a key")
    }

    /// Reports that a field is missing, and which key looks like a slip of it.
    pub(super) fn report_missing(&self, name: &str, slip: Option<Text<'_>>) {
        let message = format!("{} has no `{name}`", self.what);
        let empty = self.entry(name).map(|entry| self.reader.span(entry.key));
        let diagnostic = match slip {
            Some(slip) => Diagnostic::new(Code::MissingField, slip.span, message)
                .label("unknown field")
                .help(format!("did you mean `{name}`?")),
            None => match empty {
                Some(key) => Diagnostic::new(Code::MissingField, key, message).label("this is empty"),
                None => Diagnostic::new(Code::MissingField, self.span, message).help(format!("add `{name}: …`")),
            },
        };
        self.reader.sink.report(diagnostic);
    }

    /// Reports what is missing and what is unknown.
    pub(super) fn finish(self) {
        let mut slips: Vec<&str> = Vec::new();
        for name in &self.missing {
            let slip = self.slip(name);
            slips.extend(slip.map(|slip| slip.value));
            self.report_missing(name, slip);
        }
        let unknown = self.unknown().map(|entry| entry.key);
        for key in unknown.filter(|key| !slips.contains(&self.reader.tree.text(*key))).take(MAX_UNKNOWN) {
            let name = self.reader.tree.text(key);
            let absent = self.known.iter().filter(|known| self.entry(known).is_none());
            let message = format!("{} has an unknown field `{name}`", self.what);
            self.reader.sink.report(
                Diagnostic::new(Code::UnknownField, self.reader.span(key), message)
                    .label("this has no effect")
                    .maybe_help(suggest::did_you_mean(name, absent.copied())),
            );
        }
    }

    /// The entries that nobody asked for. Keys that begin with `x-` are nobody's business.
    fn unknown(&self) -> impl Iterator<Item = &'a Entry> {
        let tree = self.reader.tree;
        self.entries.iter().filter(move |entry| {
            let name = tree.text(entry.key);
            !self.known.contains(&name) && !name.starts_with("x-")
        })
    }

    fn entry(&self, name: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| self.reader.tree.text(entry.key) == name)
    }

    pub(super) fn value_of(&self, name: &str) -> Option<NodeId> {
        self.entry(name).map(|entry| entry.value)
    }
}
