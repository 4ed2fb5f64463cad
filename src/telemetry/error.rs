/// Why telemetry could not be initialised.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TelemetryError {
    /// The process has a subscriber for `tracing` already. [`Builder::build`](super::Builder::build) gives a layer for it.
    #[error("the process has a subscriber for `tracing` already")]
    AlreadyInitialised,
    /// An environment variable has a value that cannot be meant. It is not shown: it may hold a credential.
    #[error("the environment variable {variable} {reason}")]
    Variable {
        /// Its name.
        variable: &'static str,
        /// What is wrong with it, as the rest of a sentence.
        reason: &'static str,
    },
    /// The HTTP client that telemetry is sent by cannot be made.
    #[cfg(feature = "opentelemetry")]
    #[error("telemetry cannot be sent")]
    Client {
        /// What the HTTP client says.
        source: crate::TransportError,
    },
    /// The thread that telemetry is sent from cannot be made.
    #[cfg(feature = "opentelemetry")]
    #[error("telemetry cannot be sent")]
    Runtime {
        /// What the system says.
        source: std::io::Error,
    },
    /// What telemetry is sent by does not accept its configuration.
    #[cfg(feature = "opentelemetry")]
    #[error("telemetry cannot be sent as it is configured")]
    Exporter {
        /// What OpenTelemetry says.
        source: opentelemetry_otlp::ExporterBuildError,
    },
}
