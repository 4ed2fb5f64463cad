//! The checked-in surface of `specs/`: one module for each capability file.
//!
//! The modules are made by `cargo xtask regen`, and a test compares them with what the compiler makes today.

mod surface;

pub use self::surface::*;
