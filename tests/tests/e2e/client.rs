//! The typed client.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use capsmith::http::{HeaderName, HeaderValue};
use capsmith::{ClientError, http_client_builder};
use capsmith_tests::alone::platform_backups::{Client, operations};
use capsmith_tests::capabilities::platform_backups::{client, config};
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::json;

#[tokio::test]
async fn an_error_answer_has_status_headers_and_body() {
    let upstream = Upstream::start().await;
    upstream.answer(Answer::json(422, r#"{"code":"unprocessable"}"#).header("x-request-id", "r-1"));
    let error = client(&upstream.base_url()).createbackup("acme", "shop", "main").await.unwrap_err();
    let message = error.to_string();
    assert!(message.contains("createbackup") && message.contains("422"), "{message}");
    let ClientError::Status(answer) = error else { panic!("{error:?}") };
    assert_eq!(answer.status(), 422);
    assert_eq!(answer.headers()["x-request-id"], "r-1");
    assert_eq!(answer.text(), r#"{"code":"unprocessable"}"#);
}

#[tokio::test]
async fn an_unread_answer_is_given_back_whatever_its_status() {
    let upstream = Upstream::start().await;
    upstream.answer(Answer::status(404).body("text/plain", "no such backup"));
    let response = client(&upstream.base_url()).getbackup("acme", "shop", "main", "b1").send().await.unwrap();
    assert_eq!(response.status(), 404);
    assert_eq!(response.bytes().await.unwrap(), "no such backup");
}

#[tokio::test]
async fn an_empty_answer_is_null() {
    let upstream = Upstream::start().await;
    upstream.answer(Answer::status(204));
    let answer = client(&upstream.base_url()).deletebackup("acme", "shop", "main", "b1").await.unwrap();
    assert_eq!(answer, json!(null));
}

#[tokio::test]
async fn an_answer_that_is_not_json_is_an_error_that_says_so() {
    let upstream = Upstream::start().await;
    upstream.answer(Answer::status(200).body("text/html", "<html>"));
    let error = client(&upstream.base_url()).listbackups("acme", "shop", "main").await.unwrap_err();
    let ClientError::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!((error.status().as_u16(), &error.body()[..]), (200, &b"<html>"[..]));
}

#[tokio::test]
async fn a_request_takes_headers_a_token_and_a_timeout_of_its_own() {
    let upstream = Upstream::start().await;
    let client = client(&upstream.base_url());
    let header = (HeaderName::from_static("x-tenant"), HeaderValue::from_static("acme"));
    client.listbackups("acme", "shop", "main").header(header.0, header.1).bearer("of-this-request").await.unwrap();
    let request = upstream.only_request();
    assert_eq!(request.header("x-tenant"), Some("acme"));
    assert_eq!(request.header("authorization"), Some("Bearer of-this-request"));

    upstream.answer(Answer::json(200, "{}").after(Duration::from_secs(20)));
    let error = client.listbackups("acme", "shop", "main").timeout(Duration::from_millis(50)).await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn a_dot_segment_is_refused_before_anything_is_sent() {
    let upstream = Upstream::start().await;
    for value in [".", ".."] {
        let error = client(&upstream.base_url()).listbackups("acme", value, "main").await.unwrap_err();
        assert!(error.to_string().contains("`database`"), "{error}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_hook_sees_every_request() {
    let upstream = Upstream::start().await;
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let client = Client::builder(&config(&upstream.base_url()))
        .on_request(move |request| {
            let number = seen.fetch_add(1, Ordering::Relaxed);
            request.headers_mut().insert("x-number", HeaderValue::from(number));
            Ok(())
        })
        .build()
        .unwrap();
    client.listbackups("acme", "shop", "main").await.unwrap();
    client.request(operations::Getbackup::new("acme", "shop", "main", "b1")).await.unwrap();
    let numbers: Vec<_> =
        upstream.requests().iter().map(|request| request.header("x-number").unwrap().to_owned()).collect();
    assert_eq!(numbers, ["0", "1"]);
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_custom_http_client_is_used() {
    let upstream = Upstream::start().await;
    let config = config(&upstream.base_url());
    let http_client = http_client_builder(&config.settings).user_agent("of-the-user/1").build().unwrap();
    let client = Client::builder(&config).http_client(http_client).build().unwrap();
    client.listbackups("acme", "shop", "main").await.unwrap();
    assert_eq!(upstream.only_request().header("user-agent"), Some("of-the-user/1"));
}

#[tokio::test]
async fn connections_are_reused() {
    let upstream = Upstream::start().await;
    let client = client(&upstream.base_url());
    for _ in 0..20 {
        client.clone().listbackups("acme", "shop", "main").await.unwrap();
    }
    assert_eq!(upstream.connections(), 1);
}
