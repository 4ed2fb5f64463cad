//! Heads of requests that are too long, on surfaces of every kind.

use capsmith_tests::http1::{request, send};
use capsmith_tests::recorder::Recorder;
use http::HeaderName;

use crate::service::{Library, raw};

#[tokio::test]
async fn a_target_that_is_too_long_is_414() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.max_uri_length = 100).await;
    for (address, path) in library.surfaces() {
        let target = format!("{path}?x={}", "y".repeat(100 - path.len() - 3));
        assert_ne!(send(address, request("GET", &target)).await.status, 414, "{target}");
        let refused = send(address, request("GET", &format!("{target}y"))).await;
        assert_eq!(refused.status, 414, "{target}");
        assert!(refused.problem()["detail"].as_str().unwrap().contains("100 bytes"), "{refused:?}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn too_many_header_fields_are_431() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.max_headers = 10).await;
    for (address, path) in library.surfaces() {
        let with = |fields: usize| {
            let mut request = request("GET", path);
            for field in 0..fields {
                let name = HeaderName::try_from(format!("x-field-{field}")).unwrap();
                request.headers_mut().insert(name, "1".parse().unwrap());
            }
            request
        };
        // The client adds `Host`.
        assert_ne!(send(address, with(9)).await.status, 431, "{path}");
        let refused = send(address, with(10)).await;
        assert_eq!(refused.status, 431, "{path}");
        assert!(refused.problem()["detail"].as_str().unwrap().contains("10 header fields"), "{refused:?}");
    }
}

#[tokio::test]
async fn too_many_bytes_of_header_fields_are_431() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.max_header_bytes = 1000).await;
    for (address, path) in library.surfaces() {
        let with = |bytes: usize| {
            let mut request = request("GET", path);
            request.headers_mut().insert("x-field", "1".repeat(bytes).parse().unwrap());
            request
        };
        assert_ne!(send(address, with(800)).await.status, 431, "{path}");
        let refused = send(address, with(1000)).await;
        assert_eq!(refused.status, 431, "{path}");
        assert!(refused.problem()["detail"].as_str().unwrap().contains("1000 bytes"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_head_that_goes_on_and_on_is_not_read_to_its_end() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |_| {}).await;
    let field = format!("X-Field: {}\r\n", "1".repeat(1 << 20));
    for head in
        [format!("GET /books HTTP/1.1\r\n{field}"), format!("GET /books HTTP/1.1\r\n{}", "a:b\r\n".repeat(1000))]
    {
        let answer = raw(library.rest, &format!("{head}Host: localhost\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
}

#[tokio::test]
async fn more_header_fields_than_usual_can_be_allowed() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.max_headers = 300).await;
    let request = |fields: usize| {
        let fields = "X-Field: 1\r\n".repeat(fields);
        format!("GET /books HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n")
    };
    let answer = raw(library.rest, &request(298)).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let answer = raw(library.rest, &request(299)).await;
    assert_eq!(crate::service::problem(&answer).0, 431);
}
