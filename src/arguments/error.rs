use std::borrow::Cow;

use crate::description::{Location, Parameter};
use crate::types::ReadError;

/// An input that an operation, a route or a tool cannot take.
///
/// The text names the parameter, the rule that it breaks and, where it is not plain, what to send instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{parameter}`{}{} {detail}", place(*location), part(pointer.as_deref()))]
pub struct ArgumentError {
    parameter: Cow<'static, str>,
    location: Option<Location>,
    detail: Cow<'static, str>,
    pointer: Option<String>,
}

impl ArgumentError {
    pub(crate) fn new(
        parameter: impl Into<Cow<'static, str>>,
        location: Option<Location>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { parameter: parameter.into(), location, detail: detail.into(), pointer: None }
    }

    /// The same, about a part of the input.
    #[cfg(feature = "__server")]
    pub(crate) fn with_pointer(self, pointer: String) -> Self {
        Self { pointer: Some(pointer), ..self }
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
        Self {
            pointer: Some(error.pointer().to_owned()),
            ..Self::of(parameter, format!("does not fit: {}", error.reason()))
        }
    }

    /// The same, for the argument of a tool: there it is not of interest where the upstream gets it.
    #[cfg(feature = "mcp")]
    pub(crate) fn without_location(mut self) -> Self {
        self.location = None;
        self
    }

    /// The same with another rule.
    #[cfg(feature = "mcp")]
    pub(crate) fn with_detail(self, detail: String) -> Self {
        Self { detail: detail.into(), ..self }
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

    /// Which part of the input is meant: a JSON pointer (RFC 6901), empty for the whole. `None` where nothing looked
    /// into the input.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// The rule that the value breaks, as the end of a sentence that begins with the parameter's name.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

fn place(location: Option<Location>) -> &'static str {
    match location {
        Some(Location::Path) => " in the path",
        Some(Location::Query) => " in the query",
        Some(Location::Header) => " in the header",
        Some(Location::Cookie) => " in the cookies",
        Some(Location::Body | Location::Property | Location::Template) | None => "",
    }
}

/// The part of an input that is meant.
fn part(pointer: Option<&str>) -> String {
    pointer.filter(|pointer| !pointer.is_empty()).map(|pointer| format!(" at {pointer}")).unwrap_or_default()
}
