//! Files of protocol buffers: the messages of answers, by the languages proto2 and proto3.

mod connect;
mod cursor;
mod files;
mod model;
mod parser;
mod scanner;
#[cfg(test)]
mod tests;

pub(crate) use self::files::{Problem, Protos};

use crate::fault::Fault;
use crate::ir::protobuf::Schema;

/// The messages that an answer can hold: `wanted`, or else the first one of the file.
///
/// # Errors
///
/// What is wrong, with the number of the file that it is in.
pub(crate) fn schema(protos: &Protos<'_>, wanted: Option<&str>) -> Result<Schema, (usize, Fault)> {
    connect::schema(protos, wanted)
}
