//! What is unusual in a path.

use std::ops::Range;

pub use crate::fault::Fault;

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
