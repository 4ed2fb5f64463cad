//! Accepting connections and ending them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::allowed::Allowed;
use super::{request_log, stopped};

/// How long a client may take to send the headers of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);
/// The pause after an error of the system, such as too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);

/// Serves `router` until `stop` is set, then lets requests in progress end, for at most `drain_timeout`.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    allowed: Option<Arc<Allowed>>,
    namespace: &'static str,
    mut stop: watch::Receiver<bool>,
    drain_timeout: Duration,
) {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    builder.http2().timer(TokioTimer::new());
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stop) => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) => {
                let (router, allowed) = (router.clone(), allowed.clone());
                let service = service_fn(move |request| {
                    let (router, allowed) = (router.clone(), allowed.clone());
                    async move { request_log::answer(router, allowed.as_deref(), namespace, request).await }
                });
                let connection = graceful.watch(builder.serve_connection(prepare(stream), service).into_owned());
                connections.spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(error, "a connection broke off");
                    }
                });
            }
            Err(error) if is_of_the_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "cannot accept connections");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(drain_timeout, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests in progress were abandoned after the drain timeout");
    }
    connections.shutdown().await;
}

fn prepare(stream: TcpStream) -> TokioIo<TcpStream> {
    // An answer in several writes would otherwise wait for the client's delayed acknowledgement, some 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set TCP_NODELAY");
    }
    TokioIo::new(stream)
}

fn is_of_the_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
