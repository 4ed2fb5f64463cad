//! `/health/live` and `/health/ready`.

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use tokio_util::sync::CancellationToken;

/// Whether the server has been told to stop.
#[derive(Clone, Default)]
pub(crate) struct Draining(CancellationToken);

impl Draining {
    pub(crate) fn begin(&self) {
        self.0.cancel();
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Waits until the server is told to stop: for answers that would never end.
    #[cfg(feature = "mcp")]
    pub(crate) async fn begun(self) {
        self.0.cancelled_owned().await;
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
