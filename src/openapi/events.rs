//! Server-sent events (WHATWG HTML, "Server-sent events"), as a stream.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf as _, Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use http_body::Body as _;

use super::answer::{Answer, Content, Received};
use super::description::MediaKind;
use crate::{ClientError, Response};

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The event's type, `message` where the server names none.
    pub event: String,
    /// The last id that the server gave, empty before the first.
    pub id: String,
    /// How long the server asks to wait before connecting again, if it does in this event.
    pub retry: Option<Duration>,
    /// What happened.
    pub data: T,
}

/// The events of an answer. Dropping it closes the connection.
///
/// The next event is read when it is asked for, so a program that is slow to ask slows its server down. Of the timeouts
/// only `read_timeout` applies, and comments that a server sends to show that it is alive count; the length of the whole
/// has no limit. Where the data are JSON, `[DONE]` ends the stream, as many services have it.
///
/// A connection that ends or breaks off is not made again, since only the program knows whether it may be: what was
/// missed meanwhile, and whether the request may be repeated. To go on, send the request again with the header
/// `Last-Event-ID` set to [`last_id`](Self::last_id), after [`retry`](Self::retry) or a pause that grows.
#[must_use = "a stream gives what it is asked for"]
pub struct Events<T> {
    feed: Feed,
    id: String,
    retry: Option<Duration>,
    done: bool,
    data: PhantomData<fn() -> T>,
}

/// An event before its data have a type.
#[derive(Default)]
struct RawEvent {
    event: String,
    retry: Option<Duration>,
    data: Option<Vec<u8>>,
}

impl<T> Events<T> {
    pub(super) fn new(response: Response) -> Self {
        Self { feed: Feed::new(response), id: String::new(), retry: None, done: false, data: PhantomData }
    }

    /// What is left of the body.
    #[cfg(feature = "__server")]
    pub(super) fn into_rest(self) -> (Bytes, reqwest::Body) {
        self.feed.into_rest()
    }

    /// The last id that the server gave, empty before the first.
    #[must_use]
    pub fn last_id(&self) -> &str {
        &self.id
    }

    /// How long the server last asked to wait before connecting again, if it did.
    #[must_use]
    pub const fn retry(&self) -> Option<Duration> {
        self.retry
    }
}

impl<T: Answer> Events<T> {
    /// The next event, `None` at the end.
    ///
    /// # Errors
    ///
    /// When the exchange breaks off, an event is too long or its data do not fit. Only the last leaves anything to come.
    pub async fn next(&mut self) -> Option<Result<Event<T>, ClientError>> {
        std::future::poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, ClientError>>> {
        if self.done {
            return Poll::Ready(None);
        }
        let raw = match ready!(self.feed.poll_event(context, &mut self.id)) {
            Some(Ok(raw)) => raw,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        self.retry = raw.retry.or(self.retry);
        let data = raw.data.unwrap_or_default();
        let is_end = data == b"[DONE]";
        let event = if raw.event.is_empty() { "message".to_owned() } else { raw.event };
        match self.feed.received(MediaKind::EventStream, data.into()).read() {
            Ok(data) => Poll::Ready(Some(Ok(Event { event, id: self.id.clone(), retry: raw.retry, data }))),
            Err(_) if is_end => {
                self.done = true;
                Poll::Ready(None)
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}

impl<T: Answer> Stream for Events<T> {
    type Item = Result<Event<T>, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T> Answer for Events<T> {
    fn read(_: usize, received: Received) -> Result<Self, ClientError> {
        match received.content {
            Content::Unread(response) => Ok(Self::new(*response)),
            Content::Bytes(_) => {
                Err(ClientError::UnexpectedContent { operation: received.operation, status: received.status })
            }
        }
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Events")
    }
}

/// The lines of a body as they arrive.
pub(super) struct Feed {
    operation: &'static str,
    status: StatusCode,
    limit: usize,
    /// `None` after the end and after a failure.
    body: Option<reqwest::Body>,
    buffer: BytesMut,
    /// How much of the buffer holds no end of a line.
    searched: usize,
    /// The event whose lines are arriving.
    partial: RawEvent,
    /// The last line ended with CR, and LF may belong to it.
    after_return: bool,
    at_start: bool,
}

impl Feed {
    pub(super) fn new(response: Response) -> Self {
        Self {
            operation: response.operation(),
            status: response.status(),
            limit: response.limit(),
            body: Some(http::Response::from(response).into_body()),
            buffer: BytesMut::new(),
            searched: 0,
            partial: RawEvent::default(),
            after_return: false,
            at_start: true,
        }
    }

    /// What has arrived and was not looked at, and the body behind it.
    #[cfg(feature = "__server")]
    pub(super) fn into_rest(self) -> (Bytes, reqwest::Body) {
        (self.buffer.freeze(), self.body.unwrap_or_default())
    }

    /// A part of the body as an answer.
    pub(super) fn received(&self, kind: MediaKind, body: Bytes) -> Received {
        let (operation, status) = (self.operation, self.status);
        Received { operation, status, headers: HeaderMap::new(), kind, content: Content::Bytes(body) }
    }

    /// The next line without its end, `None` after the last. Lines end with LF, CR LF or CR.
    pub(super) fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, ClientError>>> {
        loop {
            if self.after_return && !self.buffer.is_empty() {
                self.after_return = false;
                if self.buffer.first() == Some(&b'\n') {
                    self.buffer.advance(1);
                }
            }
            let rest = self.buffer.get(self.searched..).unwrap_or_default();
            if let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
                if self.searched + end > self.limit {
                    return Poll::Ready(Some(Err(self.too_large())));
                }
                let line = self.buffer.split_to(self.searched + end).freeze();
                self.after_return = self.buffer.first() == Some(&b'\r');
                self.buffer.advance(1);
                self.searched = 0;
                return Poll::Ready(Some(Ok(line)));
            }
            self.searched = self.buffer.len();
            if self.searched > self.limit {
                return Poll::Ready(Some(Err(self.too_large())));
            }
            match ready!(self.poll_chunk(context)) {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => {
                    self.searched = 0;
                    let line = self.buffer.split().freeze();
                    return Poll::Ready(Some(line).filter(|line| !line.is_empty()).map(Ok));
                }
            }
        }
    }

    /// Ends the stream.
    fn too_large(&mut self) -> ClientError {
        self.body = None;
        self.buffer.clear();
        self.searched = 0;
        ClientError::TooLarge { operation: self.operation, limit: self.limit }
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, ClientError>>> {
        loop {
            let Some(body) = &mut self.body else { return Poll::Ready(None) };
            match ready!(Pin::new(body).poll_frame(context)) {
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
                Some(Err(error)) => {
                    self.body = None;
                    self.buffer.clear();
                    return Poll::Ready(Some(Err(ClientError::transport(self.operation, error))));
                }
                None => self.body = None,
            }
        }
    }

    /// The next event. One that is not complete when the body ends is dropped, as the standard has it.
    fn poll_event(
        &mut self,
        context: &mut Context<'_>,
        id: &mut String,
    ) -> Poll<Option<Result<RawEvent, ClientError>>> {
        loop {
            let line = match ready!(self.poll_line(context)) {
                Some(Ok(line)) => line,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            let mut line: &[u8] = &line;
            if std::mem::take(&mut self.at_start) {
                line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            }
            if line.is_empty() {
                let event = std::mem::take(&mut self.partial);
                if event.data.is_some() {
                    return Poll::Ready(Some(Ok(event)));
                }
                continue;
            }
            self.field(line, id);
            if self.partial.data.as_ref().is_some_and(|data| data.len() > self.limit) {
                return Poll::Ready(Some(Err(self.too_large())));
            }
        }
    }

    fn field(&mut self, line: &[u8], id: &mut String) {
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (&line[..colon], line[colon + 1..].strip_prefix(b" ").unwrap_or(&line[colon + 1..])),
            None => (line, &b""[..]),
        };
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"data" => match &mut self.partial.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                data => *data = Some(value.to_vec()),
            },
            b"event" => self.partial.event = text(),
            b"id" if !value.contains(&0) => *id = text(),
            b"retry" => self.partial.retry = text().parse().ok().map(Duration::from_millis),
            _ => {}
        }
    }
}
