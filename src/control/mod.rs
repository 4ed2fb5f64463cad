//! The control surface: whether a program is up and ready, what it is, how much it has to do, and what it did last.
//!
//! What is counted costs an atomic addition or two, and nothing where no control surface asks for it: requests and calls
//! are observed from outside, by layers that are only there then.

#[cfg(feature = "telemetry")]
mod logs;
mod metrics;
mod router;
#[cfg(feature = "opentelemetry")]
mod traces;
mod watch;

#[cfg(feature = "mcp")]
pub use metrics::ToolMeter;
pub(crate) use router::{add_health, router};
pub(crate) use watch::{Refusals, Watch};

/// What is said where telemetry is compiled and was not initialised.
#[cfg(feature = "telemetry")]
fn not_initialised() -> crate::server::Problem {
    let detail = "The program has not initialised telemetry: its `main` has to call `capsmith::telemetry::init`.";
    crate::server::Problem::new(http::StatusCode::NOT_IMPLEMENTED).with_detail(detail)
}
