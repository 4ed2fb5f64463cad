//! What a text may become.

use super::FormatError;

/// The deepest nesting, which is that of `serde_json`'s parser: a deeper value could be written but not read again.
#[cfg(any(feature = "__yaml", feature = "format-avro", feature = "format-protobuf", feature = "format-xml"))]
pub(super) const MAX_DEPTH: usize = 128;

/// The most memory of a value in bytes, roughly.
pub(super) const MAX_MEMORY: usize = 256 * 1024 * 1024;

/// What a value costs besides its text.
pub(super) const VALUE: usize = 64;

/// The memory that is left to a value.
#[cfg(any(feature = "__text", feature = "__yaml", feature = "format-avro", feature = "format-protobuf"))]
#[derive(Debug)]
pub(super) struct Memory(usize);

#[cfg(any(feature = "__text", feature = "__yaml", feature = "format-avro", feature = "format-protobuf"))]
impl Default for Memory {
    fn default() -> Self {
        Self(MAX_MEMORY)
    }
}

#[cfg(any(feature = "__text", feature = "__yaml", feature = "format-avro", feature = "format-protobuf"))]
impl Memory {
    /// Takes the memory of a value with so many bytes of text.
    pub(super) fn take(&mut self, text: usize) -> Result<(), FormatError> {
        self.0 = self.0.checked_sub(text.saturating_add(VALUE)).ok_or(FormatError::TooLarge { limit: MAX_MEMORY })?;
        Ok(())
    }
}
