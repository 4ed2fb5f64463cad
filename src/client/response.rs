use std::fmt;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{ClientError, DecodeError, StatusError};
use crate::Settings;

/// An upstream's answer, whatever its status. The body is not read until it is asked for.
pub struct Response {
    operation: &'static str,
    inner: reqwest::Response,
    max_body: usize,
    max_error_body: usize,
}

impl Response {
    pub(crate) fn new(operation: &'static str, inner: reqwest::Response, settings: &Settings) -> Self {
        let (max_body, max_error_body) = (settings.max_response_body, settings.max_error_body);
        Self { operation, inner, max_body, max_error_body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.inner.status()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.inner.headers()
    }

    #[cfg(feature = "__server")]
    pub(crate) fn headers_mut(&mut self) -> &mut HeaderMap {
        self.inner.headers_mut()
    }

    #[cfg(feature = "__server")]
    pub(crate) fn into_body(self) -> reqwest::Body {
        http::Response::from(self.inner).into_body()
    }

    /// The next part of the body, `None` at its end. No limit applies to the sum.
    ///
    /// # Errors
    ///
    /// [`ClientError::Timeout`] and [`ClientError::Transport`].
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ClientError> {
        self.inner.chunk().await.map_err(|error| ClientError::transport(self.operation, error))
    }

    /// The whole body.
    ///
    /// # Errors
    ///
    /// [`ClientError::TooLarge`], [`ClientError::Timeout`] and [`ClientError::Transport`].
    pub async fn bytes(self) -> Result<Bytes, ClientError> {
        let limit = self.max_body;
        self.bytes_up_to(limit).await
    }

    /// The whole body, if it is no longer than `limit` bytes.
    ///
    /// # Errors
    ///
    /// [`ClientError::TooLarge`], [`ClientError::Timeout`] and [`ClientError::Transport`].
    pub async fn bytes_up_to(mut self, limit: usize) -> Result<Bytes, ClientError> {
        let too_large = ClientError::TooLarge { operation: self.operation, limit };
        let announced = self.inner.content_length().unwrap_or_default();
        if announced > u64::try_from(limit).unwrap_or(u64::MAX) {
            return Err(too_large);
        }
        let (body, complete) = self.read(limit).await?;
        if complete { Ok(body) } else { Err(too_large) }
    }

    /// Reads at most `limit` bytes, and whether that was all.
    async fn read(&mut self, limit: usize) -> Result<(Bytes, bool), ClientError> {
        let Some(first) = self.chunk().await? else { return Ok((Bytes::new(), true)) };
        // Most answers come in one part, which needs no copy.
        let Some(second) = self.chunk().await? else {
            let complete = first.len() <= limit;
            return Ok((first.slice(..first.len().min(limit)), complete));
        };
        let mut body = BytesMut::from(first);
        body.extend_from_slice(&second);
        while body.len() <= limit {
            match self.chunk().await? {
                Some(part) => body.extend_from_slice(&part),
                None => return Ok((body.freeze(), true)),
            }
        }
        body.truncate(limit);
        Ok((body.freeze(), false))
    }

    /// The body as text. What is not UTF-8 is replaced.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes).
    pub async fn text(self) -> Result<String, ClientError> {
        let body = self.bytes().await?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }

    /// The body read as JSON, whatever the status. An empty body is read as `null`.
    ///
    /// # Errors
    ///
    /// As [`bytes`](Self::bytes), and [`ClientError::Decode`].
    pub async fn json<T: DeserializeOwned>(self) -> Result<T, ClientError> {
        let (operation, status, headers) = (self.operation, self.status(), self.headers().clone());
        let body = self.bytes().await?;
        let text: &[u8] = if body.is_empty() { b"null" } else { &body };
        serde_json::from_slice(text).map_err(|error| {
            ClientError::Decode(Box::new(DecodeError::new(operation, status, headers, body, error.into())))
        })
    }

    /// This answer, if its status is a success (2xx).
    ///
    /// # Errors
    ///
    /// [`ClientError::Status`] with as much of the body as the settings keep.
    pub async fn error_for_status(self) -> Result<Self, ClientError> {
        let status = self.status();
        if status.is_success() {
            return Ok(self);
        }
        Err(ClientError::Status(Box::new(self.status_error().await)))
    }

    /// This answer as an error, whatever its status.
    pub(crate) async fn status_error(mut self) -> StatusError {
        // A body that breaks off must not hide the status.
        let (body, complete) = self.read(self.max_error_body).await.unwrap_or_default();
        let (status, headers) = (self.status(), std::mem::take(self.inner.headers_mut()));
        StatusError::new(self.operation, status, headers, body, !complete)
    }

    pub(crate) const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The largest body that is read into memory, in bytes.
    pub(crate) const fn limit(&self) -> usize {
        self.max_body
    }

    /// The answer of the HTTP client, to stream it or to hand it to another library.
    #[must_use]
    pub fn into_inner(self) -> reqwest::Response {
        self.inner
    }
}

/// Without the URL, which may hold an API key, and without the values of headers, which may hold cookies.
impl fmt::Debug for Response {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("operation", &self.operation)
            .field("status", &self.status())
            .field("headers", &HeaderNames(self.headers()))
            .finish_non_exhaustive()
    }
}

/// The names of headers, without their values.
pub(crate) struct HeaderNames<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.0.keys()).finish()
    }
}

impl From<Response> for http::Response<reqwest::Body> {
    fn from(response: Response) -> Self {
        response.inner.into()
    }
}

#[cfg(test)]
mod tests {
    use reqwest::ResponseBuilderExt as _;

    use super::*;

    #[test]
    fn what_is_secret_is_not_printed() {
        let url = "http://127.0.0.1/items?api_key=SECRET".parse().unwrap();
        let answer = http::Response::builder().url(url).header("set-cookie", "session=SECRET").body("SECRET").unwrap();
        let response = Response::new("list", answer.into(), &Settings::default());
        let printed = format!("{response:?}");
        assert!(printed.contains("list") && printed.contains("set-cookie"), "{printed}");
        assert!(!printed.contains("SECRET"), "{printed}");
    }
}
