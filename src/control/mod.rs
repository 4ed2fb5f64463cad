//! The control surface: whether a program is up and ready, what it is, and how much it has to do.
//!
//! What is counted costs an atomic addition or two, and nothing where no control surface asks for it: requests and calls
//! are observed from outside, by layers that are only there then.

mod metrics;
mod router;
mod watch;

#[cfg(feature = "mcp")]
pub use metrics::ToolMeter;
pub(crate) use router::{add_health, router};
pub(crate) use watch::Watch;
