//! What all places of a document share while it is read.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;

use serde::de::Error;

use crate::types::validate::escaped;

/// Who reads: this decides what must be present.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// A server reads a request: `readOnly` fields may be missing, and undeclared properties are errors where the
    /// schema forbids them.
    Request,
    /// A client reads an answer: `writeOnly` fields may be missing.
    Response,
    /// Neither is known: both kinds may be missing.
    #[default]
    Unknown,
}

/// How often the outermost union may be read again, counted in its own size. Unions within unions could otherwise take
/// time that grows as a power of their depth.
const READINGS: usize = 32;

/// What all places of a document share while it is read.
pub(in crate::types) struct Context {
    pub(in crate::types) direction: Direction,
    /// The JSON values that alternatives may still read, while a union is tried.
    budget: Cell<Option<usize>>,
    /// From the place of the error outwards. It is filled on the way back, so reading what is right costs nothing.
    path: RefCell<Vec<Segment>>,
    /// Whether the values are texts, in which numbers and truth values look like any text.
    pub(super) is_loose: bool,
    /// Whether reading goes on after an error, which is noted.
    collects: Cell<bool>,
    faults: RefCell<Vec<Fault>>,
}

#[derive(Clone, Debug)]
pub(super) enum Segment {
    Property(String),
    Index(usize),
}

/// An error that was noted.
#[cfg_attr(not(feature = "__server"), expect(dead_code, reason = "only servers ask for them"))]
struct Fault {
    /// As [`Context::path`].
    path: Vec<Segment>,
    reason: String,
}

impl Context {
    pub(in crate::types) fn new(direction: Direction) -> Self {
        Self {
            direction,
            budget: Cell::new(None),
            path: RefCell::default(),
            is_loose: false,
            collects: Cell::new(false),
            faults: RefCell::default(),
        }
    }

    /// For values that are texts.
    #[cfg(feature = "rest")]
    pub(super) fn loose(direction: Direction) -> Self {
        Self { is_loose: true, ..Self::new(direction) }
    }

    /// For reading that goes on after errors.
    #[cfg(feature = "__server")]
    pub(super) fn collecting(direction: Direction) -> Self {
        Self { collects: Cell::new(true), ..Self::new(direction) }
    }

    /// Whether errors are noted.
    pub(super) fn collects(&self) -> bool {
        self.collects.get()
    }

    /// Sets whether errors are noted, and gives what was set.
    pub(super) fn set_collects(&self, collects: bool) -> bool {
        self.collects.replace(collects)
    }

    /// The number of errors that have been noted before a part is read.
    pub(super) fn mark(&self) -> usize {
        if self.collects.get() { self.faults.borrow().len() } else { 0 }
    }

    /// Says what becomes of a part's outcome: an error is noted or goes on its way, with the place of the part.
    pub(super) fn settle<E: Error>(
        &self,
        outcome: Result<(), E>,
        mark: usize,
        segment: impl FnOnce() -> Segment,
    ) -> Result<(), E> {
        match outcome {
            Ok(()) if !self.collects.get() => Ok(()),
            Err(error) if !self.collects.get() => {
                self.path.borrow_mut().push(segment());
                Err(error)
            }
            outcome => {
                if let Err(error) = outcome {
                    self.note(error.to_string());
                }
                self.nest(mark, &segment());
                Ok(())
            }
        }
    }

    /// Notes an error at the place that the path leads to.
    #[cold]
    pub(super) fn note(&self, reason: String) {
        let path = self.path.take();
        let mut faults = self.faults.borrow_mut();
        #[cfg(feature = "__server")]
        if faults.len() >= crate::types::validate::MOST_FAULTS {
            return;
        }
        faults.push(Fault { path, reason });
    }

    /// Puts the errors since `mark` below a segment.
    fn nest(&self, mark: usize, segment: &Segment) {
        for fault in self.faults.borrow_mut().iter_mut().skip(mark) {
            fault.path.push(segment.clone());
        }
    }

    /// The errors that were noted: the places, as JSON pointers, and what is wrong there.
    #[cfg(feature = "__server")]
    pub(super) fn into_faults(self) -> Vec<(String, String)> {
        let faults = self.faults.into_inner().into_iter();
        faults.map(|fault| (pointer(&fault.path), fault.reason)).collect()
    }

    /// Begins to try alternatives on a document of `size` values. True at the outermost union, which has to
    /// [`finish_trials`](Self::finish_trials).
    pub(super) fn begin_trials(&self, size: usize) -> bool {
        let outermost = self.budget.get().is_none();
        if outermost {
            self.budget.set(Some(size.saturating_mul(READINGS)));
        }
        outermost
    }

    /// Ends what [`begin_trials`](Self::begin_trials) began.
    pub(super) fn finish_trials(&self) {
        self.budget.set(None);
    }

    /// Takes the reading of `size` values from the budget; false when it is used up.
    pub(super) fn spend(&self, size: usize) -> bool {
        let left = self.budget.get().unwrap_or(0).checked_sub(size);
        self.budget.set(Some(left.unwrap_or(0)));
        left.is_some()
    }

    /// How much of a path there is, to [`forget`](Self::forget) what a failed trial adds.
    pub(super) fn noted(&self) -> usize {
        self.path.borrow().len()
    }

    /// Drops what was noted since.
    pub(super) fn forget(&self, noted: usize) {
        self.path.borrow_mut().truncate(noted);
    }

    /// The path of the error as a JSON pointer (RFC 6901), empty for the document itself.
    pub(in crate::types) fn pointer(&self) -> String {
        pointer(&self.path.borrow())
    }

    /// The path of the error: `data[3].created_at`, empty for the document itself.
    pub(in crate::types) fn path(&self) -> String {
        let mut text = String::new();
        for segment in self.path.borrow().iter().rev() {
            // Writing to a string does not fail.
            let _ = match segment {
                Segment::Index(index) => write!(text, "[{index}]"),
                Segment::Property(name) if is_plain(name) && text.is_empty() => write!(text, "{name}"),
                Segment::Property(name) if is_plain(name) => write!(text, ".{name}"),
                Segment::Property(name) => write!(text, "[{name:?}]"),
            };
        }
        text
    }
}

fn pointer(path: &[Segment]) -> String {
    let mut text = String::new();
    for segment in path.iter().rev() {
        // Writing to a string does not fail.
        let _ = match segment {
            Segment::Index(index) => write!(text, "/{index}"),
            Segment::Property(name) => write!(text, "/{}", escaped(name)),
        };
    }
    text
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '@'))
}
