//! The tutorial of the Naftiko engine, compiled: each step in both forms, and mocks of the upstreams. What the steps promise
//! is in `tests/`.
//!
//! The files are those of others and not part of this repository. Where they are not, there is nothing to test, and the tests
//! say so.

/// The steps as files of version 1.0.0-alpha2.
#[cfg(tutorial)]
pub mod alpha2 {
    include!(concat!(env!("OUT_DIR"), "/alpha2.rs"));
}

/// The steps as files of version 1.0.0-beta5.
#[cfg(tutorial)]
pub mod beta5 {
    include!(concat!(env!("OUT_DIR"), "/beta5.rs"));
}

/// The upstreams.
#[cfg(tutorial)]
pub mod upstreams {
    include!(concat!(env!("OUT_DIR"), "/upstreams.rs"));
}

#[cfg(tutorial)]
mod fleet;

#[cfg(tutorial)]
pub use fleet::{Fleet, Shipyard, told};

/// The folder of the tutorial, where it is.
pub const TUTORIAL: &str = env!("TUTORIAL");
