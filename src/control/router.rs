//! What a control surface answers.

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::Watch;
use super::metrics::MEDIA_TYPE;
use crate::Settings;
use crate::description::{Capability, Exposes, Logs, Observability, Surface};
use crate::server::{Draining, LIVE, Problem, READY};

/// The routes of a control surface but for those of probes, as far as they are switched on.
pub(crate) fn router(watch: &Watch, exposes: &Exposes, draining: &Draining, settings: &Settings) -> Router {
    let Surface::Control { info, logs, observability, .. } = exposes.surface else { return Router::new() };
    let mut router = Router::new();
    if info {
        let watch = watch.clone();
        router = router.route("/status", get(async move || json(StatusCode::OK, &status(&watch))));
    }
    if let Some(metrics) = watch.metrics.clone() {
        let content_type = HeaderValue::from_static(MEDIA_TYPE);
        router = router.route("/metrics", get(async move || ([(CONTENT_TYPE, content_type)], metrics.text())));
    }
    with_telemetry(router, (logs, observability), draining, settings).method_not_allowed_fallback(async || {
        let detail = "This path does not have the method; `Allow` lists those that it has.";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED).with_detail(detail)
    })
}

/// Adds the routes of logs and traces, as far as they are switched on and compiled.
fn with_telemetry(
    router: Router,
    (logs, observability): (Logs, Observability),
    draining: &Draining,
    settings: &Settings,
) -> Router {
    #[cfg(feature = "telemetry")]
    let router = {
        let state = crate::telemetry::State::current();
        #[cfg(feature = "opentelemetry")]
        let router = match observability.recent_traces {
            Some(_) => super::traces::add(router, state.as_ref()),
            None => router,
        };
        super::logs::add(router, logs, state.as_ref(), draining, settings.body_timeout)
    };
    let _ = (logs, observability, draining, settings);
    router
}

/// Adds the routes for probes.
pub(crate) fn add_health(router: Router, watch: &Watch, draining: &Draining) -> Router {
    let (capability, draining) = (watch.capability, draining.clone());
    router
        .route(LIVE, get(async || json(StatusCode::OK, &json!({"status": "UP"}))))
        .route(READY, get(async move || ready(capability, &draining)))
}

pub(super) fn json(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, body.to_string()).into_response()
}

/// Ready until the server is told to stop. Upstreams have no part in it: a balancer that took a server away for them would
/// take all of them away.
fn ready(capability: &Capability, draining: &Draining) -> Response {
    let (code, word) =
        if draining.has_begun() { (StatusCode::SERVICE_UNAVAILABLE, "DOWN") } else { (StatusCode::OK, "UP") };
    let adapters = capability.exposes.iter().filter(|exposes| !is_control(exposes));
    let adapters =
        adapters.map(|exposes| json!({"namespace": exposes.namespace, "type": kind(exposes), "status": word}));
    json(code, &json!({"status": word, "adapters": adapters.collect::<Vec<_>>()}))
}

fn status(watch: &Watch) -> Value {
    let capability = watch.capability;
    let surface = |exposes: &Exposes| {
        let names: Vec<&str> = match &exposes.surface {
            Surface::Rest { routes } => routes.iter().map(|route| route.name).collect(),
            Surface::Mcp { tools, .. } => tools.iter().map(|tool| tool.name).collect(),
            Surface::Skill { skills } => skills.iter().map(|skill| skill.name).collect(),
            Surface::Control { .. } => Vec::new(),
        };
        json!({
            "namespace": exposes.namespace,
            "type": kind(exposes),
            "description": exposes.description,
            "operations": names,
        })
    };
    let consumes = capability.consumes.iter().enumerate().map(|(index, consumes)| {
        let operations = capability.operations.iter().filter(|operation| operation.consumes == index);
        let names: Vec<&str> = operations.map(|operation| operation.name).collect();
        json!({"namespace": consumes.namespace, "type": "http", "description": consumes.description, "operations": names})
    });
    json!({
        "status": "UP",
        "capability": {
            "name": capability.name,
            "label": capability.label,
            "description": capability.description,
            "version": capability.version,
            "tags": capability.tags,
        },
        "engine": {"name": "capsmith", "version": env!("CARGO_PKG_VERSION")},
        "uptime": watch.started.elapsed().as_secs(),
        "exposes": capability.exposes.iter().filter(|exposes| !is_control(exposes)).map(surface).collect::<Vec<_>>(),
        "consumes": consumes.collect::<Vec<_>>(),
    })
}

fn is_control(exposes: &Exposes) -> bool {
    matches!(exposes.surface, Surface::Control { .. })
}

fn kind(exposes: &Exposes) -> &'static str {
    exposes.surface.kind()
}
