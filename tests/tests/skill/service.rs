//! The capability of `library.yaml`, served on free ports.

use std::net::SocketAddr;
use std::path::Path;

use capsmith::{Error, ListenAddress, Server};
use tokio::task::AbortHandle;

capsmith::include_capability!("capabilities/library.yaml", lints = deny);

use library::{Client, Config};

/// The capability, listening, with the folder of skills below another root.
pub(crate) async fn listen(root: &Path) -> Result<Server, Error> {
    let free = || ListenAddress::new("127.0.0.1", 0);
    let mut config = Config {
        library_skills_addr: free(),
        library_rest_addr: free(),
        library_tools_addr: free(),
        ..Config::default()
    };
    config.settings.files_root = Some(root.to_owned());
    let client = Client::new(&config).expect("a client");
    library::bind(config, client).await
}

/// The skills at work. They stop when the value is dropped.
pub(crate) struct Skills {
    pub(crate) address: SocketAddr,
    task: AbortHandle,
}

impl Skills {
    pub(crate) async fn open(root: &Path) -> Self {
        let server = listen(root).await.expect("free ports and a folder");
        let address = server.local_addr("library-skills").expect("a surface that listens");
        Self { address, task: tokio::spawn(server.run()).abort_handle() }
    }
}

impl Drop for Skills {
    fn drop(&mut self) {
        self.task.abort();
    }
}
