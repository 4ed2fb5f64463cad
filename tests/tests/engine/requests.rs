//! What reaches the upstream.

use capsmith_tests::http1::{get, request_with_json, send};
use capsmith_tests::upstream::Answer;
use serde_json::json;

use crate::service::Coast;

/// A variable of the exposed path becomes one of the upstream's, and is one segment of it whatever is in it.
#[tokio::test]
async fn a_path_parameter_reaches_the_upstreams_path() {
    let coast = Coast::open().await;
    for (written, expected) in [("bergen", "bergen"), ("B%C3%B8d%C3%B8", "B%C3%B8d%C3%B8"), ("a%2Fb", "a%2Fb")] {
        coast.upstream.answer(Answer::json(200, "[]"));
        assert_eq!(get(coast.rest, &format!("/berths/{written}?caller=me")).await.status, 200);
        let target = coast.upstream.only_request().target;
        assert_eq!(target, format!("/base/harbours/{expected}/berths?depth=9&caller=me"));
    }
}

/// Parameters of the adapter go along with every operation: constants as they are, templates with their values.
#[tokio::test]
async fn headers_of_the_adapter_are_constant_or_rendered() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::json(200, "[]"));
    get(coast.rest, "/berths/bergen?caller=Nordlys").await;
    let request = coast.upstream.only_request();
    assert_eq!(request.header("x-source"), Some("capsmith"));
    assert_eq!(request.header("x-caller"), Some("Nordlys of Bergen"));
}

/// `with` takes a parameter of the surface by its namespace, and the upstream's status is the route's.
#[tokio::test]
async fn a_renamed_parameter_arrives_and_201_stays_201() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::json(201, r#"{ "berth": 7 }"#));
    let body = json!({ "ship": "Fram \"II\"", "nights": 3 }).to_string();
    let answer = send(coast.rest, request_with_json("POST", "/berths/bergen?guest=me", body)).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (201, json!({ "berth": 7 })));
    let request = coast.upstream.only_request();
    assert_eq!(request.target, "/base/harbours/bergen/berths?caller=me");
    assert_eq!(request.json(), json!({ "ship": "Fram \"II\"", "nights": 3 }));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

/// Fields of the body are checked by their types before anything is sent.
#[tokio::test]
async fn what_is_missing_or_of_another_type_is_400() {
    let coast = Coast::open().await;
    for body in [r#"{ "ship": "Fram", "nights": "three" }"#, r#"{ "ship": "Fram" "#, "[]"] {
        let answer = send(coast.rest, request_with_json("POST", "/berths/bergen?guest=me", body)).await;
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.problem()["status"], 400);
    }
    assert!(coast.upstream.requests().is_empty());
}

/// Paths into the body of the route's request give the inputs that the upstream's query and written body are made of.
#[tokio::test]
async fn paths_into_the_body_fill_the_upstreams_query_and_body() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::json(200, "{}"));
    let body = json!({
        "from": "Bergen & more",
        "notice": { "title": "No \"wash\"", "days": [3, 4], "tags": ["sea", { "level": 2 }] },
    });
    let answer = send(coast.rest, request_with_json("POST", "/notices", body.to_string())).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let request = coast.upstream.only_request();
    assert_eq!(request.target, "/base/notices?station=Bergen+%26+more");
    let expected = json!({ "heading": "No \"wash\"", "days": 3, "tags": ["sea", { "level": 2 }] });
    assert_eq!(request.json(), expected, "values keep their types, and texts are escaped");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("x-source"), Some("capsmith"), "the constant header of the adapter");
}
