//! A handler's answer as the answer to the caller.

use axum::body::Body;
use axum::response::Response;

use crate::server::{RawBody, RawReply};

/// Passes on status, headers and the body as it arrives.
pub(crate) fn respond(reply: RawReply) -> Response {
    let RawReply { status, headers, body } = reply;
    let mut response = Response::new(match body {
        RawBody::Upstream(upstream) => Body::new(upstream.body),
        RawBody::Bytes(bytes) => Body::from(bytes),
    });
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
