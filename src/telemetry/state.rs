//! What was initialised. It is a part of the subscriber, so that whoever has a span finds it, and two subscribers of a
//! process know nothing of each other.

use std::sync::Arc;

use tracing::{Dispatch, Span, Subscriber, dispatcher};
use tracing_subscriber::Layer;

use super::logs::Logs;

/// What was initialised.
#[derive(Debug)]
pub(crate) struct State {
    #[cfg_attr(not(feature = "control"), expect(dead_code, reason = "only control surfaces show it"))]
    pub(crate) logs: Logs,
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
    #[cfg_attr(not(feature = "control"), expect(dead_code, reason = "only control surfaces show them"))]
    pub(crate) recent: Option<Arc<super::recent::Recent>>,
}

/// Carries the state in a subscriber.
pub(super) struct Carrier(pub(super) Arc<State>);

impl<S: Subscriber> Layer<S> for Carrier {}

impl State {
    /// The state of the subscriber that is in force where this is called.
    #[cfg(feature = "control")]
    pub(crate) fn current() -> Option<Arc<Self>> {
        dispatcher::get_default(|dispatch| find(dispatch).cloned())
    }

    /// Has `ask` see the state of the subscriber of a span.
    #[cfg(feature = "opentelemetry")]
    pub(super) fn of<T>(span: &Span, ask: impl FnOnce(&Self) -> T) -> Option<T> {
        span.with_subscriber(|(_, dispatch)| find(dispatch).map(|state| ask(state))).flatten()
    }
}

fn find(dispatch: &Dispatch) -> Option<&Arc<State>> {
    dispatch.downcast_ref::<Carrier>().map(|Carrier(state)| state)
}
