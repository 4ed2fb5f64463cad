//! Control surfaces.

/// What can be watched of a program while it runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Whether it is up, and ready for requests.
    pub health: bool,
    /// What it is.
    pub info: bool,
    /// How much it has to do, and how well that goes.
    pub metrics: bool,
    /// What can be done with its log.
    pub logs: Logs,
    /// What becomes of traces and metrics.
    pub observability: Observability,
}

/// What can be done with the log of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logs {
    /// Whether its level can be changed.
    pub level_control: bool,
    /// Whether it can be followed.
    pub stream: bool,
    /// How many may follow it at once.
    pub max_subscribers: u32,
}

/// What becomes of traces and metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct Observability {
    /// Whether there are any.
    pub enabled: bool,
    /// The fraction of traces that are kept, from 0 to 1.
    pub sampling: f64,
    /// How the context of a trace travels.
    pub propagation: Propagation,
    /// How many traces can be looked at; `None`: they cannot.
    pub recent_traces: Option<u32>,
    /// Where traces and metrics are sent, unless the environment says it.
    pub endpoint: Option<String>,
    /// Whether the file asks for traces, so that a program without them is not what it describes.
    pub is_demanded: bool,
}

/// How the context of a trace travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Propagation {
    /// W3C Trace Context.
    W3c,
    /// The single header of B3.
    B3,
}
