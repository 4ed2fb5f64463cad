use std::fmt;

/// Ends telemetry in an orderly way: when it is dropped, what has not been sent yet is sent, for a few seconds at most.
///
/// Hold it in `main` until the program ends.
#[must_use = "telemetry ends when the value is dropped"]
pub struct Guard {
    #[cfg(feature = "opentelemetry")]
    pub(super) traces: Option<opentelemetry_sdk::trace::SdkTracerProvider>,
    #[cfg(feature = "opentelemetry")]
    pub(super) metrics: Option<opentelemetry_sdk::metrics::SdkMeterProvider>,
}

#[cfg(feature = "opentelemetry")]
impl Guard {
    /// Sends what has not been sent yet, and waits for it. A collector that cannot be reached is told of in the log.
    pub fn flush(&self) {
        if let Some(traces) = &self.traces {
            tell("traces", traces.force_flush());
        }
        if let Some(metrics) = &self.metrics {
            tell("metrics", metrics.force_flush());
        }
    }
}

#[cfg(feature = "opentelemetry")]
impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(traces) = &self.traces {
            tell("traces", traces.shutdown());
        }
        if let Some(metrics) = &self.metrics {
            tell("metrics", metrics.shutdown());
        }
    }
}

#[cfg(feature = "opentelemetry")]
fn tell(signal: &str, outcome: opentelemetry_sdk::error::OTelSdkResult) {
    if let Err(error) = outcome {
        tracing::warn!(signal, %error, "what was left of telemetry was not sent");
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Guard")
    }
}
