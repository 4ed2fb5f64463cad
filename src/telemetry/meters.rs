//! Requests, errors and durations, by the names of OpenTelemetry's semantic conventions. Their attributes come from the file
//! or the document, and from fixed lists, so callers cannot make more series of them.

#[cfg(feature = "__server")]
use std::sync::Arc;

use opentelemetry::KeyValue;
#[cfg(feature = "__server")]
use opentelemetry::metrics::UpDownCounter;
use opentelemetry::metrics::{Histogram, Meter};
use tracing::Span;

#[cfg(feature = "mcp")]
use super::McpCalled;
#[cfg(feature = "__server")]
use super::Requested;
use super::UpstreamCalled;
use super::state::State;

/// The upper bounds of durations in seconds that the conventions give for HTTP.
const HTTP: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];
/// Those for MCP.
#[cfg(feature = "mcp")]
const MCP: [f64; 14] = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0];

/// The instruments.
#[derive(Debug)]
pub(crate) struct Meters {
    #[cfg(feature = "__server")]
    requests: Histogram<f64>,
    #[cfg(feature = "__server")]
    active: Arc<UpDownCounter<i64>>,
    #[cfg(feature = "mcp")]
    tools: Histogram<f64>,
    calls: Histogram<f64>,
}

impl Meters {
    pub(super) fn new(meter: &Meter) -> Self {
        let histogram = |name: &'static str, description: &'static str, bounds: &[f64]| {
            let histogram = meter.f64_histogram(name).with_unit("s").with_description(description);
            histogram.with_boundaries(bounds.to_vec()).build()
        };
        #[cfg(feature = "__server")]
        let active = meter.i64_up_down_counter("http.server.active_requests").with_unit("{request}");
        Self {
            #[cfg(feature = "__server")]
            requests: histogram(
                "http.server.request.duration",
                "How long requests take until the head of their answer.",
                &HTTP,
            ),
            #[cfg(feature = "__server")]
            active: Arc::new(active.with_description("Requests that are being answered.").build()),
            #[cfg(feature = "mcp")]
            tools: histogram(
                "mcp.server.operation.duration",
                "How long calls of tools, and readings of resources, take.",
                &MCP,
            ),
            calls: histogram(
                "http.client.request.duration",
                "How long requests to upstreams take until the head of their answer.",
                &HTTP,
            ),
        }
    }
}

/// A request that is being answered: counted as such until the value is gone.
#[cfg(feature = "__server")]
pub(crate) struct Active(Option<(Arc<UpDownCounter<i64>>, [KeyValue; 3])>);

#[cfg(feature = "__server")]
impl Drop for Active {
    fn drop(&mut self) {
        if let Some((counter, attributes)) = &self.0 {
            counter.add(-1, attributes);
        }
    }
}

/// Counts a request as active.
#[cfg(feature = "__server")]
pub(crate) fn begin_request(span: &Span, surface: &'static str, scheme: &'static str, method: &str) -> Active {
    let counter = State::of(span, |state| state.meters.as_ref().map(|meters| Arc::clone(&meters.active))).flatten();
    Active(counter.map(|counter| {
        let attributes = [
            KeyValue::new("capsmith.surface", surface),
            KeyValue::new("url.scheme", scheme),
            KeyValue::new("http.request.method", method.to_owned()),
        ];
        counter.add(1, &attributes);
        (counter, attributes)
    }))
}

/// Counts a request that was answered.
#[cfg(feature = "__server")]
pub(crate) fn count_request(span: &Span, request: &Requested<'_>) {
    count(span, |meters| {
        let mut attributes = vec![
            KeyValue::new("capsmith.surface", request.surface),
            KeyValue::new("url.scheme", request.scheme),
            KeyValue::new("http.request.method", request.method.to_owned()),
            KeyValue::new("http.response.status_code", i64::from(request.status)),
        ];
        if let Some(route) = request.route {
            attributes.push(KeyValue::new("http.route", route.to_owned()));
        }
        if request.status >= 500 {
            attributes.push(KeyValue::new("error.type", request.status.to_string()));
        }
        meters.requests.record(request.duration.as_secs_f64(), &attributes);
    });
}

/// Counts a call of a tool, or the reading of a resource.
#[cfg(feature = "mcp")]
pub(crate) fn count_mcp_call(span: &Span, call: &McpCalled<'_>) {
    count(span, |meters| {
        let mut attributes =
            vec![KeyValue::new("capsmith.surface", call.surface), KeyValue::new("mcp.method.name", call.method)];
        if let Some(tool) = call.tool {
            attributes.push(KeyValue::new("gen_ai.tool.name", tool.to_owned()));
        }
        if let Some(error_type) = call.error_type {
            attributes.push(KeyValue::new("error.type", error_type.to_owned()));
        }
        meters.tools.record(call.duration.as_secs_f64(), &attributes);
    });
}

/// Counts a request to an upstream.
pub(crate) fn count_upstream_call(span: &Span, call: &UpstreamCalled<'_>) {
    count(span, |meters| {
        let mut attributes = vec![
            KeyValue::new("capsmith.upstream", call.upstream),
            KeyValue::new("capsmith.operation", call.operation),
            KeyValue::new("http.request.method", call.method.to_owned()),
            KeyValue::new("url.template", call.template.to_owned()),
        ];
        if let Some(address) = call.address {
            attributes.push(KeyValue::new("server.address", address.to_owned()));
        }
        if let Some(port) = call.port {
            attributes.push(KeyValue::new("server.port", i64::from(port)));
        }
        if let Some(status) = call.status {
            attributes.push(KeyValue::new("http.response.status_code", i64::from(status)));
        }
        if let Some(error_type) = call.error_type {
            attributes.push(KeyValue::new("error.type", error_type.to_owned()));
        }
        meters.calls.record(call.duration.as_secs_f64(), &attributes);
    });
}

fn count(span: &Span, record: impl FnOnce(&Meters)) {
    State::of(span, |state| {
        if let Some(meters) = &state.meters {
            record(meters);
        }
    });
}
