//! Accepting connections and ending them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use super::caller::Caller;
use super::limits::{Connection, Gate, HeadLimits, Patient};
use super::stopped;
use super::transport::Transport;

/// The pause after an error of the system, such as too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);
/// The most header fields that the HTTP library keeps on the stack.
const HEADERS_ON_STACK: usize = 100;

/// Serves `router` until `stop` is set, then lets requests in progress end, for at most `drain_timeout`.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    gate: Arc<Gate>,
    transport: Transport,
    mut stop: watch::Receiver<bool>,
    drain_timeout: Duration,
) {
    let builder = builder(&gate.head);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(gate.max_connections.min(Semaphore::MAX_PERMITS)));
    let mut connections = JoinSet::new();
    let mut was_full = false;
    loop {
        let is_full = places.available_permits() == 0;
        if is_full && !was_full {
            tracing::warn!(surface = gate.namespace, "as many connections are open as may be: further ones wait");
        }
        was_full = is_full;
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = stopped(&mut stop) => break,
        };
        while connections.try_join_next().is_some() {}
        let Some((stream, peer, place)) = accepted else { continue };
        let caller = Caller::new(router.clone(), Connection::new(&gate, peer.ip()));
        let (transport, builder, watcher) = (transport.clone(), builder.clone(), graceful.watcher());
        let (gate, mut stop) = (Arc::clone(&gate), stop.clone());
        connections.spawn(async move {
            // Callers who have not begun to talk have nothing that they would wait for.
            let stream = tokio::select! {
                stream = tokio::time::timeout(gate.timeouts.head, transport.accept(stream)) => stream,
                () = stopped(&mut stop) => return,
            };
            match stream {
                Ok(Ok(stream)) => {
                    let stream = TokioIo::new(Patient::new(stream, caller.connection()));
                    let service = service_fn(move |request| caller.answer(request));
                    let serving = watcher.watch(builder.serve_connection(stream, service));
                    if let Err(error) = serving.await {
                        tracing::debug!(error, "a connection broke off");
                    }
                }
                Ok(Err(error)) => tracing::debug!(%error, "a connection could not be encrypted"),
                Err(_) => tracing::debug!("a connection was not encrypted in time"),
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(drain_timeout, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests in progress were abandoned after the drain timeout");
    }
    connections.shutdown().await;
}

/// What serves connections. It reads longer heads than there may be, so that their senders can be told.
fn builder(head: &HeadLimits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    // `Patient` has a timeout for heads, of both versions.
    builder.http1().header_read_timeout(None).max_buf_size(head.read());
    if head.headers >= HEADERS_ON_STACK {
        builder.http1().max_headers(head.headers.saturating_mul(2));
    }
    let read = u32::try_from(head.read()).unwrap_or(u32::MAX);
    builder.http2().timer(TokioTimer::new()).max_header_list_size(read);
    builder
}

/// Waits for a connection, if there is a place for it. `None`: there was one that cannot be used.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // An answer in several writes would otherwise wait for the client's delayed acknowledgement, some 40 ms.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "cannot set TCP_NODELAY");
            }
            Some((stream, peer, place))
        }
        Err(error) if is_of_the_connection(&error) => None,
        Err(error) => {
            tracing::error!(%error, "cannot accept connections");
            tokio::time::sleep(ACCEPT_PAUSE).await;
            None
        }
    }
}

fn is_of_the_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
