//! Steps that run scripts, in whose place the program has methods: `pilots.yaml`.

use capsmith_tests::http1::{get, request, request_with_json, send};
use capsmith_tests::mcp;
use capsmith_tests::upstream::Answer;
use serde_json::json;

use super::pilots::Pilots;

const PILOTS: &str = r#"[{"name": "Aino", "depth": 5}, {"name": "Eino", "depth": 10}]"#;

impl Pilots {
    fn has_pilots(&self) {
        self.harbour.answer_to("/base/pilots", Answer::json(200, PILOTS));
        self.harbour.answer_to("/base/pilots?limit=2", Answer::json(200, r#"["Aino", "Eino"]"#));
    }
}

#[tokio::test]
async fn a_route_has_a_method_do_a_step() {
    let pilots = Pilots::open().await;
    pilots.has_pilots();
    let answer = get(pilots.rest, "/ships/5/pilot?draught=7.5").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json(), json!({"pilot": "Eino", "count": 2, "others": ["Aino", "Eino"]}));
    let expected =
        r#"Choose { most: 2, tide: "high", name: Some(Json("Astrid")), greeting: "Hello 5", depth: Some(7.5), "#;
    let given = pilots.only_given();
    assert!(given.starts_with(expected), "{given}");
    assert!(given.contains(r#"imo: "5", draught: Some(7.5)"#), "what the flow knows: {given}");
    assert_eq!(pilots.harbour.take_requests().len(), 3);
}

#[tokio::test]
async fn a_tool_that_refers_to_the_flow_has_the_same_method() {
    let pilots = Pilots::open().await;
    pilots.has_pilots();
    let result = mcp::call(pilots.mcp, "choose-shallow", json!({"imo": "6"})).await;
    assert_ne!(result["isError"], true, "{result}");
    assert_eq!(result["structuredContent"], json!({"pilot": "Aino", "count": 2, "others": ["Aino", "Eino"]}));
    let given = pilots.only_given();
    assert!(given.contains("name: None"), "the ship has none: {given}");
    assert!(given.contains("draught: Some(2.5)"), "the tool says it: {given}");
}

#[tokio::test]
async fn an_error_of_the_method_is_the_answer_and_nothing_follows() {
    let pilots = Pilots::open().await;
    let answer = send(pilots.rest, request("POST", "/ships/6/assignment")).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert_eq!(answer.problem()["detail"], "The ship lies too deep.");
    assert_eq!(pilots.harbour.only_request().target, "/base/ships/6");
}

#[tokio::test]
async fn what_a_method_gives_is_sent_on() {
    let pilots = Pilots::open().await;
    pilots.harbour.answer_to("/base/assignments", Answer::json(201, r#"{"id": 1}"#));
    let answer = send(pilots.rest, request("POST", "/ships/5/assignment")).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (201, json!({"id": 1})));
    let requests = pilots.harbour.take_requests();
    assert_eq!(requests[1].json(), json!({"imo": "5", "ship": "Astrid"}));
}

#[tokio::test]
async fn what_the_last_method_gives_is_the_answer() {
    let pilots = Pilots::open().await;
    assert_eq!(get(pilots.rest, "/ships/5/fee?days=3").await.json(), json!(300));
    let answer = send(pilots.rest, request_with_json("POST", "/ships/5/fee", "{}")).await;
    assert_eq!(answer.json(), json!(["5", "5"]), "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/json");
    let result = mcp::call(pilots.mcp, "get-fee", json!({"imo": "5"})).await;
    assert_eq!(result["structuredContent"], json!({"amount": "free"}), "{result}");
}

#[tokio::test]
async fn an_upstream_that_refuses_a_step_before_it_is_the_answer() {
    let pilots = Pilots::open().await;
    let answer = get(pilots.rest, "/ships/5/pilot?draught=deep").await;
    assert_eq!(answer.status, 400, "{answer:?}");
    pilots.harbour.answer_to("/base/pilots", Answer::json(503, r#"{"reason": "asleep"}"#));
    let answer = get(pilots.rest, "/ships/5/pilot").await;
    assert_eq!((answer.status.as_u16(), answer.text()), (503, r#"{"reason": "asleep"}"#));
}

#[tokio::test]
async fn a_method_that_panics_is_a_problem() {
    let pilots = Pilots::open().await;
    let answer = get(pilots.rest, "/ships/0/fee").await;
    assert_eq!(answer.status, 500, "{answer:?}");
    assert!(!answer.text().contains("thought"), "{answer:?}");
    assert_eq!(get(pilots.rest, "/ships/5/fee").await.json(), json!(100), "the server goes on");
}

#[tokio::test]
async fn tools_promise_nothing_of_a_script_but_what_the_file_says() {
    let pilots = Pilots::open().await;
    let tools = mcp::tools(pilots.mcp).await;
    let tool = |name: &str| tools.iter().find(|tool| tool["name"] == name).expect("the tool").clone();
    assert_eq!(tool("choose-pilot")["annotations"]["readOnlyHint"], true);
    assert_eq!(tool("get-fee")["annotations"]["readOnlyHint"], json!(null));
    assert_eq!(tool("choose-pilot")["outputSchema"]["properties"]["count"]["type"], json!(["number", "null"]));
}

#[tokio::test]
async fn calls_beside_scripts_are_counted() {
    let pilots = Pilots::open().await;
    let answer = send(pilots.rest, request("POST", "/ships/6/assignment")).await;
    assert_eq!(answer.status, 409);
    let metrics = get(pilots.control, "/metrics").await;
    assert!(metrics.text().contains("get-ship"), "{}", metrics.text());
}
