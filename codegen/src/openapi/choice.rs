//! Reading a part of a document that somebody else chooses, and where its operations stand.

use super::place::Place;
use crate::ir::api::Method;
use crate::source::Span;

/// A place in one of the files of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The file, an index into the files of the analysis.
    pub(crate) file: usize,
    pub(crate) span: Span,
}

impl Spot {
    pub(super) fn new(place: Place<'_>, span: Span) -> Self {
        Self { file: place.file.0 as usize, span }
    }

    pub(super) fn of(place: Place<'_>) -> Self {
        Self::new(place, place.span())
    }
}

/// An operation of which nothing has been read but where it is.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// The path as the document writes it.
    pub(crate) path: String,
    /// The URLs that the path may follow, with the defaults of their variables.
    pub(crate) servers: Vec<String>,
    /// The key of the operation in its path.
    pub(crate) spot: Spot,
}

/// Where the parts of an operation stand.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The key of the operation in its path.
    pub(crate) operation: Spot,
    /// One for each parameter of the operation.
    pub(crate) parameters: Vec<Spot>,
    /// The body, if the operation has one.
    pub(crate) body: Option<Spot>,
}

/// Chooses operations, by their indices in ascending order.
pub(crate) type Choose<'c> = dyn FnMut(&[Route]) -> Vec<usize> + 'c;
