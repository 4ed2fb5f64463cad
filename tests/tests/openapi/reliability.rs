//! Hooks, repetitions and timeouts.

use std::time::{Duration, Instant};

use capsmith::http::{HeaderName, HeaderValue};
use capsmith::openapi::CallError;
use capsmith::{ClientError, HookError, Settings};
use capsmith_tests::recorder::{Answer, Recorder};

use crate::api::bodies::types::Note;
use crate::api::{answers, bodies};

fn retrying(recorder: &Recorder) -> answers::Client {
    let mut settings = Settings::default();
    settings.retries.max = 2;
    settings.retries.delay = Duration::from_millis(1);
    let config = answers::Config { base_url: recorder.url().into(), settings, ..answers::Config::default() };
    answers::Client::new(&config).expect("a client")
}

#[tokio::test]
async fn what_failed_for_a_while_is_repeated() {
    let recorder = Recorder::with([Answer::status(503), Answer::status(429), Answer::json(r#"{"id": 1}"#)]).await;
    assert_eq!(retrying(&recorder).range().await.expect("an answer").id, 1);
    assert_eq!(recorder.requests().len(), 3);
}

#[tokio::test]
async fn retry_after_is_waited_for() {
    let recorder = Recorder::with([Answer::status(503).header("retry-after", "1"), Answer::json(r#"{"id": 1}"#)]).await;
    let start = Instant::now();
    retrying(&recorder).range().await.expect("an answer");
    assert!(start.elapsed() >= Duration::from_millis(990), "{:?}", start.elapsed());
}

#[tokio::test]
async fn the_last_failure_is_the_answer() {
    let recorder = Recorder::new(|_| Answer::status(503)).await;
    let error = retrying(&recorder).range().await.expect_err("a failure");
    assert_eq!(error.status().expect("a status").as_u16(), 503);
    assert_eq!(recorder.requests().len(), 3);
}

#[tokio::test]
async fn what_could_happen_twice_is_not_repeated() {
    let recorder = Recorder::with([Answer::status(503), Answer::status(204)]).await;
    let mut settings = Settings::default();
    settings.retries.max = 2;
    let config = bodies::Config { base_url: recorder.url().into(), settings, ..bodies::Config::default() };
    let client = bodies::Client::new(&config).expect("a client");
    client.send_json(Note::default()).await.expect_err("a failure");
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test]
async fn nothing_is_repeated_unless_asked_for() {
    let recorder = Recorder::with([Answer::status(503), Answer::json(r#"{"id": 1}"#)]).await;
    crate::client!(answers, recorder).range().await.expect_err("a failure");
    assert_eq!(recorder.requests().len(), 1);
}

#[tokio::test]
async fn a_request_can_have_a_timeout() {
    let recorder = Recorder::new(|_| Answer::json(r#"{"id": 1}"#).after(Duration::from_secs(30))).await;
    let start = Instant::now();
    let error = crate::client!(answers, recorder).range().timeout(Duration::from_millis(50)).await.expect_err("none");
    assert!(matches!(error, CallError::Client(ClientError::Timeout { .. })), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn hooks_see_every_attempt() {
    let recorder = Recorder::with([Answer::status(503), Answer::json(r#"{"id": 1}"#)]).await;
    let mut settings = Settings::default();
    settings.retries.max = 1;
    settings.retries.delay = Duration::from_millis(1);
    let config = answers::Config { base_url: recorder.url().into(), settings, ..answers::Config::default() };
    let attempt = std::sync::atomic::AtomicU32::new(0);
    let client = answers::Client::builder(&config)
        .on_request(move |request| {
            let number = attempt.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            request.headers_mut().insert("x-attempt", HeaderValue::from(number));
            Ok(())
        })
        .build()
        .expect("a client");
    client.range().await.expect("an answer");
    let attempts: Vec<_> =
        recorder.requests().iter().map(|request| request.header("x-attempt").map(str::to_owned)).collect();
    assert_eq!(attempts, [Some("0".to_owned()), Some("1".to_owned())]);
}

#[tokio::test]
async fn a_hook_can_refuse() {
    let recorder = Recorder::silent().await;
    let config = answers::Config { base_url: recorder.url().into(), ..answers::Config::default() };
    let client = answers::Client::builder(&config).on_request(|_| Err(HookError::new("not today"))).build();
    let error = client.expect("a client").range().await.expect_err("refused");
    assert!(matches!(error, CallError::Client(ClientError::Hook { .. })), "{error:?}");
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn a_request_can_have_headers_of_its_own() {
    let recorder = Recorder::silent().await;
    let client = crate::client!(answers, recorder);
    let (name, value) = (HeaderName::from_static("x-trace"), HeaderValue::from_static("7"));
    client.nothing().header(name, value).await.expect("an answer");
    assert_eq!(recorder.only().header("x-trace"), Some("7"));
}
