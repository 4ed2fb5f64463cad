//! The MCP surface without a client library: what is on the wire.

use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::http1::{request as plain_request, send};
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::upstream::{Answer, Upstream};
use http::HeaderValue;
use http::header::{HOST, ORIGIN};
use serde_json::{Value, json};

fn branch() -> Value {
    json!({ "organization": "acme", "database": "shop", "branch": "main" })
}

#[tokio::test]
async fn tools_are_sorted_and_say_what_they_need() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let tools = mcp::tools(running.mcp).await;
    let names: Vec<_> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["create-backup", "delete-backup", "get-backup", "list-backups"]);
    for tool in &tools {
        let schema = &tool["inputSchema"];
        assert_eq!(schema["type"], "object", "{tool}");
        assert_eq!(schema["additionalProperties"], false, "{tool}");
        for (name, property) in schema["properties"].as_object().unwrap() {
            assert!(!property["description"].as_str().unwrap_or_default().is_empty(), "{name} of {tool}");
        }
    }
    let create = &tools[0]["inputSchema"];
    assert_eq!(create["required"], json!(["organization", "database", "branch"]));
    let names: Vec<_> = create["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["organization", "database", "branch", "body"]);
    assert_eq!(create["properties"]["organization"]["type"], "string");

    let hints = |index: usize| {
        let annotations = &tools[index]["annotations"];
        [&annotations["readOnlyHint"], &annotations["destructiveHint"], &annotations["idempotentHint"]]
            .map(|hint| hint.as_bool().unwrap())
    };
    assert_eq!(hints(0), [false, false, false]);
    assert_eq!(hints(1), [false, true, true]);
    assert_eq!(hints(2), [true, false, true]);
    assert_eq!(hints(3), [true, false, true]);
}

#[tokio::test]
async fn both_eras_are_served_without_a_session() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for era in Era::ALL {
        let answer = mcp::send(running.mcp, era, "tools/list", json!({})).await;
        assert_eq!(answer.header("content-type"), "application/json", "{era:?}: {answer:?}");
        assert!(!answer.headers.contains_key("mcp-session-id"));
        assert_eq!(answer.json()["result"]["tools"].as_array().unwrap().len(), 4, "{era:?}");
        let call = json!({ "name": "list-backups", "arguments": branch() });
        let result = mcp::result(running.mcp, era, "tools/call", call).await;
        assert_eq!(result["structuredContent"]["type"], "list", "{era:?}: {result}");
    }
    let params = json!({
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": { "name": "capsmith-tests", "version": "1.0.0" },
    });
    let hello = mcp::result(running.mcp, Era::Initialize, "initialize", params).await;
    assert_eq!(hello["protocolVersion"], "2025-06-18");
    assert_eq!(hello["serverInfo"]["name"], "platform_backups");
    let discovered = mcp::result(running.mcp, Era::Stateless, "server/discover", json!({})).await;
    assert!(discovered["supportedVersions"].as_array().unwrap().contains(&json!("2026-07-28")), "{discovered}");
}

#[tokio::test]
async fn a_bad_argument_is_named_with_the_rule_that_it_breaks() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let with = |name: &str, value: Value| {
        let mut arguments = branch();
        arguments[name] = value;
        arguments
    };
    for (tool, arguments, named) in [
        ("list-backups", json!({ "organization": "acme", "database": "shop" }), "`branch`"),
        ("list-backups", with("branch", json!(7)), "`branch`"),
        ("list-backups", with("branch", json!(null)), "`branch`"),
        ("list-backups", with("branch", json!("")), "`branch`"),
        ("list-backups", with("branch", json!("..")), "`branch`"),
        ("list-backups", with("brnch", json!("main")), "`brnch`"),
        ("get-backup", branch(), "`backup_id`"),
    ] {
        let result = mcp::call(running.mcp, tool, arguments.clone()).await;
        let text = mcp::error_text(&result);
        assert!(text.contains(named), "{tool} {arguments}: {text}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn an_unknown_tool_is_an_error_of_the_protocol() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for era in Era::ALL {
        let answer = mcp::send(running.mcp, era, "tools/call", json!({ "name": "list-backup", "arguments": {} })).await;
        let error = &answer.json()["error"];
        assert_eq!(error["code"], -32602, "{era:?}: {answer:?}");
        assert!(error["message"].as_str().unwrap().contains("list-backup"), "{answer:?}");
    }
}

#[tokio::test]
async fn an_error_of_the_upstream_is_a_result_that_shows_it() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(Answer::json(404, r#"{"code":"not_found","message":"Not Found"}"#));
    let result = mcp::call(running.mcp, "list-backups", branch()).await;
    let text = mcp::error_text(&result);
    assert!(text.contains("404") && text.contains("not_found"), "{text}");
}

#[tokio::test]
async fn results_that_are_no_object_are_wrapped() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for (answer, structured) in [
        (Answer::json(200, "[1, 2]"), json!({ "result": [1, 2] })),
        (Answer::json(200, "7"), json!({ "result": 7 })),
        (Answer::status(204), json!({ "result": null })),
    ] {
        upstream.answer(answer);
        let result = mcp::call(running.mcp, "list-backups", branch()).await;
        assert_eq!(result["structuredContent"], structured, "{result}");
        assert_ne!(result["isError"], true);
    }
    upstream.answer(Answer::status(200).body("text/plain", "not JSON"));
    let result = mcp::call(running.mcp, "list-backups", branch()).await;
    assert_eq!(result["content"][0]["text"], "not JSON", "{result}");
}

#[tokio::test]
async fn a_long_result_says_how_to_get_a_shorter_one() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    config.settings.max_tool_result = 1000;
    let running = start(config).await;
    upstream.answer(Answer::status(200).body("application/json", format!("\"{}\"", "x".repeat(2000))));
    let result = mcp::call(running.mcp, "list-backups", branch()).await;
    assert!(mcp::error_text(&result).contains("1000"), "{result}");
}

#[tokio::test]
async fn a_foreign_host_or_origin_is_refused() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for (name, value, status) in [
        (HOST, "example.com", 403),
        (HOST, "localhost:9090", 200),
        (ORIGIN, "https://example.com", 403),
        (ORIGIN, "null", 403),
        (ORIGIN, "http://localhost:5173", 200),
    ] {
        let mut request = mcp::request(Era::Initialize, "tools/list", json!({}));
        request.headers_mut().insert(name.clone(), HeaderValue::from_static(value));
        assert_eq!(send(running.mcp, request).await.status, status, "{name}: {value}");
    }
}

#[tokio::test]
async fn only_the_endpoint_is_there() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    assert_eq!(send(running.mcp, plain_request("GET", "/mcp")).await.status, 405);
    assert_eq!(send(running.mcp, plain_request("GET", "/")).await.status, 404);
}
