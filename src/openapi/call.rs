use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::answer::{Answer, Answered, Outcome};
use super::client::Boxed;
use super::error::CallError;

/// A call on its way: gives `T`, which is made of the answer `A`, or the failure `F`. Dropping it abandons the request.
///
/// Only reading the answer depends on the types; what awaits it is the same for all operations.
#[must_use = "a request is sent when it is awaited"]
pub struct Calling<T, F, A = T> {
    outcome: Boxed<Outcome>,
    finish: fn(Answered<A>) -> T,
    failure: PhantomData<fn() -> F>,
}

impl<T, F, A> Calling<T, F, A> {
    pub(super) fn new(outcome: Boxed<Outcome>, finish: fn(Answered<A>) -> T) -> Self {
        Self { outcome, finish, failure: PhantomData }
    }
}

impl<T, F: Answer, A: Answer> Future for Calling<T, F, A> {
    type Output = Result<T, CallError<F>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = ready!(self.outcome.as_mut().poll(context));
        Poll::Ready(match outcome {
            Ok(outcome) => outcome.read().map(self.finish),
            Err(error) => Err(error.into()),
        })
    }
}

impl<T, F, A> fmt::Debug for Calling<T, F, A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Calling")
    }
}
