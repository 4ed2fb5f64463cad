//! Runtime.

pub mod description;
