//! The traces that ended last, for a control surface to show.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry::{Array, Context, SpanId, TraceId, Value};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};
use serde_json::json;

/// As many spans of a trace are kept.
const MAX_SPANS: usize = 256;

/// The traces that ended last.
#[derive(Debug)]
pub(crate) struct Recent {
    /// Those that got their first span last are at the end.
    traces: Mutex<VecDeque<Trace>>,
    capacity: usize,
}

#[derive(Debug)]
struct Trace {
    id: TraceId,
    spans: Vec<SpanData>,
}

impl Recent {
    pub(super) fn new(capacity: usize) -> Self {
        Self { traces: Mutex::default(), capacity }
    }

    fn traces(&self) -> MutexGuard<'_, VecDeque<Trace>> {
        // Whoever panicked left whole traces behind.
        self.traces.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, span: SpanData) {
        let id = span.span_context.trace_id();
        let mut traces = self.traces();
        if let Some(trace) = traces.iter_mut().rev().find(|trace| trace.id == id) {
            if trace.spans.len() < MAX_SPANS {
                trace.spans.push(span);
            }
            return;
        }
        if traces.len() >= self.capacity {
            traces.pop_front();
        }
        traces.push_back(Trace { id, spans: vec![span] });
    }

    /// All of them, the latest first.
    pub(crate) fn list(&self) -> serde_json::Value {
        self.traces().iter().rev().map(Trace::summary).collect()
    }

    /// The spans of one, in the order in which they began.
    pub(crate) fn show(&self, id: &str) -> Option<serde_json::Value> {
        let id = TraceId::from_hex(id).ok()?;
        let traces = self.traces();
        let mut spans: Vec<&SpanData> = traces.iter().find(|trace| trace.id == id)?.spans.iter().collect();
        spans.sort_by_key(|span| span.start_time);
        let spans: Vec<_> = spans.into_iter().map(shown).collect();
        Some(json!({"traceId": id.to_string(), "spans": spans}))
    }
}

impl Trace {
    fn summary(&self) -> serde_json::Value {
        let is_ours = |id: SpanId| self.spans.iter().any(|span| span.span_context.span_id() == id);
        // The root, or what was called from elsewhere.
        let first = self.spans.iter().find(|span| !is_ours(span.parent_span_id));
        let failed = self.spans.iter().any(|span| matches!(span.status, Status::Error { .. }));
        json!({
            "traceId": self.id.to_string(),
            "name": first.map(|span| &*span.name),
            "startTimeUnixNano": first.map(|span| nanoseconds(span.start_time)),
            "durationMs": first.map(milliseconds),
            "spans": self.spans.len(),
            "status": if failed { "ERROR" } else { "OK" },
        })
    }
}

/// A span, by the names of OTLP in JSON.
fn shown(span: &SpanData) -> serde_json::Value {
    let attributes: serde_json::Map<_, _> =
        span.attributes.iter().map(|pair| (pair.key.to_string(), value(&pair.value))).collect();
    let parent = (span.parent_span_id != SpanId::INVALID).then(|| span.parent_span_id.to_string());
    json!({
        "spanId": span.span_context.span_id().to_string(),
        "parentSpanId": parent,
        "name": span.name,
        "kind": match span.span_kind {
            SpanKind::Client => "client",
            SpanKind::Server => "server",
            SpanKind::Producer => "producer",
            SpanKind::Consumer => "consumer",
            SpanKind::Internal => "internal",
        },
        "startTimeUnixNano": nanoseconds(span.start_time),
        "durationMs": milliseconds(span),
        "attributes": attributes,
        "status": if matches!(span.status, Status::Error { .. }) { "ERROR" } else { "OK" },
    })
}

fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::I64(value) => (*value).into(),
        Value::F64(value) => (*value).into(),
        Value::String(value) => value.as_str().into(),
        Value::Array(Array::String(values)) => values.iter().map(opentelemetry::StringValue::as_str).collect(),
        other => other.to_string().into(),
    }
}

/// As text: no number of JSON is sure to hold it.
fn nanoseconds(time: SystemTime) -> String {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}

fn milliseconds(span: &SpanData) -> f64 {
    span.end_time.duration_since(span.start_time).unwrap_or_default().as_secs_f64() * 1000.0
}

/// Takes spans for [`Recent`].
#[derive(Debug)]
pub(super) struct Keeper(pub(super) std::sync::Arc<Recent>);

impl SpanProcessor for Keeper {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        self.0.keep(span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}
