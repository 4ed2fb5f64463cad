//! MCP surfaces by streamable HTTP and by standard input and output: the tools, resources and prompts of capability files and,
//! in [`openapi::mcp`](crate::openapi), the tools of OpenAPI documents.

pub(crate) mod arguments;
mod capability;
mod cut;
mod fields;
mod finder;
mod handler;
mod http;
mod length;
mod offers;
mod prompts;
mod refusal;
mod resources;
pub(crate) mod result;
mod stdio;
mod toolbox;
mod tools;

pub(crate) use handler::Handler;
pub use http::mcp_router;
pub(crate) use http::{router, routes};
pub(crate) use offers::Offers;
pub use stdio::serve_stdio;
pub(crate) use stdio::{serve_handler, serve_stdio_until};
pub(crate) use tools::{Called, Tools, annotated};
