use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use super::http1::{Answer, send};
use super::recorder::{self, Recorder};
use super::shop::{Client, Handlers, operations};
use super::{TOKEN, config, serve, serve_with};
use crate::{Context, Problem, Reply};

const JSON: [(&str, &str); 2] =
    [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];

async fn post(address: SocketAddr, headers: &[(&str, &str)], message: Value) -> Answer {
    let headers: Vec<_> = JSON.iter().chain(headers).copied().collect();
    send(address, "POST /mcp", &headers, &message.to_string()).await
}

/// A request of the protocol before 2026-07-28.
async fn legacy(address: SocketAddr, method: &str, params: Value) -> Value {
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    post(address, &[("MCP-Protocol-Version", "2025-11-25")], message).await.json()
}

/// A request of the protocol 2026-07-28.
async fn modern(address: SocketAddr, method: &str, name: Option<&str>, mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    let mut headers = vec![("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method)];
    headers.extend(name.map(|name| ("Mcp-Name", name)));
    post(address, &headers, message).await.json()
}

/// The result of a call and the text of its first content.
async fn call(address: SocketAddr, name: &str, arguments: Value) -> (Value, String) {
    let answer = legacy(address, "tools/call", json!({"name": name, "arguments": arguments})).await;
    let result = answer["result"].clone();
    let text = result["content"][0]["text"].as_str().unwrap_or_default().to_owned();
    (result, text)
}

#[tokio::test]
async fn both_eras_are_served() {
    let recorder = Recorder::json(200, r#"{"id":7}"#).await;
    let running = serve(config(&recorder)).await;
    let client = json!({"name": "t", "version": "1"});
    let params = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
    let initialized = legacy_initialize(running.mcp, params).await;
    assert_eq!(initialized["result"]["protocolVersion"], "2025-06-18");
    let server = &initialized["result"]["serverInfo"];
    assert_eq!((&server["name"], &server["version"]), (&json!("shop"), &json!("1.2.3")));
    assert_eq!(initialized["result"]["instructions"], "Tools for the shop.");
    let discovered = modern(running.mcp, "server/discover", None, json!({})).await;
    let versions = discovered["result"]["supportedVersions"].as_array().unwrap();
    assert!(versions.contains(&json!("2026-07-28")), "{discovered}");

    let arguments = json!({"name": "get-item", "arguments": {"shop": "a/b", "item": "7"}});
    let old = legacy(running.mcp, "tools/call", arguments.clone()).await;
    let new = modern(running.mcp, "tools/call", Some("get-item"), arguments).await;
    for answer in [&old, &new] {
        assert_eq!(answer["result"]["structuredContent"], json!({"id": 7}), "{answer}");
        assert_eq!(answer["result"]["content"], json!([{"type": "text", "text": r#"{"id":7}"#}]));
        assert_ne!(answer["result"]["isError"], json!(true));
    }
    assert_eq!((&old["result"]["resultType"], &new["result"]["resultType"]), (&Value::Null, &json!("complete")));
    let request = &recorder.requests()[0];
    assert_eq!(request.target, "/base/shops/a%2Fb/items/7");
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
}

async fn legacy_initialize(address: SocketAddr, params: Value) -> Value {
    post(address, &[], json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})).await.json()
}

#[tokio::test]
async fn tools_are_listed_once_sorted_and_as_the_tables_say() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    for answer in
        [legacy(running.mcp, "tools/list", json!({})).await, modern(running.mcp, "tools/list", None, json!({})).await]
    {
        let tools = answer["result"]["tools"].as_array().unwrap_or_else(|| panic!("{answer}"));
        let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["create-item", "get-item", "list-items"]);
        assert_eq!(answer["result"]["nextCursor"], Value::Null);
        let tool = &tools[1];
        assert_eq!((&tool["title"], &tool["description"]), (&json!("Get an item"), &json!("Get an item")));
        let hints = json!({"readOnlyHint": true, "destructiveHint": false, "idempotentHint": true});
        assert_eq!((&tool["annotations"], &tools[0]["annotations"]), (&hints, &Value::Null));
        let order: Vec<&str> =
            tool["inputSchema"]["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!((order, &tool["outputSchema"]), (vec!["shop", "item"], &json!({"type": "object"})));
    }
    let error = legacy(running.mcp, "tools/list", json!({"cursor": "x"})).await;
    assert_eq!(error["error"]["code"], -32602);
}

#[tokio::test]
async fn arguments_are_checked_and_all_mistakes_named_with_their_fix() {
    let recorder = Recorder::json(200, "[]").await;
    let running = serve(config(&recorder)).await;
    let (result, text) =
        call(running.mcp, "list-items", json!({"limit": "5", "tag": "x", "shp": "a", "shop": 7})).await;
    assert_eq!(result["isError"], true);
    assert_eq!(
        text,
        "`list-items` cannot be called with these arguments:\n\
         - `shop` must be text, not the number 7; send \"7\"\n\
         - `limit` must be a whole number, not the text \"5\"; send 5 without quotes\n\
         - `tag` must be an array, not the text \"x\"; send a JSON array and not its text\n\
         - `shp` is not an argument of this tool; did you mean `shop`?"
    );
    for (arguments, part) in [
        (json!({}), "`shop` is required"),
        (json!({"shop": null, "item": "1"}), "`shop` is required and must not be null"),
        (json!({"shop": "..", "item": "1"}), "`shop` must not be `..`"),
        (json!({"shop": "a", "item": ""}), "`item` must not be empty"),
    ] {
        let (result, text) = call(running.mcp, "get-item", arguments).await;
        assert!(result["isError"] == true && text.contains(part), "{text}");
    }
    let (result, text) = call(running.mcp, "list-items", json!({"shop": "a", "limit": 7.5})).await;
    assert!(result["isError"] == true && text.contains("must be a whole number, not the number 7.5"), "{text}");
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn null_is_absent_and_whole_numbers_may_have_a_fraction_of_zero() {
    let recorder = Recorder::json(200, "[]").await;
    let running = serve(config(&recorder)).await;
    let (result, text) = call(running.mcp, "list-items", json!({"shop": "a", "limit": 7.0, "tag": null})).await;
    assert_ne!(result["isError"], true, "{text}");
    let request = recorder.only();
    assert_eq!(request.target, "/base/shops/a/items?version=2%263&page%5Blimit%5D=7");
    assert_eq!(request.header("cookie"), Some("session=tool"), "a constant of the file");
    let (_, text) = call(running.mcp, "create-item", json!({"shop": "a", "body": {"b": 1, "a": [2]}})).await;
    assert_eq!((text.as_str(), recorder.requests()[1].body.as_str()), (r#"{"result":[]}"#, r#"{"b":1,"a":[2]}"#));
    call(running.mcp, "create-item", json!({"shop": "a"})).await;
    assert_eq!((recorder.requests()[2].body.as_str(), recorder.requests()[2].header("content-type")), ("", None));
}

#[tokio::test]
async fn results_are_objects_or_content() {
    for (media_type, body, structured, text) in [
        ("application/json", r#"{"b":1,"a":2}"#, json!({"b": 1, "a": 2}), r#"{"b":1,"a":2}"#),
        ("application/json", "[1, 2]", json!({"result": [1, 2]}), r#"{"result":[1,2]}"#),
        ("application/json", "null", json!({"result": null}), r#"{"result":null}"#),
        ("application/problem+json", "\"x\"", json!({"result": "x"}), r#"{"result":"x"}"#),
        ("application/json", "", json!({"result": null}), r#"{"result":null}"#),
        ("application/json", "{broken", Value::Null, "{broken"),
        ("text/plain", "{\"a\":1}", Value::Null, "{\"a\":1}"),
        ("text/csv; charset=utf-8", "a,b", Value::Null, "a,b"),
    ] {
        let recorder = Recorder::new(move |_, _| recorder::respond(200, &[("content-type", media_type)], body)).await;
        let running = serve(config(&recorder)).await;
        let (result, found) = call(running.mcp, "get-item", json!({"shop": "a", "item": "1"})).await;
        assert_eq!((&result["structuredContent"], found.as_str()), (&structured, text), "{media_type}: {body}");
        assert_ne!(result["isError"], true);
    }
    let recorder = Recorder::new(|_, _| recorder::respond(204, &[], "")).await;
    let running = serve(config(&recorder)).await;
    let (result, _) = call(running.mcp, "get-item", json!({"shop": "a", "item": "1"})).await;
    assert_eq!(result["structuredContent"], json!({"result": null}));
}

#[tokio::test]
async fn binary_answers_are_images_or_an_error() {
    for (media_type, kind, failed) in [("image/png", "image", false), ("application/zip", "text", true)] {
        let answer = move |_, _: &_| recorder::respond(200, &[("content-type", media_type)], vec![0xff, 0xfe]);
        let recorder = Recorder::new(answer).await;
        let running = serve(config(&recorder)).await;
        let (result, _) = call(running.mcp, "get-item", json!({"shop": "a", "item": "1"})).await;
        assert_eq!((&result["content"][0]["type"], result["isError"] == true), (&json!(kind), failed), "{result}");
        if !failed {
            assert_eq!(
                (&result["content"][0]["data"], &result["content"][0]["mimeType"]),
                (&json!("//4="), &json!(media_type))
            );
        }
    }
}

#[tokio::test]
async fn upstream_errors_and_failures_are_results_with_is_error() {
    let recorder = Recorder::json(404, r#"{"message":"no such item"}"#).await;
    let mut config = config(&recorder);
    let arguments = || json!({"shop": "a", "item": "1"});
    let (result, text) = call(serve(config.clone()).await.mcp, "get-item", arguments()).await;
    assert_eq!(result["isError"], true);
    assert_eq!(
        text,
        "The upstream answered 404 Not Found: no such item. There is nothing with this `shop`, `item`: look up what there is, \
         and call again."
    );
    assert_eq!(result["structuredContent"], Value::Null);
    let socket = super::taken_port();
    let closed = socket.local_addr().unwrap();
    config.api_base_url = format!("http://{closed}").into();
    let (result, text) = call(serve(config).await.mcp, "get-item", arguments()).await;
    let expected = "502 Bad Gateway: The upstream cannot be reached. Calling again may help.";
    assert_eq!((&result["isError"], text.as_str()), (&json!(true), expected));
}

#[tokio::test]
async fn answers_that_are_too_large_say_how_to_narrow_the_request() {
    let recorder =
        Recorder::new(|_, _| recorder::json(200, Box::leak(format!("\"{}\"", "x".repeat(5000)).into()))).await;
    let mut config = config(&recorder);
    config.settings.max_tool_result = 1000;
    let (result, text) = call(serve(config).await.mcp, "list-items", json!({"shop": "a"})).await;
    assert_eq!(result["isError"], true);
    assert_eq!(text, "The answer is larger than 1000 bytes. Ask for less, for example by `limit`, `tag`.");
}

#[tokio::test]
async fn an_unknown_tool_is_a_protocol_error() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    let answer = legacy(running.mcp, "tools/call", json!({"name": "get_item", "arguments": {}})).await;
    assert_eq!(answer["error"]["code"], -32602);
    assert!(answer["error"]["message"].as_str().unwrap().contains("`get_item`"), "{answer}");
}

#[tokio::test]
async fn of_many_unknown_arguments_as_many_are_told_as_anybody_reads() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    let given: serde_json::Map<_, _> = (0..5_000).map(|number| (format!("x{number}"), json!(1))).collect();
    let (result, text) = call(running.mcp, "get-item", given.into()).await;
    assert_eq!(result["isError"], true);
    assert!((100..110).contains(&text.lines().count()), "{text}");
    assert_eq!(recorder.requests().len(), 0);
}

#[tokio::test]
async fn hosts_origins_and_sizes_are_checked() {
    let recorder = Recorder::json(200, "{}").await;
    let mut config = config(&recorder);
    config.settings.max_request_body = 1000;
    let running = serve(config.clone()).await;
    let ping = || json!({"jsonrpc": "2.0", "id": 1, "method": "ping"});
    for (origin, status) in [
        ("http://localhost:3000", 200),
        ("http://127.0.0.1", 200),
        ("http://[::1]:8080", 200),
        ("https://evil.example", 403),
        ("http://localhost.evil.example", 403),
        ("null", 403),
    ] {
        assert_eq!(post(running.mcp, &[("Origin", origin)], ping()).await.status, status, "{origin}");
    }
    assert_eq!(with_host(running.mcp, "evil.example").await, 403);
    assert_eq!(with_host(running.mcp, "localhost:1234").await, 200);
    let large = json!({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"x": "x".repeat(2000)}});
    assert_eq!(post(running.mcp, &[], large).await.status, 413);

    config.settings.allowed_hosts = vec!["shop.example".to_owned()];
    config.settings.allowed_origins = vec!["https://agent.example:*".to_owned()];
    let running = serve(config).await;
    assert_eq!(with_host(running.mcp, "shop.example").await, 200);
    assert_eq!(with_host(running.mcp, "localhost").await, 403);
}

async fn with_host(address: SocketAddr, host: &str) -> u16 {
    let body = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST /mcp HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\nAccept: \
         application/json, text/event-stream\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    super::http1::read(stream).await.status
}

#[tokio::test]
async fn only_trace_headers_of_the_caller_are_forwarded() {
    let recorder = Recorder::json(200, "{}").await;
    let running = serve(config(&recorder)).await;
    let params = json!({"name": "get-item", "arguments": {"shop": "a", "item": "1"}});
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    let headers = [("traceparent", "00-1"), ("Authorization", "Bearer caller"), ("If-Match", "1")];
    post(running.mcp, &headers, message).await;
    let request = recorder.only();
    assert_eq!((request.header("traceparent"), request.header("if-match")), (Some("00-1"), None));
    assert_eq!(request.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert!(request.header("accept").unwrap().starts_with("application/json"));
}

/// Tells when a call that never ends is dropped.
struct Waiting(Client, tokio::sync::mpsc::Sender<()>);

impl Handlers for Waiting {
    fn client(&self) -> &Client {
        &self.0
    }

    async fn getitem(&self, _: operations::Getitem, _: Context) -> Result<Reply, Problem> {
        let guard = self.1.clone().reserve_owned().await.unwrap();
        self.1.send(()).await.unwrap();
        std::future::pending::<()>().await;
        drop(guard);
        Ok(Reply::empty())
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_ends_the_call() {
    let recorder = Recorder::json(200, "{}").await;
    let config = config(&recorder);
    let (sender, mut receiver) = tokio::sync::mpsc::channel(2);
    let watch = sender.clone();
    let running = serve_with(config.clone(), Waiting(Client::new(&config).unwrap(), sender)).await;
    let params = json!({"name": "get-item", "arguments": {"shop": "a", "item": "1"}});
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    let caller = tokio::spawn(async move { post(running.mcp, &[], message).await });
    receiver.recv().await.unwrap();
    assert_eq!(watch.capacity(), 1, "the handler holds a permit");
    caller.abort();
    let released = async {
        while watch.capacity() < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), released).await.expect("the handler's future is dropped");
}
