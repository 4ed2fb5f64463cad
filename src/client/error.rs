use std::error::Error;
use std::fmt;
use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::ArgumentError;

/// Why a call of an upstream gave no usable answer.
///
/// Neither the message nor the `Debug` form nor any source contains the URL of the request or a credential.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The upstream answered with a status that is not a success (2xx).
    #[error(transparent)]
    Status(Box<StatusError>),
    /// No connection to the upstream could be made.
    #[error("`{operation}`: cannot connect to the upstream")]
    Connect {
        /// The name of the operation.
        operation: &'static str,
        /// What the HTTP client says.
        source: TransportError,
    },
    /// The upstream did not answer in time.
    #[error("`{operation}`: the upstream did not answer in time")]
    Timeout {
        /// The name of the operation.
        operation: &'static str,
        /// What the HTTP client says.
        source: TransportError,
    },
    /// The exchange broke off.
    #[error("`{operation}`: the exchange with the upstream broke off")]
    Transport {
        /// The name of the operation.
        operation: &'static str,
        /// What the HTTP client says.
        source: TransportError,
    },
    /// The upstream has failed several times in a row and is left alone for a while: the setting `breaker`.
    #[error("`{operation}`: the upstream keeps failing and is not asked for another {retry_after:?}")]
    CircuitOpen {
        /// The name of the operation.
        operation: &'static str,
        /// When it may be asked again.
        retry_after: Duration,
    },
    /// The answer is larger than the setting `max_response_body` allows to read into memory.
    #[error("`{operation}`: the upstream's answer is larger than {limit} bytes")]
    TooLarge {
        /// The name of the operation.
        operation: &'static str,
        /// The limit in bytes.
        limit: usize,
    },
    /// The answer is not of the type that was asked for.
    #[error(transparent)]
    Decode(Box<DecodeError>),
    /// An input cannot be sent.
    #[error("`{operation}`: {source}")]
    Argument {
        /// The name of the operation.
        operation: &'static str,
        /// The input and the rule that it breaks.
        source: ArgumentError,
    },
    /// Inputs break constraints of the document. The setting `validate_requests` lets them pass.
    #[error(transparent)]
    Invalid(Box<crate::openapi::InvalidRequest>),
    /// A bearer token that was set for this request has characters that a header cannot carry.
    #[error("`{operation}`: the bearer token has characters that a header cannot carry")]
    InvalidBearer {
        /// The name of the operation.
        operation: &'static str,
    },
    /// A request hook refused the request.
    #[error("`{operation}`: a request hook failed")]
    Hook {
        /// The name of the operation.
        operation: &'static str,
        /// What the hook says.
        source: HookError,
    },
    /// The operation demands credentials, and the configuration has none of the kinds that it accepts.
    #[error("`{operation}` demands credentials that the configuration does not have: set {}", listed(variables))]
    MissingCredentials {
        /// The name of the operation.
        operation: &'static str,
        /// The environment variables that can supply what is missing: alternatives, each of variables that are needed
        /// together.
        variables: Vec<Vec<&'static str>>,
    },
    /// There is no token for client credentials.
    #[error("`{operation}`: there is no token")]
    Token {
        /// The name of the operation.
        operation: &'static str,
        /// Why.
        source: Arc<crate::openapi::TokenError>,
    },
    /// The answer is a success, but none that the document describes.
    #[error("`{operation}`: the answer ({status}) is none that the document describes")]
    UnexpectedContent {
        /// The name of the operation.
        operation: &'static str,
        /// The status of the answer.
        status: StatusCode,
    },
    /// A header of the answer is not of the type that was asked for.
    #[error("`{operation}`: the header `{name}` of the answer is not what was expected")]
    Header {
        /// The name of the operation.
        operation: &'static str,
        /// The name of the header.
        name: String,
    },
    /// The next page is said to be on another server, which must not get the credentials, or is no URL.
    #[error("`{operation}`: the next page is on another server")]
    ForeignPage {
        /// The name of the operation.
        operation: &'static str,
    },
    /// The inputs belong to an operation of another capability or API.
    #[error("`{operation}` is no operation of what this client calls")]
    UnknownOperation {
        /// The name of the operation.
        operation: &'static str,
    },
}

impl ClientError {
    /// The status of the upstream's answer, if there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Status(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::UnexpectedContent { status, .. } => Some(*status),
            _ => None,
        }
    }

    pub(crate) const fn elapsed(operation: &'static str) -> Self {
        Self::Timeout { operation, source: TransportError::elapsed() }
    }

    /// Whether the connection ended before an answer came.
    pub(crate) fn is_lost_connection(&self) -> bool {
        let Self::Transport { source, .. } = self else { return false };
        let first: &(dyn Error + 'static) = source;
        std::iter::successors(Some(first), |error| (*error).source()).any(|cause| {
            let is_incomplete = cause.downcast_ref().is_some_and(hyper::Error::is_incomplete_message);
            let kind = cause.downcast_ref().map(std::io::Error::kind);
            // A connection by TLS may end without its `close_notify`.
            let lost = [BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof];
            is_incomplete || kind.is_some_and(|kind| lost.contains(&kind))
        })
    }

    pub(crate) fn transport(operation: &'static str, error: reqwest::Error) -> Self {
        let (timeout, connect) = (error.is_timeout(), error.is_connect());
        let source = TransportError::new(error);
        if timeout {
            Self::Timeout { operation, source }
        } else if connect {
            Self::Connect { operation, source }
        } else {
            Self::Transport { operation, source }
        }
    }
}

/// "`A`, or `B` and `C`"
fn listed(alternatives: &[Vec<&str>]) -> String {
    let together = |variables: &Vec<&str>| format!("`{}`", variables.join("` and `"));
    alternatives.iter().map(together).collect::<Vec<_>>().join(", or ")
}

/// An answer whose status is not a success.
#[derive(Clone, thiserror::Error)]
#[error("`{operation}` was answered with {status}")]
pub struct StatusError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    truncated: bool,
}

impl StatusError {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        truncated: bool,
    ) -> Self {
        Self { operation, status, headers, body, truncated }
    }

    /// The name of the operation.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, up to the setting `max_error_body`.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether the body was longer, or broke off.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The body as text; what is not UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[cfg(feature = "__server")]
    pub(crate) fn into_parts(self) -> (StatusCode, HeaderMap, Bytes) {
        (self.status, self.headers, self.body)
    }
}

/// Without the headers, which may hold cookies.
impl fmt::Debug for StatusError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StatusError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("body", &self.text())
            .finish_non_exhaustive()
    }
}

/// An answer that is not of the type that was asked for.
#[derive(thiserror::Error)]
#[error("the answer to `{operation}` is not what was expected")]
pub struct DecodeError {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    source: DecodeCause,
}

impl DecodeError {
    pub(crate) fn new(
        operation: &'static str,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        source: DecodeCause,
    ) -> Self {
        Self { operation, status, headers, body, source }
    }

    /// The name of the operation.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }
}

/// What does not fit.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) enum DecodeCause {
    Json(#[from] serde_json::Error),
    Typed(#[from] crate::types::ReadError),
}

/// Without headers and body.
impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DecodeError")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// A failure of the HTTP client, without the URL of the request.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct TransportError(TransportCause);

#[derive(Debug, thiserror::Error)]
enum TransportCause {
    #[error(transparent)]
    Http(reqwest::Error),
    #[error("nothing came in the time that the settings allow")]
    Elapsed,
}

impl TransportError {
    pub(crate) fn new(error: reqwest::Error) -> Self {
        Self(TransportCause::Http(error.without_url()))
    }

    pub(crate) const fn elapsed() -> Self {
        Self(TransportCause::Elapsed)
    }

    /// The HTTP client's own error, if it is the HTTP client that failed.
    #[must_use]
    pub fn into_inner(self) -> Option<reqwest::Error> {
        match self.0 {
            TransportCause::Http(error) => Some(error),
            TransportCause::Elapsed => None,
        }
    }
}

/// Why a request hook refuses a request.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct HookError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl HookError {
    /// A reason in words.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }

    /// A reason in words and the error behind it.
    #[must_use]
    pub fn with_source(message: impl Into<String>, source: impl Error + Send + Sync + 'static) -> Self {
        Self { message: message.into(), source: Some(Box::new(source)) }
    }
}
