//! What callers must prove before anything else happens (section 15 of the format).

mod digest;
mod given;
mod guard;
mod nonces;
mod secret;

pub(crate) use guard::Guard;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};

use crate::config::{ConfigError, Values};
use crate::description::Capability;

/// What the callers of each surface must prove.
pub(crate) fn guards(capability: &'static Capability, values: &Values) -> Result<Vec<Option<Arc<Guard>>>, ConfigError> {
    let mut problems = Vec::new();
    let mut guards = Vec::with_capacity(capability.exposes.len());
    for exposes in capability.exposes {
        let guard = exposes.authentication.as_ref().map(|demand| Guard::new(demand, exposes, values));
        match guard.transpose() {
            Ok(guard) => guards.push(guard.map(Arc::new)),
            Err(problem) => problems.push(problem),
        }
    }
    ConfigError::check(problems)?;
    Ok(guards)
}

/// A router that answers those who prove what they must. What is added to it afterwards is open.
pub(crate) fn guarded(router: Router, guard: Option<Arc<Guard>>) -> Router {
    match guard {
        Some(guard) => router.layer(from_fn_with_state(guard, check)),
        None => router,
    }
}

async fn check(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    match guard.admit(&mut request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}
