//! The Capsmith compiler: a capability file in, Rust tokens and diagnostics out.

pub mod diagnostic;
pub mod ir;
pub mod openapi;
pub mod source;

mod emit;
mod file;
mod suggest;
mod tree;
