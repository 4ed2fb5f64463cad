use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;

use futures_util::FutureExt as _;
use http::StatusCode;
use serde_json::Value;

use super::{Context, Problem, RawReply};
use crate::arguments::{ArgumentError, Arguments};
use crate::client::Client;
#[cfg(all(feature = "control", feature = "mcp"))]
use crate::control::ToolMeter;

/// Handlers by the index of their operation. Implemented by generated code.
pub trait Dispatch: Send + Sync + 'static {
    /// The client of the handlers, which holds the values of bind variables and hands on what no handler answers. `None`:
    /// there is none.
    fn client(&self) -> Option<&Client> {
        None
    }

    /// Has the handler of an operation of [`Capability::operations`](crate::Capability::operations) answer.
    fn dispatch(&self, operation: usize, arguments: Arguments, context: Context) -> Dispatched;

    /// Has the method that stands in the place of a script do its work.
    ///
    /// # Errors
    ///
    /// Where an input of the method has no value, or one of another type.
    fn script(&self, script: usize, arguments: Arguments, context: Context) -> Result<Scripted, ArgumentError> {
        let _ = (script, arguments, context);
        Ok(no_such_script())
    }

    /// The messages of a prompt.
    #[cfg(feature = "mcp")]
    fn mcp_prompt(&self, prompt: crate::mcp::Prompt, context: Context) -> Prompted {
        let _ = context;
        Box::pin(std::future::ready(Ok(prompt.messages)))
    }

    /// What the beginning of an argument may be continued to.
    #[cfg(feature = "mcp")]
    fn mcp_completion(&self, completion: crate::mcp::Completion, context: Context) -> Completed {
        let _ = (completion, context);
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    /// What tells when resources change, where the program knows it.
    #[cfg(feature = "mcp")]
    fn mcp_updates(&self) -> Option<crate::mcp::Updates> {
        None
    }

    /// What counts the calls of the tools of a surface, where a control surface asks for it.
    #[cfg(all(feature = "control", feature = "mcp"))]
    fn tool_meter(&self, surface: usize) -> Option<ToolMeter> {
        let _ = surface;
        None
    }
}

/// A handler at work.
pub type Dispatched = Pin<Box<dyn Future<Output = Result<RawReply, Problem>> + Send>>;

/// The method of a script at work.
pub type Scripted = Pin<Box<dyn Future<Output = Result<Value, Problem>> + Send>>;

/// A prompt at work.
#[cfg(feature = "mcp")]
pub type Prompted = Pin<Box<dyn Future<Output = Result<Vec<crate::mcp::PromptMessage>, Problem>> + Send>>;

/// A completion at work.
#[cfg(feature = "mcp")]
pub type Completed = Pin<Box<dyn Future<Output = Result<Vec<String>, Problem>> + Send>>;

/// What a dispatcher has for a script that its tables do not have.
#[must_use]
pub fn no_such_script() -> Scripted {
    Box::pin(std::future::ready(Err(Problem::new(StatusCode::NOT_IMPLEMENTED))))
}

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
pub(crate) async fn guarded<O: std::fmt::Debug, T>(
    operation: O,
    call: impl FnOnce() -> Pin<Box<dyn Future<Output = Result<T, Problem>> + Send>>,
) -> Result<T, Problem> {
    let outcome = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(handler) => AssertUnwindSafe(handler).catch_unwind().await,
        Err(panic) => Err(panic),
    };
    outcome.unwrap_or_else(|_| {
        tracing::error!(?operation, "a handler panicked");
        Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR))
    })
}
