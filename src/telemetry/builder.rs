use tracing::Subscriber;
#[cfg(any(feature = "control", feature = "opentelemetry"))]
use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, Registry};

use super::environment::variable;
use super::logs::{LogFilter, read_targets};
use super::{Guard, TelemetryError};
use crate::Capability;
#[cfg(feature = "opentelemetry")]
use crate::description::{Observability, Propagation, Surface};

/// Initialises telemetry as the file of a capability says, and writes a log to standard error.
///
/// It is `Builder::of(capability).init()`.
///
/// # Errors
///
/// When an environment variable has a value that cannot be meant, and when the process has a subscriber already.
pub fn init(capability: &'static Capability) -> Result<Guard, TelemetryError> {
    Builder::of(capability).init()
}

/// Initialises telemetry.
///
/// ```no_run
/// # fn main() -> Result<(), capsmith::telemetry::TelemetryError> {
/// use capsmith::telemetry::Builder;
/// use tracing_subscriber::layer::SubscriberExt as _;
///
/// // Beside layers of yours: this one writes no log.
/// let (layer, _telemetry) = Builder::new("backups").version("1.2.0").build()?;
/// let subscriber = tracing_subscriber::registry().with(layer).with(tracing_subscriber::fmt::layer());
/// tracing::subscriber::set_global_default(subscriber).map_err(|_| capsmith::telemetry::TelemetryError::AlreadyInitialised)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "opentelemetry"), expect(dead_code, reason = "the log does not name its program"))]
#[must_use = "nothing is initialised before `init` or `build`"]
pub struct Builder {
    pub(super) name: String,
    pub(super) version: String,
    #[cfg(feature = "opentelemetry")]
    pub(super) enabled: bool,
    #[cfg(feature = "opentelemetry")]
    pub(super) sampling: f64,
    #[cfg(feature = "opentelemetry")]
    pub(super) propagators: Vec<Propagator>,
    #[cfg(feature = "opentelemetry")]
    pub(super) endpoint: Option<String>,
    #[cfg(all(feature = "opentelemetry", feature = "control"))]
    pub(super) recent_traces: Option<usize>,
}

/// A form in which the context of a trace travels.
#[cfg(feature = "opentelemetry")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Propagator {
    /// `traceparent` and `tracestate` (W3C Trace Context).
    TraceContext,
    /// `b3`, the single header of Zipkin's propagation. Of callers the other form is taken as well.
    B3,
    /// `X-B3-TraceId` and others. Of callers the single header is taken as well.
    B3Multi,
}

/// Layers of a subscriber, what ends telemetry, and what of the log is wanted.
type Made<S> = (Layers<S>, Guard, LogFilter);

/// Layers side by side, each with a filter of its own. Were they joined by `and_then`, the level of one would be taken for
/// that of all.
pub(super) type Layers<S> = Vec<Box<dyn Layer<S> + Send + Sync>>;

impl Builder {
    /// Telemetry of a program of this name (`service.name`): all traces are kept, contexts travel by W3C Trace Context, and
    /// telemetry goes where `OTEL_EXPORTER_OTLP_ENDPOINT` says, or else to `http://localhost:4318`.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: String::new(),
            #[cfg(feature = "opentelemetry")]
            enabled: true,
            #[cfg(feature = "opentelemetry")]
            sampling: 1.0,
            #[cfg(feature = "opentelemetry")]
            propagators: vec![Propagator::TraceContext],
            #[cfg(feature = "opentelemetry")]
            endpoint: None,
            #[cfg(all(feature = "opentelemetry", feature = "control"))]
            recent_traces: None,
        }
    }

    /// Telemetry as the file of a capability says (`observability` of its control surface), by its name and version.
    pub fn of(capability: &'static Capability) -> Self {
        let builder = Self::new(capability.name).version(capability.version);
        #[cfg(feature = "opentelemetry")]
        let builder = builder.described(capability);
        builder
    }

    /// Sets the version of the program (`service.version`).
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Initialises telemetry of the process, and writes a log to standard error. `RUST_LOG` says what of it
    /// (`info,hyper=debug`); without it, everything from `info` on.
    ///
    /// # Errors
    ///
    /// When an environment variable has a value that cannot be meant, and when the process has a subscriber already.
    pub fn init(self) -> Result<Guard, TelemetryError> {
        let (mut layers, guard, filter) = self.make::<Registry>()?;
        let log = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(std::io::stderr);
        layers.push(Box::new(log.with_filter(filter)));
        let subscriber = tracing_subscriber::registry().with(layers);
        tracing::subscriber::set_global_default(subscriber).map_err(|_| TelemetryError::AlreadyInitialised)?;
        Ok(guard)
    }

    /// Makes a layer for a subscriber of yours, which writes no log itself. It does all the rest as soon as the subscriber is
    /// in force. The log level that a control surface changes is that of its stream.
    ///
    /// # Errors
    ///
    /// When an environment variable has a value that cannot be meant.
    pub fn build<S>(self) -> Result<(impl Layer<S> + Send + Sync, Guard), TelemetryError>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let (layers, guard, _) = self.make::<S>()?;
        Ok((layers, guard))
    }

    #[cfg_attr(not(feature = "opentelemetry"), expect(clippy::unused_self, reason = "a log needs no settings"))]
    fn make<S>(self) -> Result<Made<S>, TelemetryError>
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        let filter = LogFilter::new(read_targets(variable("RUST_LOG").as_deref())?);
        #[cfg_attr(not(any(feature = "control", feature = "opentelemetry")), expect(unused_mut))]
        let mut layers: Layers<S> = Vec::new();
        #[cfg(feature = "opentelemetry")]
        let (guard, tracing, meters) = {
            let pipeline = super::pipeline::Pipeline::new(&self)?;
            super::pipeline::install(pipeline, &mut layers)
        };
        #[cfg(not(feature = "opentelemetry"))]
        let guard = Guard {};
        #[cfg(feature = "control")]
        let stream = super::logs::LogStream::new();
        #[cfg(feature = "control")]
        layers.push(Box::new(stream.clone().with_filter(filter.clone())));
        #[cfg(any(feature = "control", feature = "opentelemetry"))]
        {
            let state = super::state::State {
                #[cfg(feature = "control")]
                logs: super::logs::Logs { filter: filter.clone(), stream },
                #[cfg(feature = "opentelemetry")]
                tracing,
                #[cfg(feature = "opentelemetry")]
                meters,
            };
            layers.push(Box::new(super::state::Carrier::new(state).with_filter(LevelFilter::OFF)));
        }
        Ok((layers, guard, filter))
    }
}

#[cfg(feature = "opentelemetry")]
impl Builder {
    fn described(mut self, capability: &'static Capability) -> Self {
        let described = capability.exposes.iter().find_map(|exposes| match exposes.surface {
            Surface::Control { observability, .. } => Some(observability),
            _ => None,
        });
        let described = described.unwrap_or(Observability::DEFAULT);
        let Observability { enabled, sampling, propagation, endpoint, .. } = described;
        self.enabled = enabled;
        self.propagators = match propagation {
            Propagation::W3c => vec![Propagator::TraceContext],
            Propagation::B3 => vec![Propagator::B3],
        };
        #[cfg(feature = "control")]
        {
            self.recent_traces = described.recent_traces;
        }
        self.endpoint = endpoint.map(str::to_owned);
        self.sampling(sampling)
    }

    /// Sets the fraction of traces that are kept, from 0 to 1. Of a trace that a caller began, the caller has decided.
    /// `OTEL_TRACES_SAMPLER` goes before.
    pub fn sampling(mut self, fraction: f64) -> Self {
        self.sampling = fraction.clamp(0.0, 1.0);
        self
    }

    /// Sets the forms in which contexts travel: all are sent, and the first that a caller sent is taken. `OTEL_PROPAGATORS`
    /// goes before.
    pub fn propagators(mut self, propagators: impl IntoIterator<Item = Propagator>) -> Self {
        self.propagators = propagators.into_iter().collect();
        self
    }

    /// Sets where telemetry goes: the URL of a collector that speaks OTLP over HTTP, without `/v1/traces`. The variables
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` and `OTEL_EXPORTER_OTLP_METRICS_ENDPOINT` go before.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// Keeps that many traces for a control surface to show.
    #[cfg(feature = "control")]
    pub fn recent_traces(mut self, count: usize) -> Self {
        self.recent_traces = Some(count);
        self
    }
}
