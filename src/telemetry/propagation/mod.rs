//! The forms in which contexts travel.

mod b3;

use opentelemetry::Context;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::TraceContextExt as _;
use opentelemetry_sdk::propagation::TraceContextPropagator;

use self::b3::B3;
use super::{Propagator, TelemetryError};

/// The forms that are in force, in order. All are sent, and the first that a caller sent is taken.
#[derive(Debug)]
pub(crate) struct Propagators(Vec<Box<dyn TextMapPropagator + Send + Sync>>);

impl Propagators {
    pub(super) fn new(propagators: &[Propagator]) -> Self {
        let made = |propagator: &Propagator| -> Box<dyn TextMapPropagator + Send + Sync> {
            match propagator {
                Propagator::TraceContext => Box::new(TraceContextPropagator::new()),
                Propagator::B3 => Box::new(B3::Single),
                Propagator::B3Multi => Box::new(B3::Multi),
            }
        };
        Self(propagators.iter().map(made).collect())
    }
}

impl TextMapPropagator for Propagators {
    fn inject_context(&self, context: &Context, injector: &mut dyn Injector) {
        for propagator in &self.0 {
            propagator.inject_context(context, injector);
        }
    }

    fn extract_with_context(&self, context: &Context, extractor: &dyn Extractor) -> Context {
        let extracted = self.0.iter().map(|propagator| propagator.extract_with_context(context, extractor));
        let mut extracted = extracted.filter(|context| context.span().span_context().is_valid());
        extracted.next().unwrap_or_else(|| context.clone())
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&[])
    }
}

/// Reads `OTEL_PROPAGATORS`. Baggage needs no propagator here: its header is passed on as it came.
pub(super) fn read(text: &str) -> Result<Vec<Propagator>, TelemetryError> {
    let mut propagators = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name {
            "tracecontext" => propagators.push(Propagator::TraceContext),
            "b3" => propagators.push(Propagator::B3),
            "b3multi" => propagators.push(Propagator::B3Multi),
            "baggage" | "none" => {}
            _ => {
                let reason = "has a name that is none of `tracecontext`, `baggage`, `b3`, `b3multi` and `none`";
                return Err(TelemetryError::Variable { variable: "OTEL_PROPAGATORS", reason });
            }
        }
    }
    Ok(propagators)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_standard_are_read_and_others_are_refused() {
        assert_eq!(read("tracecontext,baggage, b3").unwrap(), [Propagator::TraceContext, Propagator::B3]);
        assert_eq!(read("none").unwrap(), []);
        let message = read("jaeger").unwrap_err().to_string();
        assert!(message.contains("OTEL_PROPAGATORS") && message.contains("`b3multi`"), "{message}");
    }
}
