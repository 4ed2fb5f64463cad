//! A `.proto` file, as it is written.

use std::ops::Range;

use crate::ir::protobuf::Scalar;

/// A file: what it has, and what it refers to in others.
#[derive(Debug, Default)]
pub(super) struct Proto {
    /// The package, or empty.
    pub(super) package: String,
    /// Whether it is of proto3.
    pub(super) is_proto3: bool,
    pub(super) imports: Vec<Named>,
    /// All messages, inner ones behind those that they stand in.
    pub(super) messages: Vec<Message>,
    pub(super) enums: Vec<Enum>,
}

/// A text with its place.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) struct Message {
    /// The name with the package and the messages around it.
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

#[derive(Debug)]
pub(super) struct Enum {
    /// As [`Message::name`].
    pub(super) name: String,
    pub(super) values: Vec<(i32, String)>,
}

#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: Named,
    pub(super) number: u32,
    pub(super) r#type: Type,
    pub(super) label: Label,
    /// The name in JSON that the file gives it.
    pub(super) json_name: Option<String>,
}

/// What stands before a field, or around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    None,
    Optional,
    Repeated,
    Map,
    OneOf(usize),
}

#[derive(Clone, Debug)]
pub(super) enum Type {
    Scalar(Scalar),
    /// A message or an enumeration, as it is referred to.
    Named(Named),
    /// A message that is defined with the field, by its full name.
    Group(String),
}
