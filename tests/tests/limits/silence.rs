//! Callers who are silent, and answers that do not come.

use std::time::Duration;

use capsmith::{Settings, http_client_builder};
use capsmith_tests::child::PATIENCE;
use capsmith_tests::http1::get;
use capsmith_tests::mcp::{self, Era};
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::service::{Library, problem, raw, rest_of};

/// For what has to happen.
const SHORT: Duration = Duration::from_millis(100);
/// For what must not happen before something else has, on a machine that has much to do.
const LONG: Duration = Duration::from_secs(2);
const REQUEST: &str = "GET /books HTTP/1.1\r\nHost: localhost\r\n\r\n";

#[tokio::test]
async fn a_head_that_does_not_end_is_408() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.head_timeout = SHORT).await;
    for (address, path) in library.surfaces() {
        let answer = raw(address, &format!("GET {path} HTTP/1.1\r\nHost: local")).await;
        let (status, problem) = problem(&answer);
        assert_eq!(status, 408, "{path}");
        assert!(problem["detail"].as_str().unwrap().contains("head"), "{answer}");
        assert!(answer.contains("connection: close"), "{answer}");
    }
}

#[tokio::test]
async fn a_head_that_comes_letter_by_letter_is_408() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.head_timeout = LONG / 2).await;
    let mut stream = TcpStream::connect(library.rest).await.unwrap();
    let (mut read, mut write) = stream.split();
    let drip = async {
        while write.write_all(b"X").await.is_ok() {
            tokio::time::sleep(SHORT / 10).await;
        }
        std::future::pending::<()>().await;
    };
    let mut answer = Vec::new();
    tokio::select! {
        () = drip => {}
        // What was on its way when the server went makes the end an error.
        () = async { while let Ok(1..) = read.read_buf(&mut answer).await {} } => {}
    }
    assert!(String::from_utf8(answer).unwrap().starts_with("HTTP/1.1 408 "));
}

#[tokio::test]
async fn a_connection_without_a_request_is_closed() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.head_timeout = SHORT).await;
    assert_eq!(raw(library.rest, "").await, "");
    assert_eq!(raw(library.rest, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.find("HTTP/1.1"), None);
}

#[tokio::test]
async fn a_connection_between_requests_is_closed_after_the_time_for_that() {
    let upstream = Recorder::new(|_| Answer::json("[]")).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.head_timeout = LONG;
        settings.keep_alive_timeout = LONG;
    })
    .await;
    let mut stream = TcpStream::connect(library.rest).await.unwrap();
    for _ in 0..2 {
        stream.write_all(REQUEST.as_bytes()).await.unwrap();
        let mut part = [0; 1024];
        let length = stream.read(&mut part).await.unwrap();
        assert!(part[..length].starts_with(b"HTTP/1.1 200 "));
    }
    rest_of(&mut stream).await;
}

#[tokio::test]
async fn a_connection_after_a_preflight_is_one_between_requests() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| {
        settings.cors.origins = vec!["https://app.example".to_owned()];
        settings.head_timeout = LONG;
        settings.keep_alive_timeout = LONG;
    })
    .await;
    let mut stream = TcpStream::connect(library.rest).await.unwrap();
    let preflight = REQUEST
        .replace("GET", "OPTIONS")
        .replace("\r\n\r\n", "\r\nOrigin: https://app.example\r\nAccess-Control-Request-Method: GET\r\n\r\n");
    stream.write_all(preflight.as_bytes()).await.unwrap();
    let answer = rest_of(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "nothing is said to whoever asks nothing: {answer}");
}

#[tokio::test]
async fn an_answer_that_takes_longer_than_silence_may_arrives() {
    let upstream = Recorder::new(|_| Answer::json("[7]").after(LONG * 2)).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.head_timeout = LONG;
        settings.keep_alive_timeout = LONG;
        settings.send_timeout = LONG;
    })
    .await;
    assert_eq!(get(library.rest, "/books").await.text(), "[7]");
}

#[tokio::test]
async fn a_caller_who_takes_nothing_of_an_answer_loses_it() {
    let (answer, parts) = Answer::parts("application/octet-stream");
    let mut answer = Some(answer);
    let upstream = Recorder::new(move |_| answer.take().unwrap()).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.send_timeout = LONG;
        settings.max_concurrency = 1;
    })
    .await;
    let mut stream = TcpStream::connect(library.rest).await.unwrap();
    stream.write_all(REQUEST.as_bytes()).await.unwrap();
    // More than the buffers of the system hold.
    for _ in 0..1024 {
        parts.send(vec![0; 64 * 1024].into()).unwrap();
    }
    while get(library.rest, "/openapi.json").await.status == 200 {
        tokio::time::sleep(SHORT / 10).await;
    }
    while get(library.rest, "/openapi.json").await.status != 200 {
        tokio::time::sleep(SHORT / 10).await;
    }
}

#[tokio::test]
async fn a_caller_who_takes_nothing_of_an_answer_by_http_2_loses_it() {
    let (answer, parts) = Answer::parts("application/octet-stream");
    let mut answer = Some(answer);
    let upstream = Recorder::new(move |_| answer.take().unwrap()).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.send_timeout = LONG;
        settings.keep_alive_timeout = SHORT;
        settings.max_concurrency = 1;
    })
    .await;
    let client = http_client_builder(&Settings::default()).no_proxy().http2_prior_knowledge().build().unwrap();
    parts.send(vec![0; 16 * 1024 * 1024].into()).unwrap();
    // Nobody reads it, so the window stays as it is.
    let response = client.get(format!("http://{}/books", library.rest)).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(get(library.rest, "/openapi.json").await.status, 503, "there is one place, which is taken");
    let free = async {
        while get(library.rest, "/openapi.json").await.status != 200 {
            tokio::time::sleep(SHORT / 10).await;
        }
    };
    timeout(PATIENCE, free).await.expect("a place in time");
    assert!(response.bytes().await.is_err(), "the answer broke off");
}

#[tokio::test]
async fn an_answer_by_http_2_that_is_still_being_made_is_waited_for() {
    let (answer, parts) = Answer::parts("application/json");
    let mut answer = Some(answer);
    let upstream = Recorder::new(move |_| answer.take().unwrap()).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.send_timeout = SHORT;
        settings.keep_alive_timeout = SHORT;
    })
    .await;
    let client = http_client_builder(&Settings::default()).no_proxy().http2_prior_knowledge().build().unwrap();
    parts.send("[".into()).unwrap();
    let response = client.get(format!("http://{}/books", library.rest)).send().await.unwrap();
    tokio::time::sleep(SHORT * 10).await;
    parts.send("]".into()).unwrap();
    drop(parts);
    assert_eq!(response.text().await.unwrap(), "[]");
}

#[tokio::test]
async fn what_takes_too_long_is_504() {
    let upstream = Recorder::new(|_| Answer::json("[]").after(Duration::from_secs(60))).await;
    let library = Library::open(upstream.url(), |settings| settings.request_timeout = Some(SHORT)).await;
    let answer = get(library.rest, "/books").await;
    assert_eq!(answer.status, 504);
    assert!(answer.problem()["detail"].as_str().unwrap().contains("in time"), "{answer:?}");
    let tool = mcp::send(library.mcp, Era::Stateless, "tools/call", json!({ "name": "find-books" })).await;
    assert_eq!(tool.status, 504);
    tool.problem();
}
