use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use super::chunks::Chunks;
use super::idle::{IdleBody, patiently};
use super::{ClientError, DecodeError, StatusError};
use crate::Settings;

/// An upstream's answer, whatever its status. The body is not read until it is asked for, so that a program which is
/// slow to ask slows its upstream down.
///
/// ```no_run
/// # async fn save(mut response: capsmith::Response) -> Result<(), Box<dyn std::error::Error>> {
/// use std::io::Write as _;
///
/// let mut file = std::fs::File::create("backup.tar")?;
/// while let Some(part) = response.chunk().await? {
///     file.write_all(&part)?;
/// }
/// # Ok(())
/// # }
/// ```
pub struct Response {
    operation: &'static str,
    inner: reqwest::Response,
    limits: Limits,
    /// How much of the body was given part by part.
    given: usize,
}

/// What limits the reading of an answer.
#[derive(Clone, Copy)]
struct Limits {
    body: usize,
    error_body: usize,
    download: Option<usize>,
    silence: Duration,
    /// For what is read into memory.
    deadline: Option<Instant>,
}

impl Response {
    pub(crate) fn new(
        operation: &'static str,
        inner: reqwest::Response,
        deadline: Option<Instant>,
        settings: &Settings,
    ) -> Self {
        let limits = Limits {
            body: settings.max_response_body,
            error_body: settings.max_error_body,
            download: settings.max_download,
            silence: settings.read_timeout,
            deadline,
        };
        Self { operation, inner, limits, given: 0 }
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

    /// When the body must be there, if it is read into memory.
    #[cfg(feature = "__server")]
    pub(crate) const fn deadline(&self) -> Option<Instant> {
        self.limits.deadline
    }

    #[cfg(feature = "__server")]
    pub(crate) fn into_body(self) -> reqwest::Body {
        http::Response::from(self).into_body()
    }

    /// The next part of the body, `None` at its end. Of the timeouts only `read_timeout` applies, from part to part.
    ///
    /// # Errors
    ///
    /// [`ClientError::Timeout`], [`ClientError::Transport`], and [`ClientError::TooLarge`] when the parts exceed the
    /// setting `max_download`.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, ClientError> {
        let part = self.part().await?;
        if let (Some(part), Some(limit)) = (&part, self.limits.download) {
            self.given = self.given.saturating_add(part.len());
            if self.given > limit {
                return Err(ClientError::TooLarge { operation: self.operation, limit });
            }
        }
        Ok(part)
    }

    /// The body as a stream of its parts, with what [`chunk`](Self::chunk) says about each.
    pub fn into_stream(self) -> Chunks {
        let (operation, limit) = (self.operation, self.limits.download);
        Chunks::new(operation, http::Response::from(self).into_body(), limit)
    }

    async fn part(&mut self) -> Result<Option<Bytes>, ClientError> {
        match patiently(self.inner.chunk(), self.limits.silence, None, None).await {
            Some(part) => part.map_err(|error| ClientError::transport(self.operation, error)),
            None => Err(self.elapsed()),
        }
    }

    fn elapsed(&self) -> ClientError {
        ClientError::elapsed(self.operation)
    }

    /// The whole body.
    ///
    /// # Errors
    ///
    /// [`ClientError::TooLarge`], [`ClientError::Timeout`] and [`ClientError::Transport`].
    pub async fn bytes(self) -> Result<Bytes, ClientError> {
        let limit = self.limits.body;
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
        let Some(deadline) = self.limits.deadline else { return self.read_parts(limit).await };
        match tokio::time::timeout_at(deadline, self.read_parts(limit)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(self.elapsed()),
        }
    }

    async fn read_parts(&mut self, limit: usize) -> Result<(Bytes, bool), ClientError> {
        let Some(first) = self.part().await? else { return Ok((Bytes::new(), true)) };
        // Most answers come in one part, which needs no copy.
        let Some(second) = self.part().await? else {
            let complete = first.len() <= limit;
            return Ok((first.slice(..first.len().min(limit)), complete));
        };
        let mut body = BytesMut::from(first);
        body.extend_from_slice(&second);
        while body.len() <= limit {
            match self.part().await? {
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
        let (body, complete) = self.read(self.limits.error_body).await.unwrap_or_default();
        let (status, headers) = (self.status(), std::mem::take(self.inner.headers_mut()));
        StatusError::new(self.operation, status, headers, body, !complete)
    }

    pub(crate) const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The largest body that is read into memory, in bytes.
    pub(crate) const fn limit(&self) -> usize {
        self.limits.body
    }

    /// The answer of the HTTP client, to hand it to another library. No limit applies any more.
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

/// The body fails when the upstream is silent for longer than `read_timeout`.
impl From<Response> for http::Response<reqwest::Body> {
    fn from(response: Response) -> Self {
        let silence = response.limits.silence;
        http::Response::from(response.inner).map(|body| IdleBody::wrap(body, silence))
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
        let response = Response::new("list", answer.into(), None, &Settings::default());
        let printed = format!("{response:?}");
        assert!(printed.contains("list") && printed.contains("set-cookie"), "{printed}");
        assert!(!printed.contains("SECRET"), "{printed}");
    }
}
