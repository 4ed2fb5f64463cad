//! One trace from the caller to the upstreams.

use capsmith_tests::http1::{get, request, send};
use capsmith_tests::mcp::{self, Era};
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use serde_json::json;

use super::collector::named;
use super::observatory::Observatory;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

fn traceparent(flags: &str) -> http::HeaderValue {
    format!("00-{TRACE}-{CALLER}-{flags}").parse().expect("a header value")
}

#[tokio::test]
async fn a_request_is_one_trace_from_the_caller_to_the_upstreams() {
    let observatory = Observatory::open().await;
    let mut asked = request("GET", "/stars/vega/sheet");
    asked.headers_mut().insert("traceparent", traceparent("01"));
    asked.headers_mut().insert("tracestate", "vendor=1".parse().unwrap());
    let answer = send(observatory.rest, asked).await;
    assert_eq!(answer.json(), json!({"name": "Vega", "note": "bright"}), "{answer:?}");

    let spans = observatory.spans();
    assert!(spans.iter().all(|told| told.trace_id() == TRACE), "{spans:#?}");
    let server = named(&spans, "GET /stars/{id}/sheet");
    assert_eq!((server.kind(), server.parent_id().as_str()), (SpanKind::Server, CALLER));
    let operation = named(&spans, "get-sheet");
    assert!(operation.is_child_of(server) && operation.kind() == SpanKind::Internal, "{operation:?}");
    for (step, call, path) in [
        ("star", "GET /stars/{{id}}", "/stars/vega".to_owned()),
        ("notes", "GET /desks/{{KEY}}/notes/{{id}}", format!("/desks/{}/notes/vega", super::observatory::KEY)),
    ] {
        let step = named(&spans, step);
        assert!(step.is_child_of(operation), "{step:?}");
        let call = named(&spans, call);
        assert!(call.is_child_of(step) && call.kind() == SpanKind::Client, "{call:?}");
        let headers = observatory.headers(&path);
        assert_eq!(
            headers["traceparent"],
            format!("00-{TRACE}-{}-01", call.span_id()),
            "the upstream continues the call"
        );
        assert_eq!(headers["tracestate"], "vendor=1");
    }
    assert!(named(&spans, "first").is_child_of(operation), "a lookup is a step as well");
    assert_eq!(spans.len(), 7, "{spans:#?}");
}

#[tokio::test]
async fn attributes_have_the_names_of_the_conventions() {
    let observatory = Observatory::open().await;
    get(observatory.rest, "/stars/vega").await;
    let spans = observatory.spans();
    let server = named(&spans, "GET /stars/{id}");
    for (key, value) in [
        ("http.request.method", "GET"),
        ("http.route", "/stars/{id}"),
        ("url.scheme", "http"),
        ("url.path", "/stars/vega"),
        ("http.response.status_code", "200"),
        ("network.protocol.version", "1.1"),
        ("capsmith.surface", "observatory-rest"),
    ] {
        assert_eq!(server.attribute(key), Some(value), "{key}: {server:?}");
    }
    assert_eq!(named(&spans, "get-star").attribute("capsmith.operation"), Some("get-star"));
    let call = named(&spans, "GET /stars/{{id}}");
    for (key, value) in [
        ("http.request.method", "GET"),
        ("url.template", "/stars/{{id}}"),
        ("server.address", "127.0.0.1"),
        ("http.response.status_code", "200"),
        ("capsmith.upstream", "stars"),
    ] {
        assert_eq!(call.attribute(key), Some(value), "{key}: {call:?}");
    }
    assert!(call.attribute("server.port").is_some(), "{call:?}");
    let resource = |key: &str| server.resource.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    assert_eq!((resource("service.name"), resource("service.version")), (Some("observatory"), Some("2.1.0")));
}

#[tokio::test]
async fn failures_are_marked_where_they_happen() {
    let observatory = Observatory::open().await;
    assert_eq!(get(observatory.rest, "/stars/nova/sheet").await.status, 503);
    assert_eq!(get(observatory.rest, "/stars/vega?unknown=1").await.status, 400);
    assert_eq!(get(observatory.rest, "/planets").await.status, 404);
    let spans = observatory.spans();
    for name in ["GET /stars/{id}/sheet", "get-sheet", "star", "GET /stars/{{id}}"] {
        let span = named(&spans, name);
        assert!(span.has_failed() && span.attribute("error.type") == Some("503"), "{span:?}");
    }
    let refused = named(&spans, "GET /stars/{id}");
    assert_eq!(refused.attribute("http.response.status_code"), Some("400"));
    assert!(!refused.has_failed(), "what a caller does wrong is no failure of the server: {refused:?}");
    assert_eq!(named(&spans, "GET").attribute("http.response.status_code"), Some("404"), "it has no route");

    let observatory = Observatory::open().await;
    assert_eq!(send(observatory.rest, request("BREW", "/stars/vega")).await.status, 405);
    let spans = observatory.spans();
    let other = spans.iter().find(|told| told.name().starts_with("HTTP")).expect("a span without a method in its name");
    assert_eq!(other.attribute("http.request.method"), Some("_OTHER"), "callers may send any text as a method");
}

#[tokio::test]
async fn a_call_of_a_tool_is_part_of_the_trace_in_both_eras() {
    for era in Era::ALL {
        let observatory = Observatory::open().await;
        let params = json!({"name": "get-sheet", "arguments": {"id": "vega"}});
        let mut asked = mcp::request(era, "tools/call", params);
        asked.headers_mut().insert("traceparent", traceparent("01"));
        let answer = send(observatory.mcp, asked).await;
        assert_eq!(answer.json()["result"]["structuredContent"]["name"], "Vega", "{answer:?}");

        let spans = observatory.spans();
        assert!(spans.iter().all(|told| told.trace_id() == TRACE), "{spans:#?}");
        let server = named(&spans, "POST");
        assert_eq!(server.parent_id(), CALLER);
        let tool = named(&spans, "tools/call get-sheet");
        assert!(tool.is_child_of(server), "{tool:?}");
        assert_eq!(tool.attribute("gen_ai.tool.name"), Some("get-sheet"));
        assert_eq!(tool.attribute("mcp.method.name"), Some("tools/call"));
        assert!(named(&spans, "star").is_child_of(tool));
        assert!(named(&spans, "GET /stars/{{id}}").is_child_of(named(&spans, "star")));
    }
}

#[tokio::test]
async fn a_tool_continues_the_trace_of_its_client_by_meta() {
    let observatory = Observatory::open().await;
    let meta = json!({"traceparent": format!("00-{TRACE}-{CALLER}-01")});
    let params = json!({"name": "get-sheet", "arguments": {"id": "vega"}, "_meta": meta});
    mcp::send(observatory.mcp, Era::Initialize, "tools/call", params).await;
    let spans = observatory.spans();
    let (tool, server) = (named(&spans, "tools/call get-sheet"), named(&spans, "POST"));
    assert_eq!((tool.trace_id().as_str(), tool.parent_id().as_str()), (TRACE, CALLER));
    assert_ne!(server.trace_id(), TRACE);
    assert_eq!(tool.span.links[0].span_id, server.span.span_id, "it refers to the request that it came by");
}

#[tokio::test]
async fn the_reading_of_a_resource_is_part_of_the_trace() {
    let observatory = Observatory::open().await;
    for id in ["vega", "nova"] {
        let params = json!({"uri": format!("star://catalogue/{id}")});
        let mut asked = mcp::request(Era::Initialize, "resources/read", params);
        asked.headers_mut().insert("traceparent", traceparent("01"));
        send(observatory.mcp, asked).await;
    }
    let spans = observatory.spans();
    assert!(spans.iter().all(|told| told.trace_id() == TRACE), "{spans:#?}");
    let readings: Vec<_> = spans.iter().filter(|told| told.name() == "resources/read").collect();
    let calls: Vec<_> = spans.iter().filter(|told| told.name() == "GET /stars/{{id}}").collect();
    assert!(calls[0].is_child_of(readings[0]) && calls[1].is_child_of(readings[1]), "{spans:#?}");
    assert!(!readings[0].has_failed() && readings[1].has_failed(), "{readings:#?}");
    assert!(!observatory.collector.contains("star://catalogue/vega"), "a URI has values in it");
}

#[tokio::test]
async fn failures_of_tools_are_marked() {
    let observatory = Observatory::open().await;
    mcp::call(observatory.mcp, "get-sheet", json!({"id": "nova"})).await;
    let spans = observatory.spans();
    let tool = named(&spans, "tools/call get-sheet");
    assert!(tool.has_failed() && tool.attribute("error.type") == Some("tool_error"), "{tool:?}");
}

#[tokio::test]
async fn requests_errors_and_durations_are_measured() {
    let observatory = Observatory::open().await;
    get(observatory.rest, "/stars/vega").await;
    get(observatory.rest, "/stars/nova").await;
    mcp::call(observatory.mcp, "get-sheet", json!({"id": "vega"})).await;
    observatory.spans();
    let metrics = observatory.collector.metrics();
    for (name, expected) in [
        (
            "http.server.request.duration",
            vec![
                ("http.route", "/stars/{id}"),
                ("http.request.method", "GET"),
                ("url.scheme", "http"),
                ("http.response.status_code", "200"),
            ],
        ),
        ("http.server.request.duration", vec![("http.route", "/stars/{id}"), ("error.type", "503")]),
        ("http.server.active_requests", vec![("capsmith.surface", "observatory-rest"), ("url.scheme", "http")]),
        ("mcp.server.operation.duration", vec![("gen_ai.tool.name", "get-sheet"), ("mcp.method.name", "tools/call")]),
        (
            "http.client.request.duration",
            vec![("server.address", "127.0.0.1"), ("url.template", "/stars/{{id}}"), ("error.type", "503")],
        ),
    ] {
        let has = |series: &[(String, String)]| {
            expected.iter().all(|(key, value)| series.iter().any(|(name, found)| name == key && found == value))
        };
        let found = metrics.iter().any(|(found, series)| found == name && has(series));
        assert!(found, "{name} {expected:?}: {metrics:#?}");
    }
}
