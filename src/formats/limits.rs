//! What a text may become.

/// The deepest nesting, which is that of `serde_json`'s parser: a deeper value could be written but not read again.
#[cfg(any(feature = "__yaml", feature = "format-avro", feature = "format-protobuf", feature = "format-xml"))]
pub(super) const MAX_DEPTH: usize = 128;

/// The most memory of a value in bytes, roughly.
pub(super) const MAX_MEMORY: usize = 256 * 1024 * 1024;

/// What a value costs besides its text.
pub(super) const VALUE: usize = 64;
