//! Generated capabilities over real sockets, in front of the mocks of their upstreams, which record what they are asked.

mod bind_files;
mod client;
mod copies;
mod handlers;
mod mcp;
mod mcp_clients;
mod mcp_load;
mod mcp_offers;
mod operations;
mod rest_answers;
mod rest_requests;
mod secrets;
mod serve;
mod upstream_failures;
