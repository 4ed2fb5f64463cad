//! The types of an API: an arena of shapes, each of which occurs once.
//!
//! Two types of an arena never have the same shape, whatever the document calls them: the names that are left over are
//! aliases. Documentation is no part of a shape. `null` belongs to the place that uses a type, not to the type.

mod literal;
mod scalar;
mod structure;
mod union;

pub use self::literal::{Decimal, Literal};
pub use self::scalar::{
    Bound, Enum, EnumBase, EnumVariant, IntegerFormat, NumberFormat, NumberRules, StringFormat, StringRules,
};
pub use self::structure::{Additional, Array, Field, Map, SizeRules, Struct, Tuple};
pub use self::union::{Tag, TagOrigin, Union, UnionSemantics, UnionVariant};
use super::{RustName, RustPath};

/// The types that the operations reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Types {
    list: Vec<Type>,
    /// The names of types that have another name, or none: sorted by scope and name.
    pub aliases: Vec<Alias>,
}

/// The index of a type in its [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The index as a number.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Types {
    /// The types in an order in which a type's parts come before it, except where it is part of itself.
    pub(crate) fn new(list: Vec<Type>, aliases: Vec<Alias>) -> Self {
        Self { list, aliases }
    }

    /// A type.
    ///
    /// # Panics
    ///
    /// When the index comes from another arena.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &Type {
        &self.list[id.index()]
    }

    /// All types with their indices.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0u32..).map(TypeId).zip(&self.list)
    }

    /// How many types there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is no type.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A use of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeUse {
    /// The type.
    pub id: TypeId,
    /// Whether `null` may stand in its place.
    pub nullable: bool,
    /// Whether the user must hold it in a `Box`, since the type holds its user by value.
    pub boxed: bool,
}

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// What it is.
    pub kind: Kind,
    /// Its name: there for structs, enums, unions, tuples and constants, not for the rest.
    pub name: Option<TypeName>,
    /// What the document says about it.
    pub docs: Docs,
}

/// The name of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeName {
    /// Where it is unique.
    pub scope: Scope,
    /// The name in Rust.
    pub name: RustName,
}

/// Where the name of a type is unique. Names of different scopes are chosen independently of each other, so that a schema
/// which is added to a document renames nothing that stands inline, and the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Schemas that the document names.
    Schemas,
    /// Schemas that stand where they are used; their names come from there.
    Inline,
}

/// A further name of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The name.
    pub name: TypeName,
    /// What it stands for.
    pub target: TypeUse,
    /// What the document says about it.
    pub docs: Docs,
}

/// What a document says to people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// `title` or `summary`, or empty.
    pub title: String,
    /// `description`, or empty; Markdown.
    pub description: String,
    /// `deprecated`
    pub deprecated: bool,
    /// The first example.
    pub example: Option<Excerpt>,
}

/// A value that is left in its file: an example, which can be larger than the rest of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Excerpt {
    /// The file, an index into the sources of the analysis.
    pub file: u32,
    /// Where the value stands in it; YAML or JSON as the file is.
    pub span: crate::source::Span,
}

/// What a type is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// `null` and nothing else.
    Null,
    /// A truth value.
    Boolean,
    /// A whole number.
    Integer(IntegerFormat, NumberRules),
    /// A number.
    Number(NumberFormat, NumberRules),
    /// A text.
    String(StringFormat, StringRules),
    /// One of several values.
    Enum(Enum),
    /// One value.
    Constant(Literal),
    /// A list.
    Array(Array),
    /// A list of fixed places.
    Tuple(Tuple),
    /// An object of any keys.
    Map(Map),
    /// An object of known keys.
    Struct(Struct),
    /// One of several types.
    Union(Union),
    /// A type of the user's, which a setting puts in the place of a schema or format.
    Foreign(Foreign),
}

/// A type of the user's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Foreign {
    /// The type.
    pub path: RustPath,
    /// What the document has in its place; `None`: a schema that is not read.
    pub replaced: Option<Scalar>,
}

/// A number or text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// A whole number.
    Integer(IntegerFormat, NumberRules),
    /// A number.
    Number(NumberFormat, NumberRules),
    /// A text.
    String(StringFormat, StringRules),
}
