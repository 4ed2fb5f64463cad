//! The capability is read as data. Neither client nor server is compiled.

#![deny(warnings, missing_docs)]

capsmith::include_capability!("backups.yaml");
capsmith::include_openapi!("odd-api.yaml");

/// How many operations there are.
#[must_use]
pub fn operations() -> usize {
    backups::CAPABILITY.operations.len()
}
