use std::error::Error;
use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::client::{StatusError, TransportError};
use crate::{ClientError, Error as AnyError};

/// Why a call gave no answer. `F` is what the document says about failures.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallError<F> {
    /// A failure that the document describes.
    Failure(Box<Failure<F>>),
    /// Everything else, failures that the document does not describe among it.
    Client(ClientError),
}

impl<F> CallError<F> {
    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Failure(failure) => Some(failure.status()),
            Self::Client(error) => error.status(),
        }
    }

    /// What the document says about the failure.
    #[must_use]
    pub fn failure(&self) -> Option<&F> {
        match self {
            Self::Failure(failure) => Some(&failure.value),
            Self::Client(_) => None,
        }
    }

    /// The error without its type.
    #[must_use]
    pub fn into_client_error(self) -> ClientError {
        match self {
            Self::Failure(failure) => ClientError::Status(failure.status),
            Self::Client(error) => error,
        }
    }
}

/// A failure that the document describes.
#[derive(Debug)]
pub struct Failure<F> {
    pub(super) status: Box<StatusError>,
    /// Its body.
    pub value: F,
}

impl<F> Failure<F> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.status.headers()
    }

    /// The answer as it came.
    #[must_use]
    pub fn untyped(&self) -> &StatusError {
        &self.status
    }
}

impl<F> fmt::Display for CallError<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(failure) => fmt::Display::fmt(&failure.status, formatter),
            Self::Client(error) => fmt::Display::fmt(error, formatter),
        }
    }
}

impl<F: fmt::Debug> Error for CallError<F> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failure(_) => None,
            Self::Client(error) => error.source(),
        }
    }
}

impl<F> From<ClientError> for CallError<F> {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl<F> From<CallError<F>> for AnyError {
    fn from(error: CallError<F>) -> Self {
        Self::Client(error.into_client_error())
    }
}

/// Why no token was given for client credentials. Holds no secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// The server that gives tokens refused.
    #[error("no token was given: {status}{}{code}", if code.is_empty() { "" } else { ", " })]
    Refused {
        /// The status of its answer.
        status: StatusCode,
        /// The error's code (RFC 6749, section 5.2), empty where there is none.
        code: String,
    },
    /// The server that gives tokens was not reached, or the exchange broke off.
    #[error("the server that gives tokens cannot be reached")]
    Transport(#[source] TransportError),
    /// Its answer holds no token that can be used.
    #[error("the answer of the server that gives tokens holds none")]
    Unreadable,
}
