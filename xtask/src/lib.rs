//! Development tasks, as functions that tests can call.

pub mod bench;
pub mod conformance;
pub mod corpus;
pub mod deploy;
pub mod explain;
pub mod find;
pub mod lint;
pub mod regen;
pub mod runtime;

mod outermost;
