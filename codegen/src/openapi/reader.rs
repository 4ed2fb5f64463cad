//! What all parts of reading share: the files, the version, and where to report to.

use std::cell::RefCell;
use std::collections::HashMap;

use super::files::Files;
use super::location::{self, Reference};
use super::place::{FileId, Identity, Place};
use super::{Options, RemoteReferences};
use crate::diagnostic::{Code, Diagnostic, Severity};

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
    /// The targets of references that were met, by the file that they stand in and their text; `None`: broken.
    resolved: RefCell<HashMap<(FileId, &'t str), Option<Place<'t>>>>,
    /// The anchors of the files in which one was looked for.
    anchors: RefCell<HashMap<FileId, HashMap<&'t str, Place<'t>>>>,
    /// The names that a reference gives to its target: the file's path and the pointer.
    pointers: RefCell<HashMap<Identity, String>>,
}

impl<'t, 's: 't> Reader<'t, 's> {
    pub(super) fn new(files: Files<'t, 's>, version: Version, options: &Options) -> Self {
        Self {
            files,
            version,
            options: options.clone(),
            resolved: RefCell::default(),
            anchors: RefCell::default(),
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

    /// Follows the references from a place. `None`: they lead nowhere, which has been reported.
    pub(super) fn follow(&self, place: Place<'t>) -> Option<Target<'t>> {
        let mut target = Target { place, reference: None };
        for _ in 0..MAX_CHAIN {
            let Some(reference) = target.place.get("$ref").filter(|value| value.string().is_some()) else {
                return Some(target);
            };
            let next = self.resolve(reference)?;
            target = Target { place: next, reference: target.reference.or(Some(reference)) };
        }
        let reference = target.reference.unwrap_or(place);
        self.tell(reference, Code::CircularReference, "the reference leads back to itself");
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

    /// The place that the text of a reference means. `None`: there is none, which has been reported.
    pub(super) fn resolve(&self, reference: Place<'t>) -> Option<Place<'t>> {
        let text = reference.string()?;
        let key = (reference.file, text);
        let known = self.resolved.borrow().get(&key).copied();
        match known {
            Some(Some(place)) => Some(place),
            // Each place that uses a broken reference is named.
            Some(None) => {
                let _ = self.locate(reference, text);
                None
            }
            None => {
                let place = self.locate(reference, text);
                self.resolved.borrow_mut().insert(key, place);
                place
            }
        }
    }

    /// The place that `text` means as a reference at `reference`, without a report.
    pub(super) fn find(&self, reference: Place<'t>, text: &str) -> Option<Place<'t>> {
        let base = self.files.name(reference.file);
        let (path, fragment) = match location::split(text, base) {
            Reference::Local(fragment) => (base.to_owned(), fragment),
            Reference::File(path, fragment) => (path, fragment),
            Reference::Outside | Reference::Remote => return None,
        };
        let root = self.files.root(&path).ok()?;
        self.walk(root, &path, &fragment)
    }

    /// The file's path and the pointer by which a reference named a place.
    pub(super) fn pointer(&self, place: Place<'t>) -> Option<String> {
        self.pointers.borrow().get(&place.identity()).cloned()
    }

    fn locate(&self, reference: Place<'t>, text: &str) -> Option<Place<'t>> {
        let base = self.files.name(reference.file);
        let dangling = |help: &str| {
            let message = format!("the reference `{}` leads nowhere", super::model::shorten(text));
            let diagnostic = Diagnostic::new(Code::DanglingReference, reference.span(), message)
                .label("read as untyped JSON")
                .help(help);
            self.report(reference.file, diagnostic);
        };
        let (path, fragment) = match location::split(text, base) {
            Reference::Local(fragment) => (base.to_owned(), fragment),
            Reference::File(path, fragment) => (path, fragment),
            Reference::Outside => {
                dangling("references are followed within the directory of the document");
                return None;
            }
            Reference::Remote => {
                let message = format!("`{}` is a remote reference", super::model::shorten(text));
                let mut diagnostic = Diagnostic::new(Code::RemoteReference, reference.span(), message).help(
                    "nothing is fetched while compiling: save the file beside the document and refer to it by its path",
                );
                if self.options.remote_references == RemoteReferences::Untyped {
                    diagnostic.severity = Severity::Lint;
                    diagnostic = diagnostic.label("read as untyped JSON");
                }
                self.report(reference.file, diagnostic);
                return None;
            }
        };
        let root = match self.files.root(&path) {
            Ok(root) => root,
            Err(missing) => {
                dangling(&missing.explain(&path));
                return None;
            }
        };
        let place = self.walk(root, &path, &fragment);
        if place.is_none() {
            dangling(&format!("`{path}` has nothing at `{fragment}`"));
        }
        place
    }

    /// The place of a pointer or anchor in a file.
    fn walk(&self, root: Place<'t>, path: &str, fragment: &str) -> Option<Place<'t>> {
        let mut place = root;
        let Some(segments) = location::pointer(fragment) else {
            let mut anchors = self.anchors.borrow_mut();
            let anchors = anchors.entry(root.file).or_insert_with(|| collect_anchors(root));
            return anchors.get(fragment).copied();
        };
        for segment in segments {
            place = self.step(place, &segment)?;
        }
        self.pointers.borrow_mut().entry(place.identity()).or_insert_with(|| format!("{path}#{fragment}"));
        Some(place)
    }

    /// One segment of a pointer. References on the way are followed, as people write pointers into what they mean.
    fn step(&self, place: Place<'t>, segment: &str) -> Option<Place<'t>> {
        if place.is_sequence() {
            return place.element(segment.parse().ok()?);
        }
        self.files.get(place, segment).or_else(|| {
            let reference = place.get("$ref")?;
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

/// The schemas of a file that have an `$anchor`.
fn collect_anchors(root: Place<'_>) -> HashMap<&str, Place<'_>> {
    let mut anchors = HashMap::new();
    let mut open = vec![root];
    while let Some(place) = open.pop() {
        for (key, value) in place.pairs() {
            if let ("$anchor" | "$dynamicAnchor", Some(name)) = (key, value.string()) {
                anchors.entry(name).or_insert(place);
            }
            open.push(value);
        }
        open.extend(place.elements());
    }
    anchors
}
