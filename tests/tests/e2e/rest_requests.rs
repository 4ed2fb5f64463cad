//! What a REST surface accepts, and what it sends on.

use std::time::Duration;

use capsmith::UnknownQuery;
use capsmith::http::HeaderName;
use capsmith_tests::capabilities::platform_backups::{config, start};
use capsmith_tests::http1::{Answer, get, request, request_with_json, send};
use capsmith_tests::upstream::Upstream;
use http::HeaderValue;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use serde_json::json;

const BACKUPS: &str = "/v1/organizations/acme/databases/shop/branches/main/backups";

fn detail(answer: &Answer) -> String {
    answer.problem()["detail"].as_str().expect("a detail").to_owned()
}

#[tokio::test]
async fn dot_segments_are_refused_and_name_the_parameter() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for segment in [".", "..", "%2e", "%2e%2e", "%2E.", ".%2E"] {
        let answer =
            get(running.rest, &format!("/v1/organizations/acme/databases/{segment}/branches/main/backups")).await;
        assert_eq!(answer.status, 400, "{segment}: {answer:?}");
        assert!(detail(&answer).contains("`database`"), "{segment}: {answer:?}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn values_that_only_look_like_dot_segments_pass() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for (segment, sent) in [
        ("...", "..."),
        ("a..b", "a..b"),
        ("%252e%252e", "%252e%252e"),
        ("..%2F..", "..%2F.."),
        ("a%3Fb%23c", "a%3Fb%23c"),
    ] {
        let answer =
            get(running.rest, &format!("/v1/organizations/{segment}/databases/shop/branches/main/backups")).await;
        assert_eq!(answer.status, 200, "{segment}: {answer:?}");
        let target = upstream.only_request().target;
        assert_eq!(target, format!("/base/organizations/{sent}/databases/shop/branches/main/backups"));
    }
}

#[tokio::test]
async fn paths_that_no_text_stands_behind_are_refused() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for segment in ["%ff", "%c3", "a%80"] {
        let answer =
            get(running.rest, &format!("/v1/organizations/{segment}/databases/shop/branches/main/backups")).await;
        assert_eq!(answer.status, 400, "{segment}: {answer:?}");
        answer.problem();
    }
    let answer = get(running.rest, "/v1/organizations//databases/shop/branches/main/backups").await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn an_unknown_path_is_404() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for path in ["/", "/v1", "/v2/organizations", "/v1/organizations/acme/databases/shop/branches/main/backups/b1/more"]
    {
        let answer = get(running.rest, path).await;
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        answer.problem();
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn another_method_is_405_with_the_methods_that_there_are() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for (method, path, allowed) in [
        ("PUT", BACKUPS.to_owned(), ["GET", "HEAD", "POST"]),
        ("OPTIONS", BACKUPS.to_owned(), ["GET", "HEAD", "POST"]),
        ("PATCH", format!("{BACKUPS}/b1"), ["GET", "HEAD", "DELETE"]),
    ] {
        let answer = send(running.rest, request(method, &path)).await;
        assert_eq!(answer.status, 405, "{method} {path}: {answer:?}");
        let mut names: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
        names.sort_unstable();
        let mut allowed = allowed;
        allowed.sort_unstable();
        assert_eq!(names, allowed, "{method} {path}");
        answer.problem();
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn an_undeclared_query_parameter_is_refused_unless_a_setting_says_otherwise() {
    let upstream = Upstream::start().await;
    let target = format!("{BACKUPS}?page=2&q=a%26b");

    let running = start(config(&upstream.base_url())).await;
    let answer = get(running.rest, &target).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    let errors = &answer.problem()["errors"];
    assert_eq!((&errors[0]["parameter"], &errors[1]["parameter"]), (&json!("page"), &json!("q")));
    assert!(errors[0]["detail"].as_str().unwrap().contains("no query parameters"), "{answer:?}");
    assert!(upstream.requests().is_empty());

    let mut ignoring = config(&upstream.base_url());
    ignoring.settings.unknown_query = UnknownQuery::Ignore;
    let running = start(ignoring).await;
    assert_eq!(get(running.rest, &target).await.status, 200);
    assert_eq!(upstream.only_request().target, "/base/organizations/acme/databases/shop/branches/main/backups");

    let mut forwarding = config(&upstream.base_url());
    forwarding.settings.unknown_query = UnknownQuery::Forward;
    let running = start(forwarding).await;
    // The document has no parameter `q` for this, so the upstream refuses it.
    assert_eq!(get(running.rest, &target).await.status, 400);
    assert_eq!(
        upstream.only_request().target,
        "/base/organizations/acme/databases/shop/branches/main/backups?page=2&q=a%26b"
    );
}

#[tokio::test]
async fn a_body_must_be_json() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for text in ["{", "{\"name\": nightly}", "1 2"] {
        let answer = send(running.rest, request_with_json("POST", BACKUPS, text)).await;
        assert_eq!(answer.status, 400, "{text}: {answer:?}");
        assert!(detail(&answer).contains("body"), "{text}: {answer:?}");
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_body_that_does_not_say_that_it_is_json_is_415() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let mut request = request_with_json("POST", BACKUPS, "{}");
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    let answer = send(running.rest, request).await;
    assert_eq!(answer.status, 415, "{answer:?}");
    answer.problem();
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_body_is_passed_on_as_it_was_written() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let text = "{\"z\": 1.0, \"a\": 12345678901234567890123,\n \"\\u00fc\": \"ü\"}";
    let answer = send(running.rest, request_with_json("POST", BACKUPS, text)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(upstream.only_request().body, text);
}

#[tokio::test]
async fn a_body_over_the_limit_is_413() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    config.settings.max_request_body = 100;
    let running = start(config).await;
    let text = |size: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(size - 8));
    assert_eq!(send(running.rest, request_with_json("POST", BACKUPS, text(100))).await.status, 201);
    upstream.only_request();
    let answer = send(running.rest, request_with_json("POST", BACKUPS, text(101))).await;
    assert_eq!(answer.status, 413, "{answer:?}");
    assert!(detail(&answer).contains("100"), "{answer:?}");
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn only_listed_request_headers_are_passed_on() {
    let upstream = Upstream::start().await;
    let mut config = config(&upstream.base_url());
    config.settings.forwarded_headers.push(HeaderName::from_static("x-tenant"));
    let running = start(config).await;
    let mut request = request("GET", BACKUPS);
    let headers = request.headers_mut();
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("de"));
    headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer of-the-caller"));
    headers.insert(COOKIE, HeaderValue::from_static("session=1"));
    headers.insert("x-tenant", HeaderValue::from_static("acme"));
    headers.insert("x-other", HeaderValue::from_static("no"));
    headers.insert("x-request-id", HeaderValue::from_static("r-1"));
    assert_eq!(send(running.rest, request).await.status, 200);
    let request = upstream.only_request();
    assert_eq!(request.header("accept-language"), Some("de"));
    assert_eq!(request.header("x-tenant"), Some("acme"));
    assert_eq!(request.header("x-request-id"), Some("r-1"));
    assert_eq!(request.header("x-other"), None);
    assert_eq!(request.header("cookie"), None);
    assert_eq!(request.headers.get_all(AUTHORIZATION).iter().count(), 1);
    assert_ne!(request.header("authorization"), Some("Bearer of-the-caller"));
}

#[tokio::test]
async fn upstream_connections_are_reused() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    for _ in 0..20 {
        assert_eq!(get(running.rest, BACKUPS).await.status, 200);
    }
    assert_eq!(upstream.requests().len(), 20);
    assert_eq!(upstream.connections(), 1);
}

#[tokio::test]
async fn requests_are_not_held_up_by_a_slow_one() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    upstream.answer(capsmith_tests::upstream::Answer::json(200, "{}").after(Duration::from_secs(20)));
    let slow = tokio::spawn(get_backups(running.rest));
    while upstream.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(get(running.rest, BACKUPS).await.json()["type"], "list");
    assert!(!slow.is_finished());
}

async fn get_backups(address: std::net::SocketAddr) -> Answer {
    get(address, BACKUPS).await
}
