//! The capability of `quay.yaml`, served on free ports.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/quay.yaml", name = quay);

use quay::{Client, Config, bind};

/// Free ports and an upstream in place of the yard.
pub(crate) fn config(yard: &str) -> Config {
    Config {
        yard_base_url: yard.into(),
        quay_rest_addr: ListenAddress::new("127.0.0.1", 0),
        quay_tools_addr: ListenAddress::new("127.0.0.1", 0),
        ..Config::default()
    }
}

/// The capability at work. It stops when the value is dropped.
pub(crate) struct Quay {
    /// Where its REST surface listens.
    pub(crate) rest: SocketAddr,
    task: AbortHandle,
}

impl Quay {
    /// Serves with an upstream in place of the yard.
    pub(crate) async fn open(yard: &str) -> Self {
        let config = config(yard);
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let rest = server.local_addr("quay-rest").expect("a surface that listens");
        Self { rest, task: tokio::spawn(server.run()).abort_handle() }
    }
}

impl Drop for Quay {
    fn drop(&mut self) {
        self.task.abort();
    }
}
