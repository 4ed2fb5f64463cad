//! Environment variables, which go before what a program or a file says.

#[cfg(feature = "opentelemetry")]
use http::HeaderName;
#[cfg(feature = "opentelemetry")]
use url::Url;

#[cfg(feature = "opentelemetry")]
use super::TelemetryError;

/// The value of a variable; empty text counts as absent.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}

/// What variables must be that OpenTelemetry reads itself, and passes over where they cannot be meant.
#[cfg(feature = "opentelemetry")]
struct Rule {
    variables: &'static [&'static str],
    is_meant: fn(&str) -> bool,
    /// What is wrong otherwise, as the rest of a sentence.
    reason: &'static str,
}

#[cfg(feature = "opentelemetry")]
const RULES: [Rule; 6] = [
    Rule {
        variables: &["OTEL_TRACES_SAMPLER"],
        is_meant: is_sampler,
        reason: "is none of `always_on`, `always_off`, `traceidratio`, `parentbased_always_on`, `parentbased_always_off` and \
                 `parentbased_traceidratio`",
    },
    Rule { variables: &["OTEL_TRACES_SAMPLER_ARG"], is_meant: is_fraction, reason: "is no number from 0 to 1" },
    Rule {
        variables: &[
            "OTEL_BSP_MAX_QUEUE_SIZE",
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
            "OTEL_BSP_SCHEDULE_DELAY",
            "OTEL_BSP_EXPORT_TIMEOUT",
            "OTEL_METRIC_EXPORT_INTERVAL",
        ],
        // Without a pause between them, the next would be sent at once, and so on.
        is_meant: |text| text.parse().is_ok_and(|number: u32| number > 0),
        reason: "is no whole number above 0",
    },
    Rule {
        variables: &["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT", "OTEL_SPAN_LINK_COUNT_LIMIT"],
        is_meant: |text| text.parse::<u32>().is_ok(),
        reason: "is no whole number",
    },
    Rule {
        variables: &[
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        ],
        is_meant: |text| Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https")),
        reason: "is no URL of `http` or `https`",
    },
    Rule {
        variables: &[
            "OTEL_EXPORTER_OTLP_HEADERS",
            "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            "OTEL_EXPORTER_OTLP_METRICS_HEADERS",
        ],
        is_meant: |text| text.split(',').all(is_header),
        reason: "is no list of headers, such as `authorization=Bearer …`, with commas between them",
    },
];

/// Reports the first variable that cannot be meant, of those that OpenTelemetry reads itself.
#[cfg(feature = "opentelemetry")]
pub(super) fn check() -> Result<(), TelemetryError> {
    for Rule { variables, is_meant, reason } in RULES {
        if let Some(variable) = variables.iter().find(|name| variable(name).is_some_and(|text| !is_meant(&text))) {
            return Err(TelemetryError::Variable { variable, reason });
        }
    }
    Ok(())
}

#[cfg(feature = "opentelemetry")]
fn is_sampler(text: &str) -> bool {
    let text = text.strip_prefix("parentbased_").unwrap_or(text);
    matches!(text, "always_on" | "always_off" | "traceidratio")
}

#[cfg(feature = "opentelemetry")]
fn is_fraction(text: &str) -> bool {
    text.parse().is_ok_and(|number: f64| (0.0..=1.0).contains(&number))
}

#[cfg(feature = "opentelemetry")]
fn is_header(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.split_once('=').is_some_and(|(name, value)| {
            HeaderName::from_bytes(name.trim().as_bytes()).is_ok() && !value.trim().is_empty()
        })
}
