//! What the program does, as spans of `tracing`: requests, operations, steps, calls of tools and calls of upstreams.
//!
//! Fields have the names of OpenTelemetry's semantic conventions, and hold what the capability file or the document says,
//! or what a conversation is about: never a header, a query, a body, or a URL that has been filled with values. The one
//! exception is the path that a caller asks for (`url.path`). Where nobody listens a span is a comparison of two numbers.

#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "rest")]
mod operation;
#[cfg(feature = "__server")]
mod request;
#[cfg(feature = "__server")]
mod step;
mod upstream;

#[cfg(feature = "mcp")]
pub(crate) use mcp::{Asked, McpCall};
#[cfg(feature = "rest")]
pub(crate) use operation::Operation;
#[cfg(feature = "__server")]
pub(crate) use request::{Matched, Request};
#[cfg(feature = "__server")]
pub(crate) use step::Step;
pub(crate) use upstream::{Template, UpstreamCall};

use http::Method;
use tracing::Span;

/// The kinds of spans, which only OpenTelemetry asks for: a log is easier to read without them.
#[cfg(feature = "__server")]
const SERVER: Option<&str> = kind("server");
const CLIENT: Option<&str> = kind("client");
#[cfg(feature = "__server")]
const INTERNAL: Option<&str> = kind("internal");

const fn kind(kind: &'static str) -> Option<&'static str> {
    if cfg!(feature = "opentelemetry") { Some(kind) } else { None }
}

/// Gives a span a name, whose parts are those of a template and never values.
fn name(span: &Span, name: impl FnOnce() -> String) {
    if cfg!(feature = "opentelemetry") && !span.is_disabled() {
        span.record("otel.name", name());
    }
}

/// Marks a span as that of a failure, with a word for its kind.
fn fail(span: &Span, error_type: &str) {
    span.record("error.type", error_type);
    if cfg!(feature = "opentelemetry") {
        span.record("otel.status_code", "ERROR");
    }
}

/// A method that is none of those that everybody knows.
const OTHER_METHOD: &str = "_OTHER";

/// A method as conventions name it: callers may send any text as one.
fn method_name(method: &Method) -> &str {
    match *method {
        Method::GET
        | Method::HEAD
        | Method::POST
        | Method::PUT
        | Method::DELETE
        | Method::CONNECT
        | Method::OPTIONS
        | Method::TRACE
        | Method::PATCH => method.as_str(),
        _ => OTHER_METHOD,
    }
}

/// The method in the name of a span.
fn method_in_name(method: &str) -> &str {
    if method == OTHER_METHOD { "HTTP" } else { method }
}

#[cfg(all(test, feature = "rest"))]
mod tests {
    use allocation_counter::measure;
    use http::{Extensions, HeaderMap, StatusCode};

    use super::*;
    use crate::server::Problem;

    #[test]
    fn without_a_subscriber_nothing_is_allocated() {
        let (headers, extensions) = (HeaderMap::new(), Extensions::new());
        let mut request = http::Request::get("/stars/vega").body(()).unwrap();
        let outcome = Err(Problem::new(StatusCode::BAD_GATEWAY));
        let mut tell = || {
            let told = Request::begin("observatory", "http", &mut request);
            Matched::tell(&extensions, || "/stars/{id}".to_owned());
            Operation::begin("observatory", "get-star", &headers).end(&outcome);
            Step::begin("star").fail(StatusCode::BAD_GATEWAY);
            told.end(StatusCode::BAD_GATEWAY);
        };
        // The first time, `tracing` takes note of the places.
        tell();
        let allocated = measure(tell);
        assert_eq!(allocated.count_total, 0);
        assert!(request.extensions().is_empty());
    }
}
