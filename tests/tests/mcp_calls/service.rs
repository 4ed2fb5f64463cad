//! The conformance server, and a client of it that reads event streams.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use capsmith::ListenAddress;
use capsmith::mcp::Updates;
use capsmith_generated::conformance::{Client, Config, bind};
use capsmith_tests::conformance::Conformance;
use capsmith_tests::{http1, mcp};
use http::{HeaderValue, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

const SESSION: &str = "mcp-session-id";

/// The server at work. It stops when the value is dropped.
pub(crate) struct Server {
    pub(crate) mcp: SocketAddr,
    /// Says that resources have changed.
    pub(crate) updates: Updates,
    stop: Arc<Notify>,
    task: AbortHandle,
}

impl Server {
    /// Serves with as many sessions as there may be.
    pub(crate) async fn open(sessions: usize) -> Self {
        let mut config = Config { conformance_mcp_addr: ListenAddress::new("127.0.0.1", 0), ..Config::default() };
        config.settings.mcp_sessions = sessions;
        config.settings.drain_timeout = Duration::from_secs(3600);
        let handlers = Conformance::new(Client::new(&config).expect("a client"));
        let updates = handlers.updates().clone();
        let server = bind(config, handlers).await.expect("a free port");
        let mcp = server.local_addr("conformance-mcp").expect("a surface that listens");
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let serving = server.run_until(async move { stopped.notified().await });
        Self { mcp, updates, stop, task: tokio::spawn(serving).abort_handle() }
    }

    /// Tells the server to stop.
    pub(crate) fn stop(&self) {
        self.stop.notify_one();
    }

    /// Subscribes as clients of 2026-07-28 do.
    pub(crate) async fn listen(&self, params: Value) -> Events {
        let request = mcp::request(mcp::Era::Stateless, "subscriptions/listen", params);
        Events::of(http1::open(self.mcp, request).await)
    }

    /// Makes a request of 2026-07-28 with this in its `_meta`, and gives back all messages of the answer.
    pub(crate) async fn stateless(&self, method: &'static str, params: Value, meta: &Value) -> Vec<Value> {
        let mut request = mcp::request(mcp::Era::Stateless, method, params);
        let text = std::mem::take(request.body_mut()).collect().await.expect("a body").to_bytes();
        let mut message: Value = serde_json::from_slice(&text).expect("a message");
        for (name, value) in meta.as_object().expect("an object") {
            message["params"]["_meta"][name] = value.clone();
        }
        *request.body_mut() = Full::from(message.to_string());
        messages(http1::open(self.mcp, request).await).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A session of a client of 2025-11-25 that can be asked for everything.
pub(crate) struct Session {
    address: SocketAddr,
    id: HeaderValue,
    /// What the server said about itself.
    pub(crate) server: Value,
}

impl Session {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let answer = http1::open(address, initialize()).await;
        let id = answer.headers().get(SESSION).expect("a session").clone();
        let server = messages(answer).await.pop().expect("an answer")["result"].take();
        let session = Self { address, id, server };
        session.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
        session
    }

    /// Sends a message and gives back the answer, which may go on.
    pub(crate) async fn send(&self, message: &Value) -> Events {
        let mut request = post(message);
        request.headers_mut().insert(SESSION, self.id.clone());
        Events::of(http1::open(self.address, request).await)
    }

    /// Makes a request and gives back its answer.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> Value {
        self.send(&message(method, &params)).await.last().await
    }

    /// Ends the session, and gives back the status.
    pub(crate) async fn end(self) -> u16 {
        let mut request = http1::request("DELETE", "/mcp");
        request.headers_mut().insert(SESSION, self.id.clone());
        http1::open(self.address, request).await.status().as_u16()
    }

    /// The stream of what belongs to no request.
    pub(crate) async fn listen(&self) -> Events {
        let mut request = http1::request("GET", "/mcp");
        let headers = request.headers_mut();
        headers.insert(SESSION, self.id.clone());
        headers.insert(http::header::ACCEPT, HeaderValue::from_static("text/event-stream"));
        headers.insert("mcp-protocol-version", HeaderValue::from_static("2025-11-25"));
        Events::of(http1::open(self.address, request).await)
    }
}

/// The request that begins a session.
pub(crate) fn initialize() -> Request<Full<Bytes>> {
    let capabilities = json!({ "elicitation": {}, "sampling": {}, "roots": {} });
    let client = json!({ "name": "capsmith-tests", "version": "1.0.0" });
    let params = json!({ "protocolVersion": "2025-11-25", "capabilities": capabilities, "clientInfo": client });
    post(&message("initialize", &params))
}

pub(crate) fn message(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params })
}

/// A message of 2025-11-25 outside a session.
pub(crate) fn post(message: &Value) -> Request<Full<Bytes>> {
    let mut request = http1::request_with_json("POST", "/mcp", message.to_string());
    let headers = request.headers_mut();
    headers.insert(http::header::ACCEPT, HeaderValue::from_static("application/json, text/event-stream"));
    headers.insert("mcp-protocol-version", HeaderValue::from_static("2025-11-25"));
    request
}

/// All messages of an answer.
pub(crate) async fn messages(answer: Response<Incoming>) -> Vec<Value> {
    let mut events = Events::of(answer);
    let mut messages = Vec::new();
    while let Some(message) = events.next().await {
        messages.push(message);
    }
    messages
}

/// The messages of an answer, as they come.
pub(crate) struct Events {
    answer: Response<Incoming>,
    /// What has come and is not read yet.
    text: String,
}

impl Events {
    fn of(answer: Response<Incoming>) -> Self {
        Self { answer, text: String::new() }
    }

    pub(crate) fn status(&self) -> u16 {
        self.answer.status().as_u16()
    }

    /// The next message. `None`: there will be none.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            while let Some(end) = self.text.find('\n') {
                let line: String = self.text.drain(..=end).collect();
                let line = line.trim();
                let message = serde_json::from_str(line.strip_prefix("data:").unwrap_or(line)).ok();
                if message.is_some() {
                    return message;
                }
            }
            match self.answer.body_mut().frame().await {
                Some(frame) => {
                    let data = frame.expect("a frame").into_data().unwrap_or_default();
                    self.text.push_str(std::str::from_utf8(&data).expect("text"));
                }
                None if self.text.is_empty() => return None,
                None => self.text.push('\n'),
            }
        }
    }

    /// The last message: the result or the error.
    pub(crate) async fn last(mut self) -> Value {
        let mut last = Value::Null;
        while let Some(message) = self.next().await {
            last = message;
        }
        last
    }
}
