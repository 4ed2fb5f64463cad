//! One event for each request of a caller: method, path, status and latency; never a query, a header or a body.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use http::Request;
use hyper::body::Incoming;
use tower_service::Service as _;
use tracing::{Instrument as _, Level};

use super::limits::{AnswerBody, InProgress};

/// Has `router` answer a request, and logs it where somebody reads the log.
pub(crate) async fn answer(
    router: Router,
    mut progress: InProgress,
    request: Request<Incoming>,
) -> http::Response<AnswerBody> {
    let response = if tracing::enabled!(Level::INFO) {
        let (method, path) = (request.method(), request.uri().path());
        let span = tracing::info_span!("request", surface = progress.connection.gate.namespace, %method, path);
        let started = Instant::now();
        let response = call(router, &mut progress, request).instrument(span.clone()).await;
        span.in_scope(|| tracing::info!(status = response.status().as_u16(), latency = ?started.elapsed(), "answered"));
        response
    } else {
        call(router, &mut progress, request).await
    };
    response.map(|body| AnswerBody::new(body, progress))
}

async fn call(mut router: Router, progress: &mut InProgress, request: Request<Incoming>) -> Response {
    let connection = Arc::clone(&progress.connection);
    let gate = &connection.gate;
    if let Err(problem) = gate.admit(&request, progress) {
        return problem.into_response();
    }
    match gate.in_time(router.call(request)).await {
        Ok(Ok(response)) => response,
        Err(problem) => problem.into_response(),
    }
}
