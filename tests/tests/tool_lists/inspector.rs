//! What the inspector of MCP thinks of lists: `--strict` fails for schemas that hosts refuse.

use std::sync::Arc;

use bytes::Bytes;
use capsmith::axum::Router;
use capsmith::axum::routing::post;
use capsmith_tests::child::run;
use capsmith_tests::clients;
use http::header::CONTENT_TYPE;
use http::{HeaderName, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;

/// Has the inspector judge tools, those of many servers as if they were of one.
pub(super) async fn judge(tools: Vec<Value>) {
    let Some(folder) = clients::node() else { return };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/mcp", listener.local_addr().expect("an address"));
    let tools = Arc::new(tools);
    let answer = async move |request: Bytes| answer(&serde_json::from_slice(&request).expect("JSON"), &tools);
    let serving =
        tokio::spawn(capsmith::axum::serve(listener, Router::new().route("/mcp", post(answer))).into_future());
    let mut command = Command::new("node");
    command.arg(folder.join("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"));
    command.args(["--cli", &url, "--transport", "http", "--method", "tools/list", "--strict"]);
    let output = run(command).await;
    serving.abort();
    let told = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<&str> = told.split("\n\n").filter(|finding| finding.starts_with("Error")).collect();
    println!("inspector: {}", told.trim_end().lines().last().unwrap_or("clean"));
    assert!(output.status.success(), "{}", errors.join("\n\n"));
}

/// As much of a server as it takes to list tools.
fn answer(request: &Value, tools: &[Value]) -> (StatusCode, [(HeaderName, &'static str); 1], String) {
    let (status, message) = message(request, tools);
    (status, [(CONTENT_TYPE, "application/json")], message.to_string())
}

fn message(request: &Value, tools: &[Value]) -> (StatusCode, Value) {
    let result = match request["method"].as_str() {
        Some("initialize") => json!({
            "protocolVersion": "2025-06-18",
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "lists", "version": "1"},
        }),
        Some("tools/list") => json!({"tools": tools}),
        _ if request.get("id").is_none() => return (StatusCode::ACCEPTED, Value::Null),
        _ => {
            let error = json!({"code": -32601, "message": "there is no such method"});
            return (StatusCode::OK, json!({"jsonrpc": "2.0", "id": request["id"], "error": error}));
        }
    };
    (StatusCode::OK, json!({"jsonrpc": "2.0", "id": request["id"], "result": result}))
}
