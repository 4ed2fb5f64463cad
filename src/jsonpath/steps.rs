//! A limit on the work of a query.

/// More than any sensible path needs on a document of several megabytes.
const LIMIT: u64 = 100_000_000;

/// Why a path has no result on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It needs too much work: descendants of descendants, say, or a filter that looks at the whole document for every
    /// element.
    #[error("the path takes more than {LIMIT} steps on this document")]
    TooManySteps,
}

/// The steps that are left to a query.
///
/// What a query keeps costs steps as well, so they limit its memory too.
#[derive(Debug)]
pub(super) struct Steps(u64);

impl Steps {
    pub(super) fn new() -> Self {
        Self(LIMIT)
    }

    /// Takes steps from those that are left.
    pub(super) fn take(&mut self, steps: usize) -> Result<(), QueryError> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.0 = self.0.checked_sub(steps).ok_or(QueryError::TooManySteps)?;
        Ok(())
    }
}
