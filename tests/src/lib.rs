//! What the end-to-end tests share: an upstream that records, an authorization server, clients that send exactly what they
//! are told to, child processes, and a log that can be searched.
//!
//! Everything here is for tests and panics when something goes wrong that a test could not recover from.

#![allow(
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "a helper of tests panics where a test would"
)]

pub mod alone;
pub mod browser;
pub mod capabilities;
pub mod child;
pub mod clients;
pub mod conformance;
pub mod faulty;
pub mod http1;
pub mod issuer;
pub mod log;
pub mod mcp;
pub mod port;
pub mod recorder;
pub mod rolling;
pub mod upstream;

/// The token that tests give to a capability. It must never be seen anywhere but upstream.
pub const TOKEN: &str = "token-that-nobody-must-see";
