//! A JSON value a line, as a stream.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

#[cfg(feature = "__server")]
use bytes::Bytes;
use futures_core::Stream;

use super::answer::{Answer, Content, Received};
use super::description::MediaKind;
use super::events::Feed;
use crate::{ClientError, Response};

/// The values of an answer that has one a line. Dropping it closes the connection.
///
/// The next line is read when it is asked for. Of the timeouts only `read_timeout` applies, and of the limits
/// `max_response_body` to each line. Empty lines are passed over.
#[must_use = "a stream gives what it is asked for"]
pub struct Lines<T> {
    feed: Feed,
    item: PhantomData<fn() -> T>,
}

impl<T> Lines<T> {
    pub(super) fn new(response: Response) -> Self {
        Self { feed: Feed::new(response), item: PhantomData }
    }

    /// What is left of the body.
    #[cfg(feature = "__server")]
    pub(super) fn into_rest(self) -> (Bytes, reqwest::Body) {
        self.feed.into_rest()
    }
}

impl<T: Answer> Lines<T> {
    /// The next value, `None` at the end.
    ///
    /// # Errors
    ///
    /// When the exchange breaks off, a line is too long or does not fit. Only the last leaves anything to come.
    pub async fn next(&mut self) -> Option<Result<T, ClientError>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ClientError>>> {
        loop {
            return Poll::Ready(match ready!(self.feed.poll_line(context)) {
                Some(Ok(line)) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Some(Ok(line)) => Some(self.feed.received(MediaKind::Json, line).read()),
                Some(Err(error)) => Some(Err(error)),
                None => None,
            });
        }
    }
}

impl<T: Answer> Stream for Lines<T> {
    type Item = Result<T, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<T> Answer for Lines<T> {
    fn read(_: usize, received: Received) -> Result<Self, ClientError> {
        match received.content {
            Content::Unread(response) => Ok(Self::new(*response)),
            Content::Bytes(_) => {
                Err(ClientError::UnexpectedContent { operation: received.operation, status: received.status })
            }
        }
    }
}

impl<T> fmt::Debug for Lines<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Lines")
    }
}
