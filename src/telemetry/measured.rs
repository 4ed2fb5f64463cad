//! What is counted, when it is over.

use std::time::Duration;

/// A request of a caller.
#[cfg(feature = "__server")]
#[cfg_attr(not(feature = "opentelemetry"), expect(dead_code, reason = "nobody counts without the feature"))]
pub(crate) struct Requested<'m> {
    pub(crate) surface: &'static str,
    pub(crate) scheme: &'static str,
    pub(crate) method: &'m str,
    /// The template of the path; `None`: the request was for none.
    pub(crate) route: Option<&'m str>,
    pub(crate) status: u16,
    pub(crate) duration: Duration,
}

/// A call of a tool, or the reading of a resource.
#[cfg(feature = "mcp")]
#[cfg_attr(not(feature = "opentelemetry"), expect(dead_code, reason = "nobody counts without the feature"))]
pub(crate) struct McpCalled<'m> {
    pub(crate) surface: &'static str,
    pub(crate) method: &'static str,
    /// `None`: it is none of a tool.
    pub(crate) tool: Option<&'m str>,
    pub(crate) error_type: Option<&'m str>,
    pub(crate) duration: Duration,
}

/// A request to an upstream.
#[cfg_attr(not(feature = "opentelemetry"), expect(dead_code, reason = "nobody counts without the feature"))]
pub(crate) struct UpstreamCalled<'m> {
    pub(crate) upstream: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) method: &'m str,
    pub(crate) template: &'m str,
    /// `None`: it must not be shown.
    pub(crate) address: Option<&'m str>,
    pub(crate) port: Option<u16>,
    /// `None`: there is no answer.
    pub(crate) status: Option<u16>,
    pub(crate) error_type: Option<&'m str>,
    pub(crate) duration: Duration,
}
