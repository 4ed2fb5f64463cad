//! What all parts of reading share: the files, the version, and where to report to.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::files::Files;
use super::labels::Labels;
use super::location::{self, Reference};
use super::place::{FileId, Identity, Place};
use super::{Options, RemoteReferences};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::suggest;

/// A version of the specification, by what differs in reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// 3.0: a `$ref` stands alone, `nullable` is a keyword.
    V3_0,
    /// 3.1: schemas are JSON Schema.
    V3_1,
    /// 3.2: `QUERY`, further methods, streams of items.
    V3_2,
}

/// Where the chain of references from a place ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'t> {
    /// The place, which is no reference.
    pub(super) place: Place<'t>,
    /// The reference that the chain began with, or `None` where there was no chain.
    pub(super) reference: Option<Place<'t>>,
}

/// The longest chain of references.
const MAX_CHAIN: usize = 64;

pub(super) struct Reader<'t, 's> {
    pub(super) files: Files<'t, 's>,
    pub(super) version: Version,
    pub(super) options: Options,
    /// The document.
    root: Place<'t>,
    /// The targets of references that were met, by the file that they stand in and their text.
    resolved: RefCell<HashMap<(FileId, &'t str), Place<'t>>>,
    /// The names of parts of the files in which one was looked for.
    labels: RefCell<HashMap<FileId, Labels<'t>>>,
    /// The names that a reference gives to its target: the file's path and the pointer.
    pointers: RefCell<HashMap<Identity, String>>,
    /// How many mistakes may still be compared with all known names.
    suggestions: Cell<usize>,
}

/// The most mistakes that are compared with all known names: more of them than a person reads would take time with the
/// square of the document's length.
const MAX_SUGGESTIONS: usize = 32;

/// What becomes of a place whose reference leads nowhere.
pub(super) const UNTYPED: &str = "read as untyped JSON";

/// Why a reference leads nowhere.
enum Broken<'t> {
    /// To another host.
    Remote,
    /// Out of the directory.
    Outside,
    /// The file cannot be read, and why.
    File(String),
    /// There is no such anchor.
    Anchor,
    /// A place, which a pointer leads to, does not have a key.
    Key { place: Place<'t>, parent: String, segment: String },
}

impl<'t, 's: 't> Reader<'t, 's> {
    pub(super) fn new(files: Files<'t, 's>, version: Version, root: Place<'t>, options: &Options) -> Self {
        Self {
            files,
            version,
            options: options.clone(),
            root,
            resolved: RefCell::default(),
            labels: RefCell::default(),
            suggestions: Cell::new(MAX_SUGGESTIONS),
            pointers: RefCell::default(),
        }
    }

    /// Keeps a diagnostic about a file.
    pub(super) fn report(&self, file: FileId, diagnostic: Diagnostic) {
        self.files.report(file, diagnostic);
    }

    /// Reports something about a place.
    pub(super) fn tell(&self, place: Place<'t>, code: Code, message: impl Into<String>) {
        self.report(place.file, Diagnostic::new(code, place.span(), message));
    }

    /// Reports that something else stands where an object is expected.
    pub(super) fn misshapen(&self, place: Place<'t>, expected: &str) {
        let message = format!("expected {expected}, found {}", place.kind());
        self.tell(place, Code::OpenApiShape, message);
    }

    /// Follows the references from a place. `None`: they lead nowhere, which has been reported; `consequence` is what
    /// becomes of the place then.
    pub(super) fn follow(&self, place: Place<'t>, consequence: &str) -> Option<Target<'t>> {
        let mut target = Target { place, reference: None };
        for _ in 0..MAX_CHAIN {
            let Some(reference) = target.place.get("$ref").filter(|value| value.string().is_some()) else {
                return Some(target);
            };
            let next = self.resolve(reference, consequence)?;
            target = Target { place: next, reference: target.reference.or(Some(reference)) };
        }
        let reference = target.reference.unwrap_or(place);
        let diagnostic =
            Diagnostic::new(Code::CircularReference, reference.span(), "the reference leads back to itself");
        self.report(reference.file, diagnostic.label(consequence));
        None
    }

    /// The end of the chain of references from a place, without a report.
    pub(super) fn follow_quietly(&self, mut place: Place<'t>) -> Option<Place<'t>> {
        for _ in 0..MAX_CHAIN {
            let Some((reference, text)) = place.get("$ref").and_then(|value| Some((value, value.string()?))) else {
                return Some(place);
            };
            place = self.find(reference, text)?;
        }
        None
    }

    /// The place that the text of a reference means. `None`: there is none, which has been reported; `consequence` is what
    /// becomes of the place then.
    pub(super) fn resolve(&self, reference: Place<'t>, consequence: &str) -> Option<Place<'t>> {
        let text = reference.string()?;
        let key = (reference.file, text);
        let known = self.resolved.borrow().get(&key).copied();
        if let Some(place) = known {
            return Some(place);
        }
        // Each place that uses a broken reference is named.
        match self.locate(reference, text) {
            Ok(place) => {
                self.resolved.borrow_mut().insert(key, place);
                Some(place)
            }
            Err(broken) => {
                let diagnostic = self.describe(reference, text, &broken, consequence);
                self.report(reference.file, diagnostic);
                None
            }
        }
    }

    /// The place that `text` means as a reference at `reference`, without a report.
    pub(super) fn find(&self, reference: Place<'t>, text: &str) -> Option<Place<'t>> {
        // The text of a reference lives as long as its file; other texts are looked up each time.
        let known = self.resolved.borrow().get(&(reference.file, text)).copied();
        known.or_else(|| self.locate(reference, text).ok())
    }

    /// The file's path and the pointer by which a reference named a place.
    pub(super) fn pointer(&self, place: Place<'t>) -> Option<String> {
        self.pointers.borrow().get(&place.identity()).cloned()
    }

    fn locate(&self, reference: Place<'t>, text: &str) -> Result<Place<'t>, Broken<'t>> {
        let base = self.files.name(reference.file);
        let (path, fragment) = match location::split(text, base) {
            Reference::Local(fragment) => (base.to_owned(), fragment),
            Reference::File(path, fragment) => (path, fragment),
            Reference::Outside => return self.by_identifier(reference, text).ok_or(Broken::Outside),
            Reference::Remote => return self.by_identifier(reference, text).ok_or(Broken::Remote),
        };
        match self.files.root(&path) {
            Ok(root) => self.walk(root, &path, &fragment),
            Err(missing) => self.by_identifier(reference, text).ok_or_else(|| Broken::File(missing.explain(&path))),
        }
    }

    /// The place that a reference means by the address that the document or a schema in it gives itself.
    fn by_identifier(&self, reference: Place<'t>, text: &str) -> Option<Place<'t>> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let fragment = location::decode(fragment);
        let own = self.root.get("$self").and_then(Place::string);
        if own.is_some_and(|own| own.trim_end_matches('#') == address) {
            return self.walk(self.root, self.files.name(self.root.file), &fragment).ok();
        }
        [reference.file, self.root.file].into_iter().find_map(|file| {
            let root = self.files.root(self.files.name(file)).ok()?;
            let (place, pointer) = self.with_labels(root, |labels| labels.identifiers.get(address).cloned())?;
            let base = place.identity() != root.identity();
            let Some(segments) = location::pointer(&fragment).filter(|_| base) else {
                return self.walk(root, self.files.name(file), &fragment).ok();
            };
            let segments: Vec<_> = segments.map(|segment| location::escape(&segment).into_owned()).collect();
            let pointer = segments.iter().fold(pointer, |pointer, segment| format!("{pointer}/{segment}"));
            self.walk(root, self.files.name(file), &pointer).ok()
        })
    }

    /// Looks into the names by which parts of a file can be referred to.
    fn with_labels<R>(&self, root: Place<'t>, look: impl FnOnce(&Labels<'t>) -> R) -> R {
        let mut labels = self.labels.borrow_mut();
        look(labels.entry(root.file).or_insert_with(|| Labels::collect(root)))
    }

    /// The place of a pointer or anchor in a file.
    fn walk(&self, root: Place<'t>, path: &str, fragment: &str) -> Result<Place<'t>, Broken<'t>> {
        let Some(segments) = location::pointer(fragment) else {
            let labelled = self.with_labels(root, |labels| labels.anchors.get(fragment).cloned());
            let (place, pointer) = labelled.ok_or(Broken::Anchor)?;
            self.pointers.borrow_mut().entry(place.identity()).or_insert_with(|| format!("{path}#{pointer}"));
            return Ok(place);
        };
        let mut place = root;
        for (depth, segment) in segments.enumerate() {
            place = self.step(place, &segment).ok_or_else(|| {
                let parent: Vec<&str> = fragment.split('/').take(depth + 1).collect();
                Broken::Key { place, parent: parent.join("/"), segment: segment.into_owned() }
            })?;
        }
        self.pointers.borrow_mut().entry(place.identity()).or_insert_with(|| format!("{path}#{fragment}"));
        Ok(place)
    }

    /// What to say about a reference that leads nowhere.
    fn describe(&self, reference: Place<'t>, text: &str, broken: &Broken<'t>, consequence: &str) -> Diagnostic {
        let shown = super::model::shorten(text);
        if matches!(broken, Broken::Remote) {
            let message = format!("`{shown}` is a remote reference");
            let mut diagnostic = Diagnostic::new(Code::RemoteReference, reference.span(), message).help(
                "nothing is fetched while compiling: save the file beside the document and refer to it by its path",
            );
            if self.options.remote_references == RemoteReferences::Untyped {
                diagnostic.severity = Severity::Lint;
                diagnostic = diagnostic.label(consequence);
            }
            return diagnostic;
        }
        let message = format!("the reference `{shown}` leads nowhere");
        let diagnostic = Diagnostic::new(Code::DanglingReference, reference.span(), message).label(consequence);
        match broken {
            Broken::Remote | Broken::Outside => {
                diagnostic.help("references are followed within the directory of the document")
            }
            Broken::File(reason) => diagnostic.help(reason.clone()),
            Broken::Anchor => diagnostic.help("no schema there has this `$anchor`"),
            Broken::Key { place, parent, segment } => {
                let file = self.files.name(place.file);
                let segment = super::model::shorten(segment);
                let reason = match &**parent {
                    "" => format!("`{file}` has no `{segment}`"),
                    parent => format!("`{file}` has no `{segment}` in `{}`", super::model::shorten(parent)),
                };
                diagnostic.help(reason).maybe_help(self.did_you_mean(&segment, place.pairs().map(|(key, _)| key)))
            }
        }
    }

    /// The help text for the nearest of some names, which the first mistakes of a document have.
    pub(super) fn did_you_mean<'n>(&self, name: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
        self.suggestions.set(self.suggestions.get().checked_sub(1)?);
        suggest::did_you_mean(name, names)
    }

    /// One segment of a pointer. References on the way are followed, as people write pointers into what they mean.
    fn step(&self, place: Place<'t>, segment: &str) -> Option<Place<'t>> {
        if place.is_sequence() {
            return place.element(segment.parse().ok()?);
        }
        self.files.get(place, segment).or_else(|| {
            let reference = self.files.get(place, "$ref")?;
            // One step: a cycle of such references ends here.
            let target = self.find_plain(reference)?;
            self.files.get(target, segment)
        })
    }

    /// The target of a reference by keys alone.
    fn find_plain(&self, reference: Place<'t>) -> Option<Place<'t>> {
        let base = self.files.name(reference.file);
        let (path, fragment) = match location::split(reference.string()?, base) {
            Reference::Local(fragment) => (base.to_owned(), fragment),
            Reference::File(path, fragment) => (path, fragment),
            Reference::Outside | Reference::Remote => return None,
        };
        let mut place = self.files.root(&path).ok()?;
        for segment in location::pointer(&fragment)? {
            place = self.files.get(place, &segment)?;
        }
        Some(place)
    }
}
