//! What is taken of upstreams.

use std::time::Duration;

use capsmith_tests::http1::get;
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::json;

use crate::service::{Library, config, library};

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read_into_memory() {
    let upstream = Recorder::new(|_| Answer::json(format!("[{}]", "7,".repeat(1000) + "7"))).await;
    let mut config = config(upstream.url());
    config.settings.max_response_body = 1000;
    let error = library::Client::new(&config).unwrap().list_books().await.unwrap_err();
    assert!(matches!(error, capsmith::ClientError::TooLarge { limit: 1000, .. }), "{error}");
}

#[tokio::test]
async fn a_tool_gives_no_more_than_it_may() {
    let upstream = Recorder::new(|_| Answer::json(format!("[{}]", "7,".repeat(1000) + "7"))).await;
    let library = Library::open(upstream.url(), |settings| settings.max_tool_result = 1000).await;
    let result = mcp::call(library.mcp, "find-books", json!({})).await;
    assert!(mcp::error_text(&result).contains("1000"), "{result}");
}

#[tokio::test]
async fn a_redirect_to_another_host_is_handed_on_and_not_followed() {
    let other = Recorder::new(|_| Answer::json("[]")).await;
    let place = format!("{}/books", other.url());
    let location = place.clone();
    let upstream = Recorder::new(move |_| Answer::status(302).header("location", &location)).await;
    let library = Library::open(upstream.url(), |_| {}).await;
    let answer = get(library.rest, "/books").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (302, place.as_str()));
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn an_address_that_nobody_answers_at_is_502_or_504() {
    // Addresses for documentation (RFC 5737): packets there get lost, or a router says that it has no way.
    let library = Library::open("http://192.0.2.1", |settings| {
        settings.connect_timeout = Duration::from_millis(100);
    })
    .await;
    let answer = get(library.rest, "/books").await;
    assert!([502, 504].contains(&answer.status.as_u16()), "{answer:?}");
    answer.problem();
}
