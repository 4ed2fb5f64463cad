use std::sync::Arc;

use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio;
use tokio::sync::watch;

use super::Handler;
use crate::description::Capability;
use crate::server::{Dispatch, ServerError, stopped};
use crate::{Error, Settings};

/// Serves an MCP surface on standard input and output until the input ends. Nothing but MCP is written to the output.
///
/// # Errors
///
/// When the client does not begin as the protocol demands.
pub async fn serve_stdio(
    capability: &'static Capability,
    exposes: usize,
    dispatch: Arc<dyn Dispatch>,
    settings: &Settings,
) -> Result<(), Error> {
    let no_such_surface = || ServerError::NoSuchSurface { capability: capability.name };
    let handler = Handler::new(capability, exposes, dispatch, settings).ok_or_else(no_such_surface)?;
    let (_run, stop) = watch::channel(false);
    Ok(serve_stdio_until(handler, stop).await?)
}

/// Serves until the input ends or `stop` is set.
pub(crate) async fn serve_stdio_until(handler: Handler, mut stop: watch::Receiver<bool>) -> Result<(), ServerError> {
    let namespace = handler.namespace();
    let starting = handler.serve(stdio());
    let running = tokio::select! {
        running = starting => match running {
            Ok(running) => running,
            // The client went away before it said anything.
            Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => return Ok(()),
            Err(error) => return Err(ServerError::Stdio { namespace, reason: error.to_string() }),
        },
        () = stopped(&mut stop) => return Ok(()),
    };
    let cancel = running.cancellation_token();
    let mut waiting = std::pin::pin!(running.waiting());
    tokio::select! {
        _ = &mut waiting => {}
        () = stopped(&mut stop) => {
            cancel.cancel();
            // How it ended does not matter any more.
            let _ = waiting.await;
        }
    }
    Ok(())
}
