//! The circuit breaker: an upstream that keeps failing is not asked.

use std::time::Duration;

use capsmith_tests::http1::get;
use capsmith_tests::mcp;
use capsmith_tests::recorder::{Answer, Recorder};
use capsmith_tests::upstream::unreachable_base_url;
use serde_json::json;

use crate::service::{Library, config, library};

const PAUSE: Duration = Duration::from_secs(600);

#[tokio::test]
async fn after_failures_in_a_row_callers_get_503_and_the_upstream_nothing() {
    let upstream = Recorder::new(|_| Answer::status(500)).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.breaker.failures = 2;
        settings.breaker.pause = PAUSE;
    })
    .await;
    for _ in 0..2 {
        assert_eq!(get(library.rest, "/books").await.status, 500);
    }
    let refused = get(library.rest, "/books").await;
    assert_eq!(refused.status, 503);
    assert!(refused.problem()["detail"].as_str().unwrap().contains("not asked"), "{refused:?}");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=600).contains(&seconds), "{seconds}");
    let tool = mcp::call(library.mcp, "find-books", json!({})).await;
    assert!(mcp::error_text(&tool).contains("not asked"), "{tool}");
    assert_eq!(upstream.requests().len(), 2);
}

#[tokio::test]
async fn a_success_on_trial_closes_the_circuit() {
    let answers = [500, 500, 500, 200, 200].map(Answer::status);
    let upstream = Recorder::with(answers).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.breaker.failures = 2;
        settings.breaker.pause = Duration::ZERO;
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(get(library.rest, "/books").await.status.as_u16());
    }
    assert_eq!(statuses, [500, 500, 500, 200, 200]);
}

#[tokio::test]
async fn refused_connections_count_and_clients_learn_when_to_come_back() {
    let mut config = config(&unreachable_base_url());
    config.settings.breaker.failures = 1;
    config.settings.breaker.pause = PAUSE;
    let client = library::Client::new(&config).unwrap();
    let error = client.list_books().await.unwrap_err();
    assert!(matches!(error, capsmith::ClientError::Connect { .. }), "{error}");
    let error = client.list_books().await.unwrap_err();
    let capsmith::ClientError::CircuitOpen { retry_after, .. } = error else { panic!("{error}") };
    assert!(retry_after <= PAUSE && retry_after > Duration::ZERO);
}

#[tokio::test]
async fn it_is_off_unless_it_is_set() {
    let upstream = Recorder::new(|_| Answer::status(503)).await;
    let library = Library::open(upstream.url(), |_| {}).await;
    for _ in 0..20 {
        assert_eq!(get(library.rest, "/books").await.status, 503);
    }
    assert_eq!(upstream.requests().len(), 20);
}
