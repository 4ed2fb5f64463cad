//! Imports: entries of `consumes`, `exposes`, `aggregates` and `binds` that stand in other files (section 5.9 of the
//! format).
//!
//! What is imported is read where it stands, as if it stood in the importing file. The rest of its file is not looked at.

use super::document::version;
use super::fields::Fields;
use super::model::Text;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::imports::Missing;
use crate::openapi::{is_remote, join_paths};
use crate::source::Span;
use crate::suggest;
use crate::tree::{Entry, Node, NodeId};

/// The most imports that lead from one to the next.
const MAX_CHAIN: usize = 16;

/// A section of a file that has entries to import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Consumes,
    Exposes,
    Aggregates,
    Binds,
}

impl Section {
    const fn key(self) -> &'static str {
        match self {
            Self::Consumes => "consumes",
            Self::Exposes => "exposes",
            Self::Aggregates => "aggregates",
            Self::Binds => "binds",
        }
    }
}

/// An entry of a section: where it is read, and what it is called there.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) node: NodeId,
    /// The namespace that the importing file gives it; `None`: it is no import.
    pub(super) namespace: Option<Text<'a>>,
}

/// Where an entry stands: there, or where its import leads. `None`: that leads nowhere, which is reported.
pub(super) fn follow(reader: Reader<'_>, node: NodeId, section: Section) -> Option<Origin<'_>> {
    if !is_import(reader, node) {
        return Some(Origin { reader, node, namespace: None });
    }
    let first = Import::read(reader, node)?;
    let mut hops: Vec<(&str, NodeId, Span)> = Vec::new();
    let mut import = first;
    let mut found;
    loop {
        found = import.find(section)?;
        let (path, node) = (found.reader.path, found.node);
        if hops.iter().any(|(other, at, _)| (*other, *at) == (path, node)) {
            let message = format!("the import of `{}` leads back to itself", first.title());
            let diagnostic = Diagnostic::new(Code::CircularImport, first.span(), message);
            let hops = hops.iter().filter(|(.., span)| *span != first.span());
            let diagnostic = hops.fold(diagnostic, |diagnostic, (.., span)| diagnostic.also(*span, "by this import"));
            reader.sink.report(diagnostic.help("one of the files has to say what it is"));
            return None;
        }
        if hops.len() == MAX_CHAIN {
            let message = format!("the import of `{}` leads through more than {MAX_CHAIN} others", first.title());
            reader.sink.report(Diagnostic::new(Code::CircularImport, first.span(), message));
            return None;
        }
        hops.push((path, node, import.span()));
        if !is_import(found.reader, node) {
            break;
        }
        import = Import::read(found.reader, node)?;
    }
    Some(Origin { namespace: first.alias.or(first.wanted).or(found.namespace), ..found })
}

/// Whether an entry is an import.
fn is_import(reader: Reader<'_>, node: NodeId) -> bool {
    value(reader, node, "import").is_some()
}

/// An import, as it is written.
#[derive(Clone, Copy)]
struct Import<'a> {
    reader: Reader<'a>,
    from: Text<'a>,
    /// The namespace in the other file; `None`: the only one that it has.
    wanted: Option<Text<'a>>,
    alias: Option<Text<'a>>,
}

impl<'a> Import<'a> {
    fn read(reader: Reader<'a>, node: NodeId) -> Option<Self> {
        let mut fields = Fields::open(reader, node, "the import")?;
        let import = fields.text("import");
        let from = fields.text_or("from", "location");
        let alias = fields.text("as");
        fields.ignore(&["description"]);
        let import = import?;
        if from.is_none() {
            if !is_file(import.value) {
                fields.need("from");
                fields.finish();
                return None;
            }
            let message = format!("the import names the file `{}`, but no namespace in it", import.value);
            let diagnostic = Diagnostic::new(Code::Extension, import.span, message);
            reader.sink.report(diagnostic.label("the only one of the file is taken"));
        }
        fields.finish();
        Some(Self { reader, from: from.unwrap_or(import), wanted: from.map(|_| import), alias })
    }

    /// What messages call it.
    fn title(&self) -> &'a str {
        self.wanted.unwrap_or(self.from).value
    }

    fn span(&self) -> Span {
        self.wanted.unwrap_or(self.from).span
    }

    /// The entry that is imported.
    fn find(&self, section: Section) -> Option<Origin<'a>> {
        let path = self.path()?;
        let file = match self.reader.files.get(&path) {
            Ok(file) => file,
            Err(Missing::Unreadable) => return None,
            Err(Missing::NotLoaded(reason)) => {
                let message = format!("`{path}` cannot be imported from: {reason}");
                let diagnostic = Diagnostic::new(Code::ImportNotFound, self.from.span, message);
                self.reader.sink.report(diagnostic.help("paths are relative to the file that imports"));
                return None;
            }
        };
        let reader = Reader { tree: &file.tree, path: &file.path, ..self.reader };
        let mut fields = Fields::open(reader, file.tree.root(), "the document")?;
        if !version(&mut fields) {
            return None;
        }
        let offered = offered(reader, section);
        let mut matching = offered.iter().filter(|entry| match self.wanted {
            Some(wanted) => entry.name.is_some_and(|name| name.value == wanted.value),
            None => true,
        });
        let Some(entry) = matching.next() else {
            self.report_unknown(reader, section, &offered);
            return None;
        };
        match (matching.next(), self.wanted) {
            (Some(_), None) => self.report_unknown(reader, section, &offered),
            (Some(second), Some(wanted)) => report_twice(reader, wanted, entry, second),
            (None, _) => return Some(Origin { reader, node: entry.node, namespace: entry.name }),
        }
        None
    }

    /// The path of the other file, as the loader knows it.
    fn path(&self) -> Option<String> {
        let refuse = |message: String, help: &str| {
            self.reader.sink.report(Diagnostic::new(Code::ImportNotFound, self.from.span, message).help(help));
            None
        };
        let from = self.from.value.trim();
        if is_remote(from) {
            return refuse(
                format!("`{from}` is no path: nothing is fetched when a file is compiled"),
                "give the path of a file, relative to this one",
            );
        }
        match join_paths(self.reader.path, from) {
            Some(path) => Some(path),
            None => refuse(
                format!("`{from}` leads out of the folders that the file belongs to"),
                "give a path relative to this file, which stays in the crate",
            ),
        }
    }

    fn report_unknown(&self, reader: Reader<'a>, section: Section, offered: &[Offered<'a>]) {
        let names: Vec<&str> = offered.iter().filter_map(|entry| Some(entry.name?.value)).collect();
        let (path, key) = (reader.path, section.key());
        let message = match (self.wanted, names.as_slice()) {
            (_, []) => format!("`{path}` has no `{key}` to import from"),
            (None, _) => format!("`{path}` has several `{key}`, and the import does not say which"),
            (Some(wanted), _) => format!("`{path}` has no `{}` among its `{key}`", wanted.value),
        };
        let near = self.wanted.and_then(|wanted| suggest::did_you_mean(wanted.value, names.iter().copied()));
        let list = (!names.is_empty()).then(|| format!("it has {}", suggest::list(names.iter().copied())));
        let diagnostic = Diagnostic::new(Code::UnknownImport, self.span(), message).maybe_help(near).maybe_help(list);
        self.reader.sink.report(diagnostic);
    }
}

/// Whether this is the path of a file, and no namespace.
fn is_file(text: &str) -> bool {
    text.contains('/') || [".yaml", ".yml", ".json"].iter().any(|ending| text.ends_with(ending))
}

fn report_twice<'a>(reader: Reader<'a>, wanted: Text<'a>, first: &Offered<'a>, second: &Offered<'a>) {
    let span = |entry: &Offered<'a>| entry.name.map_or(Span::default(), |name| name.span);
    let message = format!("the namespace `{}` is given twice", wanted.value);
    reader.sink.report(
        Diagnostic::new(Code::DuplicateNamespace, span(second), message)
            .label("again here")
            .also(span(first), "first here")
            .also(wanted.span, "imported here"),
    );
}

/// An entry that a file offers.
struct Offered<'a> {
    node: NodeId,
    name: Option<Text<'a>>,
}

/// What a file offers: what stands beside its capability, and what stands in it.
fn offered(reader: Reader<'_>, section: Section) -> Vec<Offered<'_>> {
    let root = reader.tree.root();
    let capability = value(reader, root, "capability");
    let sections = std::iter::once(root).chain(capability).filter_map(|node| value(reader, node, section.key()));
    let nodes = sections.flat_map(|section| match reader.tree.node(section) {
        Node::Sequence(elements) => elements,
        Node::Scalar(_) | Node::Mapping(_) => &[],
    });
    let name = |node: NodeId| {
        let name = ["namespace", "as", "import"].into_iter().find_map(|key| value(reader, node, key))?;
        matches!(reader.tree.node(name), Node::Scalar(_)).then(|| reader.text(name, "a namespace"))?
    };
    nodes.map(|node| Offered { node: *node, name: name(*node) }).collect()
}

/// The value of a key.
fn value(reader: Reader<'_>, node: NodeId, key: &str) -> Option<NodeId> {
    let Node::Mapping(entries) = reader.tree.node(node) else { return None };
    let is_key = |entry: &&Entry| reader.tree.text(entry.key) == key && !reader.tree.is_null(entry.value);
    entries.iter().find(is_key).map(|entry| entry.value)
}
