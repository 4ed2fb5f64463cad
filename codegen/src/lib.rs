//! The Capsmith compiler: a capability file in, Rust tokens and diagnostics out.

pub mod diagnostic;
pub mod ir;
pub mod resolve;
pub mod source;

mod emit;
mod file;
mod naftiko;
mod suggest;
mod tree;
