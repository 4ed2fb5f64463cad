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

pub(crate) const LIVE: &str = "/health/live";
pub(crate) const READY: &str = "/health/ready";

/// Which paths of a surface tell how the server is. A path that the file uses itself is one as any other.
#[derive(Clone, Copy)]
pub(crate) struct Probes {
    live: bool,
    ready: bool,
}

impl Probes {
    /// Those that are not used otherwise.
    pub(crate) fn beside(used: impl Fn(&str) -> bool) -> Self {
        Self { live: !used(LIVE), ready: !used(READY) }
    }

    /// Whether a path is one of them.
    pub(crate) fn have(self, path: &str) -> bool {
        (self.live && path == LIVE) || (self.ready && path == READY)
    }
}

/// Adds the health routes.
pub(crate) fn add_routes(mut router: Router, probes: Probes, draining: &Draining) -> Router {
    if probes.live {
        router = router.route(LIVE, get(|| async { answer(StatusCode::OK, r#"{"status":"UP"}"#) }));
    }
    if probes.ready {
        let draining = draining.clone();
        router = router.route(READY, get(async move || ready(&draining)));
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
