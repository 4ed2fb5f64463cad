//! The types of an API: an arena of shapes, each of which occurs once.
//!
//! Two types of an arena never have the same shape, whatever the document calls them: the names that are left over are
//! aliases. Documentation is no part of a shape. `null` belongs to the place that uses a type, not to the type.

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

/// A JSON value in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `null`
    Null,
    /// A truth value.
    Boolean(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Literal>),
    /// An object in the order of the document.
    Object(Vec<(String, Literal)>),
}

/// A number as the document writes it, in the grammar of JSON: no digit is lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal(pub(crate) String);

impl Decimal {
    /// The number as JSON writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is whole and fits; `1.0` and `1e3` are whole.
    #[must_use]
    pub fn as_integer(&self) -> Option<i128> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        self.0.parse().ok().or_else(|| {
            let value = self.as_double();
            #[expect(clippy::cast_possible_truncation, reason = "within the range in which doubles are exact")]
            (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i128)
        })
    }

    /// The nearest double.
    #[must_use]
    pub fn as_double(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

/// How a whole number is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IntegerFormat {
    /// No format: 64 bits with sign.
    #[default]
    Unspecified,
    /// `int8`
    Int8,
    /// `int16`
    Int16,
    /// `int32`
    Int32,
    /// `int64`
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
