//! The runtime as generated code uses it, over real sockets.

mod authentication;
mod client;
mod http1;
mod mcp;
pub(crate) mod recorder;
mod rest;
mod server;
pub(crate) mod shop;

use std::sync::Arc;

use recorder::Recorder;
use shop::{Config, Handlers};

use crate::{BaseUrl, ListenAddress, Server};

/// The secret that must show nowhere but upstream.
const TOKEN: &str = "s3cret-t0ken";

/// Settings for a capability whose upstream is `recorder`.
fn config(recorder: &Recorder) -> Config {
    Config {
        api_base_url: BaseUrl::new(recorder.url("/base")),
        shop_rest_addr: ListenAddress::new("127.0.0.1", 0),
        shop_mcp_addr: ListenAddress::new("127.0.0.1", 0),
        token: Some(TOKEN.into()),
        ..Config::default()
    }
}

/// A client of `recorder`.
pub(crate) fn client(recorder: &Recorder) -> shop::Client {
    shop::Client::new(&config(recorder)).unwrap()
}

/// A port that nobody else gets while the value lives, and where nobody listens.
fn taken_port() -> tokio::net::TcpSocket {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(std::net::SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    socket
}

/// A server that runs until the test ends.
struct Running {
    rest: std::net::SocketAddr,
    mcp: std::net::SocketAddr,
    _task: tokio::task::JoinHandle<()>,
    _config: Arc<Config>,
}

async fn serve(config: Config) -> Running {
    let client = shop::Client::new(&config).unwrap();
    serve_with(config, client).await
}

async fn serve_with(config: Config, handlers: impl Handlers) -> Running {
    let server: Server = shop::bind(config.clone(), handlers).await.unwrap();
    let (rest, mcp) = (server.local_addr("shop-rest").unwrap(), server.local_addr("shop-mcp").unwrap());
    let task = tokio::spawn(async move { server.run_until(std::future::pending()).await.unwrap() });
    Running { rest, mcp, _task: task, _config: Arc::new(config) }
}
