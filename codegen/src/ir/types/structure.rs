//! Types that are made of others: lists and objects.

use super::{Docs, Literal, TypeUse};
use crate::ir::RustName;

/// How many elements or entries are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SizeRules {
    /// `minItems`, `minProperties`
    pub minimum: Option<u64>,
    /// `maxItems`, `maxProperties`
    pub maximum: Option<u64>,
    /// `uniqueItems`
    pub unique: bool,
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Array {
    /// The elements.
    pub items: TypeUse,
    /// How many.
    pub rules: SizeRules,
}

/// A list of fixed places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tuple {
    /// The places.
    pub items: Vec<TypeUse>,
    /// How many of the places must be there.
    pub required: usize,
    /// What follows; `None`: nothing.
    pub rest: Option<TypeUse>,
}

/// An object of any keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The values.
    pub values: TypeUse,
    /// How many.
    pub rules: SizeRules,
}

/// An object of known keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Struct {
    /// The properties in the order of the document.
    pub fields: Vec<Field>,
    /// What stands beside them.
    pub additional: Additional,
    /// How many, if that is limited.
    pub rules: SizeRules,
}

/// What stands beside the known properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Additional {
    /// The document does not say: it is read over.
    Unspecified,
    /// Nothing, says the document.
    Denied,
    /// Values of a type, which are kept.
    Values(TypeUse),
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name in Rust.
    pub name: RustName,
    /// The name in JSON.
    pub wire: String,
    /// The type.
    pub r#type: TypeUse,
    /// Whether it must be there. Whether it may be null is another question.
    pub required: bool,
    /// Whether it occurs in answers only.
    pub read_only: bool,
    /// Whether it occurs in requests only.
    pub write_only: bool,
    /// What its absence stands for; fits the type.
    pub default: Option<Literal>,
    /// What the document says about it.
    pub docs: Docs,
}
