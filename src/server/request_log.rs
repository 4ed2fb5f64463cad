//! What is told of each request of a caller: a span, and an event with status and latency; never a query, a header or a body.

use std::convert::Infallible;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use http::Request;
use hyper::body::Incoming;
use tower_service::Service as _;
use tracing::Instrument as _;

use super::allowed::Allowed;
use super::is_probe;
use crate::spans;

/// Has `router` answer a request, and tells of it where somebody listens. Probes come all the time, and are not told of.
pub(crate) async fn answer(
    router: Router,
    allowed: Option<&Allowed>,
    namespace: &'static str,
    mut request: Request<Incoming>,
) -> Result<Response, Infallible> {
    if is_probe(request.uri().path()) || namespace == "control" {
        return call(router, allowed, request).await;
    }
    let told = spans::Request::begin(namespace, &mut request);
    let response = call(router, allowed, request).instrument(told.span.clone()).await?;
    told.end(response.status());
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
