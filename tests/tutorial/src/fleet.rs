//! The upstreams of the tutorial, and a server in front of them.

use std::net::SocketAddr;

use capsmith_tests::http1;
use capsmith_tests::mcp::{Era, request};
use capsmith_tests::upstream::Upstream;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::upstreams;

/// Mocks of both upstreams, which record what they are asked.
pub struct Fleet {
    /// The maritime registry.
    pub registry: Upstream,
    /// The legacy dockyard.
    pub legacy: Upstream,
}

impl Fleet {
    /// Starts both on free ports.
    pub async fn start() -> Self {
        Self {
            registry: Upstream::of(upstreams::registry::mock::router()).await,
            legacy: Upstream::of(upstreams::legacy::mock::router()).await,
        }
    }
}

/// A step that runs: where its surfaces listen, and the token that they want to see.
#[derive(Clone, Copy, Debug)]
pub struct Shipyard {
    /// Where its tools are.
    pub tools: SocketAddr,
    /// The token of its callers, if it wants one.
    pub token: Option<&'static str>,
}

impl Shipyard {
    /// Calls a tool, and gives back its answer, taken out of the object that what is no object stands in.
    ///
    /// # Panics
    ///
    /// Where the call fails.
    pub async fn call(&self, tool: &str, arguments: Value) -> Value {
        let answer = self.result("tools/call", json!({ "name": tool, "arguments": arguments })).await;
        assert_ne!(answer["isError"], true, "{tool}: {answer}");
        let mut content = answer["structuredContent"].as_object().unwrap_or_else(|| panic!("{tool}: {answer}")).clone();
        match content.remove("result") {
            Some(result) if content.is_empty() => result,
            Some(result) => {
                content.insert("result".to_owned(), result);
                content.into()
            }
            None => content.into(),
        }
    }

    /// The tool of this name, as it is listed.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub async fn tool(&self, name: &str) -> Value {
        let mut answer = self.result("tools/list", json!({})).await;
        let tools = answer["tools"].as_array_mut().expect("a list of tools");
        let place = tools.iter().position(|tool| tool["name"] == name).unwrap_or_else(|| panic!("a tool {name}"));
        tools.swap_remove(place)
    }

    /// The answer to a request over MCP, with the token.
    ///
    /// # Panics
    ///
    /// When the token cannot stand in a header.
    pub async fn answer(&self, method: &'static str, params: Value, token: Option<&str>) -> http1::Answer {
        let mut request = request(Era::Initialize, method, params);
        if let Some(token) = token {
            let value = HeaderValue::from_str(&format!("Bearer {token}")).expect("a header value");
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        http1::send(self.tools, request).await
    }

    async fn result(&self, method: &'static str, params: Value) -> Value {
        let mut answer = self.answer(method, params, self.token).await.json();
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }
}

/// What an upstream says to a `GET`, with credentials that its mock accepts.
///
/// # Panics
///
/// Where it says something that is not JSON.
pub async fn told(upstream: &Upstream, target: &str) -> Value {
    let base = upstream.base_url();
    let (address, path) = base.trim_start_matches("http://").split_once('/').expect("a path");
    let mut request = http1::request("GET", &format!("/{path}{target}"));
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_static("Bearer anything"));
    http1::send(address.parse().expect("an address"), request).await.json()
}
