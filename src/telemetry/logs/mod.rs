//! The log: what of it is wanted, and who follows it.

mod level;
mod stream;

#[cfg(feature = "opentelemetry")]
pub(super) use level::BENEATH;
pub(super) use level::{LogFilter, read_targets};
#[cfg(feature = "control")]
pub(crate) use stream::Lines;
pub(super) use stream::LogStream;

use tracing_subscriber::filter::Targets;

/// What a control surface can do with the log.
#[derive(Debug)]
#[cfg_attr(not(feature = "control"), expect(dead_code, reason = "only control surfaces change and show it"))]
pub(crate) struct Logs {
    pub(crate) filter: LogFilter,
    pub(crate) stream: LogStream,
}

impl Logs {
    pub(super) fn new(targets: Targets) -> Self {
        Self { filter: LogFilter::new(targets), stream: LogStream::new() }
    }
}
