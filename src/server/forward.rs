use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use super::{Context, Problem, Reply};
use crate::client::{Client, arguments};
use crate::{OperationInputs, Response, Sending};

/// What a default handler does: sends the operation to the upstream and gives back the answer unread.
#[must_use = "a request is sent when it is awaited"]
pub struct Forward<T> {
    sending: Sending<Response>,
    answer: PhantomData<fn() -> T>,
}

impl Client {
    /// Sends a request with what `context` passes on, and gives back the answer unread, whatever its status.
    pub fn forward<O: OperationInputs>(&self, inputs: O, context: Context) -> Forward<O::Answer> {
        let sending = self.send_arguments(O::OPERATION, arguments(inputs), context.into_options());
        Forward { sending, answer: PhantomData }
    }
}

impl<T> Future for Forward<T> {
    type Output = Result<Reply<T>, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.sending).poll(context).map(|outcome| Ok(outcome?.into()))
    }
}

impl<T> fmt::Debug for Forward<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Forward")
    }
}
