use std::sync::Arc;

use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio;
use tokio::io::{AsyncRead, AsyncWrite};
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
    let handler = Handler::of_capability(capability, exposes, dispatch, settings).ok_or_else(no_such_surface)?;
    serve_handler(handler).await
}

/// Serves a handler on standard input and output until the input ends.
pub(crate) async fn serve_handler(handler: Handler) -> Result<(), Error> {
    let (_run, stop) = watch::channel(false);
    Ok(serve_until(handler, stdio(), stop).await?)
}

/// Serves on standard input and output until the input ends or `stop` is set.
pub(crate) async fn serve_stdio_until(handler: Handler, stop: watch::Receiver<bool>) -> Result<(), ServerError> {
    serve_until(handler, stdio(), stop).await
}

async fn serve_until<R, W>(
    handler: Handler,
    (input, output): (R, W),
    mut stop: watch::Receiver<bool>,
) -> Result<(), ServerError>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let namespace = handler.namespace();
    let starting = handler.with_session().serve((input, output));
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

#[cfg(all(test, feature = "rest"))]
mod tests {
    use serde_json::{Value, json};
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, duplex, split};

    use super::*;
    use crate::tests::recorder::Recorder;
    use crate::tests::{client, shop};

    #[tokio::test]
    async fn messages_are_lines_and_the_end_of_the_input_is_the_end() {
        let recorder = Recorder::json(200, r#"{"id":7}"#).await;
        let client = client(&recorder);
        let settings = Settings::default();
        let handler = Handler::of_capability(&shop::CAPABILITY, 1, shop::dispatcher(client), &settings).unwrap();
        let (near, far) = duplex(64 * 1024);
        let (_run, stop) = watch::channel(false);
        let serving = tokio::spawn(serve_until(handler, split(far), stop));
        let (reader, mut writer) = split(near);
        let mut lines = BufReader::new(reader).lines();
        let initialize =
            json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}});
        let call = json!({"name": "get-item", "arguments": {"shop": "a", "item": "7"}});
        for message in [
            json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": initialize}),
            json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
            json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": call}),
        ] {
            writer.write_all(format!("{message}\n").as_bytes()).await.unwrap();
        }
        let mut answers = Vec::new();
        for _ in 0..2 {
            let line = lines.next_line().await.unwrap().unwrap();
            answers.push(serde_json::from_str::<Value>(&line).unwrap());
        }
        assert_eq!(answers[0]["result"]["serverInfo"]["name"], "shop");
        assert_eq!(answers[1]["result"]["structuredContent"], json!({"id": 7}));
        writer.shutdown().await.unwrap();
        serving.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn an_input_that_ends_at_once_is_no_error() {
        let recorder = Recorder::json(200, "{}").await;
        let dispatch = shop::dispatcher(client(&recorder));
        let handler = Handler::of_capability(&shop::CAPABILITY, 1, dispatch, &Settings::default()).unwrap();
        let (_run, stop) = watch::channel(false);
        serve_until(handler, (tokio::io::empty(), tokio::io::sink()), stop).await.unwrap();
    }
}
