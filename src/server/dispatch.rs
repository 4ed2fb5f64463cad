use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use futures_util::FutureExt as _;
use http::StatusCode;

use super::{Context, Problem, RawReply};
use crate::arguments::Arguments;
use crate::client::Client;

/// Handlers by the index of their operation. Implemented by generated code.
pub trait Dispatch: Send + Sync + 'static {
    /// The client that holds the values of bind variables; without one, none has a value.
    fn client(&self) -> Option<&Client> {
        None
    }

    /// Has the handler of an operation of [`Capability::operations`](crate::Capability::operations) answer.
    fn dispatch(&self, operation: usize, arguments: Arguments, context: Context) -> Dispatched;
}

/// A handler at work.
pub type Dispatched = Pin<Box<dyn Future<Output = Result<RawReply, Problem>> + Send>>;

/// The answer of a dispatcher for an index that its tables do not have.
#[must_use]
pub fn no_such_operation() -> Dispatched {
    Box::pin(std::future::ready(Err(Problem::new(StatusCode::NOT_IMPLEMENTED))))
}

/// Calls a handler. One that panics gives a problem and not a broken connection, which may carry other requests.
pub(crate) async fn invoke(
    dispatch: &dyn Dispatch,
    operation: usize,
    arguments: Arguments,
    context: Context,
) -> Result<RawReply, Problem> {
    guarded(operation, || dispatch.dispatch(operation, arguments, context)).await
}

/// Awaits what `call` begins. A panic in either is a problem.
pub(crate) async fn guarded<O: std::fmt::Debug>(
    operation: O,
    call: impl FnOnce() -> Dispatched,
) -> Result<RawReply, Problem> {
    let outcome = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(handler) => AssertUnwindSafe(handler).catch_unwind().await,
        Err(panic) => Err(panic),
    };
    outcome.unwrap_or_else(|_| {
        tracing::error!(?operation, "a handler panicked");
        Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR))
    })
}
