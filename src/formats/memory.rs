//! What is left of the most memory that a value may take.

use super::FormatError;
use super::limits::{MAX_MEMORY, VALUE};

/// The memory that is left to a value.
#[derive(Debug)]
pub(super) struct Memory(usize);

impl Default for Memory {
    fn default() -> Self {
        Self(MAX_MEMORY)
    }
}

impl Memory {
    /// Takes the memory of a value with so many bytes of text.
    pub(super) fn take(&mut self, text: usize) -> Result<(), FormatError> {
        self.0 = self.0.checked_sub(text.saturating_add(VALUE)).ok_or(FormatError::TooLarge { limit: MAX_MEMORY })?;
        Ok(())
    }
}
