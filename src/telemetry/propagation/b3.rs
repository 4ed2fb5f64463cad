//! B3, the propagation of Zipkin, in one header or in several.

use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt as _, TraceState};
use opentelemetry::{Context, SpanId, TraceFlags, TraceId};
use opentelemetry_sdk::trace::{IdGenerator as _, RandomIdGenerator};

const SINGLE: &str = "b3";
const TRACE_ID: &str = "x-b3-traceid";
const SPAN_ID: &str = "x-b3-spanid";
const SAMPLED: &str = "x-b3-sampled";
const FLAGS: &str = "x-b3-flags";

/// How contexts are sent. Both forms are taken.
#[derive(Clone, Copy, Debug)]
pub(super) enum B3 {
    /// `b3: {trace}-{span}-{sampled}`
    Single,
    /// `X-B3-TraceId` and others.
    Multi,
}

impl TextMapPropagator for B3 {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        let span = context.span();
        let context = span.span_context();
        if !context.is_valid() {
            return;
        }
        let sampled = if context.is_sampled() { "1" } else { "0" };
        match self {
            Self::Single => {
                injector.set(SINGLE, format!("{}-{}-{sampled}", context.trace_id(), context.span_id()));
            }
            Self::Multi => {
                injector.set(TRACE_ID, context.trace_id().to_string());
                injector.set(SPAN_ID, context.span_id().to_string());
                injector.set(SAMPLED, sampled.to_owned());
            }
        }
    }

    fn extract_with_context(&self, context: &Context, extractor: &dyn Extractor) -> Context {
        let found = extractor.get(SINGLE).and_then(single).or_else(|| multi(extractor));
        found.map_or_else(|| context.clone(), |found| context.with_remote_span_context(found))
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&[])
    }
}

fn single(text: &str) -> Option<SpanContext> {
    let mut parts = text.trim().split('-');
    match (parts.next()?, parts.next()) {
        (decision, None) => decided(decision),
        (trace, Some(span)) => of(trace, span, parts.next()),
    }
}

fn multi(extractor: &dyn Extractor) -> Option<SpanContext> {
    let decision = if extractor.get(FLAGS) == Some("1") { Some("d") } else { extractor.get(SAMPLED) };
    match (extractor.get(TRACE_ID), extractor.get(SPAN_ID)) {
        (Some(trace), Some(span)) => of(trace, span, decision),
        _ => decided(decision?),
    }
}

/// The caller has no trace, and wants that there be none. To want one asks for nothing that would not be done anyway.
fn decided(decision: &str) -> Option<SpanContext> {
    let ids = RandomIdGenerator::default();
    let context = |flags| SpanContext::new(ids.new_trace_id(), ids.new_span_id(), flags, true, TraceState::NONE);
    (flags(Some(decision))? == TraceFlags::NOT_SAMPLED).then(|| context(TraceFlags::NOT_SAMPLED))
}

fn of(trace: &str, span: &str, decision: Option<&str>) -> Option<SpanContext> {
    let is_hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let has_lengths = matches!(trace.len(), 16 | 32) && span.len() == 16;
    if !has_lengths || !is_hexadecimal(trace) || !is_hexadecimal(span) {
        return None;
    }
    let (trace, span) = (TraceId::from_hex(trace).ok()?, SpanId::from_hex(span).ok()?);
    let context = SpanContext::new(trace, span, flags(decision)?, true, TraceState::NONE);
    context.is_valid().then_some(context)
}

/// Who leaves the decision open has a trace already, and gets its part of it.
fn flags(decision: Option<&str>) -> Option<TraceFlags> {
    match decision {
        None | Some("1" | "d" | "true") => Some(TraceFlags::SAMPLED),
        Some("0" | "false") => Some(TraceFlags::NOT_SAMPLED),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const TRACE: &str = "80f198ee56343ba864fe8b2a57d3eff7";
    const SPAN: &str = "e457b5a2e4d86bd1";

    fn extracted(headers: &[(&str, &str)]) -> Option<(String, String, bool)> {
        let headers: HashMap<String, String> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let context = B3::Single.extract_with_context(&Context::new(), &headers);
        let span = context.span();
        let context = span.span_context();
        let shown = (context.trace_id().to_string(), context.span_id().to_string(), context.is_sampled());
        context.is_valid().then_some(shown)
    }

    #[test]
    fn both_forms_are_read() {
        let short = &TRACE[16..];
        for (headers, trace, is_sampled) in [
            (vec![(SINGLE, format!("{TRACE}-{SPAN}-1-05e3ac9a4f6e3b90"))], TRACE.to_owned(), true),
            (vec![(SINGLE, format!("{TRACE}-{SPAN}-0"))], TRACE.to_owned(), false),
            (vec![(SINGLE, format!("{TRACE}-{SPAN}"))], TRACE.to_owned(), true),
            (vec![(SINGLE, format!("{short}-{SPAN}-d"))], format!("{}{short}", "0".repeat(16)), true),
            (
                vec![(TRACE_ID, TRACE.to_owned()), (SPAN_ID, SPAN.to_owned()), (SAMPLED, "0".to_owned())],
                TRACE.to_owned(),
                false,
            ),
            (
                vec![(TRACE_ID, TRACE.to_owned()), (SPAN_ID, SPAN.to_owned()), (FLAGS, "1".to_owned())],
                TRACE.to_owned(),
                true,
            ),
        ] {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            assert_eq!(extracted(&headers), Some((trace, SPAN.to_owned(), is_sampled)), "{headers:?}");
        }
    }

    #[test]
    fn a_wish_for_no_trace_is_heard_and_nonsense_is_not() {
        assert!(matches!(extracted(&[(SINGLE, "0")]), Some((_, _, false))));
        let zeros = format!("{}-{SPAN}-1", "0".repeat(32));
        for text in ["1", "", "-", "x-y-1", "80f198-e457-1", &zeros, &format!("{TRACE}-{SPAN}-7")] {
            assert_eq!(extracted(&[(SINGLE, text)]), None, "{text}");
        }
        assert_eq!(extracted(&[(TRACE_ID, TRACE)]), None);
    }
}
