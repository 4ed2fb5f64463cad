//! One call of an MCP tool.

use std::time::Duration;

use rmcp::model::RequestMetaObject;
use tracing::Span;
use tracing::field::Empty;

use super::{Matched, SERVER, fail, name};
use crate::telemetry;

/// A call of a tool at work.
pub(crate) struct ToolCall<'t> {
    pub(crate) span: Span,
    surface: &'static str,
    tool: &'t str,
}

impl<'t> ToolCall<'t> {
    /// Begins a span below that of the HTTP request, or as the client continues its own trace: by `_meta`, or by the headers
    /// of a request to a router that is mounted elsewhere.
    pub(crate) fn begin(
        surface: &'static str,
        tool: &'t str,
        request: Option<&http::request::Parts>,
        meta: &RequestMetaObject,
    ) -> Self {
        let around = request.and_then(|parts| parts.extensions.get::<Matched>());
        let parent = around.map_or_else(Span::current, |matched| matched.span().clone());
        let span = tracing::info_span!(
            parent: &parent,
            "tool call",
            otel.kind = SERVER,
            otel.name = Empty,
            otel.status_code = Empty,
            capsmith.surface = surface,
            mcp.method.name = "tools/call",
            gen_ai.operation.name = "execute_tool",
            gen_ai.tool.name = tool,
            "error.type" = Empty,
        );
        if !span.is_disabled() {
            name(&span, || format!("tools/call {tool}"));
            let continued = telemetry::extract_from_meta(&span, meta, &parent);
            if !continued
                && parent.is_none()
                && let Some(parts) = request
            {
                telemetry::extract(&span, &parts.headers);
            }
        }
        Self { span, surface, tool }
    }

    /// Tells what came of it.
    pub(crate) fn end(self, failed: bool, latency: Duration) {
        let Self { span, surface, tool } = self;
        if failed {
            fail(&span, "tool_error");
        }
        span.in_scope(|| tracing::info!(surface, tool, failed, ?latency, "tool called"));
        telemetry::count_tool_call(&span, &telemetry::ToolCalled { surface, tool, failed, duration: latency });
    }
}
