//! An upstream that cannot be reached, is too slow, or fails for a moment.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use capsmith_tests::capabilities::platform_backups::{client, config, start};
use capsmith_tests::http1::{get, open, request, send};
use capsmith_tests::mcp;
use capsmith_tests::upstream::{Answer, Upstream, unreachable_base_url};
use http_body_util::BodyExt;
use serde_json::json;
use tokio::sync::Notify;

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";

#[tokio::test]
async fn a_refused_connection_is_502() {
    let base_url = unreachable_base_url();
    let running = start(config(&base_url)).await;
    let answer = get(running.rest, BACKUPS).await;
    assert_eq!(answer.status, 502);
    answer.problem();
    let arguments = json!({ "organization": "acme", "database": "shop", "branch": "main" });
    let result = mcp::call(running.mcp, "list-backups", arguments).await;
    assert!(mcp::error_text(&result).contains("upstream"), "{result}");
    let error = client(&base_url).listbackups("acme", "shop", "main").await.unwrap_err();
    assert_eq!(error.status(), None, "{error:?}");
}

#[tokio::test]
async fn a_slow_answer_is_504() {
    let upstream = Upstream::start().await;
    for limit in ["read_timeout", "timeout"] {
        let mut config = config(&upstream.base_url());
        match limit {
            "read_timeout" => config.settings.read_timeout = Duration::from_millis(100),
            _ => config.settings.timeout = Some(Duration::from_millis(100)),
        }
        let running = start(config).await;
        upstream.answer(Answer::json(200, "{}").after(Duration::from_secs(20)));
        let answer = get(running.rest, BACKUPS).await;
        assert_eq!(answer.status, 504, "{limit}: {answer:?}");
        answer.problem();
    }
}

#[tokio::test]
async fn nothing_is_repeated_unless_asked_for() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(Answer::json(503, "{}"));
    assert_eq!(get(running.rest, BACKUPS).await.status, 503);
    assert_eq!(upstream.requests().len(), 1);
}

#[tokio::test]
async fn only_idempotent_requests_are_repeated() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    config.settings.retries.max = 2;
    config.settings.retries.delay = Duration::from_millis(1);
    let running = start(config).await;

    upstream.answer(Answer::json(503, "{}"));
    upstream.answer(Answer::json(502, "{}").header("retry-after", "0"));
    upstream.answer(Answer::json(200, r#"{"data":[1]}"#));
    assert_eq!(get(running.rest, BACKUPS).await.text(), r#"{"data":[1]}"#);
    assert_eq!(upstream.requests().len(), 3);

    upstream.answer(Answer::json(503, "{}"));
    assert_eq!(send(running.rest, request("POST", BACKUPS)).await.status, 503);
    assert_eq!(upstream.requests().len(), 4);
}

#[tokio::test]
async fn the_last_answer_passes_when_all_attempts_fail() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    config.settings.retries.max = 1;
    config.settings.retries.delay = Duration::from_millis(1);
    let running = start(config).await;
    upstream.answer(Answer::json(503, r#"{"attempt":1}"#));
    upstream.answer(Answer::json(503, r#"{"attempt":2}"#));
    let answer = get(running.rest, BACKUPS).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (503, r#"{"attempt":2}"#));
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_taken_for_a_whole_one() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let has_begun = Arc::new(Notify::new());
    let broken = || {
        let pieces = futures_util::stream::unfold((true, Arc::clone(&has_begun)), |(is_first, has_begun)| async move {
            let piece = if is_first {
                Ok(Bytes::from_static(b"{\"data\":["))
            } else {
                // The first piece has to be on its way before the rest breaks off.
                has_begun.notified().await;
                Err(io::Error::other("broken"))
            };
            Some((piece, (false, has_begun)))
        });
        Answer::status(200).body("application/json", Body::from_stream(pieces))
    };
    upstream.answer(broken());
    let response = open(running.rest, request("GET", BACKUPS)).await;
    assert_eq!(response.status(), 200);
    has_begun.notify_one();
    assert!(response.into_body().collect().await.is_err());

    upstream.answer(broken());
    has_begun.notify_one();
    // What only reads would be sent once more where the end comes before the head of the answer.
    let error = client(&upstream.base_url()).createbackup("acme", "shop", "main").await.unwrap_err();
    assert_eq!(error.status(), None, "{error:?}");
}
