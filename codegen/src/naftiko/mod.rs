//! The capability format: a document model, one field for one field of the format.
//!
//! Reading is tolerant. Named things may be lists or mappings keyed by the name, fields may have the spelling of any
//! version, and fields that the schema forbids but that have a plain meaning are read with a lint. Fields that nothing
//! reads are lints, too, and fields that are needed and missing are errors, which name a key that looks like a slip.
//!
//! Of the parts that the compiler does not support yet the model keeps the place only ([`Unread`]).

mod adapters;
mod aggregates;
mod body;
mod consumes;
mod control;
mod document;
mod exposes;
mod fields;
mod imports;
mod mcp_resources;
mod model;
mod outputs;
mod prompts;
mod reader;
mod responses;
mod skills;
mod steps;

pub(crate) use self::document::read;
pub(crate) use self::model::*;
