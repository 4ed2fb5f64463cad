use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::client::HeaderNames;
use crate::openapi::CallError;
use crate::{ClientError, Problem};

/// What a handler answers instead of a value: a failure that the document describes, or a problem.
///
/// ```
/// use capsmith::{Problem, http::StatusCode};
/// use capsmith::openapi::Refusal;
///
/// let described = Refusal::new(StatusCode::NOT_FOUND, "no such backup".to_owned());
/// let other: Refusal<String> = Problem::new(StatusCode::SERVICE_UNAVAILABLE).into();
/// # drop((described, other));
/// ```
///
/// A problem is answered as problem details (RFC 9457), whatever the document says about its status.
#[must_use = "a refusal is given back"]
pub struct Refusal<F>(pub(super) Kind<F>);

pub(super) enum Kind<F> {
    Described { value: F, status: Option<StatusCode>, headers: HeaderMap },
    Problem(Problem),
}

impl<F> Refusal<F> {
    /// A failure with a status.
    pub fn new(status: StatusCode, value: F) -> Self {
        Self(Kind::Described { value, status: Some(status), headers: HeaderMap::new() })
    }

    /// A failure with the status that the document gives it: the one that is listed first for values of its kind, the
    /// lowest of a range, 500 for a `default`.
    pub fn described(value: F) -> Self {
        Self(Kind::Described { value, status: None, headers: HeaderMap::new() })
    }

    /// Sets a header of the answer, such as `Retry-After`.
    pub fn with_header(self, name: HeaderName, value: HeaderValue) -> Self {
        Self(match self.0 {
            Kind::Described { value: failure, status, mut headers } => {
                headers.insert(name, value);
                Kind::Described { value: failure, status, headers }
            }
            Kind::Problem(problem) => Kind::Problem(problem.with_header(name, value)),
        })
    }
}

impl<F> From<Problem> for Refusal<F> {
    fn from(problem: Problem) -> Self {
        Self(Kind::Problem(problem))
    }
}

impl<F> From<ClientError> for Refusal<F> {
    fn from(error: ClientError) -> Self {
        Problem::from(error).into()
    }
}

/// The failure of an upstream that speaks the same document.
impl<F> From<CallError<F>> for Refusal<F> {
    fn from(error: CallError<F>) -> Self {
        match error {
            CallError::Failure(failure) => Self::new(failure.status(), failure.value),
            CallError::Client(error) => error.into(),
        }
    }
}

/// Without the values of the headers, which may hold cookies.
impl<F: fmt::Debug> fmt::Debug for Refusal<F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Described { value, status, headers } => formatter
                .debug_struct("Refusal")
                .field("status", status)
                .field("headers", &HeaderNames(headers))
                .field("value", value)
                .finish(),
            Kind::Problem(problem) => fmt::Debug::fmt(problem, formatter),
        }
    }
}
