//! MCP over HTTP without a client library: one message a request, in both eras of the protocol.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request};
use http_body_util::Full;
use serde_json::{Value, json};

use crate::http1::{self, Answer};

/// An era of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// Revision 2025-06-18, with `initialize`.
    Initialize,
    /// Revision 2026-07-28, where each request says what it needs to say.
    Stateless,
}

impl Era {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Initialize, Self::Stateless];

    fn version(self) -> &'static str {
        match self {
            Self::Initialize => "2025-06-18",
            Self::Stateless => "2026-07-28",
        }
    }
}

/// The HTTP request of a JSON-RPC request.
pub fn request(era: Era, method: &'static str, mut params: Value) -> Request<Full<Bytes>> {
    let name = params.get("name").or(params.get("uri")).and_then(Value::as_str).map(ToOwned::to_owned);
    if era == Era::Stateless {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": era.version(),
            "io.modelcontextprotocol/clientInfo": { "name": "capsmith-tests", "version": "1.0.0" },
            "io.modelcontextprotocol/clientCapabilities": {},
        });
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let mut request = http1::request_with_json("POST", "/mcp", message.to_string());
    let headers = request.headers_mut();
    headers.insert(http::header::ACCEPT, HeaderValue::from_static("application/json, text/event-stream"));
    headers.insert(HeaderName::from_static("mcp-protocol-version"), HeaderValue::from_static(era.version()));
    if era == Era::Stateless {
        headers.insert(HeaderName::from_static("mcp-method"), HeaderValue::from_static(method));
        if let Some(name) = name {
            headers.insert(HeaderName::from_static("mcp-name"), name.parse().expect("a header value"));
        }
    }
    request
}

/// Sends a JSON-RPC request and gives back the whole answer.
pub async fn send(address: SocketAddr, era: Era, method: &'static str, params: Value) -> Answer {
    http1::send(address, request(era, method, params)).await
}

/// Sends a JSON-RPC request and gives back its result.
pub async fn result(address: SocketAddr, era: Era, method: &'static str, params: Value) -> Value {
    let mut answer = send(address, era, method, params).await.json();
    assert!(answer.get("error").is_none(), "{method}: {answer}");
    answer["result"].take()
}

/// Lists the tools.
pub async fn tools(address: SocketAddr) -> Vec<Value> {
    let result = result(address, Era::Initialize, "tools/list", json!({})).await;
    result["tools"].as_array().expect("a list of tools").clone()
}

/// Calls a tool and gives back its result.
pub async fn call(address: SocketAddr, tool: &str, arguments: Value) -> Value {
    result(address, Era::Initialize, "tools/call", json!({ "name": tool, "arguments": arguments })).await
}

/// The text of a result that must be an error.
pub fn error_text(result: &Value) -> &str {
    assert_eq!(result["isError"], true, "{result}");
    result["content"][0]["text"].as_str().expect("a text")
}
