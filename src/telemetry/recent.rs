//! The traces that ended last, for a control surface to show.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry::{Context, SpanId, TraceId, Value};
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{Span, SpanData, SpanProcessor};
use serde_json::json;

/// As many spans of a trace are kept.
const MAX_SPANS: usize = 256;
/// As many bytes of a text are kept. Callers write paths, and choose which trace they belong to.
const MAX_TEXT: usize = 512;

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
    spans: Vec<Kept>,
}

/// What is kept of a span: not what it carries on for others (`tracestate`), which callers write.
#[derive(Debug)]
struct Kept {
    id: SpanId,
    parent: SpanId,
    name: Cow<'static, str>,
    kind: SpanKind,
    start: SystemTime,
    end: SystemTime,
    attributes: serde_json::Map<String, serde_json::Value>,
    failed: bool,
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
                trace.spans.push(span.into());
            }
            return;
        }
        if traces.len() >= self.capacity {
            traces.pop_front();
        }
        traces.push_back(Trace { id, spans: vec![span.into()] });
    }

    /// All of them, the latest first.
    pub(crate) fn list(&self) -> serde_json::Value {
        self.traces().iter().rev().map(Trace::summary).collect()
    }

    /// The spans of one, in the order in which they began.
    pub(crate) fn show(&self, id: &str) -> Option<serde_json::Value> {
        let id = TraceId::from_hex(id).ok()?;
        let traces = self.traces();
        let mut spans: Vec<&Kept> = traces.iter().find(|trace| trace.id == id)?.spans.iter().collect();
        spans.sort_by_key(|span| span.start);
        let spans: Vec<_> = spans.into_iter().map(Kept::shown).collect();
        Some(json!({"traceId": id.to_string(), "spans": spans}))
    }
}

impl Trace {
    fn summary(&self) -> serde_json::Value {
        let is_ours = |id: SpanId| self.spans.iter().any(|span| span.id == id);
        // The root, or what was called from elsewhere.
        let first = self.spans.iter().find(|span| !is_ours(span.parent));
        let failed = self.spans.iter().any(|span| span.failed);
        json!({
            "traceId": self.id.to_string(),
            "name": first.map(|span| &*span.name),
            "startTimeUnixNano": first.map(|span| nanoseconds(span.start)),
            "durationMs": first.map(Kept::milliseconds),
            "spans": self.spans.len(),
            "status": if failed { "ERROR" } else { "OK" },
        })
    }
}

impl From<SpanData> for Kept {
    fn from(span: SpanData) -> Self {
        Self {
            id: span.span_context.span_id(),
            parent: span.parent_span_id,
            // Callers write some of them, such as the names of what they ask for.
            name: if span.name.len() > MAX_TEXT { cut(&span.name).into() } else { span.name },
            kind: span.span_kind,
            start: span.start_time,
            end: span.end_time,
            attributes: span.attributes.iter().map(|pair| (pair.key.to_string(), value(&pair.value))).collect(),
            failed: matches!(span.status, Status::Error { .. }),
        }
    }
}

impl Kept {
    /// By the names of OTLP in JSON.
    fn shown(&self) -> serde_json::Value {
        let parent = (self.parent != SpanId::INVALID).then(|| self.parent.to_string());
        json!({
            "spanId": self.id.to_string(),
            "parentSpanId": parent,
            "name": self.name,
            "kind": match self.kind {
                SpanKind::Client => "client",
                SpanKind::Server => "server",
                SpanKind::Producer => "producer",
                SpanKind::Consumer => "consumer",
                SpanKind::Internal => "internal",
            },
            "startTimeUnixNano": nanoseconds(self.start),
            "durationMs": self.milliseconds(),
            "attributes": self.attributes,
            "status": if self.failed { "ERROR" } else { "OK" },
        })
    }

    fn milliseconds(&self) -> f64 {
        self.end.duration_since(self.start).unwrap_or_default().as_secs_f64() * 1000.0
    }
}

fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Bool(value) => (*value).into(),
        Value::I64(value) => (*value).into(),
        Value::F64(value) => (*value).into(),
        Value::String(value) => cut(value.as_str()).into(),
        other => cut(&other.to_string()).into(),
    }
}

/// As text: no number of JSON is sure to hold it.
fn nanoseconds(time: SystemTime) -> String {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}

/// The beginning of a text.
fn cut(text: &str) -> String {
    if text.len() <= MAX_TEXT {
        return text.to_owned();
    }
    let end = (0..=MAX_TEXT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    format!("{}…", &text[..end])
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

#[cfg(test)]
mod tests {
    use opentelemetry::trace::{SpanContext, TraceFlags, TraceState};
    use opentelemetry_sdk::trace::{SpanEvents, SpanLinks};

    use super::*;

    fn span(trace: u64, number: u64) -> SpanData {
        let id = SpanId::from(number);
        let context =
            SpanContext::new(TraceId::from(u128::from(trace)), id, TraceFlags::SAMPLED, true, TraceState::NONE);
        SpanData {
            span_context: context,
            parent_span_id: SpanId::INVALID,
            parent_span_is_remote: false,
            span_kind: SpanKind::Server,
            name: "x".repeat(2 * MAX_TEXT).into(),
            start_time: UNIX_EPOCH,
            end_time: UNIX_EPOCH,
            attributes: vec![opentelemetry::KeyValue::new("url.path", "\u{e4}".repeat(MAX_TEXT))],
            dropped_attributes_count: 0,
            events: SpanEvents::default(),
            links: SpanLinks::default(),
            status: Status::Unset,
            instrumentation_scope: super::super::pipeline::scope(),
        }
    }

    #[test]
    fn no_caller_makes_it_grow_without_end() {
        let recent = Recent::new(2);
        for trace in 1..=3 {
            for number in 1..=MAX_SPANS as u64 + 10 {
                recent.keep(span(trace, number));
            }
        }
        let list = recent.list();
        let sizes: Vec<_> = list.as_array().unwrap().iter().map(|trace| trace["spans"].as_u64().unwrap()).collect();
        assert_eq!(sizes, [MAX_SPANS as u64; 2]);
        let shown = recent.show(&format!("{:032x}", 3)).unwrap();
        let path = shown["spans"][0]["attributes"]["url.path"].as_str().unwrap();
        assert!(path.len() <= MAX_TEXT + "…".len() && path.ends_with("\u{e4}…"), "{path}");
    }
}
