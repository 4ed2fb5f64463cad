//! From an operation's index to what answers it.

use super::accept::Accept;
use super::incoming::Incoming;
use super::refusal::Refusal;
use super::respond::Respond;
use super::success::Success;
use crate::Context;
use crate::openapi::Operate;
use crate::server::Dispatched;
use std::sync::Arc;

/// What answers operations by their index in [`Api::operations`](crate::openapi::Api::operations).
pub trait Serve: Send + Sync + 'static {
    /// Has an operation answered.
    fn serve(&self, operation: usize, incoming: Incoming, context: Context) -> Dispatched;

    /// Whether what it asks for is passed on to an upstream, and with it some of the caller's headers.
    fn forwards(&self) -> bool {
        false
    }
}

impl<T: Serve + ?Sized> Serve for Arc<T> {
    fn serve(&self, operation: usize, incoming: Incoming, context: Context) -> Dispatched {
        (**self).serve(operation, incoming, context)
    }

    fn forwards(&self) -> bool {
        (**self).forwards()
    }
}

/// A method of generated `Handlers`. The trait stands for an asynchronous function whose future may borrow the handlers.
pub trait Handler<'a, H, O: Operate> {
    /// The handler at work.
    type Answering: Future<Output = Result<Success<O::Answer>, Refusal<O::Failure>>> + Send + 'a;

    /// Calls the method.
    fn call(self, handlers: &'a H, inputs: O, context: Context) -> Self::Answering;
}

impl<'a, H, O, F, A> Handler<'a, H, O> for F
where
    H: 'a,
    O: Operate,
    F: FnOnce(&'a H, O, Context) -> A,
    A: Future<Output = Result<Success<O::Answer>, Refusal<O::Failure>>> + Send + 'a,
{
    type Answering = A;

    fn call(self, handlers: &'a H, inputs: O, context: Context) -> A {
        self(handlers, inputs, context)
    }
}

/// Reads the inputs, has a method of the handlers answer, and writes what it gives back.
pub fn handle<H, O, F>(handlers: &Arc<H>, incoming: Incoming, context: Context, method: F) -> Dispatched
where
    H: Send + Sync + 'static,
    O: Accept + Operate,
    O::Answer: Respond,
    O::Failure: Respond,
    F: for<'a> Handler<'a, H, O> + Send + 'static,
{
    let delivery = incoming.delivery();
    let inputs = match incoming.read::<O>() {
        Ok(inputs) => inputs,
        Err(problem) => return Box::pin(std::future::ready(Err(problem))),
    };
    let handlers = Arc::clone(handlers);
    Box::pin(async move { delivery.finish(method.call(&handlers, inputs, context).await) })
}
