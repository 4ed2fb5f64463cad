//! What is counted.

use capsmith::http::StatusCode;
use capsmith_tests::http1::get;
use capsmith_tests::mcp;
use serde_json::json;

use super::service::Library;

/// The metrics, and the value of a series of them.
async fn metrics(library: &Library) -> String {
    let answer = get(library.control, "/metrics").await;
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8", "{answer:?}");
    answer.text().to_owned()
}

fn value<'t>(text: &'t str, series: &str) -> Option<&'t str> {
    text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))
}

#[tokio::test]
async fn requests_tools_and_calls_are_counted() {
    let library = Library::open(StatusCode::OK).await;
    for _ in 0..3 {
        assert_eq!(get(library.rest, "/books").await.status, 200);
    }
    assert_eq!(get(library.rest, "/books?page=1").await.status, 400);
    assert_eq!(get(library.rest, "/nothing").await.status, 404);
    assert_eq!(get(library.rest, "/health/live").await.status, 200);
    mcp::call(library.mcp, "find-books", json!({})).await;
    let text = metrics(&library).await;
    let route = "capsmith_surface=\"library-rest\",capsmith_operation=\"list-books\",http_request_method=\"GET\",http_route=\"/books\"";
    for (series, expected) in [
        ("target_info{service_name=\"library\",service_version=\"0.0.0\"}".to_owned(), "1"),
        (format!("http_server_request_duration_seconds_count{{{route},http_response_status_class=\"2xx\"}}"), "3"),
        (format!("http_server_request_duration_seconds_bucket{{{route},http_response_status_class=\"2xx\",le=\"+Inf\"}}"), "3"),
        (format!("http_server_request_duration_seconds_count{{{route},http_response_status_class=\"4xx\"}}"), "1"),
        (
            "http_server_request_duration_seconds_count{capsmith_surface=\"library-rest\",http_response_status_class=\"4xx\"}"
                .to_owned(),
            "1",
        ),
        // Probes are not requests of anybody.
        ("http_server_active_requests{capsmith_surface=\"library-rest\"}".to_owned(), "0"),
        (
            "mcp_server_operation_duration_seconds_count{capsmith_surface=\"library-tools\",mcp_method_name=\"tools/call\",\
             gen_ai_tool_name=\"find-books\"}"
                .to_owned(),
            "1",
        ),
        (
            "http_client_request_duration_seconds_count{capsmith_upstream=\"catalogue\",capsmith_operation=\"list-books\",\
             http_request_method=\"GET\",http_response_status_class=\"2xx\"}"
                .to_owned(),
            "4",
        ),
        // Calls of tools may take minutes.
        (
            "mcp_server_operation_duration_seconds_bucket{capsmith_surface=\"library-tools\",mcp_method_name=\"tools/call\",\
             gen_ai_tool_name=\"find-books\",le=\"300\"}"
                .to_owned(),
            "1",
        ),
    ] {
        assert_eq!(value(&text, &series), Some(expected), "{series}\n{text}");
    }
}

#[tokio::test]
async fn failures_of_the_upstream_are_counted_as_such() {
    let library = Library::open(StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(get(library.rest, "/books").await.status, 503);
    mcp::call(library.mcp, "find-books", json!({})).await;
    let text = metrics(&library).await;
    let calls = "http_client_request_duration_seconds_count{capsmith_upstream=\"catalogue\",capsmith_operation=\"list-books\",\
                 http_request_method=\"GET\",http_response_status_class=\"5xx\"}";
    assert_eq!(value(&text, calls), Some("2"), "{text}");
    let tools = "mcp_server_operation_duration_seconds_count{capsmith_surface=\"library-tools\",mcp_method_name=\"tools/call\",\
                 gen_ai_tool_name=\"find-books\",error_type=\"tool_error\"}";
    assert_eq!(value(&text, tools), Some("1"), "{text}");
}

#[tokio::test]
async fn what_callers_send_makes_no_series() {
    let library = Library::open(StatusCode::OK).await;
    let before = metrics(&library).await.lines().count();
    for number in 0..20 {
        get(library.rest, &format!("/path-{number}")).await;
    }
    // One histogram of requests that are none of a route: 15 buckets, sum and count.
    let after = metrics(&library).await;
    assert!(after.lines().count() <= before + 2 * 17, "{after}");
    assert!(!after.contains("path-"), "{after}");
}
