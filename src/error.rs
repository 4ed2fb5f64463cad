//! What a program that serves or calls a capability can fail with.

use std::error::Error as _;
use std::fmt;

use crate::ConfigError;

/// Why a capability could not be set up, called or served.
///
/// Its `Debug` form is its message with all causes, so that `fn main() -> capsmith::Result<()>` prints something
/// that can be read.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The configuration is incomplete or wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A call of an upstream failed.
    #[cfg(feature = "client")]
    #[error(transparent)]
    Client(#[from] crate::ClientError),
    /// A server could not be started or ended with a failure.
    #[cfg(feature = "__server")]
    #[error(transparent)]
    Server(#[from] crate::ServerError),
    /// Telemetry could not be initialised.
    #[cfg(feature = "telemetry")]
    #[error(transparent)]
    Telemetry(#[from] crate::telemetry::TelemetryError),
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)?;
        let mut source = self.source();
        while let Some(cause) = source {
            write!(formatter, "\n  caused by: {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

/// The result of what this crate does.
pub type Result<T, E = Error> = std::result::Result<T, E>;
