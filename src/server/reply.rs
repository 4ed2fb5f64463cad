use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout_at};

use super::{Problem, retain_end_to_end};
use crate::client::HeaderNames;
use crate::{Json, Response, Value};

/// A handler's answer: the upstream's, unread and streamed to the caller, or a value.
///
/// ```
/// use capsmith::{Reply, http::StatusCode};
/// use serde_json::json;
///
/// let reply = Reply::new(json!({"state": "queued"})).with_status(StatusCode::ACCEPTED);
/// assert_eq!(reply.status(), StatusCode::ACCEPTED);
/// ```
pub struct Reply<T = Value> {
    status: StatusCode,
    headers: HeaderMap,
    content: Content<T>,
}

enum Content<T> {
    Upstream(Response),
    Value(T),
    Json(Json),
    Empty,
}

impl<T> Reply<T> {
    /// A value, with status 200.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), content: Content::Value(value) }
    }

    /// Nothing, with status 204.
    #[must_use]
    pub fn empty() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: HeaderMap::new(), content: Content::Empty }
    }

    /// Sets the status.
    #[must_use]
    pub const fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Sets a header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
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

    /// The value; the upstream's answer is read for it. A status that is not a success is a problem, as is an answer
    /// of another type.
    ///
    /// # Errors
    ///
    /// What the caller should get instead of an answer.
    pub async fn into_value(self) -> Result<T, Problem>
    where
        T: DeserializeOwned,
    {
        match self.content {
            Content::Value(value) => Ok(value),
            Content::Upstream(mut response) => {
                *response.headers_mut() = self.headers;
                Ok(response.error_for_status().await?.json().await?)
            }
            Content::Json(json) => json.deserialize().map_err(|_| Problem::wrong_type()),
            Content::Empty => Json::null().deserialize().map_err(|_| Problem::wrong_type()),
        }
    }

    /// The form that is independent of the type of the value.
    ///
    /// # Errors
    ///
    /// When the value has no JSON form.
    pub fn into_raw(self) -> Result<RawReply, Problem>
    where
        T: Serialize,
    {
        let Self { status, mut headers, content } = self;
        let body = match content {
            Content::Upstream(response) => RawBody::Upstream(response.into()),
            Content::Value(value) => RawBody::Bytes(serialize(&value)?),
            Content::Json(json) => RawBody::Bytes(json.into_bytes()),
            Content::Empty => RawBody::Bytes(Bytes::new()),
        };
        if matches!(&body, RawBody::Bytes(bytes) if !bytes.is_empty()) {
            headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
        Ok(RawReply { status, headers, body })
    }
}

fn serialize<T: Serialize>(value: &T) -> Result<Bytes, Problem> {
    match Json::serialize(value) {
        Ok(json) => Ok(json.into_bytes()),
        Err(error) => {
            tracing::error!(%error, "a handler's value has no JSON form");
            Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}

impl<T> From<Response> for Reply<T> {
    fn from(mut response: Response) -> Self {
        let mut headers = std::mem::take(response.headers_mut());
        retain_end_to_end(&mut headers);
        Self { status: response.status(), headers, content: Content::Upstream(response) }
    }
}

impl<T> From<Json> for Reply<T> {
    fn from(json: Json) -> Self {
        Self { status: StatusCode::OK, headers: HeaderMap::new(), content: Content::Json(json) }
    }
}

impl From<Value> for Reply<Value> {
    fn from(value: Value) -> Self {
        Self::new(value)
    }
}

/// Without content, and without the values of headers.
impl<T> fmt::Debug for Reply<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = HeaderNames(&self.headers);
        formatter.debug_struct("Reply").field("status", &self.status).field("headers", &headers).finish_non_exhaustive()
    }
}

/// An answer whose type no longer matters.
pub struct RawReply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: RawBody,
}

pub(crate) enum RawBody {
    Upstream(UpstreamBody),
    Bytes(Bytes),
}

/// A body that has not arrived yet.
pub(crate) struct UpstreamBody {
    pub(crate) body: reqwest::Body,
    /// When it must be there, if it is read into memory.
    pub(crate) deadline: Option<Instant>,
}

/// Why a body is not there as a whole.
pub(crate) enum Unreadable {
    /// It has more bytes than it may have.
    TooLarge,
    /// It ended before its end.
    BrokeOff,
    /// It takes longer than it may.
    TooSlow,
}

impl RawBody {
    /// The whole body, if it is no longer than `limit` bytes.
    pub(crate) async fn read(self, limit: usize) -> Result<Bytes, Unreadable> {
        match self {
            Self::Bytes(bytes) if bytes.len() > limit => Err(Unreadable::TooLarge),
            Self::Bytes(bytes) => Ok(bytes),
            Self::Upstream(body) => body.read(limit).await,
        }
    }
}

impl UpstreamBody {
    async fn read(self, limit: usize) -> Result<Bytes, Unreadable> {
        let body = Limited::new(self.body, limit).collect();
        let collected = match self.deadline {
            Some(deadline) => timeout_at(deadline, body).await.map_err(|_| Unreadable::TooSlow)?,
            None => body.await,
        };
        match collected {
            Ok(collected) => Ok(collected.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(Unreadable::TooLarge),
            Err(_) => Err(Unreadable::BrokeOff),
        }
    }
}

impl From<Response> for UpstreamBody {
    fn from(response: Response) -> Self {
        let deadline = response.deadline();
        Self { body: response.into_body(), deadline }
    }
}

impl From<reqwest::Body> for UpstreamBody {
    fn from(body: reqwest::Body) -> Self {
        Self { body, deadline: None }
    }
}
