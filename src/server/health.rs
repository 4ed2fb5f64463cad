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
