//! Sessions: what clients of the revisions before 2026-07-28 have by them.

use capsmith_tests::child::PATIENCE;
use capsmith_tests::http1;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::service::{Server, Session, initialize, message};

async fn call(session: &Session, tool: &str) -> Vec<Value> {
    let mut events = session.send(&message("tools/call", &json!({ "name": tool, "arguments": {} }))).await;
    let mut messages = Vec::new();
    while let Some(message) = events.next().await {
        messages.push(message);
    }
    messages
}

#[tokio::test]
async fn a_client_is_asked_while_the_handler_waits() {
    let server = Server::open(1).await;
    let session = Session::open(server.mcp).await;
    let ask = message("tools/call", &json!({ "name": "test_elicitation", "arguments": { "message": "Who are you?" } }));
    let mut events = session.send(&ask).await;
    let question = events.next().await.expect("a question");
    assert_eq!(question["method"], "elicitation/create", "{question}");
    assert_eq!(question["params"]["message"], "Who are you?", "{question}");
    let content = json!({ "username": "astrid", "email": "a@example.org" });
    let answer =
        json!({ "jsonrpc": "2.0", "id": question["id"], "result": { "action": "accept", "content": content } });
    assert_eq!(session.send(&answer).await.status(), 202);
    let result = events.last().await["result"].take();
    assert_eq!(result["structuredContent"], json!({ "action": "accept", "content": content }), "{result}");
}

#[tokio::test]
async fn a_session_has_the_level_that_its_client_sets() {
    let server = Server::open(2).await;
    let (one, other) = (Session::open(server.mcp).await, Session::open(server.mcp).await);
    assert!(one.server["capabilities"]["logging"].is_object(), "{}", one.server);
    let (mut heard, mut beside) = (one.listen().await, other.listen().await);
    let answer = one.ask("logging/setLevel", json!({ "level": "error" })).await;
    assert_eq!(answer["result"], json!({}), "{answer}");
    call(&one, "test_tool_with_logging").await;
    call(&other, "test_tool_with_logging").await;
    let logged = beside.next().await.expect("a log message");
    assert_eq!(logged["params"]["data"], "Tool execution started", "{logged}");
    one.ask("logging/setLevel", json!({ "level": "debug" })).await;
    call(&one, "test_tool_with_logging").await;
    for expected in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
        let logged = heard.next().await.expect("a log message");
        assert_eq!(logged["params"]["data"], expected, "nothing came of the first call: {logged}");
    }
}

#[tokio::test]
async fn who_has_subscribed_is_told_of_updates() {
    let server = Server::open(1).await;
    let session = Session::open(server.mcp).await;
    assert_eq!(session.server["capabilities"]["resources"], json!({ "subscribe": true, "listChanged": true }));
    let mut heard = session.listen().await;
    let answer = session.ask("resources/subscribe", json!({ "uri": "test://no-such-resource" })).await;
    assert_eq!(answer["error"]["code"], -32002, "{answer}");
    let answer = session.ask("resources/subscribe", json!({ "uri": "test://watched-resource" })).await;
    assert_eq!(answer["result"], json!({}), "{answer}");
    server.updates.resource_updated("test://static-text");
    server.updates.resource_updated("test://watched-resource");
    let told = heard.next().await.expect("an update");
    assert_eq!(
        (&told["method"], &told["params"]["uri"]),
        (&json!("notifications/resources/updated"), &json!("test://watched-resource"))
    );
    session.ask("resources/unsubscribe", json!({ "uri": "test://watched-resource" })).await;
    server.updates.resource_updated("test://watched-resource");
    server.updates.resources_changed();
    let told = heard.next().await.expect("a change");
    assert_eq!(told["method"], "notifications/resources/list_changed", "{told}");
}

#[tokio::test]
async fn a_subscription_of_2026_is_told_what_it_asks_for() {
    let server = Server::open(0).await;
    let notifications = json!({ "resourceSubscriptions": ["test://watched-resource", "test://no-such-resource"], "toolsListChanged": true });
    let mut heard = server.listen(json!({ "notifications": notifications })).await;
    let acknowledged = heard.next().await.expect("an acknowledgement");
    assert_eq!(acknowledged["method"], "notifications/subscriptions/acknowledged", "{acknowledged}");
    assert_eq!(
        acknowledged["params"]["notifications"],
        json!({ "resourceSubscriptions": ["test://watched-resource"] })
    );
    server.updates.resources_changed();
    server.updates.resource_updated("test://watched-resource");
    let told = heard.next().await.expect("an update");
    assert_eq!(told["method"], "notifications/resources/updated", "{told}");
    assert!(!told["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"].is_null(), "{told}");
}

#[tokio::test]
async fn there_are_no_more_sessions_than_there_may_be() {
    let server = Server::open(1).await;
    let session = Session::open(server.mcp).await;
    let refused = http1::open(server.mcp, initialize()).await;
    assert_eq!(refused.status(), 500);
    assert_eq!(session.end().await, 202);
    Session::open(server.mcp).await;
}

#[tokio::test]
async fn streams_without_an_end_end_with_the_server() {
    let server = Server::open(1).await;
    let session = Session::open(server.mcp).await;
    let mut beside = session.listen().await;
    let mut heard = server.listen(json!({ "notifications": { "resourcesListChanged": true } })).await;
    assert_eq!(heard.next().await.expect("an acknowledgement")["method"], "notifications/subscriptions/acknowledged");
    server.stop();
    assert!(timeout(PATIENCE, beside.next()).await.expect("an end in time").is_none());
    let result = timeout(PATIENCE, heard.last()).await.expect("an end in time");
    assert!(result["result"].is_object(), "{result}");
}
