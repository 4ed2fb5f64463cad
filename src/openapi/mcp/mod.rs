//! MCP tools of APIs: each operation is one, on the machinery that the tools of capabilities have.

mod answer;
mod arguments;
mod body;
mod call;
mod credentials;
mod names;
mod page_size;
#[cfg(test)]
mod tests;
mod tools;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;

use self::tools::DocumentTools;
use super::callers::Callers;
use super::{Api, Document, Operation, Serve, Verifier};
use crate::mcp::{Handler, Offers, router, serve_handler};
use crate::{Error, Settings};

/// The tools of an API by streamable HTTP at `/mcp` and nothing else. `verifiers` are those of the security schemes; without
/// them nothing is checked.
pub fn api_mcp_router(
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    verifiers: Option<Vec<Verifier>>,
    settings: &Settings,
) -> Router {
    let callers = Arc::new(Callers::new(api, verifiers));
    let router = router(handler(api, document, serve, &callers, settings), settings);
    if !callable(api).any(|operation| callers.guard(operation)) {
        return router;
    }
    router.layer(from_fn(move |request: Request, next: Next| {
        let callers = Arc::clone(&callers);
        async move {
            match callers.identify(|| Box::new(callable(api)), request).await {
                Ok(request) => next.run(request).await,
                Err(refusal) => refusal.into_response(),
            }
        }
    }))
}

/// The operations that handlers can be asked for.
fn callable(api: &'static Api) -> impl Iterator<Item = &'static Operation> + Send {
    api.operations.iter().filter(|operation| operation.is_tool && operation.is_served)
}

/// Serves the tools of an API on standard input and output until the input ends. Nothing but MCP is written to the output.
///
/// # Errors
///
/// When the client does not begin as the protocol demands.
pub async fn api_serve_stdio(
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    settings: &Settings,
) -> Result<(), Error> {
    let callers = Arc::new(Callers::new(api, None));
    serve_handler(handler(api, document, serve, &callers, settings)).await
}

fn handler(
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    callers: &Arc<Callers>,
    settings: &Settings,
) -> Handler {
    let instructions = Some(api.description).filter(|text| !text.is_empty());
    let info = Handler::info(api.name, api.version, api.title, instructions);
    let tools = DocumentTools::new(api, document, serve, Arc::clone(callers), settings);
    Handler::new(api.name, info, tools, Offers::default(), settings)
}
