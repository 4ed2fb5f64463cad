//! The capability of `library.yaml`, served on free ports in front of an upstream of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use capsmith::axum::Router;
use capsmith::axum::routing::get;
use capsmith::http::StatusCode;
use capsmith::{ListenAddress, Result};
use capsmith_tests::child::PATIENCE;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

capsmith::include_capability!("capabilities/library.yaml", lints = deny);

use library::{Client, Config};

/// The capability at work.
pub(crate) struct Library {
    pub(crate) control: SocketAddr,
    pub(crate) rest: SocketAddr,
    pub(crate) mcp: SocketAddr,
    /// What an upstream that holds its answers waits for.
    pub(crate) released: Arc<Notify>,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<()>>,
    _folder: TempDir,
}

impl Library {
    /// Serves with an upstream that answers with a status.
    pub(crate) async fn open(status: StatusCode) -> Self {
        Self::in_front_of(status, false).await
    }

    /// Serves with an upstream whose answers have to be released, one by one.
    pub(crate) async fn held() -> Self {
        Self::in_front_of(StatusCode::OK, true).await
    }

    async fn in_front_of(status: StatusCode, is_held: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("opt/skills/lending")).expect("a folder");
        let released = Arc::new(Notify::new());
        let awaited = Arc::clone(&released);
        let answer = async move || {
            if is_held {
                awaited.notified().await;
            }
            (status, "[]")
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let upstream = listener.local_addr().expect("an address");
        let router = Router::new().route("/books", get(answer));
        tokio::spawn(async move { capsmith::axum::serve(listener, router).await });

        let free = || ListenAddress::new("127.0.0.1", 0);
        let mut config = Config {
            catalogue_base_url: format!("http://{upstream}").as_str().into(),
            library_skills_addr: free(),
            library_rest_addr: free(),
            library_tools_addr: free(),
            control_addr: free(),
            ..Config::default()
        };
        config.settings.drain_timeout = PATIENCE;
        config.settings.files_root = Some(folder.path().to_owned());
        let client = Client::new(&config).expect("a client");
        let server = library::bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (control, rest, mcp) = (address("control"), address("library-rest"), address("library-tools"));
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run_until(async { stopped.await.unwrap_or_default() }));
        Self { control, rest, mcp, released, stop, running, _folder: folder }
    }

    /// Tells the server to stop; the value that it gives back is ready when it has.
    pub(crate) fn stop(self) -> JoinHandle<Result<()>> {
        self.stop.send(()).expect("a server that runs");
        self.running
    }
}
