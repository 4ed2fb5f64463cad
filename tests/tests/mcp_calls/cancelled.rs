//! A client that does not wait any more: what it asked of the upstream ends too.

use std::net::SocketAddr;
use std::process::Stdio;

use capsmith::ListenAddress;
use capsmith_generated::harbour::{Client, Config, bind};
use capsmith_tests::child::PATIENCE;
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::{http1, mcp::request};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{ChildStdin, Command};
use tokio::time::timeout;

/// An upstream that never answers.
struct Silent(TcpListener);

impl Silent {
    async fn open() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.expect("a free port"))
    }

    fn base_url(&self) -> String {
        format!("http://{}", self.0.local_addr().expect("an address"))
    }

    /// The connection by which it is asked.
    async fn asked(&self) -> TcpStream {
        let (mut connection, _) =
            timeout(PATIENCE, self.0.accept()).await.expect("a request in time").expect("a connection");
        let read = connection.read(&mut vec![0; 16 * 1024]).await.expect("a request");
        assert!(read > 0, "a request and not the end");
        connection
    }
}

/// Waits until the other end closes a connection.
async fn closed(mut connection: TcpStream) {
    let read = timeout(PATIENCE, connection.read(&mut [0; 1024])).await.expect("the end in time");
    assert_eq!(read.unwrap_or(0), 0, "nothing else than the end");
}

async fn harbour(upstream: &Silent) -> SocketAddr {
    let config = Config {
        register_base_url: upstream.base_url().as_str().into(),
        berths_base_url: upstream.base_url().as_str().into(),
        harbour_rest_addr: ListenAddress::new("127.0.0.1", 0),
        harbour_mcp_addr: ListenAddress::new("127.0.0.1", 0),
        register_token: Some("token".into()),
        register_version: Some("1".into()),
        berth_key: Some("key".into()),
        ..Config::default()
    };
    let client = Client::new(&config).expect("a client");
    let server = bind(config, client).await.expect("free ports");
    let address = server.local_addr("harbour-mcp").expect("a surface that listens");
    tokio::spawn(server.run());
    address
}

fn get_ship() -> Value {
    json!({ "name": "get-ship", "arguments": { "imo": "7" } })
}

#[tokio::test]
async fn a_connection_that_is_closed_ends_the_request_to_the_upstream() {
    let upstream = Silent::open().await;
    let address = harbour(&upstream).await;
    for (era, method, params) in [
        (Era::Initialize, "tools/call", get_ship()),
        (Era::Stateless, "tools/call", get_ship()),
        (Era::Initialize, "resources/read", json!({ "uri": "harbour://ships/7" })),
        (Era::Stateless, "resources/read", json!({ "uri": "harbour://ships/7" })),
    ] {
        let client = tokio::spawn(http1::send(address, request(era, method, params)));
        let connection = upstream.asked().await;
        client.abort();
        closed(connection).await;
    }
    let tools = mcp::tools(address).await;
    assert_eq!(tools.len(), 1, "the server goes on");
}

/// The harbour on standard input and output.
fn on_stdio(upstream: &Silent) -> tokio::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_harbour"));
    command
        .arg("--stdio")
        .env("REGISTER_BASE_URL", upstream.base_url())
        .env("BERTHS_BASE_URL", upstream.base_url())
        .env("HARBOUR_BERTH_KEY", "key")
        .env("HARBOUR_SECRETS_REGISTER_TOKEN", "token")
        .env("HARBOUR_SECRETS_REGISTER_VERSION", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    command.spawn().expect("the program")
}

async fn write(input: &mut ChildStdin, message: Value) {
    input.write_all(format!("{message}\n").as_bytes()).await.expect("an open input");
}

async fn begin(input: &mut ChildStdin) {
    let client = json!({ "name": "capsmith-tests", "version": "1.0.0" });
    let params = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": client });
    write(input, json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })).await;
    write(input, json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
    write(input, json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": get_ship() })).await;
}

#[tokio::test]
async fn a_call_that_is_cancelled_ends_the_request_to_the_upstream() {
    let upstream = Silent::open().await;
    let mut program = on_stdio(&upstream);
    let mut input = program.stdin.take().expect("a pipe");
    begin(&mut input).await;
    let connection = upstream.asked().await;
    write(&mut input, json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 2 } }))
        .await;
    closed(connection).await;
    assert!(program.try_wait().expect("a status").is_none(), "the program goes on");
}

#[tokio::test]
async fn a_client_that_goes_away_ends_the_request_to_the_upstream() {
    let upstream = Silent::open().await;
    let mut program = on_stdio(&upstream);
    let mut input = program.stdin.take().expect("a pipe");
    begin(&mut input).await;
    let connection = upstream.asked().await;
    drop((input, program.stdout.take()));
    closed(connection).await;
}
