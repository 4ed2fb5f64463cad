//! Limits of servers and clients, each crossed over a socket.

mod breaker;
mod cors;
mod documents;
mod heads;
mod numbers;
mod service;
mod silence;
mod tls;
