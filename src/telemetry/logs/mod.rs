//! The log: what of it is wanted, and who follows it.

mod level;
#[cfg(feature = "control")]
mod stream;

#[cfg(feature = "opentelemetry")]
pub(super) use level::BENEATH;
pub(super) use level::{LogFilter, read_targets};
#[cfg(feature = "control")]
pub(crate) use stream::Lines;
#[cfg(feature = "control")]
pub(super) use stream::LogStream;

/// What a control surface can do with the log.
#[cfg(feature = "control")]
#[derive(Debug)]
pub(crate) struct Logs {
    pub(crate) filter: LogFilter,
    pub(crate) stream: LogStream,
}
