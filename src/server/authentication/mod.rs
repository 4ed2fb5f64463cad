//! What callers must prove before anything else happens (section 15 of the format).

mod carrier;
mod digest;
mod given;
mod guard;
mod nonces;
mod oauth2;
mod secret;
mod verifier;

pub(crate) use carrier::Carrier;
pub(crate) use digest::{Digest, Proof, STALE, target};
pub(crate) use guard::{Guard, MISSING, WRONG, unauthorized};
#[cfg(feature = "mcp")]
pub(crate) use oauth2::{Described, Tokens};
pub(crate) use oauth2::{Refusal, challenge, has_scopes, invalid, resource_metadata, unavailable, unusable};
pub(crate) use secret::Secret;
pub(crate) use verifier::Accepts;
pub use verifier::{Acceptance, Verifier, kinds};

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};

use crate::Value;
use crate::client::HttpClients;
use crate::config::{ConfigError, Values};
use crate::description::Capability;

/// What a token says of a caller, for handlers.
#[derive(Clone)]
pub(crate) struct Claims(pub(crate) Arc<Value>);

/// What the callers of each surface must prove.
pub(crate) fn guards(
    capability: &'static Capability,
    values: &Values,
    clients: &HttpClients<'_>,
) -> Result<Vec<Option<Arc<Guard>>>, ConfigError> {
    let mut problems = Vec::new();
    let mut guards = Vec::with_capacity(capability.exposes.len());
    for exposes in capability.exposes {
        let guard = exposes.authentication.as_ref().map(|demand| Guard::new(demand, exposes, values, clients));
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
    let Some(guard) = guard else { return router };
    let behind = behind(router, Some(Arc::clone(&guard)));
    match guard.description() {
        Some(description) => description.publish(behind),
        None => behind,
    }
}

/// The same without what tells clients where they get tokens, for a router that is merged with one that has it.
pub(crate) fn behind(router: Router, guard: Option<Arc<Guard>>) -> Router {
    match guard {
        Some(guard) => router.layer(from_fn_with_state(guard, check)),
        None => router,
    }
}

async fn check(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    match guard.admit(&mut request).await {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}
