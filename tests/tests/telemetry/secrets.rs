//! What telemetry must not have.

use capsmith_tests::http1::{get, request, request_with_json, send};
use capsmith_tests::mcp;
use serde_json::json;

use super::observatory::{KEY, Observatory, TOKEN};

#[tokio::test]
async fn no_secret_query_header_or_body_is_in_what_is_sent() {
    let observatory = Observatory::open().await;
    let mut asked = request("GET", "/stars/vega/sheet");
    asked.headers_mut().insert("authorization", "Bearer sesame-caller".parse().unwrap());
    asked.headers_mut().insert("x-request-id", "sesame-header".parse().unwrap());
    assert_eq!(send(observatory.rest, asked).await.status, 200);
    assert_eq!(get(observatory.rest, "/stars/vega?unknown=sesame-query").await.status, 400);
    let body = r#"{"note": "sesame-body"}"#;
    assert_eq!(send(observatory.rest, request_with_json("PUT", "/stars/vega", body)).await.status, 204);
    mcp::call(observatory.mcp, "get-sheet", json!({"id": "vega"})).await;
    mcp::call(observatory.mcp, "get-sheet", json!({"id": "sesame-argument"})).await;
    get(observatory.rest, "/stars/nova/sheet").await;

    let spans = observatory.spans();
    assert!(spans.len() > 20, "{}", spans.len());
    let seen = observatory.seen.lock().unwrap();
    assert!(seen.iter().any(|(path, _)| path.contains(KEY)), "the secret does travel: {seen:?}");
    assert!(seen.iter().any(|(_, headers)| headers["authorization"] == format!("Bearer {TOKEN}")));
    for secret in [TOKEN, KEY, "sesame"] {
        assert!(!observatory.collector.contains(secret), "{secret} was sent");
    }
    assert!(observatory.collector.contains("/desks/{{KEY}}/notes/{{id}}"), "the template is");
}

#[tokio::test]
async fn recent_traces_have_none_either() {
    let observatory = Observatory::open().await;
    get(observatory.rest, "/stars/vega/sheet?x=sesame-query").await;
    get(observatory.rest, "/stars/vega/sheet").await;
    let list = get(observatory.control, "/traces").await.json();
    for trace in list["traces"].as_array().unwrap() {
        let id = trace["traceId"].as_str().unwrap();
        let shown = get(observatory.control, &format!("/traces/{id}")).await;
        assert!(!shown.text().contains("sesame"), "{}", shown.text());
    }
}
