//! The log: its level, and its lines as they come.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use futures_util::Stream;
use futures_util::stream::unfold;
use http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::router::json;
use crate::description;
use crate::server::{Draining, Problem, too_late};
use crate::telemetry::{Lines, State};

/// As large is what says a level, at most.
const MAX_BODY: usize = 1024;
/// How often a stream that has nothing to say looks whether the server stops.
const LOOK: Duration = Duration::from_millis(250);

/// The routes of the log, as far as they are switched on.
pub(super) fn add(
    mut router: Router,
    described: description::Logs,
    state: Option<&Arc<State>>,
    draining: &Draining,
    body_timeout: Duration,
) -> Router {
    if described.level_control {
        let (read, changed) = (state.cloned(), state.cloned());
        router = router.route(
            "/logs",
            get(async move || level(read.as_deref())).put(async move |body: Body| {
                match timeout(body_timeout, set_level(changed.as_deref(), body)).await {
                    Ok(answer) => answer,
                    Err(_) => too_late().into_response(),
                }
            }),
        );
    }
    if described.stream {
        let (state, draining) = (state.cloned(), draining.clone());
        let places = Arc::new(Semaphore::new(described.max_subscribers));
        let handler = async move || follow(state.as_deref(), &draining, &places).unwrap_or_else(Problem::into_response);
        router = router.route("/logs/stream", get(handler));
    }
    router
}

fn level(state: Option<&State>) -> Response {
    match state {
        Some(state) => json(StatusCode::OK, &json!({"level": state.logs.filter.level()})),
        None => super::not_initialised().into_response(),
    }
}

async fn set_level(state: Option<&State>, body: Body) -> Response {
    let Some(state) = state else { return super::not_initialised().into_response() };
    let wanted = to_bytes(body, MAX_BODY).await.ok().and_then(|body| serde_json::from_slice::<Value>(&body).ok());
    let level_of = |wanted: &Value| state.logs.filter.set_level(wanted.get("level")?.as_str()?).ok();
    let is_set = wanted.as_ref().and_then(level_of).is_some();
    if !is_set {
        let detail =
            "The body must be `{\"level\": …}` with one of `off`, `error`, `warn`, `info`, `debug` and `trace`.";
        return Problem::new(StatusCode::BAD_REQUEST).with_detail(detail).into_response();
    }
    tracing::info!(level = state.logs.filter.level(), "the level of the log was changed");
    level(Some(state))
}

/// Who follows the log.
struct Follower {
    lines: Lines,
    draining: Draining,
    /// Gives the place to somebody else when the follower goes.
    _place: OwnedSemaphorePermit,
}

fn follow(state: Option<&State>, draining: &Draining, places: &Arc<Semaphore>) -> Result<Response, Problem> {
    let state = state.ok_or_else(super::not_initialised)?;
    let place = Arc::clone(places).try_acquire_owned().map_err(|_| {
        let detail = "As many follow the log already as the capability file allows.";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE).with_detail(detail)
    })?;
    let follower = Follower { lines: state.logs.stream.follow(), draining: draining.clone(), _place: place };
    Ok(Sse::new(events(follower)).keep_alive(KeepAlive::default()).into_response())
}

/// Ends when the server stops, which would wait for it otherwise.
fn events(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(follower, |mut follower| async move {
        loop {
            match timeout(LOOK, follower.lines.next()).await {
                Ok(Some(Ok(line))) => return Some((Ok(Event::default().event("log").data(&*line)), follower)),
                Ok(Some(Err(missed))) => {
                    let event = Event::default().event("missed").data(missed.to_string());
                    return Some((Ok(event), follower));
                }
                Ok(None) => return None,
                Err(_) if follower.draining.has_begun() => return None,
                Err(_) => {}
            }
        }
    })
}
