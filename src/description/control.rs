//! What control surfaces show beside health and metrics.

/// What a control surface does with the log of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logs {
    /// Whether its level can be asked for and changed (`/logs`).
    pub level_control: bool,
    /// Whether it can be followed (`/logs/stream`).
    pub stream: bool,
    /// How many may follow it at once.
    pub max_subscribers: usize,
}

/// What the file says about traces and metrics (`observability`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observability {
    /// Whether there are any.
    pub enabled: bool,
    /// The fraction of traces that are kept, from 0 to 1.
    pub sampling: f64,
    /// How the context of a trace travels.
    pub propagation: Propagation,
    /// How many traces can be looked at (`/traces`). `None`: they cannot.
    pub recent_traces: Option<usize>,
    /// Where traces and metrics are sent: the URL of a collector of OpenTelemetry. `None`: the environment says it.
    pub endpoint: Option<&'static str>,
}

impl Observability {
    /// That of a file which says nothing.
    pub const DEFAULT: Self =
        Self { enabled: true, sampling: 1.0, propagation: Propagation::W3c, recent_traces: None, endpoint: None };
}

/// How the context of a trace travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Propagation {
    /// `traceparent` and `tracestate` (W3C Trace Context).
    W3c,
    /// `b3`, the header of Zipkin.
    B3,
}
