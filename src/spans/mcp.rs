//! One call of an MCP tool, or one reading of a resource.

use std::time::Duration;

use rmcp::model::RequestMetaObject;
use tracing::Span;
use tracing::field::Empty;

use super::{Matched, SERVER, fail, name};
use crate::telemetry;

/// What a client of MCP asks for.
#[derive(Clone, Copy)]
pub(crate) enum Asked<'t> {
    /// A tool, which has this name.
    Tool(&'t str),
    /// A resource. Its URI may have values in it.
    Resource,
    /// A prompt, which has this name.
    Prompt(&'t str),
}

impl Asked<'_> {
    fn method(self) -> &'static str {
        match self {
            Self::Tool(_) => "tools/call",
            Self::Resource => "resources/read",
            Self::Prompt(_) => "prompts/get",
        }
    }
}

/// What a client of MCP asks for, at work.
pub(crate) struct McpCall<'t> {
    pub(crate) span: Span,
    surface: &'static str,
    asked: Asked<'t>,
}

impl<'t> McpCall<'t> {
    /// Begins a span below that of the HTTP request, or as the client continues its own trace: by `_meta`, or by the headers
    /// of a request to a router that is mounted elsewhere.
    pub(crate) fn begin(
        surface: &'static str,
        asked: Asked<'t>,
        request: Option<&http::request::Parts>,
        meta: &RequestMetaObject,
    ) -> Self {
        let around = request.and_then(|parts| parts.extensions.get::<Matched>());
        let parent = around.map_or_else(Span::current, |matched| matched.span().clone());
        let span = tracing::info_span!(
            parent: &parent,
            "mcp call",
            otel.kind = SERVER,
            otel.name = Empty,
            otel.status_code = Empty,
            capsmith.surface = surface,
            mcp.method.name = asked.method(),
            gen_ai.operation.name = Empty,
            gen_ai.tool.name = Empty,
            "error.type" = Empty,
        );
        if span.is_disabled() {
            return Self { span, surface, asked };
        }
        match asked {
            Asked::Tool(tool) => {
                span.record("gen_ai.operation.name", "execute_tool");
                span.record("gen_ai.tool.name", tool);
                name(&span, || format!("tools/call {tool}"));
            }
            Asked::Resource => name(&span, || asked.method().to_owned()),
            Asked::Prompt(prompt) => name(&span, || format!("prompts/get {prompt}")),
        }
        let continued = telemetry::extract_from_meta(&span, meta, &parent);
        if !continued
            && parent.is_none()
            && let Some(parts) = request
        {
            telemetry::extract(&span, &parts.headers);
        }
        Self { span, surface, asked }
    }

    /// Tells what came of it. `error_type` is a word for why it failed.
    pub(crate) fn end(self, error_type: Option<&str>, latency: Duration) {
        let Self { span, surface, asked } = self;
        let failed = error_type.is_some();
        if let Some(error_type) = error_type {
            fail(&span, error_type);
        }
        let tool = match asked {
            Asked::Tool(tool) => {
                span.in_scope(|| tracing::info!(surface, tool, failed, ?latency, "tool called"));
                Some(tool)
            }
            Asked::Resource => {
                span.in_scope(|| tracing::info!(surface, failed, ?latency, "resource read"));
                None
            }
            Asked::Prompt(prompt) => {
                span.in_scope(|| tracing::info!(surface, prompt, failed, ?latency, "prompt given"));
                None
            }
        };
        let method = asked.method();
        let call = telemetry::McpCalled { surface, method, tool, error_type, duration: latency };
        telemetry::count_mcp_call(&span, &call);
    }
}
