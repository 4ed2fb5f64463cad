//! What is told of each request of a caller: a span, and an event with status and latency; never a query, a header or a body.

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use http::Request;
use hyper::body::Incoming;
use tower_service::Service as _;
use tracing::Instrument as _;

use super::limits::{AnswerBody, InProgress};
use crate::spans;

/// Has `router` answer a request, and tells of it where somebody listens. Probes, and those who watch the program, come all
/// the time and are not told of.
pub(crate) async fn answer(
    router: Router,
    mut progress: InProgress,
    mut request: Request<Incoming>,
) -> http::Response<AnswerBody> {
    let gate = &progress.connection.gate;
    let response = if gate.is_told && !gate.probes.have(request.uri().path()) {
        let told = spans::Request::begin(gate.namespace, gate.scheme, &mut request);
        let response = call(router, &mut progress, request).instrument(told.span.clone()).await;
        told.end(response.status());
        response
    } else {
        call(router, &mut progress, request).await
    };
    response.map(|body| AnswerBody::new(body, progress))
}

async fn call(mut router: Router, progress: &mut InProgress, request: Request<Incoming>) -> Response {
    if let Err(problem) = progress.admit(&request) {
        return problem.into_response();
    }
    match progress.connection.gate.in_time(router.call(request)).await {
        Ok(Ok(response)) => response,
        Err(problem) => problem.into_response(),
    }
}
