//! Answers that are made of an upstream's.

use capsmith_tests::http1::{get, request, request_with_json, send};
use capsmith_tests::mcp;
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::json;

use super::service::Harbour;

async fn harbour() -> (Upstream, Harbour) {
    let upstream = Upstream::start().await;
    let harbour = Harbour::open(&upstream.base_url()).await;
    (upstream, harbour)
}

#[tokio::test]
async fn an_answer_gets_the_declared_shape_and_types() {
    let (upstream, harbour) = harbour().await;
    let text = r#"{"total": 2, "data": [
        {"imo_number": 9074729, "gross_tonnage": "41000.5", "crew": [{"full_name": "Aino"}, {"rank": "cook"}],
         "dimensions": {"length_overall": 220}},
        {"gross_tonnage": 12, "dimensions": null}
    ]}"#;
    upstream.answer(Answer::json(200, text).header("etag", "\"1\"").header("link", "</2>; rel=next"));
    let answer = get(harbour.rest, "/ships?status=active").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let expected = json!([
        {
            "imo": "9074729", "tonnage": 41000.5, "crew": [{"name": "Aino"}, {"name": null}],
            "dimensions": {"length": 220}, "source": "registry",
        },
        {"imo": null, "tonnage": 12, "crew": null, "dimensions": null, "source": "registry"},
    ]);
    assert_eq!(answer.json(), expected);
    assert_eq!(answer.header("link"), "</2>; rel=next");
    assert!(answer.headers.get("etag").is_none(), "that was another document: {answer:?}");
    assert_eq!(upstream.only_request().target, "/base/ships?status=active");
}

#[tokio::test]
async fn paths_and_parameters_make_values() {
    let (upstream, harbour) = harbour().await;
    let text = r#"{"names": [{"text": "Astrid"}, {"text": "Ingrid"}, {}],
                   "flags": [{"code": "NO", "current": true}, {"code": "PA", "current": false}]}"#;
    upstream.answer(Answer::json(200, text));
    let answer = get(harbour.rest, "/ships/9074729").await;
    let expected = json!({"asked": "You asked for 9074729", "names": ["Astrid", "Ingrid"], "flags": ["NO"]});
    assert_eq!(answer.json(), expected, "{answer:?}");
}

#[tokio::test]
async fn the_status_of_a_success_stays_and_a_refusal_is_passed_on_as_it_is() {
    let (upstream, harbour) = harbour().await;
    let register = || request_with_json("POST", "/ships", "{}");
    upstream.answer(Answer::json(201, r#"{"id": 7}"#));
    let answer = send(harbour.rest, register()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (201, "\"7\""), "{answer:?}");
    upstream.answer(Answer::json(201, r#"{"other": 7}"#));
    assert_eq!(send(harbour.rest, register()).await.text(), "null");
    upstream.answer(Answer::json(409, r#"{"id": "taken"}"#).header("retry-after", "3"));
    let answer = send(harbour.rest, register()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (409, r#"{"id": "taken"}"#));
    assert_eq!(answer.header("retry-after"), "3");
    upstream.answer(Answer::status(204));
    let answer = send(harbour.rest, request("DELETE", "/ships/7")).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (204, ""));
}

#[tokio::test]
async fn what_does_not_fit_is_the_upstreams_fault() {
    let (upstream, harbour) = harbour().await;
    for (text, detail) in [
        (r#"{"data": {"imo_number": 1}}"#, "The answer is an object and not an array."),
        (r#"{"data": [{"gross_tonnage": "12 t"}]}"#, "The output `[].tonnage` is a text and not a number."),
        (r#"{"data": [{"crew": [{"full_name": []}]}]}"#, "The output `[].crew[].name` is an array and not a text."),
        ("data", "The upstream's answer is not JSON (line 1): expected value."),
    ] {
        upstream.answer(Answer::json(200, text));
        let answer = get(harbour.rest, "/ships").await;
        assert_eq!(answer.status, 502, "{answer:?}");
        assert_eq!(answer.problem()["detail"], detail);
    }
}

#[tokio::test]
async fn a_tool_says_and_gives_what_the_outputs_declare() {
    let (upstream, harbour) = harbour().await;
    let tools = mcp::tools(harbour.mcp).await;
    let output = &tools[1]["outputSchema"]["properties"]["result"];
    assert_eq!(output["items"]["properties"]["imo"]["description"], "The number of the IMO", "{:#}", tools[1]);
    upstream.answer(Answer::json(200, r#"{"data": [{"imo_number": 1}, {"imo_number": "2"}]}"#));
    let result = mcp::call(harbour.mcp, "list-ships", json!({"state": "active"})).await;
    assert_eq!(result["structuredContent"], json!({"result": [{"imo": "1"}, {"imo": "2"}]}), "{result}");
    assert_eq!(upstream.only_request().target, "/base/ships?status=active");
    upstream.answer(Answer::json(503, r#"{"reason": "storm"}"#));
    let result = mcp::call(harbour.mcp, "list-ships", json!({})).await;
    assert!(mcp::error_text(&result).contains("storm"), "{result}");
}
