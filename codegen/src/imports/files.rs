//! The files that are imported from or named as schemas, loaded when something first leads to them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

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

/// A file that was loaded and is no capability file: the schema of answers, say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextFile<'a> {
    pub(crate) source: &'a Source,
    /// The offset at which it begins.
    pub(crate) start: u32,
}

impl TextFile<'_> {
    /// Where a part of the text stands.
    pub(crate) fn part(&self, range: &Range<usize>) -> Span {
        let at = |offset: usize| self.start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        Span::new(at(range.start), at(range.end))
    }
}

/// Why there is no file.
#[derive(Clone, Debug)]
pub(crate) enum Missing {
    /// It cannot be had, for this reason.
    NotLoaded(String),
    /// It is there and cannot be read, which was reported.
    Unreadable,
}

/// The files that are imported from.
pub(crate) struct Files<'a> {
    sources: &'a Arena<Source>,
    trees: &'a Arena<File<'a>>,
    loader: Option<&'a dyn Loader>,
    sink: &'a Sink,
    by_path: RefCell<HashMap<String, Result<usize, Missing>>>,
    texts: RefCell<HashMap<String, Result<TextFile<'a>, String>>>,
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
        Self {
            sources,
            trees,
            loader,
            sink,
            by_path: RefCell::default(),
            texts: RefCell::default(),
            next: Cell::new(end(0, compiled)),
        }
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

    /// The text at a path, which is no capability file.
    ///
    /// # Errors
    ///
    /// Why it cannot be had.
    pub(crate) fn text(&self, path: &str) -> Result<TextFile<'a>, String> {
        let known = self.texts.borrow().get(path).cloned();
        known.unwrap_or_else(|| {
            let text = self.source(path).map(|(source, start)| TextFile { source, start });
            self.texts.borrow_mut().insert(path.to_owned(), text.clone());
            text
        })
    }

    fn load(&self, path: &str) -> Result<usize, Missing> {
        let (source, start) = self.source(path).map_err(Missing::NotLoaded)?;
        let tree = self.tree(source, start).ok_or(Missing::Unreadable)?;
        let full = || Missing::NotLoaded("there are too many files".to_owned());
        self.trees.push(File { path: path.to_owned(), tree }).ok_or_else(full)
    }

    /// The tree of a file that begins at `start`. What is wrong with its text is reported.
    pub(crate) fn tree(&self, source: &'a Source, start: u32) -> Option<Tree<'a>> {
        let own = Sink::default();
        let tree = tree::parse(source, &own);
        let (diagnostics, failed) = own.finish();
        for diagnostic in diagnostics {
            self.sink.report(shifted(diagnostic, start));
        }
        Some(tree.filter(|_| !failed)?.behind(start))
    }

    /// Loads a file, and gives it a place behind the others.
    fn source(&self, path: &str) -> Result<(&'a Source, u32), String> {
        let loader = self.loader.ok_or("this compilation has no files but one")?;
        if self.by_path.borrow().len() + self.texts.borrow().len() >= MAX_FILES {
            return Err(format!("a file cannot refer to more than {MAX_FILES} others"));
        }
        let text = loader.load(path).map_err(|error| error.to_string())?;
        let source = Source::new(path, text);
        let start = self.next.get();
        let end = start.and_then(|start| end(start, &source));
        let (Some(start), Some(end)) = (start, end) else { return Err("the files are too long together".to_owned()) };
        let full = "there are too many files";
        let index = self.sources.push(source).ok_or(full)?;
        self.next.set(Some(end));
        Ok((self.sources.get(index).ok_or(full)?, start))
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
