use std::error::Error;
use std::fmt;
use std::str::FromStr;

use http::{HeaderMap, StatusCode};

use super::description::Location;
use super::header;
use crate::client::{StatusError, TransportError};
use crate::types::Violation;
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

    /// The value of a header as a number, a truth value, or any other type that can be parsed, such as a generated string
    /// enum; `None` where the answer does not have it.
    ///
    /// ```
    /// # use capsmith::openapi::*;
    /// # fn limits(answered: &Failure<()>) -> Result<(), capsmith::ClientError> {
    /// let left: Option<u64> = answered.header("X-RateLimit-Remaining")?;
    /// # drop(left);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ClientError::Header`] when it is not of that type.
    pub fn header<H: FromStr>(&self, name: &str) -> Result<Option<H>, ClientError> {
        header::one(self.status.operation(), self.headers(), name)
    }

    /// The values of a header that is a list, in one field or in several.
    ///
    /// # Errors
    ///
    /// [`ClientError::Header`] when one is not of that type.
    pub fn header_list<H: FromStr>(&self, name: &str) -> Result<Vec<H>, ClientError> {
        header::list(self.status.operation(), self.headers(), name)
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

/// A request that was not sent, because the document does not allow what it holds. Nothing here repeats a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{operation}` was not sent: {}", listed(violations))]
pub struct InvalidRequest {
    operation: &'static str,
    violations: Vec<InputViolation>,
}

impl InvalidRequest {
    pub(crate) fn new(operation: &'static str, violations: Vec<InputViolation>) -> Self {
        Self { operation, violations }
    }

    /// The name of the operation.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// All constraints that the request breaks: the parameters in the order of the document, then the body.
    #[must_use]
    pub fn violations(&self) -> &[InputViolation] {
        &self.violations
    }
}

/// As many violations as a message lists.
const LISTED: usize = 8;

fn listed(violations: &[InputViolation]) -> String {
    let mut text: Vec<_> = violations.iter().take(LISTED).map(ToString::to_string).collect();
    if violations.len() > LISTED {
        text.push(format!("and {} more", violations.len() - LISTED));
    }
    text.join("; ")
}

/// A constraint that an input of a request breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InputViolation {
    /// The input.
    pub place: InputPlace,
    /// The place in it, the keyword and the demand.
    pub violation: Violation,
}

/// An input of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputPlace {
    /// A parameter.
    Parameter {
        /// The name on the wire.
        name: &'static str,
        /// Where it travels.
        location: Location,
    },
    /// The body.
    Body,
}

impl fmt::Display for InputViolation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            InputPlace::Parameter { name, location } => write!(formatter, "`{name}` in the {}", place(location))?,
            InputPlace::Body => formatter.write_str("the body")?,
        }
        let Violation { pointer, message, rule } = &self.violation;
        let gap = if pointer.is_empty() { "" } else { " at " };
        write!(formatter, "{gap}{pointer} {message} ({rule})")
    }
}

const fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookies",
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
    /// The authorization server does not say, in metadata of its own (RFC 8414), where it gives tokens.
    #[error("the metadata of the authorization server cannot be used{}", status.map(|status| format!(": {status}")).unwrap_or_default())]
    Metadata {
        /// The status of its answer, if that is what is wrong.
        status: Option<StatusCode>,
    },
    /// Its answer holds no token that can be used.
    #[error("the answer of the server that gives tokens holds none")]
    Unreadable,
}
