//! MCP tools of APIs: each operation is one, on the machinery that the tools of capabilities have.

mod answer;
mod arguments;
mod body;
mod call;
mod credentials;
mod names;
#[cfg(test)]
mod tests;
mod tools;

use std::sync::Arc;

use axum::Router;

use self::tools::DocumentTools;
use super::{Api, Document, Serve};
use crate::mcp::{Handler, Offers, router, serve_handler};
use crate::{Error, Settings};

/// The tools of an API by streamable HTTP at `/mcp` and nothing else.
pub fn api_mcp_router(
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    settings: &Settings,
) -> Router {
    router(handler(api, document, serve, settings), settings)
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
    serve_handler(handler(api, document, serve, settings)).await
}

fn handler(api: &'static Api, document: &'static Document, serve: Arc<dyn Serve>, settings: &Settings) -> Handler {
    let instructions = Some(api.description).filter(|text| !text.is_empty());
    let info = Handler::info(api.name, api.version, api.title, instructions);
    let tools = DocumentTools::new(api, document, serve, settings.max_tool_result);
    Handler::new(api.name, info, tools, Offers::default(), settings)
}
