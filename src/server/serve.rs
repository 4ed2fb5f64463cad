//! Serving one router, as capabilities are served.

use axum::Router;
use http::StatusCode;

use super::bind::{Exposed, listen};
use super::health::{self, Probes};
use super::limits::Gate;
use super::{Problem, Server};
use crate::openapi::Api;
use crate::{Error, ListenAddress, Settings};

impl Server {
    /// Listens for a router at an address.
    pub(crate) async fn of_router(
        surface: Exposed,
        address: &ListenAddress,
        router: Router,
        settings: &Settings,
    ) -> Result<Self, Error> {
        let mut server = Self::new(settings);
        let router = health::add_routes(router, surface.probes, &server.draining);
        let router =
            router.fallback(async || Problem::new(StatusCode::NOT_FOUND).with_detail("There is nothing at this path."));
        server.listening.push(listen(surface, address, router, Gate::new(surface, settings), settings).await?);
        Ok(server)
    }
}

/// Serves the operations of an API at an address until SIGTERM or ctrl-c, then lets requests in progress end.
///
/// # Errors
///
/// When the address cannot be listened on, and when the signals cannot be received.
pub async fn serve_router(
    api: &'static Api,
    address: impl Into<ListenAddress>,
    router: Router,
    settings: &Settings,
) -> Result<(), Error> {
    let probes =
        Probes::beside(|path| api.operations.iter().any(|operation| operation.is_served && operation.path == path));
    let surface = Exposed { namespace: api.name, path: "", variable: None, probes, is_guarded: true, is_told: true };
    Server::of_router(surface, &address.into(), router, settings).await?.run().await
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;

    fn surface() -> Exposed {
        let probes = Probes::beside(|path| path == "/health/live");
        Exposed { namespace: "probe", path: "", variable: None, probes, is_guarded: true, is_told: true }
    }

    async fn status(address: std::net::SocketAddr, target: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_router_is_served_as_capabilities_are() {
        let router = Router::new().route("/items", get(|| async {})).route("/health/live", get(|| async { "mine" }));
        let address = ListenAddress::new("127.0.0.1", 0);
        let server = Server::of_router(surface(), &address, router, &Settings::default()).await.unwrap();
        let address = server.local_addr("probe").unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run_until(async { stopped.await.unwrap() }));
        for (target, host, expected) in [
            ("/items", "localhost", "200"),
            ("/items", "evil.example", "403"),
            ("/health/live", "localhost", "200"),
            ("/health/live", "evil.example", "403"),
            ("/health/ready", "localhost", "200"),
            ("/health/ready", "evil.example", "200"),
            ("/other", "localhost", "404"),
        ] {
            assert_eq!(status(address, target, host).await, expected, "{target} {host}");
        }
        stop.send(()).unwrap();
        running.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn other_machines_are_kept_out() {
        let address = ListenAddress::new("0.0.0.0", 0);
        let error = Server::of_router(surface(), &address, Router::new(), &Settings::default()).await;
        let message = error.unwrap_err().to_string();
        assert!(message.contains("listen on 127.0.0.1, or put authentication in front"), "{message}");
    }
}
