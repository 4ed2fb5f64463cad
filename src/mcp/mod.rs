//! MCP surfaces: tools of the file by streamable HTTP and by standard input and output.

mod arguments;
mod handler;
mod http;
mod result;
mod stdio;
mod tools;

pub(crate) use handler::Handler;
pub use http::mcp_router;
pub use stdio::serve_stdio;
pub(crate) use stdio::serve_stdio_until;
