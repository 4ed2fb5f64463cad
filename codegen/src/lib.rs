//! The Capsmith compiler: a capability file in, Rust tokens and diagnostics out.

pub mod ir;
