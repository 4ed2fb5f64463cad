//! The control surface over sockets: that of `library.yaml`.

mod health;
mod metrics;
mod service;
