//! What is said beside the answer where each request stands for itself.

use capsmith_tests::http1;
use capsmith_tests::mcp::{self, Era};
use serde_json::{Value, json};

use super::service::{Server, initialize, message, messages, post};

const LEVEL: &str = "io.modelcontextprotocol/logLevel";

fn call(tool: &str) -> Value {
    json!({ "name": tool, "arguments": {} })
}

fn of<'a>(messages: &'a [Value], method: &str) -> Vec<&'a Value> {
    messages.iter().filter(|message| message["method"] == method).map(|message| &message["params"]).collect()
}

#[tokio::test]
async fn content_of_any_type_is_given_back_as_it_was_set() {
    let server = Server::open(0).await;
    for era in Era::ALL {
        let result = mcp::result(server.mcp, era, "tools/call", call("test_multiple_content_types")).await;
        let types: Vec<&Value> = result["content"].as_array().unwrap().iter().map(|block| &block["type"]).collect();
        assert_eq!(types, ["text", "image", "resource"], "{result}");
        assert!(result["content"][1]["data"].as_str().unwrap().starts_with("iVBORw0KGgo"), "{result}");
        assert_eq!(result["structuredContent"], Value::Null, "the handler gave null");
        let resource = mcp::result(server.mcp, era, "resources/read", json!({ "uri": "test://static-binary" })).await;
        assert_eq!(resource["contents"][0]["mimeType"], "image/png", "{resource}");
        assert_eq!(resource["contents"][0]["uri"], "test://static-binary", "{resource}");
        assert!(resource["contents"][0]["blob"].is_string(), "{resource}");
        let prompt = mcp::result(server.mcp, era, "prompts/get", json!({ "name": "test_prompt_with_image" })).await;
        assert_eq!(prompt["messages"][0]["content"]["type"], "image", "{prompt}");
        assert_eq!(prompt["messages"][1]["content"]["text"], "Please analyze the image above.", "{prompt}");
    }
}

#[tokio::test]
async fn a_problem_is_an_error_of_the_tool() {
    let server = Server::open(0).await;
    let result = mcp::call(server.mcp, "test_error_handling", json!({})).await;
    assert!(mcp::error_text(&result).contains("intentionally"), "{result}");
}

#[tokio::test]
async fn progress_is_told_to_those_who_gave_a_token() {
    let server = Server::open(0).await;
    let told = server.stateless("tools/call", call("test_tool_with_progress"), &json!({ "progressToken": 5 })).await;
    let progress = of(&told, "notifications/progress");
    assert_eq!(progress.len(), 3, "{told:#?}");
    assert_eq!(progress[1]["progressToken"], 5);
    assert_eq!((&progress[1]["progress"], &progress[1]["total"]), (&json!(50.0), &json!(100.0)));
    let untold = server.stateless("tools/call", call("test_tool_with_progress"), &json!({})).await;
    assert_eq!(untold.len(), 1, "{untold:#?}");

    let mut params = call("test_tool_with_progress");
    params["_meta"] = json!({ "progressToken": "a" });
    let told = messages(http1::open(server.mcp, post(&message("tools/call", &params))).await).await;
    assert_eq!(of(&told, "notifications/progress").len(), 3, "without a session: {told:#?}");
}

#[tokio::test]
async fn log_messages_are_for_requests_that_name_a_level() {
    let server = Server::open(0).await;
    for (level, count) in [
        (json!({ LEVEL: "debug" }), 3),
        (json!({ LEVEL: "info" }), 3),
        (json!({ LEVEL: "warning" }), 0),
        (json!({}), 0),
    ] {
        let told = server.stateless("tools/call", call("test_tool_with_logging"), &level).await;
        let logged = of(&told, "notifications/message");
        assert_eq!(logged.len(), count, "{level}: {told:#?}");
        assert!(logged.iter().all(|message| message["level"] == "info" && message["logger"] == "conformance"));
    }
}

#[tokio::test]
async fn what_takes_a_session_is_not_promised_without_one() {
    let server = Server::open(0).await;
    let answer = messages(http1::open(server.mcp, initialize()).await).await.remove(0);
    let capabilities = &answer["result"]["capabilities"];
    assert_eq!(capabilities["logging"], Value::Null, "{capabilities}");
    assert_eq!(capabilities["resources"], json!({}), "{capabilities}");
    assert!(capabilities["completions"].is_object(), "{capabilities}");
    for (method, params) in [
        ("logging/setLevel", json!({ "level": "info" })),
        ("resources/subscribe", json!({ "uri": "test://watched-resource" })),
    ] {
        let answer = messages(http1::open(server.mcp, post(&message(method, &params))).await).await.remove(0);
        assert_eq!(answer["error"]["code"], -32601, "{method}: {answer}");
    }
    let result = mcp::call(server.mcp, "test_elicitation", json!({ "message": "Who?" })).await;
    assert!(mcp::error_text(&result).contains("only be asked in a session"), "{result}");
}

#[tokio::test]
async fn arguments_are_completed_by_what_a_handler_knows() {
    let server = Server::open(0).await;
    for era in Era::ALL {
        let argument = json!({ "name": "arg1", "value": "par" });
        let prompt = |name: &str| json!({ "ref": { "type": "ref/prompt", "name": name }, "argument": argument });
        let result = mcp::result(server.mcp, era, "completion/complete", prompt("test_prompt_with_arguments")).await;
        let expected = json!({ "values": ["paris", "park", "party"], "total": 3, "hasMore": false });
        assert_eq!(result["completion"], expected, "{result}");
        let answer = mcp::send(server.mcp, era, "completion/complete", prompt("no-such-prompt")).await.json();
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
}
