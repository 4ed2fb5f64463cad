//! The capability of `quay.yaml`, served on free ports.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use capsmith_tests::TOKEN;
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/quay.yaml", name = quay);

use quay::{Client, Config, bind};

/// Free ports and an upstream in place of the yard.
pub(crate) fn config(yard: &str) -> Config {
    Config {
        yard_base_url: yard.into(),
        gate_base_url: format!("{yard}/base").as_str().into(),
        gate_key: Some(TOKEN.into()),
        quay_rest_addr: ListenAddress::new("127.0.0.1", 0),
        quay_tools_addr: ListenAddress::new("127.0.0.1", 0),
        ..Config::default()
    }
}

/// The capability at work. It stops when the value is dropped.
pub(crate) struct Quay {
    /// Where its REST surface listens.
    pub(crate) rest: SocketAddr,
    /// Where its MCP surface listens.
    pub(crate) mcp: SocketAddr,
    task: AbortHandle,
}

impl Quay {
    /// Serves with an upstream in place of the yard.
    pub(crate) async fn open(yard: &str) -> Self {
        Self::open_with(config(yard)).await
    }

    /// Serves with this configuration.
    pub(crate) async fn open_with(config: Config) -> Self {
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (rest, mcp) = (address("quay-rest"), address("quay-tools"));
        Self { rest, mcp, task: tokio::spawn(server.run()).abort_handle() }
    }
}

impl Drop for Quay {
    fn drop(&mut self) {
        self.task.abort();
    }
}
