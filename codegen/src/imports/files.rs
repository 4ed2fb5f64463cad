//! The files that are imported from, loaded when an import first leads to them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::end;
use crate::arena::Arena;
use crate::diagnostic::{Diagnostic, Sink};
use crate::openapi::Loader;
use crate::source::{Source, Span};
use crate::tree::{self, Tree};

/// The most files that a compilation imports from.
const MAX_FILES: usize = 256;

/// A file that was loaded.
#[derive(Debug)]
pub(crate) struct File<'a> {
    /// The path, as the loader knows it.
    pub(crate) path: String,
    pub(crate) tree: Tree<'a>,
}

/// Why there is no file.
#[derive(Clone, Debug)]
pub(crate) enum Missing {
    /// It cannot be had, for this reason.
    NotLoaded(String),
    /// It is there and cannot be read, which was reported.
    Unreadable,
}

/// A source by its index, and the offset at which it begins.
type Loaded = (usize, u32);

/// The files that are imported from.
pub(crate) struct Files<'a> {
    sources: &'a Arena<Source>,
    trees: &'a Arena<File<'a>>,
    loader: Option<&'a dyn Loader>,
    sink: &'a Sink,
    by_path: RefCell<HashMap<String, Result<usize, Missing>>>,
    /// Texts by their path, with the offset at which they begin.
    texts: RefCell<HashMap<String, Result<Loaded, Missing>>>,
    /// The offset at which the next file begins.
    next: Cell<Option<u32>>,
}

impl<'a> Files<'a> {
    /// No files yet behind the compiled one.
    pub(crate) fn new(
        compiled: &Source,
        loader: Option<&'a dyn Loader>,
        sources: &'a Arena<Source>,
        trees: &'a Arena<File<'a>>,
        sink: &'a Sink,
    ) -> Self {
        let next = Cell::new(end(0, compiled));
        Self { sources, trees, loader, sink, by_path: RefCell::default(), texts: RefCell::default(), next }
    }

    /// The file at a path. What is wrong with its text is reported once.
    pub(crate) fn get(&self, path: &str) -> Result<&'a File<'a>, Missing> {
        let known = self.by_path.borrow().get(path).cloned();
        let index = known.unwrap_or_else(|| {
            let index = self.load(path);
            self.by_path.borrow_mut().insert(path.to_owned(), index.clone());
            index
        })?;
        self.trees.get(index).ok_or(Missing::Unreadable)
    }

    /// The text of a file that is no capability file, and the offset at which it begins.
    pub(crate) fn text(&self, path: &str) -> Result<(&'a str, u32), Missing> {
        let known = self.texts.borrow().get(path).cloned();
        let (index, start) = known.unwrap_or_else(|| {
            let loaded = self.source(path);
            self.texts.borrow_mut().insert(path.to_owned(), loaded.clone());
            loaded
        })?;
        let source = self.sources.get(index).ok_or(Missing::Unreadable)?;
        Ok((&source.text, start))
    }

    fn load(&self, path: &str) -> Result<usize, Missing> {
        let full = || Missing::NotLoaded("there are too many files".to_owned());
        let (index, start) = self.source(path)?;
        let source = self.sources.get(index).ok_or_else(full)?;
        let own = Sink::default();
        let tree = tree::parse(source, &own);
        let (diagnostics, failed) = own.finish();
        for diagnostic in diagnostics {
            self.sink.report(shifted(diagnostic, start));
        }
        let tree = tree.filter(|_| !failed).ok_or(Missing::Unreadable)?;
        self.trees.push(File { path: path.to_owned(), tree: tree.behind(start) }).ok_or_else(full)
    }

    /// Loads a file and lays it behind the others.
    fn source(&self, path: &str) -> Result<Loaded, Missing> {
        let no = |reason: &str| Missing::NotLoaded(reason.to_owned());
        let loader = self.loader.ok_or_else(|| no("this compilation has no files but one"))?;
        if self.by_path.borrow().len() + self.texts.borrow().len() >= MAX_FILES {
            return Err(Missing::NotLoaded(format!("a file cannot import from more than {MAX_FILES} others")));
        }
        let text = loader.load(path).map_err(|error| Missing::NotLoaded(error.to_string()))?;
        let source = Source::new(path, text);
        let start = self.next.get();
        let end = start.and_then(|start| end(start, &source));
        let (Some(start), Some(end)) = (start, end) else { return Err(no("the files are too long together")) };
        let index = self.sources.push(source).ok_or_else(|| no("there are too many files"))?;
        self.next.set(Some(end));
        Ok((index, start))
    }
}

/// The diagnostic of a file that begins at `start`.
fn shifted(mut diagnostic: Diagnostic, start: u32) -> Diagnostic {
    let shifted = |span: Span| Span::new(span.start + start, span.end + start);
    diagnostic.span = shifted(diagnostic.span);
    for label in &mut diagnostic.labels {
        label.span = shifted(label.span);
    }
    diagnostic
}
