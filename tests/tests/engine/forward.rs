//! A resource that is handed on.

use capsmith_tests::http1::{request_with_json, send};
use capsmith_tests::upstream::Answer;
use serde_json::json;

use crate::service::Coast;

/// The entity comes back as it is, and the upstream sees what the adapter is configured to send along.
#[tokio::test]
async fn the_entity_comes_back_and_the_configured_header_arrives() {
    let coast = Coast::open().await;
    coast.upstream.answer(Answer::json(200, r#"{ "ships": ["Fram"] }"#));
    let mut request = request_with_json("GET", "/pilots/ships?flag=no", "");
    request.headers_mut().insert("x-tour", "7".parse().expect("a value"));
    request.headers_mut().insert("x-secret", "8".parse().expect("a value"));
    let answer = send(coast.rest, request).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "ships": ["Fram"] })));
    let request = coast.upstream.only_request();
    assert_eq!(request.target, "/base/ships?flag=no");
    assert_eq!(request.header("x-source"), Some("capsmith"));
    assert_eq!((request.header("x-tour"), request.header("x-secret")), (Some("7"), None));
}
