//! The capability of `port.yaml`, served on free ports.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/port.yaml", name = harbour);

use harbour::{Client, Config, bind};

/// The capability at work. It stops when the value is dropped.
pub(crate) struct Harbour {
    /// Where its REST surface listens.
    pub(crate) rest: SocketAddr,
    /// Where its MCP surface listens.
    pub(crate) mcp: SocketAddr,
    task: AbortHandle,
}

impl Harbour {
    /// Serves with an upstream in place of the registry.
    pub(crate) async fn open(registry: &str) -> Self {
        let config = Config {
            registry_base_url: registry.into(),
            harbour_rest_addr: ListenAddress::new("127.0.0.1", 0),
            harbour_tools_addr: ListenAddress::new("127.0.0.1", 0),
            ..Config::default()
        };
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (rest, mcp) = (address("harbour-rest"), address("harbour-tools"));
        Self { rest, mcp, task: tokio::spawn(server.run()).abort_handle() }
    }
}

impl Drop for Harbour {
    fn drop(&mut self) {
        self.task.abort();
    }
}
