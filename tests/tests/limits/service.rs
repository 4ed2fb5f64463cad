//! The capability of `library.yaml`, which has a surface of every kind, served on free ports.

use std::net::SocketAddr;

use capsmith::{ListenAddress, Settings};
use capsmith_tests::child::PATIENCE;
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio::time::timeout;

capsmith::include_capability!("capabilities/library.yaml", name = library);

use library::{Client, Config, bind};

/// Free ports and an upstream in place of the catalogue.
pub(crate) fn config(upstream: &str) -> Config {
    let free = || ListenAddress::new("127.0.0.1", 0);
    Config {
        catalogue_base_url: upstream.into(),
        library_skills_addr: free(),
        library_rest_addr: free(),
        library_tools_addr: free(),
        control_addr: free(),
        ..Config::default()
    }
}

/// The capability at work. It stops when the value is dropped.
pub(crate) struct Library {
    pub(crate) control: SocketAddr,
    pub(crate) skills: SocketAddr,
    pub(crate) rest: SocketAddr,
    pub(crate) mcp: SocketAddr,
    task: AbortHandle,
    _folder: TempDir,
}

impl Library {
    /// Serves in front of an upstream, with these settings.
    pub(crate) async fn open(upstream: &str, settings: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("opt/skills/lending")).expect("a folder");
        let mut config = config(upstream);
        config.settings.files_root = Some(folder.path().to_owned());
        settings(&mut config.settings);
        let client = Client::new(&config).expect("a client");
        let server = bind(config, client).await.expect("free ports");
        let address = |namespace| server.local_addr(namespace).expect("a surface that listens");
        let (control, skills) = (address("control"), address("library-skills"));
        let (rest, mcp) = (address("library-rest"), address("library-tools"));
        Self { control, skills, rest, mcp, task: tokio::spawn(server.run()).abort_handle(), _folder: folder }
    }

    /// The surfaces, each with a path that it has.
    pub(crate) fn surfaces(&self) -> [(SocketAddr, &'static str); 4] {
        [(self.control, "/status"), (self.skills, "/skills"), (self.rest, "/books"), (self.mcp, "/mcp")]
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Sends text over a connection of its own, and gives back what comes until the server ends it.
pub(crate) async fn raw(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a server that listens");
    stream.write_all(text.as_bytes()).await.expect("a connection");
    rest_of(&mut stream).await
}

/// What comes until the server ends a connection.
pub(crate) async fn rest_of(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("an end in time").expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status and the problem of an answer as text.
pub(crate) fn problem(answer: &str) -> (u16, Value) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("a head: {answer}"));
    assert!(head.to_ascii_lowercase().contains("content-type: application/problem+json"), "{answer}");
    let problem: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{answer}: {error}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    assert_eq!(problem["status"], status, "{answer}");
    (status, problem)
}
