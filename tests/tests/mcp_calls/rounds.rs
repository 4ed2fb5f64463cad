//! Questions in 2026-07-28: the call ends with them, and is made again with the answers.

use serde_json::{Value, json};

use super::service::Server;

const CAPABILITIES: &str = "io.modelcontextprotocol/clientCapabilities";

fn everything() -> Value {
    json!({ CAPABILITIES: { "elicitation": {}, "sampling": {}, "roots": {} } })
}

async fn call(server: &Server, tool: &str, rest: Value, meta: &Value) -> Value {
    let mut params = json!({ "name": tool, "arguments": {} });
    params.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    server.stateless("tools/call", params, meta).await.pop().expect("an answer")
}

fn accepted(content: &Value) -> Value {
    json!({ "action": "accept", "content": content })
}

#[tokio::test]
async fn earlier_answers_come_along_in_what_the_client_keeps() {
    let (server, meta) = (Server::open(0).await, everything());
    let tool = "test_input_required_result_multi_round";
    let first = call(&server, tool, json!({}), &meta).await["result"].take();
    assert_eq!(first["resultType"], "input_required", "{first}");
    assert_eq!(first["inputRequests"]["step1"]["method"], "elicitation/create", "{first}");
    let answers = json!({ "inputResponses": { "step1": accepted(&json!({ "name": "Astrid" })) }, "requestState": first["requestState"] });
    let second = call(&server, tool, answers, &meta).await["result"].take();
    assert_eq!(second["inputRequests"].as_object().unwrap().keys().collect::<Vec<_>>(), ["step2"], "{second}");
    let answers = json!({ "inputResponses": { "step2": accepted(&json!({ "color": "blue" })) }, "requestState": second["requestState"] });
    let third = call(&server, tool, answers, &meta).await["result"].take();
    assert_eq!(third["structuredContent"]["result"], "Astrid likes blue", "{third}");
}

#[tokio::test]
async fn questions_that_are_asked_at_once_are_sent_at_once() {
    let server = Server::open(0).await;
    let asked = call(&server, "test_input_required_result_multiple_inputs", json!({}), &everything()).await;
    let questions = asked["result"]["inputRequests"].as_object().expect("questions");
    let mut methods: Vec<&str> = questions.values().filter_map(|question| question["method"].as_str()).collect();
    methods.sort_unstable();
    assert_eq!(methods, ["elicitation/create", "roots/list", "sampling/createMessage"]);
}

#[tokio::test]
async fn what_a_client_keeps_is_good_for_nothing_else() {
    let (server, meta) = (Server::open(0).await, everything());
    let asked = call(&server, "test_input_required_result_request_state", json!({}), &meta).await;
    let state = asked["result"]["requestState"].as_str().expect("a state").to_owned();
    let confirmed = json!({ "confirm": accepted(&json!({ "ok": true })) });
    let with = |state: &str| json!({ "inputResponses": confirmed, "requestState": state });
    let done = call(&server, "test_input_required_result_request_state", with(&state), &meta).await;
    assert_eq!(done["result"]["structuredContent"], json!({ "state-ok": true }), "{done}");
    let tampered = call(&server, "test_input_required_result_request_state", with(&format!("{state}A")), &meta).await;
    let other = call(&server, "test_input_required_result_tampered_state", with(&state), &meta).await;
    let elsewhere = Server::open(0).await;
    let unknown = call(&elsewhere, "test_input_required_result_request_state", with(&state), &meta).await;
    for answer in [tampered, other, unknown] {
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
}

#[tokio::test]
async fn a_client_is_asked_only_for_what_it_has_said() {
    let server = Server::open(0).await;
    let meta = json!({ CAPABILITIES: { "sampling": {} } });
    let asked = call(&server, "test_input_required_result_capabilities", json!({}), &meta).await;
    assert_eq!(asked["result"]["inputRequests"].as_object().unwrap().keys().collect::<Vec<_>>(), ["greeting"]);
    let refused = call(&server, "test_elicitation_sep1034_defaults", json!({}), &meta).await;
    assert_eq!(refused["error"]["code"], -32021, "{refused}");
    assert!(refused["error"]["data"]["requiredCapabilities"]["elicitation"].is_object(), "{refused}");
}

#[tokio::test]
async fn a_user_who_declines_is_told_apart_from_one_who_answers() {
    let server = Server::open(0).await;
    let declined = json!({ "inputResponses": { "user_name": { "action": "decline" } } });
    let done = call(&server, "test_input_required_result_elicitation", declined, &everything()).await;
    assert_eq!(done["result"]["isError"], true, "{done}");
    assert!(done["result"]["content"][0]["text"].as_str().unwrap().contains("The user declined"), "{done}");
}
