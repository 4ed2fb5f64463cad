//! What a REST surface makes of the upstream's answer: nothing, if it can.

use std::time::Duration;

use bytes::Bytes;
use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::http1::{get, open, request, send};
use capsmith_tests::upstream::{Answer, Upstream};
use http_body_util::BodyExt;
use tokio::time::timeout;

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";
const BACKUP: &str = "/v1/organizations/acme/databases/shop/branches/main/backups/b1";

#[tokio::test]
async fn status_content_type_and_every_byte_pass() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let document = "{ \"b\": 1.0,\r\n\t\"a\": [12345678901234567890123, 2e3, \"\\u00fc\"], \"b\": null }\n";
    upstream.answer(Answer::status(203).body("application/vnd.api+json; charset=utf-8", document));
    let answer = get(running.rest, BACKUPS).await;
    assert_eq!(answer.status, 203);
    assert_eq!(answer.header("content-type"), "application/vnd.api+json; charset=utf-8");
    assert_eq!(answer.text(), document);
    assert_eq!(answer.header("content-length"), document.len().to_string());

    upstream.answer(Answer::status(200).body("text/plain", "not JSON"));
    let answer = get(running.rest, BACKUPS).await;
    assert_eq!((answer.header("content-type"), answer.text()), ("text/plain", "not JSON"));
}

#[tokio::test]
async fn end_to_end_headers_pass_and_others_do_not() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let answer = Answer::json(200, "{}")
        .header("link", "</next>; rel=\"next\"")
        .header("link", "</last>; rel=\"last\"")
        .header("etag", "\"v1\"")
        .header("location", "https://example.com/b1")
        .header("retry-after", "7")
        .header("x-ratelimit-remaining", "41")
        .header("set-cookie", "session=1")
        .header("connection", "x-hop")
        .header("x-hop", "1")
        .header("keep-alive", "timeout=5")
        .header("proxy-authenticate", "Basic");
    upstream.answer(answer);
    let answer = get(running.rest, BACKUPS).await;
    assert_eq!(answer.headers.get_all("link").iter().count(), 2);
    assert_eq!(answer.header("etag"), "\"v1\"");
    assert_eq!(answer.header("location"), "https://example.com/b1");
    assert_eq!(answer.header("retry-after"), "7");
    assert_eq!(answer.header("x-ratelimit-remaining"), "41");
    for name in ["set-cookie", "connection", "x-hop", "keep-alive", "proxy-authenticate"] {
        assert!(!answer.headers.contains_key(name), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn errors_of_the_upstream_pass_with_their_bodies() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for status in [400, 401, 404, 409, 422, 429, 500, 503] {
        upstream.answer(Answer::json(status, r#"{"code":"a","message":"b"}"#));
        let answer = get(running.rest, BACKUPS).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.text(), r#"{"code":"a","message":"b"}"#);
        upstream.only_request();
    }
}

#[tokio::test]
async fn a_redirect_is_followed_within_the_origin_and_passed_on_elsewhere() {
    let upstream = Upstream::start().await;
    let other = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;

    let moved = "/base/organizations/acme/databases/shop/branches/old/backups?page=1";
    upstream.answer(Answer::status(307).header("location", moved));
    assert_eq!(get(running.rest, BACKUPS).await.status, 200);
    let targets: Vec<_> = upstream.take_requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets[1..], [moved]);

    let elsewhere = other.base_url();
    upstream.answer(Answer::status(307).header("location", elsewhere.leak()));
    let answer = get(running.rest, BACKUPS).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (307, other.base_url().as_str()));
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn no_content_stays_no_content() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(Answer::status(204));
    let answer = send(running.rest, request("DELETE", BACKUP)).await;
    assert_eq!(answer.status, 204);
    assert!(answer.body.is_empty());
    assert!(!answer.headers.contains_key("content-type"));
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(Answer::json(200, r#"{"id":"b1"}"#).header("etag", "\"v1\""));
    let answer = send(running.rest, request("HEAD", BACKUP)).await;
    assert_eq!(upstream.only_request().method, "GET");
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, "\"v1\""));
    assert_eq!(answer.header("content-type"), "application/json");
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn a_long_answer_is_passed_on_while_it_arrives() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let (pieces, answer) = Answer::streamed();
    upstream.answer(answer);
    let exchange = tokio::spawn(async move { open(running.rest, request("GET", BACKUPS)).await });
    pieces.send(Bytes::from_static(b"[1")).await.unwrap();
    let mut body = exchange.await.unwrap().into_body();
    let first =
        timeout(Duration::from_secs(10), body.frame()).await.expect("the first bytes before the last were sent");
    assert_eq!(first.unwrap().unwrap().into_data().unwrap(), "[1");
    pieces.send(Bytes::from_static(b",2]")).await.unwrap();
    drop(pieces);
    assert_eq!(body.collect().await.unwrap().to_bytes(), ",2]");
}

#[tokio::test]
async fn a_large_answer_arrives_whole() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    // What is passed on is not limited by what may be read into memory.
    config.settings.max_response_body = 1024;
    let running = start(config).await;
    let document = format!("\"{}\"", "x".repeat(8 * 1024 * 1024));
    upstream.answer(Answer::status(200).body("application/json", document.clone()));
    assert!(get(running.rest, BACKUPS).await.text() == document);
}
