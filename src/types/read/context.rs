//! What all places of a document share while it is read.

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;

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
}

enum Segment {
    Property(String),
    Index(usize),
}

impl Context {
    pub(in crate::types) fn new(direction: Direction) -> Self {
        Self { direction, budget: Cell::new(None), path: RefCell::default() }
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

    /// Notes that the error on its way happened below the property `name`.
    #[cold]
    pub(super) fn below(&self, name: &str) {
        self.path.borrow_mut().push(Segment::Property(name.to_owned()));
    }

    /// Notes that the error on its way happened below the item `index`.
    #[cold]
    pub(super) fn below_index(&self, index: usize) {
        self.path.borrow_mut().push(Segment::Index(index));
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
        let mut text = String::new();
        for segment in self.path.borrow().iter().rev() {
            // Writing to a string does not fail.
            let _ = match segment {
                Segment::Index(index) => write!(text, "/{index}"),
                Segment::Property(name) => write!(text, "/{}", escaped(name)),
            };
        }
        text
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

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '@'))
}
