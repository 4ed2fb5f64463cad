//! Generated capabilities over real sockets, against an upstream that records what it is asked.

mod bind_files;
mod client;
mod copies;
mod handlers;
mod mcp;
mod mcp_clients;
mod operations;
mod rest_answers;
mod rest_requests;
mod secrets;
mod serve;
mod upstream_failures;
