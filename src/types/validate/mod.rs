//! Checks values against the constraints of their schemas.

mod assert;
mod check;
mod format;
#[cfg(feature = "patterns")]
mod pattern;
mod walk;

pub use check::{Check, Rule};
#[cfg(feature = "mock")]
pub(crate) use format::has_format;
#[cfg(all(feature = "patterns", feature = "__server"))]
pub(crate) use pattern::matches as matches_pattern;

use std::fmt;

use super::Typed;
#[cfg(feature = "__server")]
pub(crate) use walk::MOST_FAULTS;
pub(crate) use walk::escaped;
#[cfg(feature = "client")]
pub(crate) use walk::{Side, violations};

/// A value that a schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The place, a JSON pointer (RFC 6901). Empty for the value itself.
    pub pointer: String,
    /// The keyword of the schema: `minimum`.
    pub rule: &'static str,
    /// What the schema demands: `must be at least 1`.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "value" } else { &self.pointer };
        write!(f, "{place}: {} ({})", self.message, self.rule)
    }
}

/// Checks `value` and all that it holds against the rules of its types, and `value` itself against `checks`.
#[must_use]
pub fn validate(value: &dyn Typed, checks: &[Check]) -> Vec<Violation> {
    walk::violations(value.view(), checks, walk::Side::Any)
}
