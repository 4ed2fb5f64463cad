use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::client::HeaderNames;

/// What a handler answers: the value, and where the document leaves them open the status and headers.
///
/// ```
/// use capsmith::http::{StatusCode, header::LOCATION, HeaderValue};
/// use capsmith::openapi::Success;
///
/// let plain: Success<String> = "ready".to_owned().into();
/// let created = Success::new("ready".to_owned())
///     .with_status(StatusCode::CREATED)
///     .with_header(LOCATION, HeaderValue::from_static("/backups/7"));
/// assert_eq!(plain.into_value(), created.into_value());
/// ```
#[derive(Clone)]
#[must_use = "an answer is given back"]
pub struct Success<T> {
    pub(super) value: T,
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
}

impl<T> Success<T> {
    /// A value with the status that the document gives it: the one that is listed first for values of its kind, 200 for
    /// a `2XX` and a `default`.
    pub fn new(value: T) -> Self {
        Self { value, status: None, headers: HeaderMap::new() }
    }

    /// Sets the status, where the document gives the value several, a range or a default.
    pub const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets a header of the answer.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The value.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T> From<T> for Success<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

/// Without the values of the headers, which may hold cookies.
impl<T: fmt::Debug> fmt::Debug for Success<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Success")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("value", &self.value)
            .finish()
    }
}
