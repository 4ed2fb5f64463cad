use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use super::ClientError;

/// The parts of a body as they arrive. The next is read when it is asked for. Dropping it closes the connection.
#[must_use = "a stream gives what it is asked for"]
pub struct Chunks {
    operation: &'static str,
    /// `None` after the end and after a failure.
    body: Option<reqwest::Body>,
    limit: Option<usize>,
    given: usize,
}

impl Chunks {
    pub(super) fn new(operation: &'static str, body: reqwest::Body, limit: Option<usize>) -> Self {
        Self { operation, body: Some(body), limit, given: 0 }
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, ClientError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let operation = self.operation;
        loop {
            let Some(body) = &mut self.body else { return Poll::Ready(None) };
            let outcome = match ready!(Pin::new(body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => data,
                    // Trailers.
                    Err(_) => continue,
                },
                Some(Err(error)) => {
                    self.body = None;
                    return Poll::Ready(Some(Err(ClientError::transport(operation, error))));
                }
                None => {
                    self.body = None;
                    return Poll::Ready(None);
                }
            };
            self.given = self.given.saturating_add(outcome.len());
            return Poll::Ready(Some(match self.limit {
                Some(limit) if self.given > limit => {
                    self.body = None;
                    Err(ClientError::TooLarge { operation, limit })
                }
                _ => Ok(outcome),
            }));
        }
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Chunks")
    }
}
