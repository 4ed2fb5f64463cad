//! Pages of other origins read answers where the settings let them, and nowhere else.

use bytes::Bytes;
use capsmith_tests::http1::{Answer, request, send};
use capsmith_tests::recorder::{self, Recorder};
use http::Request;
use http_body_util::Full;

use crate::service::Library;

const PAGE: &str = "https://app.example";

fn from(origin: &str, method: &str, path: &str) -> Request<Full<Bytes>> {
    let mut request = request(method, path);
    request.headers_mut().insert("origin", origin.parse().unwrap());
    request
}

fn preflight(origin: &str, path: &str) -> Request<Full<Bytes>> {
    let mut request = from(origin, "OPTIONS", path);
    request.headers_mut().insert("access-control-request-method", "GET".parse().unwrap());
    request.headers_mut().insert("access-control-request-headers", "authorization,x-other".parse().unwrap());
    request
}

fn permissions(answer: &Answer) -> Vec<&str> {
    let names = answer.headers.keys().map(http::HeaderName::as_str);
    names.filter(|name| name.starts_with("access-control-")).collect()
}

#[tokio::test]
async fn no_page_reads_answers_unless_it_is_allowed_to() {
    let upstream = Recorder::new(|_| recorder::Answer::json("[]").header("access-control-allow-origin", "*")).await;
    let library = Library::open(upstream.url(), |_| {}).await;
    for (address, path) in library.surfaces() {
        for request in [from("http://localhost:3000", "GET", path), preflight("http://localhost:3000", path)] {
            let answer = send(address, request).await;
            assert_eq!(permissions(&answer), [""; 0], "{path}");
        }
    }
}

#[tokio::test]
async fn a_page_of_a_listed_origin_reads_every_answer() {
    let upstream = Recorder::new(|_| recorder::Answer::json("[]")).await;
    let library = Library::open(upstream.url(), |settings| settings.cors.origins = vec![PAGE.to_owned()]).await;
    let further = [(library.rest, "/openapi.json"), (library.mcp, "/.well-known/oauth-protected-resource/mcp")];
    for (address, path) in library.surfaces().into_iter().chain(further) {
        let allowed = send(address, preflight(PAGE, path)).await;
        assert_eq!(allowed.status, 200, "{path}");
        for (name, value) in [
            ("access-control-allow-origin", PAGE),
            ("access-control-allow-methods", "GET"),
            ("access-control-allow-headers", "authorization,x-other"),
            ("access-control-max-age", "600"),
            ("access-control-allow-credentials", ""),
        ] {
            assert_eq!(allowed.header(name), value, "{path} {name}");
        }
        let answer = send(address, from(PAGE, "GET", path)).await;
        assert_ne!(answer.status, 403, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), PAGE, "{path}");
        assert_eq!(answer.header("access-control-expose-headers"), "*", "{path}");
        let varies = answer.headers.get_all("vary").iter().any(|vary| vary.to_str().unwrap().contains("origin"));
        assert!(varies, "caches keep answers to origins apart: {answer:?}");
    }
    assert_eq!(upstream.targets(), ["/books"], "preflights are for nobody else");
}

#[tokio::test]
async fn a_page_of_another_origin_is_refused() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.cors.origins = vec![PAGE.to_owned()]).await;
    for (address, path) in library.surfaces() {
        for origin in ["https://evil.example", "https://app.example.evil.example", "http://app.example", "null"] {
            let answer = send(address, preflight(origin, path)).await;
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path} {origin}");
            let answer = send(address, from(origin, "GET", path)).await;
            assert_eq!(answer.status, 403, "{path} {origin}");
            assert_eq!(answer.header("access-control-allow-origin"), "", "{path} {origin}");
        }
    }
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_page_reads_why_it_is_refused() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| {
        settings.cors.origins = vec![PAGE.to_owned()];
        settings.max_concurrency = 0;
    })
    .await;
    let refused = send(library.rest, from(PAGE, "GET", "/books")).await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.header("access-control-allow-origin"), PAGE);
}

#[tokio::test]
async fn any_page_may_be_allowed_but_not_with_the_users_credentials() {
    let upstream = Recorder::new(|_| recorder::Answer::json("[]")).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.cors.origins = vec!["*".to_owned()];
        settings.cors.credentials = true;
    })
    .await;
    for (address, path) in library.surfaces() {
        let answer = send(address, from("https://any.example", "GET", path)).await;
        assert_ne!(answer.status, 403, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
    }
}

#[tokio::test]
async fn a_listed_page_may_be_allowed_to_send_cookies() {
    let upstream = Recorder::new(|_| recorder::Answer::json("[]")).await;
    let library = Library::open(upstream.url(), |settings| {
        settings.cors.origins = vec!["https://app.example:*".to_owned()];
        settings.cors.credentials = true;
    })
    .await;
    let origin = "https://app.example:8443";
    for request in [preflight(origin, "/books"), from(origin, "GET", "/books")] {
        let answer = send(library.rest, request).await;
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
        assert!(!answer.header("access-control-expose-headers").contains('*'));
    }
}

#[tokio::test]
async fn a_route_for_options_is_no_preflight() {
    let upstream = Recorder::silent().await;
    let library = Library::open(upstream.url(), |settings| settings.cors.origins = vec![PAGE.to_owned()]).await;
    assert_eq!(send(library.rest, from(PAGE, "OPTIONS", "/books")).await.status, 405);
}
