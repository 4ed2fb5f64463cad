//! One event for each request of a caller: method, path, status and latency; never a query, a header or a body.

use std::convert::Infallible;
use std::time::Instant;

use axum::Router;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use tower_service::Service as _;
use tracing::{Instrument as _, Level};

/// Has `router` answer a request, and logs it where somebody reads the log.
pub(crate) async fn answer(
    mut router: Router,
    namespace: &'static str,
    request: Request<Incoming>,
) -> Result<Response, Infallible> {
    if !tracing::enabled!(Level::INFO) {
        return router.call(request).await;
    }
    let (method, path) = (request.method(), request.uri().path());
    let span = tracing::info_span!("request", surface = namespace, %method, path);
    let started = Instant::now();
    let response = router.call(request).instrument(span.clone()).await?;
    span.in_scope(|| tracing::info!(status = response.status().as_u16(), latency = ?started.elapsed(), "answered"));
    Ok(response)
}
