//! Numbers and texts: their formats and rules, and enumerations.

use super::{Decimal, Literal};
use crate::ir::RustName;

/// How a whole number is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int32`
    Int32,
    /// `int64`, and what has no format.
    #[default]
    Int64,
    /// `uint8`
    Uint8,
    /// `uint16`
    Uint16,
    /// `uint32`
    Uint32,
    /// `uint64`, `uint`
    Uint64,
}

/// How a number is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NumberFormat {
    /// No format: a double.
    #[default]
    Unspecified,
    /// `float`
    Float,
    /// `double`
    Double,
    /// `decimal`
    Decimal,
}

/// What the text of a string is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StringFormat {
    /// No format, or one that means nothing to the compiler.
    #[default]
    Plain,
    /// `uuid`
    Uuid,
    /// `date`: RFC 3339 full-date.
    Date,
    /// `date-time`: RFC 3339 date-time.
    DateTime,
    /// `time`: RFC 3339 full-time.
    Time,
    /// `duration`: ISO 8601.
    Duration,
    /// `uri`, `url`, `iri`
    Uri,
    /// `uri-reference`, `iri-reference`
    UriReference,
    /// `email`
    Email,
    /// `hostname`
    Hostname,
    /// `ipv4`
    Ipv4,
    /// `ipv6`
    Ipv6,
    /// `ip`: either.
    Ip,
    /// `byte`, or `contentEncoding: base64`.
    Base64,
    /// `binary`: bytes as they are, in bodies.
    Binary,
    /// `decimal`
    Decimal,
    /// `password`
    Password,
}

/// What numbers are allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NumberRules {
    /// `minimum` or `exclusiveMinimum`
    pub minimum: Option<Bound>,
    /// `maximum` or `exclusiveMaximum`
    pub maximum: Option<Bound>,
    /// `multipleOf`
    pub multiple_of: Option<Decimal>,
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// The value.
    pub value: Decimal,
    /// Whether the value itself is out of the range.
    pub exclusive: bool,
}

/// What texts are allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StringRules {
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`, a regular expression of ECMA-262.
    pub pattern: Option<String>,
}

/// One of several values. Values that the document does not list are kept when they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// What all values are.
    pub base: EnumBase,
    /// The listed values.
    pub variants: Vec<EnumVariant>,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnumBase {
    /// Texts.
    String,
    /// Whole numbers that fit into 64 bits with sign.
    Integer,
    /// JSON values of several kinds, or numbers with a fraction.
    Mixed,
}

/// A listed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumVariant {
    /// The name in Rust.
    pub name: RustName,
    /// The value.
    pub value: Literal,
    /// `x-enum-descriptions`, `x-enumDescriptions`, or empty.
    pub description: String,
}
