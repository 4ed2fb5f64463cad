//! Rules of the file for inputs: patterns, lists of values, defaults, constants, paths into the body.

use capsmith_tests::http1::{get, request, request_with_json, send};
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::{Value, json};

use super::service::Quay;

async fn quay() -> (Recorder, Quay) {
    let yard = Recorder::new(|_| Answer::json("[]")).await;
    let quay = Quay::open(yard.url()).await;
    (yard, quay)
}

#[tokio::test]
async fn a_value_outside_the_pattern_is_refused_by_name_and_rule() {
    let (yard, quay) = quay().await;
    let answer = get(quay.rest, "/crates/ab12").await;
    assert_eq!(answer.status, 400, "{answer:?}");
    let error = &answer.problem()["errors"][0];
    assert_eq!(error["parameter"], "mark", "{answer:?}");
    assert!(answer.text().contains(r"matches the pattern `^[A-Z]{2}\\d+$`"), "{answer:?}");
    assert_eq!(yard.targets(), [""; 0]);
    assert_eq!(get(quay.rest, "/crates/AB12").await.status, 200);
    assert_eq!(yard.only().target, "/crates/AB12");

    let tools = mcp::tools(quay.mcp).await;
    assert_eq!(tools[1]["inputSchema"]["properties"]["mark"]["pattern"], r"^[A-Z]{2}\d+$", "{:#}", tools[1]);
    let result = mcp::call(quay.mcp, "get-crate", json!({"mark": "ab12"})).await;
    assert!(mcp::error_text(&result).contains("`mark` must be text that matches the pattern"), "{result}");
}

#[tokio::test]
async fn absent_values_have_their_defaults_and_listed_ones_are_told_from_others() {
    let (yard, quay) = quay().await;
    assert_eq!(get(quay.rest, "/crates").await.status, 200);
    assert_eq!(yard.take().target, "/crates?limit=20");
    assert_eq!(get(quay.rest, "/crates?limit=3&sort=weight").await.status, 200);
    assert_eq!(yard.take().target, "/crates?limit=3&sort=weight");
    let answer = get(quay.rest, "/crates?sort=age&limit=few").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.problem()["errors"].as_array().unwrap().len(), 2, "{answer:?}");
    assert!(answer.text().contains("one of"), "{answer:?}");

    let tools = mcp::tools(quay.mcp).await;
    let properties = &tools[2]["inputSchema"]["properties"];
    assert_eq!(properties["limit"]["default"], 20, "{properties:#}");
    assert_eq!(properties["sort"]["enum"], json!(["mark", "weight"]));
    let result = mcp::call(quay.mcp, "list-crates", json!({"sort": "age"})).await;
    assert!(mcp::error_text(&result).contains("`sort` must be one of"), "{result}");
    mcp::call(quay.mcp, "list-crates", json!({})).await;
    assert_eq!(yard.take().target, "/crates?limit=20");
}

#[tokio::test]
async fn a_constant_stands_whatever_a_caller_sends() {
    let (yard, quay) = quay().await;
    let mut given = request("GET", "/crates");
    given.headers_mut().insert("owner", "me".parse().unwrap());
    assert_eq!(send(quay.rest, given).await.status, 200);
    assert_eq!(yard.take().header("owner"), Some("quay"));

    let tools = mcp::tools(quay.mcp).await;
    assert!(tools[2]["inputSchema"]["properties"].get("owner").is_none(), "{:#}", tools[2]);
    mcp::call(quay.mcp, "list-crates", json!({})).await;
    assert_eq!(yard.take().header("owner"), Some("quay"));
    let result = mcp::call(quay.mcp, "list-crates", json!({"owner": "me"})).await;
    assert!(mcp::error_text(&result).contains("its arguments are `limit`, `sort`"), "{result}");
}

#[tokio::test]
async fn paths_lead_into_the_body() {
    let (yard, quay) = quay().await;
    let put = |body: Value| request_with_json("PUT", "/crates/AB1", body.to_string());
    let body = json!({"to": {"place": 7, "row": 2}, "cranes": [{"name": "N"}, {"name": "S"}], "note": "soon"});
    assert_eq!(send(quay.rest, put(body)).await.status, 200);
    assert_eq!(yard.take().json(), json!({"to": 7, "by": ["N", "S"]}));

    let answer = send(quay.rest, put(json!({"to": {"place": "seven"}}))).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    assert_eq!(answer.problem()["errors"][0]["parameter"], "place", "{answer:?}");
    // What the path does not find is absent, as is null.
    assert_eq!(send(quay.rest, put(json!({"to": {"place": null}, "cranes": []}))).await.status, 200);
    assert_eq!(yard.take().json(), json!({}));
}
