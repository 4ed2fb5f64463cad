//! Answers that are streamed.

use std::time::Duration;

use bytes::Bytes;
use futures_core::TryStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use http::HeaderValue;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::{BodyExt as _, BodyStream};

use super::respond::{Respond, Written};
use crate::openapi::{Event, Events, Lines, MediaKind, Upload};
use crate::server::{RawBody, retain_end_to_end};
use crate::{Problem, Response, Settings};

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// An answer of a handler: the bytes, their length where it is known, and their media type where it is not the one that
/// the document names.
///
/// ```
/// use capsmith::Response;
/// use capsmith::openapi::Upload;
///
/// # async fn from_disk() -> std::io::Result<Response> {
/// let backup = Upload::open("backup.tar").await?;
/// Ok(Response::from(backup))
/// # }
/// ```
impl From<Upload> for Response {
    fn from(mut upload: Upload) -> Self {
        let taken = upload.take();
        let mut response = http::Response::new(taken.body);
        if let Some(media_type) = taken.content_type.and_then(|media_type| HeaderValue::try_from(media_type).ok()) {
            response.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        if let Some(length) = taken.length {
            response.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        Self::new("", response.into(), None, &Settings::default())
    }
}

/// A body that is passed on as it arrives.
impl Respond for Response {
    fn write(mut self, _: MediaKind) -> Result<Written, Problem> {
        let mut headers = std::mem::take(self.headers_mut());
        retain_end_to_end(&mut headers);
        Ok(Written { body: RawBody::Upstream(self.into()), headers })
    }
}

impl<T> Event<T> {
    /// An event of the type `message`.
    #[must_use]
    pub const fn new(data: T) -> Self {
        Self { event: String::new(), id: String::new(), retry: None, data }
    }

    /// Sets the type.
    #[must_use]
    pub fn with_event(self, event: impl Into<String>) -> Self {
        Self { event: event.into(), ..self }
    }

    /// Sets the id, which a client sends as `Last-Event-ID` when it connects again.
    #[must_use]
    pub fn with_id(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }

    /// Asks clients to wait that long before they connect again.
    #[must_use]
    pub const fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }
}

impl<T: Respond> Events<T> {
    /// The events that a stream gives, as an answer. An error in it breaks the answer off.
    ///
    /// ```
    /// use std::convert::Infallible;
    /// use capsmith::openapi::{Event, Events};
    ///
    /// let events = ["queued", "done"].map(|state| Ok::<_, Infallible>(Event::new(state.to_owned())));
    /// let answer: Events<String> = Events::from_stream(futures_util::stream::iter(events));
    /// # drop(answer);
    /// ```
    pub fn from_stream<S>(events: S) -> Self
    where
        S: TryStream<Ok = Event<T>> + Send + 'static,
        S::Error: Into<AnyError>,
    {
        Self::new(written(events, event))
    }
}

impl<T: Send + 'static> Respond for Events<T> {
    fn write(self, _: MediaKind) -> Result<Written, Problem> {
        Ok(rest(self.into_rest()))
    }
}

impl<T: Respond> Lines<T> {
    /// The values that a stream gives, as an answer. An error in it breaks the answer off.
    pub fn from_stream<S>(values: S) -> Self
    where
        S: TryStream<Ok = T> + Send + 'static,
        S::Error: Into<AnyError>,
    {
        Self::new(written(values, line))
    }
}

impl<T: Send + 'static> Respond for Lines<T> {
    fn write(self, _: MediaKind) -> Result<Written, Problem> {
        Ok(rest(self.into_rest()))
    }
}

/// What a stream gives, as a body.
fn written<S>(items: S, write: fn(S::Ok) -> Result<Bytes, Problem>) -> Response
where
    S: TryStream + Send + 'static,
    S::Ok: 'static,
    S::Error: Into<AnyError>,
{
    let parts = items.into_stream().map(move |item| match item {
        Ok(item) => write(item).map_err(AnyError::from),
        Err(error) => Err(error.into()),
    });
    Upload::stream(parts).into()
}

/// A body of which the beginning may have arrived already.
fn rest((arrived, body): (Bytes, reqwest::Body)) -> Written {
    let body = if arrived.is_empty() {
        body
    } else {
        let parts = BodyStream::new(body).try_filter_map(async |frame| Ok(frame.into_data().ok()));
        reqwest::Body::wrap_stream(stream::iter([Ok(arrived)]).chain(parts))
    };
    Written { body: RawBody::Upstream(body.into()), headers: http::HeaderMap::new() }
}

/// An event as text (WHATWG HTML, "Interpreting an event stream").
fn event<T: Respond>(event: Event<T>) -> Result<Bytes, Problem> {
    let Event { event, id, retry, data } = event;
    let mut text = Vec::new();
    let mut field = |name: &str, value: &[u8]| {
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(b": ");
        text.extend_from_slice(value);
        text.push(b'\n');
    };
    // A line end would begin another field.
    let one_line = |value: &str| value.replace(['\r', '\n'], " ");
    if !event.is_empty() {
        field("event", one_line(&event).as_bytes());
    }
    if !id.is_empty() {
        field("id", one_line(&id).as_bytes());
    }
    if let Some(retry) = retry {
        field("retry", retry.as_millis().to_string().as_bytes());
    }
    let data = bytes(data, MediaKind::EventStream)?;
    data.split(|byte| *byte == b'\n').for_each(|line| field("data", line.strip_suffix(b"\r").unwrap_or(line)));
    text.push(b'\n');
    Ok(text.into())
}

fn line<T: Respond>(value: T) -> Result<Bytes, Problem> {
    let mut text = bytes(value, MediaKind::Json)?.to_vec();
    text.push(b'\n');
    Ok(text.into())
}

fn bytes<T: Respond>(value: T, kind: MediaKind) -> Result<Bytes, Problem> {
    match value.write(kind)?.body {
        RawBody::Bytes(bytes) => Ok(bytes),
        RawBody::Upstream(_) => Ok(Bytes::new()),
    }
}

impl Upload {
    /// Reads what a caller has sent. The setting `max_request_body` has limited it.
    ///
    /// # Errors
    ///
    /// When it is too large or breaks off: what the caller should get instead of an answer.
    pub async fn bytes(mut self) -> Result<Bytes, Problem> {
        match self.take().body.collect().await {
            Ok(collected) => Ok(collected.to_bytes()),
            Err(error) => Err(crate::server::broken_off(&error)),
        }
    }

    /// What a caller has sent, part by part as it arrives.
    pub fn into_stream(mut self) -> impl futures_core::Stream<Item = std::io::Result<Bytes>> + Send + 'static {
        BodyStream::new(self.take().body)
            .try_filter_map(async |frame| Ok(frame.into_data().ok()))
            .map_err(std::io::Error::other)
    }

    /// The name that a caller has given the file.
    #[must_use]
    pub fn given_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The media type that a caller has given.
    #[must_use]
    pub fn given_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}
