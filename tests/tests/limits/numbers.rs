//! How many connections and requests there may be, at a time and in a time.

use std::time::Duration;

use bytes::Bytes;
use capsmith_tests::http1::{Answer, get, open, request, send};
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::recorder::{self, Recorder};
use http_body_util::BodyExt as _;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::service::{Library, rest_of};

fn refused(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{answer:?}");
    answer.problem();
    let seconds: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!(seconds > 0, "{answer:?}");
}

#[tokio::test]
async fn a_request_is_in_progress_until_its_answer_is_there_as_a_whole() {
    let (answer, parts) = recorder::Answer::parts("application/json");
    let mut answers = vec![recorder::Answer::json("[]"), answer];
    let upstream = Recorder::new(move |_| answers.pop().unwrap()).await;
    let library = Library::open(upstream.url(), |settings| settings.max_concurrency = 1).await;

    parts.send(Bytes::from_static(b"[")).unwrap();
    let first = open(library.rest, request("GET", "/books")).await;
    assert_eq!(first.status(), 200);
    refused(&get(library.rest, "/books").await, 503);
    refused(&get(library.rest, "/openapi.json").await, 503);
    assert_eq!(get(library.rest, "/health/live").await.status, 200, "probes are no matter of load");
    assert_eq!(get(library.skills, "/skills").await.status, 200, "each listener has places of its own");

    parts.send(Bytes::from_static(b"]")).unwrap();
    drop(parts);
    assert_eq!(first.into_body().collect().await.unwrap().to_bytes(), "[]");
    assert_eq!(get(library.rest, "/books").await.status, 200);
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_its_place() {
    let (slow, _parts) = recorder::Answer::parts("application/json");
    let mut answers = vec![recorder::Answer::json("[]"), slow];
    let upstream = Recorder::new(move |_| answers.pop().unwrap()).await;
    let library = Library::open(upstream.url(), |settings| settings.max_concurrency = 1).await;
    let first = open(library.rest, request("GET", "/books")).await;
    refused(&get(library.rest, "/books").await, 503);
    drop(first);
    while get(library.rest, "/books").await.status != 200 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn tools_are_requests_too() {
    let upstream = Recorder::new(|_| recorder::Answer::json("[]")).await;
    let library = Library::open(upstream.url(), |settings| settings.max_concurrency = 0).await;
    refused(&mcp::send(library.mcp, Era::Stateless, "tools/call", json!({ "name": "find-books" })).await, 503);
    refused(&get(library.control, "/status").await, 503);
    refused(&get(library.skills, "/skills").await, 503);
}

#[tokio::test]
async fn a_caller_who_asks_too_often_gets_429() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| {
        settings.rate.requests = 2;
        settings.rate.per = Duration::from_secs(6000);
    })
    .await;
    for (address, path) in library.surfaces() {
        for _ in 0..2 {
            assert_ne!(get(address, path).await.status, 429, "{path}");
        }
        let answer = get(address, path).await;
        refused(&answer, 429);
        let seconds: u64 = answer.header("retry-after").parse().unwrap();
        assert!((2000..=3000).contains(&seconds), "{seconds}");
        let mut elsewhere = request("GET", path);
        elsewhere.headers_mut().insert("x-forwarded-for", "192.0.2.7".parse().unwrap());
        elsewhere.headers_mut().insert("forwarded", "for=192.0.2.7".parse().unwrap());
        refused(&send(address, elsewhere).await, 429);
        assert_eq!(get(address, "/health/ready").await.status, 200);
    }
}

#[tokio::test]
async fn what_is_refused_is_counted() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| {
        settings.rate.requests = 2;
        settings.rate.per = Duration::from_secs(6000);
        settings.max_uri_length = 100;
    })
    .await;
    assert_eq!(get(library.rest, &format!("/books?{}", "x".repeat(100))).await.status, 414);
    assert_eq!(get(library.rest, "/books").await.status, 200);
    assert_eq!(get(library.rest, "/books").await.status, 429);
    let metrics = get(library.control, "/metrics").await;
    let refused = r#"http_server_request_duration_seconds_count{capsmith_surface="library-rest",http_response_status_class="4xx"} 2"#;
    assert!(metrics.text().lines().any(|line| line == refused), "{}", metrics.text());
}

#[tokio::test]
async fn further_connections_wait_until_one_ends() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.max_connections = 1).await;
    let open = TcpStream::connect(library.rest).await.unwrap();
    let mut second = TcpStream::connect(library.rest).await.unwrap();
    second.write_all(b"GET /books HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = Box::pin(rest_of(&mut second));
    assert!(timeout(Duration::from_millis(200), &mut answer).await.is_err(), "there is no place");
    drop(open);
    assert!(answer.await.starts_with("HTTP/1.1 200 "));
}
