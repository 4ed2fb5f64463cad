//! A server that is generated from an OpenAPI document (`tests/specs/backups.yaml`), called by its own client and by hand, over real
//! sockets.

mod by_client;
mod by_hand;
mod callers;
mod closed;
mod service;

/// The server and the client.
#[allow(unused, reason = "no test needs all of a client")]
mod api {
    capsmith::include_openapi!("backups.yaml");
}

use std::net::SocketAddr;

use api::backups::{Client, Config, server};
use service::Service;

/// Serves the document's operations.
async fn serve() -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = server::router(Service::default());
    tokio::spawn(async move { capsmith::axum::serve(listener, router).await });
    address
}

fn client(address: SocketAddr) -> Client {
    Client::new(&Config { base_url: format!("http://{address}").as_str().into(), ..Config::default() })
        .expect("a client")
}
