use std::borrow::Cow;

use crate::description::{Location, Parameter};
use crate::types::ReadError;
#[cfg(feature = "__server")]
use crate::types::Violation;

/// An input that an operation, a route or a tool cannot take.
///
/// The text names the parameter, the rule that it breaks and, where it is not plain, what to send instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{parameter}`{}{} {detail}", place(*location), below(pointer))]
pub struct ArgumentError {
    parameter: Cow<'static, str>,
    location: Option<Location>,
    /// The place in the value, a JSON pointer (RFC 6901).
    pointer: String,
    detail: Cow<'static, str>,
}

impl ArgumentError {
    pub(crate) fn new(
        parameter: impl Into<Cow<'static, str>>,
        location: Option<Location>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { parameter: parameter.into(), location, pointer: String::new(), detail: detail.into() }
    }

    pub(crate) fn of(parameter: &Parameter, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(parameter.name, Some(parameter.location), detail)
    }

    pub(crate) fn missing(parameter: &Parameter) -> Self {
        Self::of(parameter, "is required")
    }

    pub(crate) fn wrong_type(parameter: &Parameter, expected: &str, found: &str) -> Self {
        Self::of(parameter, format!("must be {expected}, not {found}"))
    }

    /// A value that is not of the type that the document gives to the parameter.
    pub(crate) fn unreadable(parameter: &Parameter, error: &ReadError) -> Self {
        Self::of(parameter, format!("does not fit: {error}"))
    }

    /// A constraint of the document that the value breaks.
    #[cfg(feature = "__server")]
    pub(crate) fn broken(parameter: &Parameter, violation: Violation) -> Self {
        Self { pointer: violation.pointer, ..Self::of(parameter, violation.message) }
    }

    /// The same, for the argument of a tool: there it is not of interest where the upstream gets it.
    #[cfg(feature = "mcp")]
    pub(crate) fn without_location(mut self) -> Self {
        self.location = None;
        self
    }

    /// The name of the parameter, as the surface calls it that the value came by.
    #[must_use]
    pub fn parameter(&self) -> &str {
        &self.parameter
    }

    /// Where the parameter travels.
    #[must_use]
    pub const fn location(&self) -> Option<Location> {
        self.location
    }

    /// The place in the parameter's value, a JSON pointer (RFC 6901). Empty for the value itself.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The rule that the value breaks, as the end of a sentence that begins with the parameter's name.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

fn below(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" at `{pointer}`") }
}

fn place(location: Option<Location>) -> &'static str {
    match location {
        Some(Location::Path) => " in the path",
        Some(Location::Query) => " in the query",
        Some(Location::Header) => " in the header",
        Some(Location::Cookie) => " in the cookies",
        Some(Location::Body) | None => "",
    }
}
