//! The capability of `engine.yaml`, served on free ports.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use capsmith_tests::upstream::Upstream;
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/engine.yaml");

use engine::{Client, Config, bind};

/// The capability at work, and its upstream. It stops when the value is dropped.
pub(crate) struct Coast {
    pub(crate) upstream: Upstream,
    pub(crate) rest: SocketAddr,
    pub(crate) tools: SocketAddr,
    task: AbortHandle,
}

impl Coast {
    pub(crate) async fn open() -> Self {
        let upstream = Upstream::start().await;
        let config = Config {
            coast_base_url: upstream.base_url().as_str().into(),
            pilots_base_url: upstream.base_url().as_str().into(),
            coast_rest_addr: ListenAddress::new("127.0.0.1", 0),
            coast_tools_addr: ListenAddress::new("127.0.0.1", 0),
            engine_test_harbour: Some("Bergen".into()),
            ..Config::default()
        };
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (rest, tools) = (address("coast-rest"), address("coast-tools"));
        Self { upstream, rest, tools, task: tokio::spawn(server.run()).abort_handle() }
    }
}

impl Drop for Coast {
    fn drop(&mut self) {
        self.task.abort();
    }
}
