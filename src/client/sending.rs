use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::ClientError;

/// A request on its way. Dropping it abandons the request.
#[must_use = "a request is sent when it is awaited"]
pub struct Sending<T>(Pin<Box<dyn Future<Output = Result<T, ClientError>> + Send>>);

impl<T> Sending<T> {
    pub(crate) fn new(future: impl Future<Output = Result<T, ClientError>> + Send + 'static) -> Self {
        Self(Box::pin(future))
    }

    pub(crate) fn boxed(future: Pin<Box<dyn Future<Output = Result<T, ClientError>> + Send>>) -> Self {
        Self(future)
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, ClientError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sending")
    }
}
