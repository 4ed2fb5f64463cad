//! Bodies of requests: their size, their time, their levels.

use std::time::Duration;

use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::http1::{request_with_json, send};
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::json;

use crate::service::{problem, raw};

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";

fn post(head: &str, body: &str) -> String {
    format!(
        "POST {BACKUPS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n{head}\r\n\
         \r\n{body}"
    )
}

#[tokio::test]
async fn a_body_that_is_too_large_is_413_whether_it_says_so_or_not() {
    let upstream = Recorder::silent().await;
    let mut config = config(upstream.url());
    config.settings.max_request_body = 100;
    let running = start(config).await;
    let body = json!({ "name": "n".repeat(100) }).to_string();
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    for request in [
        post("Content-Length: 1000000000", ""),
        post(&format!("Content-Length: {}", body.len()), &body),
        post("Transfer-Encoding: chunked", &chunked),
    ] {
        assert_eq!(problem(&raw(running.rest, &request).await).0, 413, "{request}");
    }
    let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main", "name": "n".repeat(100) });
    let params = json!({ "name": "create-backup", "arguments": arguments });
    assert_eq!(mcp::send(running.mcp, mcp::Era::Stateless, "tools/call", params).await.status, 413);
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_body_that_does_not_end_is_408() {
    let upstream = Recorder::silent().await;
    let mut config = config(upstream.url());
    config.settings.body_timeout = Duration::from_millis(100);
    let running = start(config).await;
    let answer = raw(running.rest, &post("Content-Length: 100", "{")).await;
    assert_eq!(problem(&answer).0, 408);
    let call = post("Accept: application/json, text/event-stream\r\nContent-Length: 100", "{").replace(BACKUPS, "/mcp");
    assert_eq!(problem(&raw(running.mcp, &call).await).0, 408);
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn json_of_too_many_levels_is_400() {
    let upstream = Recorder::new(|_| Answer::json("{}")).await;
    let running = start(config(upstream.url())).await;
    let with = |levels: usize| format!(r#"{{"name": {}{}}}"#, "[".repeat(levels), "]".repeat(levels));
    assert_eq!(send(running.rest, request_with_json("POST", BACKUPS, with(126))).await.status, 200);
    for levels in [127, 1_000_000] {
        let refused = send(running.rest, request_with_json("POST", BACKUPS, with(levels))).await;
        assert_eq!(refused.status, 400, "{levels}");
        refused.problem();
    }
    assert_eq!(upstream.requests().len(), 1);
}
