//! Tools.

use capsmith_tests::mcp::{self, Era};
use capsmith_tests::upstream::Answer;
use serde_json::{Value, json};

use crate::service::Coast;

fn tool<'t>(tools: &'t [Value], name: &str) -> &'t Value {
    tools.iter().find(|tool| tool["name"] == name).unwrap_or_else(|| panic!("a tool {name}"))
}

/// What the file hints at is what the list says.
#[tokio::test]
async fn hints_and_labels_are_listed() {
    let coast = Coast::open().await;
    let tools = mcp::tools(coast.tools).await;
    let tides = tool(&tools, "list-tides");
    assert_eq!(tides["annotations"]["readOnlyHint"], true);
    assert_eq!(tides["annotations"]["openWorldHint"], false);
    assert_eq!(tides["title"], "Tides of the coast");
    let berth = tool(&tools, "take-berth");
    assert_eq!(berth["annotations"]["destructiveHint"], true);
    assert_eq!(berth["annotations"]["idempotentHint"], false);
    assert_eq!(berth["inputSchema"]["required"], json!(["caller", "ship"]));
}

/// `with` gives constants, and renames what callers give.
#[tokio::test]
async fn constants_and_renamed_arguments_reach_the_upstream() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::json(201, "{}"));
    let answer = mcp::call(coast.tools, "take-berth", json!({ "caller": "me", "ship": "Fram" })).await;
    assert_ne!(answer["isError"], true, "{answer}");
    let request = coast.upstream.only_request();
    assert_eq!(request.target, "/base/harbours/Bergen/berths?caller=me");
    assert_eq!(request.json(), json!({ "ship": "Fram", "nights": 2 }));
}

/// XML is mapped for tools as it is for routes, and an upstream's refusal is a result that says so.
#[tokio::test]
async fn xml_is_mapped_and_refusals_are_shown() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::status(200).body("text/xml", "<c><tide>1</tide><tide>2</tide></c>"));
    let answer = mcp::call(coast.tools, "list-tides", json!({ "who": "me" })).await;
    // What is no object stands in one.
    assert_eq!(answer["structuredContent"], json!({ "result": ["1", "2"] }));
    assert_eq!(answer["content"][0]["text"], r#"{"result":["1","2"]}"#);
    assert_eq!(coast.upstream.only_request().target, "/base/tides?caller=me");
    coast.upstream.answer(Answer::status(200).body("text/xml", "<c><tide>1</tide></c>"));
    let answer = mcp::call(coast.tools, "list-tides", json!({ "who": "me" })).await;
    assert_eq!(answer["structuredContent"], json!({ "result": ["1"] }));
    coast.upstream.take_requests();
    coast.upstream.answer(Answer::status(503).body("text/plain", "closed"));
    let refused = mcp::call(coast.tools, "list-tides", json!({ "who": "me" })).await;
    assert!(mcp::error_text(&refused).contains("closed"), "{refused}");
}

/// A tool that is not there, and an argument that is missing.
#[tokio::test]
async fn what_callers_do_wrong_is_said() {
    let coast = Coast::open().await;
    let params = json!({ "name": "list-tide", "arguments": {} });
    let unknown = mcp::send(coast.tools, Era::Initialize, "tools/call", params).await.json();
    assert_eq!(unknown["error"]["code"], -32602, "{unknown}");
    let missing = mcp::call(coast.tools, "take-berth", json!({ "caller": "me" })).await;
    assert!(mcp::error_text(&missing).contains("ship"), "{missing}");
    assert!(coast.upstream.requests().is_empty());
}
