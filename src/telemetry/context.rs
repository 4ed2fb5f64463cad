//! The context of a trace, in and out: which trace a request belongs to, and by what.

use http::{HeaderMap, HeaderName, HeaderValue};
#[cfg(feature = "__server")]
use opentelemetry::propagation::Extractor;
use opentelemetry::propagation::{Injector, TextMapPropagator as _};
#[cfg(feature = "__server")]
use opentelemetry::trace::TraceContextExt as _;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::state::State;

/// Gives a span that is under way another name.
#[cfg(feature = "rest")]
pub(crate) fn rename(span: &Span, name: impl FnOnce() -> String) {
    State::of(span, |state| {
        if state.tracing.is_some() {
            span.context().span().update_name(name());
        }
    });
}

/// Has a span continue the trace of the caller, if the headers tell of one.
#[cfg(feature = "__server")]
pub(crate) fn extract(span: &Span, headers: &HeaderMap) {
    continue_from(span, &opentelemetry_http::HeaderExtractor(headers));
}

/// Has a span continue the trace that the `_meta` of an MCP request tells of, and refer to the span around it; says whether
/// it does.
#[cfg(feature = "mcp")]
pub(crate) fn extract_from_meta(span: &Span, meta: &rmcp::model::RequestMetaObject, around: &Span) -> bool {
    let continues = continue_from(span, &Meta(meta));
    if continues && !around.is_none() {
        span.add_link(around.context().span().span_context().clone());
    }
    continues
}

/// Puts the context of a span into the headers of a request, in place of one that is there.
pub(crate) fn inject(span: &Span, headers: &mut HeaderMap) {
    State::of(span, |state| {
        if let Some(tracing) = &state.tracing {
            tracing.propagator.inject_context(&span.context(), &mut Headers(headers));
        }
    });
}

#[cfg(feature = "__server")]
fn continue_from(span: &Span, extractor: &dyn Extractor) -> bool {
    let continued = State::of(span, |state| {
        let tracing = state.tracing.as_ref()?;
        let context = tracing.propagator.extract_with_context(&opentelemetry::Context::new(), extractor);
        let is_valid = context.span().span_context().is_valid();
        (is_valid && span.set_parent(context).is_ok()).then_some(())
    });
    continued.flatten().is_some()
}

/// Headers of a request to an upstream.
struct Headers<'h>(&'h mut HeaderMap);

impl Injector for Headers<'_> {
    /// What is empty is left out: a `tracestate` without members says nothing.
    fn set(&mut self, name: &str, value: String) {
        let Ok(name) = HeaderName::try_from(name) else { return };
        match HeaderValue::try_from(value) {
            Ok(value) if !value.is_empty() => {
                self.0.insert(name, value);
            }
            _ => {
                self.0.remove(name);
            }
        }
    }
}

/// `_meta` of an MCP request, whose keys have the names of headers.
#[cfg(feature = "mcp")]
struct Meta<'m>(&'m rmcp::model::RequestMetaObject);

#[cfg(feature = "mcp")]
impl Extractor for Meta<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.as_str()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}
