//! What was initialised. It is a part of the subscriber, so that whoever has a span finds it, and two subscribers of a
//! process know nothing of each other.

use std::sync::Arc;

use tracing::{Dispatch, Subscriber};
use tracing_subscriber::Layer;

/// What was initialised.
#[derive(Debug)]
pub(crate) struct State {
    #[cfg(feature = "control")]
    pub(crate) logs: super::logs::Logs,
    /// `None`: it is switched off.
    #[cfg(feature = "opentelemetry")]
    pub(crate) tracing: Option<Tracing>,
    /// `None`: they are switched off.
    #[cfg(feature = "opentelemetry")]
    pub(crate) meters: Option<super::meters::Meters>,
}

/// What there is for traces.
#[cfg(feature = "opentelemetry")]
#[derive(Debug)]
pub(crate) struct Tracing {
    pub(crate) propagator: super::propagation::Propagators,
    /// `None`: no trace is kept.
    #[cfg(feature = "control")]
    pub(crate) recent: Option<Arc<super::recent::Recent>>,
}

/// Carries the state in a subscriber.
pub(super) struct Carrier(Arc<State>);

impl Carrier {
    pub(super) fn new(state: State) -> Self {
        Self(Arc::new(state))
    }
}

impl<S: Subscriber> Layer<S> for Carrier {}

impl State {
    /// The state of the subscriber that is in force where this is called.
    #[cfg(feature = "control")]
    pub(crate) fn current() -> Option<Arc<Self>> {
        tracing::dispatcher::get_default(|dispatch| find(dispatch).cloned())
    }

    /// Has `ask` see the state of the subscriber of a span.
    #[cfg(feature = "opentelemetry")]
    pub(super) fn of<T>(span: &tracing::Span, ask: impl FnOnce(&Self) -> T) -> Option<T> {
        span.with_subscriber(|(_, dispatch)| find(dispatch).map(|state| ask(state))).flatten()
    }
}

fn find(dispatch: &Dispatch) -> Option<&Arc<State>> {
    dispatch.downcast_ref::<Carrier>().map(|Carrier(state)| state)
}
