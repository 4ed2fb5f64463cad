//! What is answered to requests that no generated client would send.

use std::net::SocketAddr;

use bytes::Bytes;
use capsmith::http::{Method, Request};
use capsmith_tests::http1::{Answer, send};
use http_body_util::Full;
use serde_json::{Value, json};

use crate::serve;

async fn ask(address: SocketAddr, method: Method, target: &str, body: &str) -> Answer {
    let request = Request::builder().method(method).uri(target).header("content-type", "application/json");
    let body = Full::new(Bytes::copy_from_slice(body.as_bytes()));
    send(address, request.body(body).expect("a request")).await
}

/// The faults of a refused request: where, at which pointer, and what.
fn faults(answer: &Answer) -> Vec<(String, String, String)> {
    let problem = answer.problem();
    assert_eq!(answer.status, 400, "{answer:?}");
    let text = |fault: &Value, member: &str| fault[member].as_str().unwrap_or_default().to_owned();
    let faults = problem["errors"].as_array().expect("errors").iter();
    faults
        .map(|fault| (text(fault, "in"), text(fault, "parameter") + &text(fault, "pointer"), text(fault, "detail")))
        .collect()
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let address = serve().await;
    let answer =
        ask(address, Method::GET, "/databases/shop/backups?page=0&state=ready,lost&filter[sizes][]=x&pages=1", "")
            .await;
    let found = faults(&answer);
    let found: Vec<_> =
        found.iter().map(|(place, part, detail)| (place.as_str(), part.as_str(), detail.as_str())).collect();
    assert_eq!(
        found,
        [
            ("query", "filter/sizes/0", "does not fit: invalid type: string \"x\", expected an integer of 64 bits"),
            ("query", "pages", "is not known; the query parameters here are `page`, `state`, `filter`"),
            ("query", "page", "must be at least 1"),
            ("query", "state/1", "must be one of `pending`, `ready`"),
        ]
    );
    let body = json!({"retention": "x", "tags": ["a", 1], "state": null, "colour": "blue"}).to_string();
    let found = faults(&ask(address, Method::POST, "/databases/shop/backups", &body).await);
    let found: Vec<_> = found.iter().map(|(_, part, detail)| (part.as_str(), detail.as_str())).collect();
    assert_eq!(
        found,
        [
            ("body/retention", "does not fit: invalid type: string \"x\", expected an integer of 64 bits"),
            ("body/tags/1", "does not fit: invalid type: integer `1`, expected a string"),
            ("body/state", "must not be null"),
            ("body/colour", "is not known here"),
            ("body/name", "is required"),
        ]
    );
    let broken =
        faults(&ask(address, Method::POST, "/databases/shop/backups", r#"{"name": "", "retention": 0}"#).await);
    assert_eq!(broken.iter().map(|(_, part, _)| part.as_str()).collect::<Vec<_>>(), ["body/name", "body/retention"]);
}

#[tokio::test]
async fn paths_and_methods_are_told_apart() {
    let address = serve().await;
    assert_eq!(ask(address, Method::GET, "/databases/shop/compare/3...10", "").await.json(), 7);
    assert_eq!(ask(address, Method::GET, "/databases/shop/compare/3..10", "").await.status, 404);
    let wrong = ask(address, Method::PATCH, "/backups/7.tar", "").await;
    assert_eq!((wrong.status.as_u16(), wrong.header("allow")), (405, "GET, HEAD, OPTIONS, PUT"));
    let unsupported = ask(address, Method::PUT, "/backups/7.tar", "{}").await;
    assert_eq!((unsupported.status.as_u16(), unsupported.header("accept")), (415, "application/x-tar"));
}

#[tokio::test]
async fn the_document_is_given_out() {
    let address = serve().await;
    let document = ask(address, Method::GET, "/openapi.json", "").await.json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{document}");
    let operation = &document["paths"]["/databases/{database}/compare/{base}...{head}"]["get"];
    assert_eq!(operation["operationId"], "compare");
    assert_eq!(document["components"]["schemas"]["State"]["enum"], json!(["pending", "ready"]));
}
