//! Limits of servers and clients, each crossed over a socket.

mod bodies;
mod breaker;
mod cors;
mod documents;
mod heads;
mod numbers;
mod service;
mod signals;
mod silence;
mod tls;
mod upstreams;
mod variables;
