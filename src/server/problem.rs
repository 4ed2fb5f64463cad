use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use axum::response::IntoResponse;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use super::headers::retain_end_to_end;
use crate::description::Location;
use crate::{ArgumentError, ClientError, Json};

/// Why a call is not answered as asked: problem details (RFC 9457) for REST, the text of an error result for MCP.
///
/// ```
/// use capsmith::{Problem, http::StatusCode};
///
/// let problem = Problem::new(StatusCode::FORBIDDEN).with_detail("Backups of `production` cannot be deleted.");
/// assert_eq!(problem.to_string(), "403 Forbidden: Backups of `production` cannot be deleted.");
/// ```
#[derive(Clone)]
pub struct Problem(Box<Parts>);

#[derive(Clone)]
struct Parts {
    status: StatusCode,
    r#type: Cow<'static, str>,
    title: Option<Cow<'static, str>>,
    detail: Option<Cow<'static, str>>,
    errors: Vec<ArgumentError>,
    headers: HeaderMap,
    upstream: Option<Bytes>,
}

impl Problem {
    /// A problem with a status; its title is the status's own.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self(Box::new(Parts {
            status,
            r#type: Cow::Borrowed("about:blank"),
            title: None,
            detail: None,
            errors: Vec::new(),
            headers: HeaderMap::new(),
            upstream: None,
        }))
    }

    /// Inputs that cannot be taken: status 400 (RFC 9110, section 15.5.1).
    pub(crate) fn invalid_inputs(errors: Vec<ArgumentError>) -> Self {
        let mut problem = Self::new(StatusCode::BAD_REQUEST).with_detail(match errors.as_slice() {
            [error] => error.to_string(),
            errors => format!("{} inputs cannot be taken; see `errors`", errors.len()),
        });
        problem.0.errors = errors;
        problem
    }

    /// What may succeed when the caller tries it again after a time, which is given in whole seconds (RFC 9110, section
    /// 10.2.3).
    pub(crate) fn later(status: StatusCode, detail: &'static str, after: Duration) -> Self {
        let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
        Self::new(status).with_detail(detail).with_header(RETRY_AFTER, seconds.max(1).into())
    }

    pub(crate) fn wrong_type() -> Self {
        Self::new(StatusCode::BAD_GATEWAY).with_detail("The answer is not of the type that was expected.")
    }

    /// Sets a URI that identifies the kind of problem.
    #[must_use]
    pub fn with_type(mut self, uri: impl Into<Cow<'static, str>>) -> Self {
        self.0.r#type = uri.into();
        self
    }

    /// Sets the title: what kind of problem this is, the same every time.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.0.title = Some(title.into());
        self
    }

    /// Sets the detail: what happened this time.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds an input that cannot be taken: its name, and the rule that it breaks as the end of a sentence that begins
    /// with the name, such as “must be a date in the future”.
    #[must_use]
    pub fn with_error(
        mut self,
        parameter: impl Into<Cow<'static, str>>,
        location: Option<Location>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.0.errors.push(ArgumentError::new(parameter, location, detail));
        self
    }

    /// Sets a header of the answer, such as `Retry-After`.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.insert(name, value);
        self
    }

    /// Adds a header of which there may be several.
    pub(crate) fn with_further_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What happened this time.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The inputs that cannot be taken.
    #[must_use]
    pub fn errors(&self) -> &[ArgumentError] {
        &self.0.errors
    }

    /// The body, if an upstream's own error answer is passed on.
    #[cfg(feature = "mcp")]
    pub(crate) fn upstream_body(&self) -> Option<&Bytes> {
        self.0.upstream.as_ref()
    }

    /// The headers of the answer.
    #[cfg(feature = "mcp")]
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    fn title(&self) -> &str {
        self.0.title.as_deref().or(self.0.status.canonical_reason()).unwrap_or("Error")
    }

    pub(crate) fn to_json(&self) -> Json {
        let mut members = Map::new();
        members.insert("type".to_owned(), json!(self.0.r#type));
        members.insert("title".to_owned(), json!(self.title()));
        members.insert("status".to_owned(), json!(self.0.status.as_u16()));
        if let Some(detail) = &self.0.detail {
            members.insert("detail".to_owned(), json!(detail));
        }
        if !self.0.errors.is_empty() {
            members.insert("errors".to_owned(), self.0.errors.iter().map(error_object).collect());
        }
        Value::Object(members).into()
    }
}

fn error_object(error: &ArgumentError) -> Value {
    let location = error.location().map(|location| match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        // A surface has no inputs of the other kind.
        Location::Body | Location::Property | Location::Template => "body",
    });
    let mut object = json!({"in": location, "parameter": error.parameter(), "detail": error.detail()});
    if let (Value::Object(members), Some(pointer)) = (&mut object, error.pointer()) {
        members.insert("pointer".to_owned(), pointer.into());
    }
    object
}

impl From<ArgumentError> for Problem {
    fn from(error: ArgumentError) -> Self {
        Self::invalid_inputs(vec![error])
    }
}

/// An upstream's own error answer is passed on; a failure to get one is 502 or 504. Internals stay in the log.
impl From<ClientError> for Problem {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Status(error) if !error.is_truncated() => {
                let (status, headers, body) = error.into_parts();
                let mut problem = Self::new(status);
                problem.0.headers = headers;
                problem.0.upstream = Some(body);
                problem
            }
            ClientError::Status(error) => Self::new(error.status()).with_detail("The upstream answered with an error."),
            ClientError::Argument { source, .. } => source.into(),
            ClientError::Connect { .. } => {
                Self::new(StatusCode::BAD_GATEWAY).with_detail("The upstream cannot be reached.")
            }
            ClientError::Timeout { .. } => {
                Self::new(StatusCode::GATEWAY_TIMEOUT).with_detail("The upstream did not answer in time.")
            }
            ClientError::Transport { .. } => {
                Self::new(StatusCode::BAD_GATEWAY).with_detail("The exchange with the upstream broke off.")
            }
            ClientError::Token { operation, source } => {
                let cause = std::error::Error::source(&*source).map(ToString::to_string);
                tracing::warn!(operation, error = %source, cause, "there is no token for the upstream");
                Self::new(StatusCode::BAD_GATEWAY).with_detail("No token was given for the upstream.")
            }
            ClientError::CircuitOpen { retry_after, .. } => Self::later(
                StatusCode::SERVICE_UNAVAILABLE,
                "The upstream keeps failing and is not asked for a while.",
                retry_after,
            ),
            ClientError::TooLarge { .. } => {
                Self::new(StatusCode::BAD_GATEWAY).with_detail("The upstream's answer is too large.")
            }
            ClientError::Decode(_) => Self::wrong_type(),
            error => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::error!(%error, cause, "a request to the upstream could not be made");
                Self::new(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.0.status.as_str(), self.title())?;
        if let Some(detail) = &self.0.detail {
            write!(formatter, ": {detail}")?;
        }
        if self.0.errors.len() > 1 {
            self.0.errors.iter().try_for_each(|error| write!(formatter, "\n- {error}"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Problem({self})")
    }
}

impl std::error::Error for Problem {}

impl IntoResponse for Problem {
    fn into_response(self) -> axum::response::Response {
        let body = self.to_json();
        let Parts { status, mut headers, upstream, .. } = *self.0;
        let body = if let Some(body) = upstream {
            retain_end_to_end(&mut headers);
            body
        } else {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
            body.into_bytes()
        };
        let mut response = axum::response::Response::new(body.into());
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}
