//! One event for each request of a caller: method, path, status and latency; never a query, a header or a body.

use std::convert::Infallible;
use std::time::Instant;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use http::Request;
use hyper::body::Incoming;
use tower_service::Service as _;
use tracing::{Instrument as _, Level};

use super::allowed::Allowed;

/// Has `router` answer a request, and logs it where somebody reads the log.
pub(crate) async fn answer(
    router: Router,
    allowed: Option<&Allowed>,
    namespace: &'static str,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    if !tracing::enabled!(Level::INFO) {
        return call(router, allowed, request).await;
    }
    let (method, path) = (request.method(), request.uri().path());
    let span = tracing::info_span!("request", surface = namespace, %method, path);
    let started = Instant::now();
    let response = call(router, allowed, request).instrument(span.clone()).await?;
    span.in_scope(|| tracing::info!(status = response.status().as_u16(), latency = ?started.elapsed(), "answered"));
    Ok(response)
}

async fn call(
    mut router: Router,
    allowed: Option<&Allowed>,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    match allowed.map_or(Ok(()), |allowed| allowed.check(&request)) {
        Ok(()) => router.call(request).await,
        Err(problem) => Ok(problem.into_response()),
    }
}
