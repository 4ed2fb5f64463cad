//! What a client is told while a handler is at work.
#![expect(deprecated, reason = "log messages are deprecated in 2026-07-28, and what clients of today show")]

use rmcp::model::{LoggingLevel, LoggingMessageNotificationParam, ProgressNotificationParam};

use super::Call;
use crate::Value;

/// How severe a log message is (RFC 5424, section 6.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// For those who look for a fault.
    Debug,
    /// As expected. What is less severe a client gets only if it asks for it.
    #[default]
    Info,
    /// As expected, but worth knowing.
    Notice,
    /// Something is not as it should be.
    Warning,
    /// Something failed.
    Error,
    /// A part of the program no longer works.
    Critical,
    /// Somebody has to do something at once.
    Alert,
    /// Nothing works any more.
    Emergency,
}

impl From<LoggingLevel> for Level {
    fn from(level: LoggingLevel) -> Self {
        match level {
            LoggingLevel::Debug => Self::Debug,
            LoggingLevel::Info => Self::Info,
            LoggingLevel::Notice => Self::Notice,
            LoggingLevel::Warning => Self::Warning,
            LoggingLevel::Error => Self::Error,
            LoggingLevel::Critical => Self::Critical,
            LoggingLevel::Alert => Self::Alert,
            LoggingLevel::Emergency => Self::Emergency,
        }
    }
}

impl From<Level> for LoggingLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Debug => Self::Debug,
            Level::Info => Self::Info,
            Level::Notice => Self::Notice,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
            Level::Critical => Self::Critical,
            Level::Alert => Self::Alert,
            Level::Emergency => Self::Emergency,
        }
    }
}

impl Call {
    /// Tells the client how far the work is, if it wants to know: `progress`, which must grow, of a `total` where that is
    /// known, and a message for people.
    ///
    /// Clients of 2026-07-28, and all others by HTTP, then get the answer as an event stream.
    pub async fn progress(&self, progress: f64, total: Option<f64>, message: Option<&str>) {
        let Some(token) = self.request.meta.get_progress_token() else { return };
        let mut notice = ProgressNotificationParam::new(token, progress);
        notice.total = total;
        notice.message = message.map(ToOwned::to_owned);
        // Whoever has gone away needs no progress, and the handler is about to be dropped.
        let _ = self.request.peer.notify_progress(notice).await;
    }

    /// Sends a log message, if the client wants those of this level: text, or any JSON.
    ///
    /// A client of 2026-07-28 says with each request which it wants, and without that none are sent. Others get everything from
    /// [`Level::Info`] on until they say otherwise (`logging/setLevel`), on standard input and output and in
    /// [sessions](crate::Settings::mcp_sessions); without those none are sent.
    pub async fn log(&self, level: Level, data: impl Into<Value>) {
        if self.wants(level) {
            self.send_log(LoggingMessageNotificationParam::new(level.into(), data.into())).await;
        }
    }

    /// The same, with the name of what says it.
    pub async fn log_as(&self, logger: &str, level: Level, data: impl Into<Value>) {
        if self.wants(level) {
            self.send_log(LoggingMessageNotificationParam::new(level.into(), data.into()).with_logger(logger)).await;
        }
    }

    /// Whether the client wants log messages of a level.
    #[must_use]
    pub fn wants(&self, level: Level) -> bool {
        self.level.is_some_and(|least| level >= least)
    }

    async fn send_log(&self, message: LoggingMessageNotificationParam) {
        // As with progress.
        let _ = self.request.peer.notify_logging_message(message).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_those_of_the_protocol() {
        let levels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];
        let mut before = None;
        for name in levels {
            let level: LoggingLevel = serde_json::from_value(name.into()).unwrap();
            let own = Level::from(level);
            assert_eq!(serde_json::to_value(LoggingLevel::from(own)).unwrap(), name);
            assert!(before < Some(own), "{name} is more severe than what is before it");
            before = Some(own);
        }
    }
}
