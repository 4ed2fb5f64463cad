//! What a server does for a request.

use http::HeaderMap;
use tracing::Span;
use tracing::field::Empty;

use super::{INTERNAL, fail, name};
use crate::server::{Problem, RawReply};
use crate::telemetry;

/// An operation of a REST surface or of a document's server at work.
pub(crate) struct Operation {
    pub(crate) span: Span,
}

impl Operation {
    /// Begins a span. Where the router is mounted in another server and nobody has a span around it, it continues the
    /// trace of the caller.
    pub(crate) fn begin(surface: &'static str, operation: &'static str, headers: &HeaderMap) -> Self {
        let span = tracing::info_span!(
            "operation",
            otel.kind = INTERNAL,
            otel.name = Empty,
            otel.status_code = Empty,
            capsmith.surface = surface,
            capsmith.operation = operation,
            "error.type" = Empty,
        );
        if !span.is_disabled() {
            name(&span, || operation.to_owned());
            if Span::current().is_none() {
                telemetry::extract(&span, headers);
            }
        }
        Self { span }
    }

    /// Tells how it ended. What a caller did wrong is no failure of the operation.
    pub(crate) fn end(self, outcome: &Result<RawReply, Problem>) {
        let status = outcome.as_ref().map_or_else(Problem::status, |reply| reply.status);
        if status.is_server_error() {
            fail(&self.span, status.as_str());
        }
    }
}
