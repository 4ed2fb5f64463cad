//! What spans ask of OpenTelemetry where it is not compiled: nothing.

use http::HeaderMap;
use tracing::Span;

#[cfg(feature = "mcp")]
use super::McpCalled;
#[cfg(feature = "__server")]
use super::Requested;
use super::UpstreamCalled;

#[cfg(feature = "__server")]
pub(crate) struct Active;

pub(crate) fn inject(_: &Span, _: &mut HeaderMap) {}

#[cfg(feature = "rest")]
pub(crate) fn rename(_: &Span, _: impl FnOnce() -> String) {}

#[cfg(feature = "__server")]
pub(crate) fn extract(_: &Span, _: &HeaderMap) {}

#[cfg(feature = "mcp")]
pub(crate) fn extract_from_meta(_: &Span, _: &rmcp::model::RequestMetaObject, _: &Span) -> bool {
    false
}

#[cfg(feature = "__server")]
pub(crate) fn begin_request(_: &Span, _: &'static str, _: &'static str, _: &str) -> Active {
    Active
}

#[cfg(feature = "__server")]
pub(crate) fn count_request(_: &Span, _: &Requested<'_>) {}

#[cfg(feature = "mcp")]
pub(crate) fn count_mcp_call(_: &Span, _: &McpCalled<'_>) {}

pub(crate) fn count_upstream_call(_: &Span, _: &UpstreamCalled<'_>) {}
