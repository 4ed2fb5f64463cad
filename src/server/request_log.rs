//! One event for each request of a caller: method, path, status and latency; never a query, a header or a body.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::{Request, Response};
use tower_http::trace::TraceLayer;
use tracing::{Level, Span};

/// Logs the requests that `router` answers.
pub(crate) fn add(router: Router, namespace: &'static str) -> Router {
    router.layer(
        TraceLayer::new_for_http()
            .make_span_with(move |request: &Request<Body>| {
                let (method, path) = (request.method(), request.uri().path());
                tracing::span!(Level::INFO, "request", surface = namespace, %method, path)
            })
            .on_request(())
            .on_response(|response: &Response<Body>, latency: Duration, _: &Span| {
                tracing::info!(status = response.status().as_u16(), ?latency, "answered");
            })
            .on_body_chunk(())
            .on_eos(())
            .on_failure(()),
    )
}
