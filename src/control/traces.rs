//! The traces that ended last.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::StatusCode;
use serde_json::json;

use super::router::json;
use crate::server::Problem;
use crate::telemetry::{Recent, State};

/// The routes of traces.
pub(super) fn add(router: Router, state: Option<&Arc<State>>) -> Router {
    let (listed, shown) = (state.cloned(), state.cloned());
    router
        .route("/traces", get(async move || list(listed.as_deref()).unwrap_or_else(Problem::into_response)))
        .route("/traces/{id}", get(async move |Path(id): Path<String>| show(shown.as_deref(), &id)))
}

/// The traces that are kept, or why there are none.
fn kept(state: Option<&State>) -> Result<&Recent, Problem> {
    let state = state.ok_or_else(super::not_initialised)?;
    state.tracing.as_ref().and_then(|tracing| tracing.recent.as_deref()).ok_or_else(|| {
        let detail = "Telemetry was initialised without traces that are kept.";
        Problem::new(StatusCode::NOT_IMPLEMENTED).with_detail(detail)
    })
}

fn list(state: Option<&State>) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &json!({"traces": kept(state)?.list()})))
}

fn show(state: Option<&State>, id: &str) -> Response {
    let recent = match kept(state) {
        Ok(recent) => recent,
        Err(problem) => return problem.into_response(),
    };
    let no_longer = || Problem::new(StatusCode::NOT_FOUND).with_detail("There is no such trace, or no longer.");
    recent.show(id).map_or_else(|| no_longer().into_response(), |trace| json(StatusCode::OK, &trace))
}
