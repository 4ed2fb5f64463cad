//! What a handler and an MCP client tell and ask each other while a call is at work, over sockets.

mod cancelled;
mod rounds;
mod service;
mod sessions;
mod stateless;
