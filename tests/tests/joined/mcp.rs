//! The MCP surface.

use capsmith_tests::capabilities::joined::platform_backups::{config, start};
use capsmith_tests::mcp;
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::{Value, json};

use super::{UPSTREAM, answer, backup, page};

fn with_branch(mut arguments: Value) -> Value {
    for (name, value) in [("organization", "acme"), ("database", "shop"), ("branch", "main")] {
        arguments[name] = json!(value);
    }
    arguments
}

#[tokio::test]
async fn tools_have_the_schemas_of_the_document() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let tools = mcp::tools(running.mcp).await;
    let create = &tools[0]["inputSchema"];
    let properties = create["properties"].as_object().unwrap();
    let names: Vec<_> = properties.keys().collect();
    let body = ["name", "retention_unit", "retention_value", "emergency"];
    assert_eq!(names, [&["organization", "database", "branch"], &body[..], &["fields"]].concat());
    assert_eq!(create["required"], json!(["organization", "database", "branch"]));
    assert_eq!(properties["retention_unit"]["$ref"], "#/$defs/RetentionUnit");
    assert_eq!(create["$defs"]["RetentionUnit"]["enum"][0], "hour");
    let value = &properties["retention_value"];
    assert_eq!((&value["type"], &value["minimum"], &value["maximum"]), (&json!("integer"), &json!(1), &json!(1000)));
    assert_eq!(properties["organization"]["description"], "The organization's name.");

    let output = &tools[0]["outputSchema"];
    assert_eq!((&output["type"], &output["required"]), (&json!("object"), &Value::Null), "{output:#}");
    assert_eq!(output["properties"]["size"]["type"], json!(["integer", "null"]));
    assert_eq!(output["$defs"]["BackupState"]["enum"], Value::Null, "a list that may grow");
    let list = &tools[3];
    assert_eq!(list["inputSchema"]["properties"]["page"]["type"], "integer");
    assert_eq!(list["outputSchema"]["properties"]["data"]["type"], json!(["array", "null"]));
    assert_eq!(tools[1]["outputSchema"]["properties"], json!({"result": {"type": "null"}}));
}

#[tokio::test]
async fn arguments_become_the_body() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(answer(&backup()));
    let arguments = with_branch(json!({"name": "nightly", "retention_unit": "day", "retention_value": 7}));
    let result = mcp::call(running.mcp, "create-backup", arguments).await;
    assert_eq!(result["structuredContent"], backup());
    let request = upstream.only_request();
    assert_eq!(request.target, UPSTREAM);
    assert_eq!(request.json(), json!({"name": "nightly", "retention_unit": "day", "retention_value": 7}));

    upstream.answer(answer(&backup()));
    mcp::call(running.mcp, "create-backup", with_branch(json!({}))).await;
    assert_eq!(upstream.only_request().json(), json!({}), "the document demands a body");
}

#[tokio::test]
async fn parameters_of_the_document_are_arguments() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(answer(&page()));
    let result = mcp::call(running.mcp, "list-backups", with_branch(json!({"page": 2, "state": ["success"]}))).await;
    assert_eq!(result["structuredContent"], page());
    assert_eq!(upstream.only_request().target, format!("{UPSTREAM}?state=success&page=2"));
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let arguments =
        with_branch(json!({"retention_unit": "aeon", "retention_value": 0, "emergency": "yes", "colour": 1}));
    let result = mcp::call(running.mcp, "create-backup", arguments).await;
    let text = mcp::error_text(&result);
    for name in ["retention_unit", "retention_value", "emergency", "colour"] {
        assert!(text.contains(&format!("`{name}`")), "{text}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn an_empty_answer_is_a_result_of_nothing() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(Answer::status(204));
    let result = mcp::call(running.mcp, "delete-backup", with_branch(json!({"backup_id": "b1"}))).await;
    assert_eq!(result["structuredContent"], json!({"result": null}));
}
