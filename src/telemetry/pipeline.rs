//! From spans and measurements to a collector.

use opentelemetry::metrics::MeterProvider as _;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::{
    MetricExporter, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT,
    OTEL_EXPORTER_OTLP_METRICS_TIMEOUT, OTEL_EXPORTER_OTLP_TIMEOUT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider, TracerProviderBuilder};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

use super::builder::{Builder, Layers};
use super::environment::{self, variable};
use super::export::Sender;
use super::logs::BENEATH;
use super::meters::Meters;
use super::propagation::{self, Propagators};
#[cfg(feature = "control")]
use super::recent::{Keeper, Recent};
use super::state::Tracing;
use super::{Guard, TelemetryError};

/// What OpenTelemetry is made of.
pub(super) struct Pipeline {
    pub(super) traces: SdkTracerProvider,
    /// `None`: they are sent nowhere.
    pub(super) metrics: Option<SdkMeterProvider>,
    pub(super) tracing: Tracing,
    pub(super) meters: Option<Meters>,
}

/// What spans and instruments are from.
pub(super) fn scope() -> InstrumentationScope {
    InstrumentationScope::builder("capsmith").with_version(env!("CARGO_PKG_VERSION")).build()
}

impl Pipeline {
    /// `None`: all is switched off.
    pub(super) fn new(builder: &Builder) -> Result<Option<Self>, TelemetryError> {
        let is_off = variable("OTEL_SDK_DISABLED").is_some_and(|text| text.trim().eq_ignore_ascii_case("true"));
        if is_off || !builder.enabled {
            return Ok(None);
        }
        environment::check()?;
        let propagators = match variable("OTEL_PROPAGATORS") {
            Some(text) => propagation::read(&text)?,
            None => builder.propagators.clone(),
        };
        #[cfg(feature = "control")]
        let recent = builder.recent_traces.map(|capacity| std::sync::Arc::new(Recent::new(capacity)));
        let traces = traces(builder)?;
        #[cfg(feature = "control")]
        let traces = match &recent {
            Some(recent) => traces.with_span_processor(Keeper(std::sync::Arc::clone(recent))),
            None => traces,
        };
        let metrics = metrics(builder)?;
        let meters = metrics.as_ref().map(|provider| Meters::new(&provider.meter_with_scope(scope())));
        let tracing = Tracing {
            propagator: Propagators::new(&propagators),
            #[cfg(feature = "control")]
            recent,
        };
        Ok(Some(Self { traces: traces.build(), metrics, tracing, meters }))
    }
}

fn traces(builder: &Builder) -> Result<TracerProviderBuilder, TelemetryError> {
    let mut provider = SdkTracerProvider::builder().with_resource(resource(builder));
    if variable("OTEL_TRACES_SAMPLER").is_none() {
        let fraction = Sampler::TraceIdRatioBased(builder.sampling);
        provider = provider.with_sampler(Sampler::ParentBased(Box::new(fraction)));
    }
    if is_sent("OTEL_TRACES_EXPORTER")? {
        check_protocol("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")?;
        let mut exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_http_client(Sender::new([OTEL_EXPORTER_OTLP_TRACES_TIMEOUT, OTEL_EXPORTER_OTLP_TIMEOUT])?);
        if let Some(endpoint) = endpoint(builder, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, "v1/traces") {
            exporter = exporter.with_endpoint(endpoint);
        }
        let exporter = exporter.build().map_err(|source| TelemetryError::Exporter { source })?;
        provider = provider.with_batch_exporter(exporter);
    }
    Ok(provider)
}

fn metrics(builder: &Builder) -> Result<Option<SdkMeterProvider>, TelemetryError> {
    if !is_sent("OTEL_METRICS_EXPORTER")? {
        return Ok(None);
    }
    check_protocol("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL")?;
    let mut exporter = MetricExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_http_client(Sender::new([OTEL_EXPORTER_OTLP_METRICS_TIMEOUT, OTEL_EXPORTER_OTLP_TIMEOUT])?);
    if let Some(endpoint) = endpoint(builder, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, "v1/metrics") {
        exporter = exporter.with_endpoint(endpoint);
    }
    let exporter = exporter.build().map_err(|source| TelemetryError::Exporter { source })?;
    let provider = SdkMeterProvider::builder().with_resource(resource(builder)).with_periodic_exporter(exporter);
    Ok(Some(provider.build()))
}

/// What the program is, unless `OTEL_SERVICE_NAME` or `OTEL_RESOURCE_ATTRIBUTES` say otherwise.
fn resource(builder: &Builder) -> Resource {
    let named = |resource: &Resource| {
        let name = resource.get(&opentelemetry::Key::from_static_str("service.name"));
        name.is_some_and(|name| !name.as_str().starts_with("unknown_service"))
    };
    let given = Resource::builder().build();
    let mut resource = Resource::builder();
    if !named(&given) {
        resource = resource.with_service_name(builder.name.clone());
    }
    if given.get(&opentelemetry::Key::from_static_str("service.version")).is_none() && !builder.version.is_empty() {
        resource = resource.with_attribute(KeyValue::new("service.version", builder.version.clone()));
    }
    resource.build()
}

/// Whether a signal is sent: unless the variable says `none`.
fn is_sent(name: &'static str) -> Result<bool, TelemetryError> {
    match variable(name).as_deref().map(str::trim) {
        None | Some("otlp") => Ok(true),
        Some("none") => Ok(false),
        Some(_) => Err(TelemetryError::Variable { variable: name, reason: "is neither `otlp` nor `none`" }),
    }
}

/// OTLP is spoken in one way.
fn check_protocol(name: &'static str) -> Result<(), TelemetryError> {
    for variable_name in [name, "OTEL_EXPORTER_OTLP_PROTOCOL"] {
        match variable(variable_name).as_deref().map(str::trim) {
            None | Some("http/protobuf") => {}
            Some(_) => {
                let reason = "names a protocol other than `http/protobuf`, the only one that telemetry is sent by";
                return Err(TelemetryError::Variable { variable: variable_name, reason });
            }
        }
    }
    Ok(())
}

/// Where a signal goes, unless a variable says so.
fn endpoint(builder: &Builder, name: &str, path: &str) -> Option<String> {
    if variable(name).is_some() || variable(OTEL_EXPORTER_OTLP_ENDPOINT).is_some() {
        return None;
    }
    let endpoint = builder.endpoint.as_deref()?;
    Some(format!("{}/{path}", endpoint.trim_end_matches('/')))
}

/// What a [`Pipeline`] comes to: what ends it, and what spans find.
type Installed = (Guard, Option<Tracing>, Option<Meters>);

/// Puts a pipeline behind a layer of a subscriber.
pub(super) fn install<S>(pipeline: Option<Pipeline>, layers: &mut Layers<S>) -> Installed
where
    S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
{
    let Some(Pipeline { traces, metrics, tracing, meters }) = pipeline else {
        return (Guard { traces: None, metrics: None }, None, None);
    };
    let layer = tracing_opentelemetry::layer()
        .with_tracer(traces.tracer_with_scope(scope()))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false)
        .with_filter(filter_fn(is_told).with_max_level_hint(Level::INFO));
    layers.push(Box::new(layer));
    (Guard { traces: Some(traces), metrics }, Some(tracing), meters)
}

/// Spans of this crate and of programs, without those of libraries beneath and without the log.
fn is_told(metadata: &Metadata<'_>) -> bool {
    let root = metadata.target().split("::").next().unwrap_or_default();
    metadata.is_span() && *metadata.level() <= Level::INFO && !BENEATH.contains(&root)
}
