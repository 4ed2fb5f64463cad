//! Types of which a value has one.

use super::{Docs, TypeUse};
use crate::ir::RustName;

/// One of several types.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Whether a value may fit several.
    pub semantics: UnionSemantics,
    /// What tells the variants apart, if the document says.
    pub tag: Option<Tag>,
    /// The variants in the order of the document.
    pub variants: Vec<UnionVariant>,
}

/// How many variants a value fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnionSemantics {
    /// `oneOf`, a list of types, or a base with a discriminator.
    Exclusive,
    /// `anyOf`
    Inclusive,
}

/// The property that tells the variants of a union apart. Variants that are structs have it among their fields as well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    /// The name in JSON.
    pub property: String,
    /// Who says so.
    pub origin: TagOrigin,
}

/// Who says what tells variants apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagOrigin {
    /// The document, by a discriminator.
    Declared,
    /// The compiler: each variant demands other values of the property.
    Inferred,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionVariant {
    /// The name in Rust.
    pub name: RustName,
    /// The type.
    pub r#type: TypeUse,
    /// The values of the tag that stand for it; none: it is for what no other variant stands for.
    pub tags: Vec<String>,
    /// What the document says about it.
    pub docs: Docs,
}
