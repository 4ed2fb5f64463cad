//! Traces, metrics and logs of a program: where they go, and where they come from.
//!
//! What a program does is told by `tracing` in any case, to whatever subscriber the program has. The feature `telemetry` has
//! one that writes a log to standard error, whose level control surfaces can change and whose lines they can show; the feature
//! `opentelemetry` adds traces that continue those of callers and go on at upstreams, and sends traces and metrics by OTLP.
//!
//! ```no_run
//! # #[cfg(feature = "telemetry")]
//! # async fn main_of(capability: &'static capsmith::Capability) -> capsmith::Result<()> {
//! // Of a generated module: `capsmith::telemetry::init(&platform_backups::CAPABILITY)?`
//! let _telemetry = capsmith::telemetry::init(capability)?;
//! # Ok(())
//! # }
//! ```
//!
//! The value that `init` gives back sends what is left when it is dropped, so it belongs into `main`. Every setting is an
//! environment variable as well, by the names of the OpenTelemetry specification, and those go before what stands in the
//! program or in the file: `docs/observability.md` lists them.
//!
//! No span, metric or log has a header, a query, a body, or the URL of an upstream filled with values.

#[cfg(feature = "telemetry")]
mod builder;
#[cfg(feature = "opentelemetry")]
mod context;
#[cfg(feature = "telemetry")]
mod environment;
#[cfg(feature = "telemetry")]
mod error;
#[cfg(feature = "opentelemetry")]
mod export;
#[cfg(feature = "telemetry")]
mod guard;
#[cfg(feature = "telemetry")]
mod logs;
mod measured;
#[cfg(feature = "opentelemetry")]
mod meters;
#[cfg(feature = "opentelemetry")]
mod pipeline;
#[cfg(feature = "opentelemetry")]
mod propagation;
#[cfg(all(feature = "opentelemetry", feature = "control"))]
mod recent;
#[cfg(not(feature = "opentelemetry"))]
mod silent;
#[cfg(all(feature = "telemetry", any(feature = "opentelemetry", feature = "control")))]
mod state;

#[cfg(feature = "opentelemetry")]
pub use builder::Propagator;
#[cfg(feature = "telemetry")]
pub use builder::{Builder, init};
#[cfg(feature = "telemetry")]
pub use error::TelemetryError;
#[cfg(feature = "telemetry")]
pub use guard::Guard;

#[cfg(all(feature = "telemetry", feature = "control"))]
pub(crate) use logs::Lines;
#[cfg(all(feature = "opentelemetry", feature = "control"))]
pub(crate) use recent::Recent;
#[cfg(all(feature = "telemetry", feature = "control"))]
pub(crate) use state::State;

#[cfg(all(feature = "opentelemetry", feature = "__server"))]
pub(crate) use context::extract;
#[cfg(all(feature = "opentelemetry", feature = "mcp"))]
pub(crate) use context::extract_from_meta;
#[cfg(feature = "opentelemetry")]
pub(crate) use context::inject;
#[cfg(all(feature = "opentelemetry", feature = "rest"))]
pub(crate) use context::rename;
#[cfg(feature = "__server")]
pub(crate) use measured::Requested;
#[cfg(feature = "mcp")]
pub(crate) use measured::ToolCalled;
pub(crate) use measured::UpstreamCalled;
#[cfg(all(feature = "opentelemetry", feature = "mcp"))]
pub(crate) use meters::count_tool_call;
#[cfg(feature = "opentelemetry")]
pub(crate) use meters::count_upstream_call;
#[cfg(all(feature = "opentelemetry", feature = "__server"))]
pub(crate) use meters::{Active, begin_request, count_request};
#[cfg(not(feature = "opentelemetry"))]
pub(crate) use silent::*;
