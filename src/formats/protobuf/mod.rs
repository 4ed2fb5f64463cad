//! Messages of protocol buffers, as the compiler has read and checked them.

#[cfg(feature = "format-protobuf")]
mod message;
#[cfg(all(test, feature = "format-protobuf"))]
mod tests;
#[cfg(feature = "format-protobuf")]
mod well_known;
#[cfg(feature = "format-protobuf")]
mod wire;

#[cfg(feature = "format-protobuf")]
pub(super) use self::message::read;

/// The messages that an answer can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// All of them. The first one is the answer.
    pub messages: &'static [Message],
}

/// A message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// What it is in JSON.
    pub shape: Shape,
    /// Its fields, in the order of their numbers.
    pub fields: &'static [Field],
}

/// What a message is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object of its fields.
    Object,
    /// `google.protobuf.Timestamp`: a text.
    Timestamp,
    /// `google.protobuf.Duration`: a text.
    Duration,
    /// `google.protobuf.FieldMask`: a text.
    FieldMask,
    /// The value of its only field: `google.protobuf.StringValue` and its like, `Struct`, `ListValue`.
    Content,
    /// `google.protobuf.Value`: the field that is there.
    Value,
}

/// A field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its number.
    pub number: u32,
    /// Its name in JSON.
    pub name: &'static str,
    /// What a value of it is.
    pub kind: Kind,
    /// How often it occurs, and what it is where it does not.
    pub presence: Presence,
}

/// How often a field occurs, and what it is where it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Once; where it does not occur it has its default value.
    Implicit,
    /// Once or not at all.
    Explicit,
    /// Once, unless another field of the same group occurs behind it; groups have numbers.
    OneOf(usize),
    /// Any number of times: a list.
    Repeated,
    /// Any number of times: a message of a key and a value, which become members of an object.
    Map,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One without further parts.
    Scalar(Scalar),
    /// One of these numbers, each with its name, in ascending order.
    Enum(&'static [(i32, &'static str)]),
    /// A message, by index, with its length before it.
    Message(usize),
    /// A message, by index, with a mark behind it.
    Group(usize),
}

/// A type without further parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `double`
    Double,
    /// `float`
    Float,
    /// `int32`
    Int32,
    /// `int64`
    Int64,
    /// `uint32`
    Uint32,
    /// `uint64`
    Uint64,
    /// `sint32`
    Sint32,
    /// `sint64`
    Sint64,
    /// `fixed32`
    Fixed32,
    /// `fixed64`
    Fixed64,
    /// `sfixed32`
    Sfixed32,
    /// `sfixed64`
    Sfixed64,
    /// `bool`
    Bool,
    /// `string`
    String,
    /// `bytes`
    Bytes,
}
