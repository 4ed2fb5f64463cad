//! The files of a document, loaded when a reference first leads to them.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Loader;
use super::place::{FileId, Identity, Place};
use crate::arena::Arena;
use crate::diagnostic::{Diagnostic, Sink};
use crate::source::Source;
use crate::tree::{self, NodeId, Tree};

/// Mappings with more entries than this get an index when they are first searched.
const INDEXED: usize = 16;

/// A file that was loaded.
#[derive(Debug)]
pub(super) struct Loaded<'s> {
    /// The tree; `None`: it cannot be read, which has been reported.
    tree: Option<Tree<'s>>,
    name: &'s str,
    sink: Sink,
}

/// Why a file is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// The loader says why.
    NotLoaded(String),
    /// It was loaded, and cannot be read.
    Unreadable,
}

impl Missing {
    /// Why the loader did not give the file; `None`: it did.
    pub(super) fn reason(self) -> Option<String> {
        match self {
            Self::NotLoaded(reason) => Some(reason),
            Self::Unreadable => None,
        }
    }

    /// What to say about a reference to the file.
    pub(super) fn explain(&self, path: &str) -> String {
        match self {
            Self::NotLoaded(reason) => format!("`{path}` cannot be read: {reason}"),
            Self::Unreadable => format!("`{path}` is neither YAML nor JSON"),
        }
    }
}

/// All files, with what was reported about each.
pub(super) struct Files<'t, 's> {
    sources: &'s Arena<Source>,
    trees: &'t Arena<Loaded<'s>>,
    loader: &'s dyn Loader,
    by_path: RefCell<HashMap<String, Result<FileId, Missing>>>,
    indices: RefCell<HashMap<Identity, HashMap<&'t str, NodeId>>>,
}

impl<'t, 's: 't> Files<'t, 's> {
    /// No files yet.
    pub(super) fn new(sources: &'s Arena<Source>, trees: &'t Arena<Loaded<'s>>, loader: &'s dyn Loader) -> Self {
        Self { sources, trees, loader, by_path: RefCell::default(), indices: RefCell::default() }
    }

    /// The outermost node of a file.
    pub(super) fn root(&self, path: &str) -> Result<Place<'t>, Missing> {
        let known = self.by_path.borrow().get(path).cloned();
        let file = if let Some(known) = known {
            known?
        } else {
            let file = self.load(path);
            self.by_path.borrow_mut().insert(path.to_owned(), file.clone());
            file?
        };
        let tree =
            self.trees.get(file.0 as usize).and_then(|loaded| loaded.tree.as_ref()).ok_or(Missing::Unreadable)?;
        Ok(Place { file, tree, node: tree.root() })
    }

    fn load(&self, path: &str) -> Result<FileId, Missing> {
        let full = || Missing::NotLoaded("the document has too many files".into());
        let text = self.loader.load(path).map_err(|error| Missing::NotLoaded(error.to_string()))?;
        let index = self.sources.push(Source::new(path, text)).ok_or_else(full)?;
        let source = self.sources.get(index).ok_or_else(full)?;
        let sink = Sink::default();
        let tree = tree::parse(source, &sink);
        self.trees.push(Loaded { tree, name: &source.name, sink }).ok_or_else(full)?;
        u32::try_from(index).map(FileId).map_err(|_| full())
    }

    /// The path of a file.
    pub(super) fn name(&self, file: FileId) -> &'t str {
        self.trees.get(file.0 as usize).map_or("", |loaded| loaded.name)
    }

    /// The value of a key, in a time that does not grow with the mapping when it is searched often.
    pub(super) fn get(&self, place: Place<'t>, key: &str) -> Option<Place<'t>> {
        if place.entries().len() <= INDEXED {
            return place.get(key);
        }
        let mut indices = self.indices.borrow_mut();
        let index = indices
            .entry(place.identity())
            .or_insert_with(|| place.entries().iter().map(|entry| (place.tree.text(entry.key), entry.value)).collect());
        index.get(key).map(|node| place.at(*node))
    }

    /// Keeps a diagnostic about a file.
    pub(super) fn report(&self, file: FileId, diagnostic: Diagnostic) {
        if let Some(loaded) = self.trees.get(file.0 as usize) {
            loaded.sink.report(diagnostic);
        }
    }
}

/// What was reported about each file, in the order of loading.
pub(super) fn finish(trees: Arena<Loaded<'_>>) -> Vec<(Vec<Diagnostic>, bool)> {
    trees.into_vec().into_iter().map(|loaded| loaded.sink.finish()).collect()
}
