//! Resources whose requests are handed on to an upstream.

use std::time::Duration;

use bytes::Bytes;
use capsmith_tests::TOKEN;
use capsmith_tests::http1::{Answer as Got, get, open, request, send};
use capsmith_tests::recorder::{Answer, Recorder};
use http::Request;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::service::{Quay, config};

async fn gate(answer: impl Fn() -> Answer + Send + 'static) -> (Recorder, Quay) {
    let gate = Recorder::new(move |_| answer()).await;
    let quay = Quay::open(gate.url()).await;
    (gate, quay)
}

fn given(method: &str, target: &str, headers: &[(&str, &str)], body: &'static str) -> Request<Full<Bytes>> {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Full::from(body)).unwrap()
}

#[tokio::test]
async fn every_method_is_handed_on_with_path_query_and_content() {
    let (gate, quay) = gate(|| Answer::status(207).header("x-of-gate", "1").body("text/x-gate", "done")).await;
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"] {
        let sent = given(method, "/gate/a/b%2Fc%20d/?x=1&y=%C3%BC&x=2", &[("content-type", "text/x-sent")], "content");
        let answer = send(quay.rest, sent).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (207, "done"), "{method}: {answer:?}");
        assert_eq!((answer.header("x-of-gate"), answer.header("content-type")), ("1", "text/x-gate"));
        let recorded = gate.take();
        assert_eq!(recorded.method, method);
        assert_eq!(recorded.target, "/base/a/b%2Fc%20d/?x=1&y=%C3%BC&x=2&api-version=2");
        assert_eq!((recorded.header("content-type"), recorded.text()), (Some("text/x-sent"), "content"));
        assert_eq!(recorded.header("content-length"), Some("7"));
    }
}

#[tokio::test]
async fn only_trusted_headers_go_along_and_those_of_the_adapter_win() {
    let (gate, quay) = gate(|| Answer::status(200).header("set-cookie", "a=b").header("keep-alive", "1")).await;
    let headers = [
        ("authorization", "Bearer of-the-caller"),
        ("cookie", "session=1"),
        ("x-trusted", "yes"),
        ("x-other", "no"),
        ("x-quay", "8"),
        ("x-hop", "1"),
        ("connection", "keep-alive, X-Hop"),
        ("accept", "text/x-wanted"),
    ];
    let answer = send(quay.rest, given("DELETE", "/gate/a?api-version=1&api%2Dversion=0", &headers, "")).await;
    assert_eq!((answer.header("set-cookie"), answer.header("keep-alive")), ("", ""), "{answer:?}");
    let recorded = gate.take();
    assert_eq!(recorded.target, "/base/a?api-version=2");
    assert_eq!(recorded.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    for (name, value) in [
        ("x-trusted", Some("yes")),
        ("accept", Some("text/x-wanted")),
        ("x-quay", Some("7")),
        ("x-other", None),
        ("x-hop", None),
        ("cookie", None),
    ] {
        assert_eq!(recorded.header(name), value, "{name}");
    }
}

/// What says that it is shorter than its parts are is no way to hide a second request behind the first.
#[tokio::test]
async fn a_length_beside_parts_does_not_count() {
    let (gate, quay) = gate(|| Answer::status(200)).await;
    let mut stream = TcpStream::connect(quay.rest).await.unwrap();
    let request = "POST /gate/a/b HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\
                   connection: close\r\n\r\na\r\n0123456789\r\n0\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let recorded = gate.only();
    assert_eq!((recorded.text(), recorded.header("content-length")), ("0123456789", None));
}

#[tokio::test]
async fn declared_operations_keep_their_methods_and_other_resources_their_paths() {
    let (gate, quay) = gate(|| Answer::json("{}")).await;
    for (method, target, status, seen) in [
        ("GET", "/gate/AB1", 200, Some("/crates/AB1")),
        ("HEAD", "/gate/AB1", 200, Some("/crates/AB1")),
        ("POST", "/gate/AB1", 200, Some("/base/AB1?api-version=2")),
        ("GET", "/gate/a/b", 200, Some("/base/a/b?api-version=2")),
        ("GET", "/gate/AB1/crate", 200, Some("/crates/AB1")),
        ("POST", "/gate/AB1/crate", 405, None),
        ("GET", "/gate", 200, Some("/base?api-version=2")),
        ("GET", "/gate/", 200, Some("/base/?api-version=2")),
        ("GET", "/open", 200, Some("/base?api-version=2")),
        ("GET", "/open/a", 404, None),
        ("GET", "/gates", 404, None),
    ] {
        let answer = send(quay.rest, request(method, target)).await;
        assert_eq!(answer.status, status, "{method} {target}: {answer:?}");
        if status == 405 {
            assert_eq!(answer.header("allow"), "GET");
        }
        match seen {
            Some(seen) => assert_eq!(gate.take().target, seen, "{method} {target}"),
            None => assert_eq!(gate.targets(), [""; 0], "{method} {target}"),
        }
    }
}

#[tokio::test]
async fn no_path_leaves_the_base() {
    let (gate, quay) = gate(|| Answer::status(200)).await;
    for target in [
        "/gate/../secret",
        "/gate/a/..",
        "/gate/%2e%2e/secret",
        "/gate/a%2F..%2F..",
        "/gate/%252e%252E/x",
        "/gate/..%5Cx",
        "/gate/a/..;/x",
    ] {
        let answer = send(quay.rest, request("POST", target)).await;
        assert_eq!(answer.status, 400, "{target}: {answer:?}");
    }
    assert_eq!(gate.targets(), [""; 0]);
    let answer = get(quay.rest, "/gate//evil.example/x").await;
    assert_eq!((answer.status.as_u16(), gate.only().target.as_str()), (200, "/base//evil.example/x?api-version=2"));
}

/// The setting limits what is streamed through as well, whether its length is known before or not.
#[tokio::test]
async fn a_body_is_no_larger_than_the_setting_says() {
    let gate = Recorder::new(|_| Answer::status(200)).await;
    let mut config = config(gate.url());
    config.settings.max_request_body = 1_000;
    let quay = Quay::open_with(config).await;
    let post = |body: Bytes| Request::post("/gate/a/b").body(Full::from(body)).unwrap();
    assert_eq!(send(quay.rest, post(vec![b'x'; 1_000].into())).await.status, 200);
    assert_eq!(gate.take().body.len(), 1_000);
    let answer = send(quay.rest, post(vec![b'x'; 1_001].into())).await;
    assert_eq!((answer.status.as_u16(), gate.requests().len()), (413, 0), "{answer:?}");
    let parts = (0..100).map(|_| Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(&[b'x'; 100]))));
    let parts = StreamBody::new(futures_util::stream::iter(parts));
    let chunked = Request::post("/gate/a/b").body(parts).unwrap();
    let answer = send(quay.rest, chunked).await;
    assert_eq!((answer.status.as_u16(), gate.requests().len()), (413, 0), "{answer:?}");
    answer.problem();
}

#[tokio::test]
async fn an_answer_streams_and_a_redirect_to_elsewhere_is_the_answer() {
    let (answer, parts) = Answer::parts("text/x-parts");
    let redirect = Answer::status(307).header("location", "http://elsewhere.invalid/");
    let gate = Recorder::with([answer, redirect]).await;
    let quay = Quay::open(gate.url()).await;
    let mut answer = open(quay.rest, request("GET", "/gate/a/b")).await;
    for part in ["one", "two"] {
        parts.send(part.into()).unwrap();
        let frame = answer.body_mut().frame().await.unwrap().unwrap();
        assert_eq!(frame.into_data().unwrap(), part);
    }
    let answer: Got = get(quay.rest, "/gate/a/c").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (307, "http://elsewhere.invalid/"));
}

#[tokio::test]
async fn an_upstream_that_fails_is_a_problem_as_in_any_call() {
    let quay = Quay::open("http://127.0.0.1:1").await;
    let answer = get(quay.rest, "/gate/a/b").await;
    assert_eq!(answer.status, 502, "{answer:?}");
    assert!(answer.problem()["detail"].is_string(), "{answer:?}");

    let gate = Recorder::new(|_| Answer::status(200).after(Duration::from_secs(30))).await;
    let mut config = config(gate.url());
    config.settings.read_timeout = Duration::from_millis(50);
    let quay = Quay::open_with(config).await;
    assert_eq!(get(quay.rest, "/gate/a/b").await.status, 504);
}
