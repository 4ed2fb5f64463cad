//! Places in other files than the one that a diagnostic is about.

use super::render::{Excerpt, Mark};
use crate::source::{Source, Span};

/// A place in another file than the one that a diagnostic is about, with the lines around it.
///
/// It holds these lines and not the file: a document can be large, and diagnostics outlive it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub(super) excerpt: Excerpt,
}

impl Elsewhere {
    pub(super) fn new(source: &Source, span: Span, text: &str) -> Self {
        Self { excerpt: Excerpt::new(source, &[Mark::new(source, span, text)]) }
    }

    /// The file, as diagnostics show it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.excerpt.path
    }
}
