//! What is wrong or unusual in a path.

use std::ops::Range;

/// A mistake in a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// Where it is, in bytes of the path's text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that is clear.
    pub suggestion: Option<String>,
}

/// A spelling that the RFC does not have, but whose meaning is clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habit {
    /// Where it is, in bytes of the path's text.
    pub range: Range<usize>,
    /// What is unusual.
    pub message: String,
    /// What the RFC has for it.
    pub suggestion: String,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), suggestion: None }
    }

    pub(super) fn suggest(self, suggestion: impl Into<String>) -> Self {
        Self { suggestion: Some(suggestion.into()), ..self }
    }
}
