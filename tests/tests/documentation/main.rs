//! The OpenAPI documents that servers give out, and the page that shows them: over sockets, and in a browser.

mod browser;
mod others;
mod served;

use std::net::SocketAddr;

use capsmith::axum::Router;
use capsmith::{ListenAddress, Settings};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

#[allow(unused, reason = "no test needs all of it")]
mod api {
    capsmith::include_capability!("capabilities/notices.yaml");
    capsmith::include_capability!("capabilities/shadow.yaml");
    capsmith::include_openapi!("specs/shelf.yaml");
}

/// A server. It stops when the value is dropped.
struct Running {
    address: SocketAddr,
    task: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves the capability of `notices.yaml`.
async fn notices(settings: Settings) -> Running {
    use api::notices::{Client, Config, bind};

    let config = Config { notices_rest_addr: ListenAddress::new("127.0.0.1", 0), settings, ..Config::default() };
    let client = Client::new(&config).expect("a client");
    let server = bind(config, client).await.expect("a free port");
    let address = server.local_addr("notices-rest").expect("a surface that listens");
    Running { address, task: tokio::spawn(server.run()).abort_handle() }
}

/// Serves a router as any program does.
async fn serve(router: Router) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let task = tokio::spawn(async move { capsmith::axum::serve(listener, router).await }).abort_handle();
    Running { address, task }
}
