//! Answers that stand in the file.

use capsmith_tests::http1::{get, request, send};
use capsmith_tests::mcp;
use serde_json::json;

use super::service::Harbour;

#[tokio::test]
async fn a_route_answers_with_what_stands_in_the_file() {
    let harbour = Harbour::open().await;
    let answer = get(harbour.rest, "/berths/N%207?depth=12.5").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/json");
    let expected = json!({
        "id": "N 7", "title": "Berth N 7 of 12.5 m", "depth": 12.5, "is-free": true, "cranes": [{"lift": 40}],
    });
    assert_eq!(answer.json(), expected);

    let answer = get(harbour.rest, "/berths/7").await;
    assert_eq!(answer.json()["depth"], json!(null), "{answer:?}");
    assert_eq!(answer.json()["title"], "Berth 7 of  m");
}

#[tokio::test]
async fn inputs_of_a_mock_are_checked_as_any() {
    let harbour = Harbour::open().await;
    let answer = get(harbour.rest, "/berths/7?depth=deep&width=3").await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(answer.problem()["errors"].as_array().unwrap().len(), 2, "{answer:?}");
}

#[tokio::test]
async fn a_mock_without_values_has_no_content() {
    let harbour = Harbour::open().await;
    let answer = send(harbour.rest, request("DELETE", "/berths/7")).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (204, ""), "{answer:?}");
}

#[tokio::test]
async fn a_tool_answers_with_what_stands_in_the_file() {
    let harbour = Harbour::open().await;
    let tools = mcp::tools(harbour.mcp).await;
    let output = &tools[0]["outputSchema"];
    assert_eq!(output["properties"]["ship"]["description"], "The ship's name", "{output:#}");
    assert_eq!(output["properties"]["nights"]["type"], json!(["number", "null"]));
    assert_eq!(tools[0]["annotations"]["readOnlyHint"], true, "{:#}", tools[0]);

    let arguments = json!({"ship": {"name": "Astrid", "flag": ["NO"]}, "nights": 3});
    let result = mcp::call(harbour.mcp, "book-berth", arguments).await;
    let expected = json!({"ship": "Astrid", "text": "Astrid stays 3 nights at [\"NO\"]", "nights": 3});
    assert_eq!(result["structuredContent"], expected);

    let result = mcp::call(harbour.mcp, "book-berth", json!({"ship": {"name": {}}})).await;
    assert!(mcp::error_text(&result).contains("The output `ship` is an object and not a text."), "{result}");
    let result = mcp::call(harbour.mcp, "book-berth", json!({"ship": "Astrid"})).await;
    assert!(mcp::error_text(&result).contains("`ship` must be an object"), "{result}");
}
