use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;

/// What a single request has besides the operation's inputs.
#[derive(Clone, Default)]
pub struct RequestOptions {
    /// What the caller of a server sent and the settings pass on. Everything else that sets the same header wins.
    pub(crate) forwarded: HeaderMap,
    /// Encoded pairs to append to the query.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) bearer: Option<SecretString>,
    pub(crate) timeout: Option<Duration>,
}

impl RequestOptions {
    /// Sets a header, in place of one that the operation or the HTTP client would send.
    pub fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.insert(name, value);
    }

    /// Sends a bearer token (RFC 6750) in place of the credentials of the capability.
    pub fn set_bearer(&mut self, token: impl Into<SecretString>) {
        self.bearer = Some(token.into());
    }

    /// Whether this request brings credentials that go before those of the capability.
    pub(crate) fn has_credentials(&self) -> bool {
        self.bearer.is_some() || self.headers.contains_key(http::header::AUTHORIZATION)
    }

    /// Appends encoded pairs to the query.
    #[cfg(feature = "__server")]
    pub(crate) fn append_query(&mut self, pairs: &str) {
        if !self.query.is_empty() && !pairs.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(pairs);
    }

    /// Limits the time from sending to the last byte of the answer.
    pub const fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }
}

/// Names of headers without their values.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestOptions")
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("bearer", &self.bearer)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
