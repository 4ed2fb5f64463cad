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
use super::{Acceptance, Api, Document, Operation, Serve};
use crate::mcp::{Handler, Offers, router, serve_handler};
use crate::{Error, Settings};

/// The tools of an API by streamable HTTP at `/mcp`, and what tells clients where they get tokens (RFC 9728). `accepted` has the
/// callers by security scheme; without it nothing is checked.
///
/// A call without the credentials that it needs is refused by a status and a challenge, as the protocol wants it: the head of an
/// answer waits for the result of the tool, so that what becomes of the call is known in time.
pub fn api_mcp_router(
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    accepted: Option<Vec<Acceptance>>,
    settings: &Settings,
) -> Router {
    let mut callers = Callers::new(api, accepted, settings);
    let described = callers.describe(callable(api));
    let callers = Arc::new(callers);
    let router = router(handler(api, document, serve, &callers, settings), settings);
    if !callable(api).any(|operation| callers.guard(operation)) {
        return router;
    }
    let router = router.layer(from_fn(move |request: Request, next: Next| {
        let callers = Arc::clone(&callers);
        async move {
            match callers.identify(|| Box::new(callable(api)), request).await {
                Ok((request, evidence)) => {
                    let answer = next.run(request).await;
                    evidence.refusal().map_or(answer, |refusal| refusal.clone().into_response())
                }
                Err(refusal) => refusal.into_response(),
            }
        }
    }));
    match described {
        Some(described) => described.publish(router),
        None => router,
    }
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
    let callers = Arc::new(Callers::new(api, None, settings));
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
