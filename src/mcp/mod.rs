//! MCP surfaces, and what they offer to handlers.
//!
//! A surface is served by streamable HTTP and by standard input and output: the tools, resources and prompts of a capability
//! file, or the tools of an OpenAPI document. A handler that answers a call of an MCP client has it at
//! [`Context::mcp`](crate::Context::mcp): by [`Call`] it gives back [content](ContentBlock) of any type, reports progress, sends
//! log messages, and asks the client or its user.

pub(crate) mod arguments;
mod call;
mod capability;
mod completion;
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
mod session;
mod sessions;
mod stdio;
mod subscriptions;
mod toolbox;
mod tools;
mod updates;

pub use rmcp::model::{
    ContentBlock, ElicitationSchema, EnumSchema, PrimitiveSchemaDefinition, PromptMessage, Resource, ResourceContents,
    Role,
};

pub use call::{Call, Elicited, Level, Root, Sampled, Sampling, audio, blob, image};
pub use completion::{Completion, CompletionReference};
pub use prompts::Prompt;
pub use updates::Updates;

#[doc(hidden)]
pub use http::mcp_router;
#[doc(hidden)]
pub use stdio::serve_stdio;

pub(crate) use handler::Handler;
pub(crate) use http::{router, routes};
pub(crate) use offers::Offers;
pub(crate) use stdio::{serve_handler, serve_stdio_until};
pub(crate) use tools::{Called, Tools, annotated};
