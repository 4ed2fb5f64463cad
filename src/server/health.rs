//! `/health/live` and `/health/ready`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};

/// Whether the server has been told to stop.
#[derive(Clone, Default)]
pub(crate) struct Draining(Arc<AtomicBool>);

impl Draining {
    pub(crate) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether a path is one of those that tell how the server is.
pub(crate) fn is_probe(path: &str) -> bool {
    matches!(path, "/health/live" | "/health/ready")
}

/// Adds the health routes, but for those whose paths the file uses itself.
pub(crate) fn add_routes(mut router: Router, used: impl Fn(&str) -> bool, draining: &Draining) -> Router {
    if !used("/health/live") {
        router = router.route("/health/live", get(|| async { answer(StatusCode::OK, r#"{"status":"UP"}"#) }));
    }
    if !used("/health/ready") {
        let draining = draining.clone();
        router = router.route("/health/ready", get(async move || ready(&draining)));
    }
    router
}

fn ready(draining: &Draining) -> Response {
    if draining.has_begun() {
        answer(StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"DOWN"}"#)
    } else {
        answer(StatusCode::OK, r#"{"status":"UP"}"#)
    }
}

fn answer(status: StatusCode, body: &'static str) -> Response {
    (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}
