use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::Handler;
use super::sessions::Sessions;
use crate::Settings;
use crate::client::Client;
use crate::description::Capability;
use crate::server::authentication::guarded;
use crate::server::{Dispatch, Draining, collect};

/// An MCP surface by streamable HTTP at `/mcp` and nothing else.
///
/// Every request stands for itself, and its answer is JSON, unless a handler tells the client something before. That serves the
/// stateless protocol 2026-07-28 and the ones before it. What those need sessions for they have where
/// [`Settings::mcp_sessions`] allows some. Callers must prove what the file demands, wherever the router is mounted.
pub fn mcp_router(
    capability: &'static Capability,
    exposes: usize,
    dispatch: Arc<dyn Dispatch>,
    client: &Client,
) -> Router {
    let routes = routes(capability, exposes, dispatch, client.settings(), &Draining::default());
    guarded(routes, client.guard(exposes))
}

/// The same, open to everyone.
pub(crate) fn routes(
    capability: &'static Capability,
    exposes: usize,
    dispatch: Arc<dyn Dispatch>,
    settings: &Settings,
    draining: &Draining,
) -> Router {
    let handler = Handler::of_capability(capability, exposes, dispatch, settings);
    handler.map_or_else(Router::new, |handler| router(handler.until(draining), settings))
}

/// A handler by streamable HTTP at `/mcp`.
pub(crate) fn router(handler: Handler, settings: &Settings) -> Router {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(settings.max_request_body)
        .with_allowed_hosts(&settings.allowed_hosts);
    let config = match settings.accepted_origins() {
        Some(origins) => config.with_allowed_origins(origins).enforce_origin_validation(),
        None => config.disable_allowed_origins(),
    };
    let router = match settings.mcp_sessions {
        0 => {
            let sessions = Arc::new(NeverSessionManager::default());
            let service = StreamableHttpService::new(move || Ok(handler.clone()), sessions, config);
            Router::new().route_service("/mcp", service)
        }
        most => {
            let sessions = Arc::new(Sessions::new(most, handler.draining().clone()));
            let config = config.with_legacy_session_mode(true);
            let service = StreamableHttpService::new(move || Ok(handler.with_session()), sessions, config);
            Router::new().route_service("/mcp", service)
        }
    };
    read_first(router, settings)
}

/// Has bodies read before the library does, which takes any time for them.
fn read_first(router: Router, settings: &Settings) -> Router {
    let settings = Arc::new(settings.clone());
    router.layer(from_fn(move |request: Request, next: Next| {
        let settings = Arc::clone(&settings);
        async move {
            let (parts, body) = request.into_parts();
            match collect(&parts.headers, body, &settings).await {
                Ok(body) => next.run(Request::from_parts(parts, body.into())).await,
                Err(problem) => problem.into_response(),
            }
        }
    }))
}
