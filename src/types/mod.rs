//! The types of generated types: what their fields hold, and what reads, writes and validates them.
//!
//! Users of a generated module meet here
//!
//! - [`Map`], the field of objects with free keys, and [`Base64`], that of `format: byte`;
//! - [`Value`], any JSON;
//! - [`validate`](fn@validate), which checks a value against the constraints of its schema and gives each [`Violation`];
//! - [`UnknownValue`](string_enum::UnknownValue), the error of parsing a string enum that is closed;
//! - [`Model`], which all generated types implement, for functions that take any of them.
//!
//! ```
//! use capsmith::types::{Base64, Map, validate};
//! use capsmith::types::validate::Check;
//!
//! let labels: Map<String> = [("env", "test")].map(|(key, value)| (key, value.to_owned())).into_iter().collect();
//! assert_eq!(labels.get("env").map(String::as_str), Some("test"));
//! assert_eq!(Base64::from(b"hello".to_vec()).encode(), "aGVsbG8=");
//!
//! let violations = validate(&labels, &[Check::MinProperties(2)]);
//! assert_eq!(violations[0].to_string(), "value: must have at least 2 properties (minProperties)");
//! ```
//!
//! Generated types implement `Clone`, `Debug`, `Serialize`, `Deserialize` and `PartialEq`; structs `Default` too. String
//! enums have `as_str`, `Display`, `FromStr`, `Eq` and `Hash` as well.
//!
//! # How they work
//!
//! A generated type is a plain Rust type, a constant that describes its form on the wire ([`Shape`]) and two short
//! functions that lead from a field's number to the field ([`Model::field`], [`Model::field_mut`]). One reader and one
//! writer, here, do the rest for all types: they are generic over the format but not over the type, so a program
//! compiles them once, however many types its document has. So are cloning, printing, comparing and validating.
//! The remainder of this page is for those who write or read generated code; the items that it names may change in any
//! release of this crate.
//!
//! # What is emitted
//!
//! For each type the definition without any `derive`, and an `impl Model`; for each module [`implement!`] with the
//! names of all types, [`implement_default!`] with those of the structs, [`implement_string_enums!`] with those of the
//! string enums and, unless a setting says otherwise, [`implement_equality!`] with those of all but these. Every function has `#[inline]`: then a library of a
//! thousand types compiles to nothing, and a program pays for those that it uses.
//!
//! The `impl Model` of a struct without foreign fields (see below) and of an open string enum is what [`implement_struct!`]
//! and [`implement_string_enum!`] make, which keeps files short; the others are written out.
//!
//! The whole of it, for a struct, an open string enum, a constant, a union, a tuple and recursion (paths are absolute
//! in emitted code, and lead through `__private`):
//!
//! ```
//! use capsmith::types::shape::{Additional, StringEnum, Struct, Tuple, Union, Variant};
//! use capsmith::types::validate::{Check, Rule};
//! use capsmith::types::{
//!     Map, Model, Shape, Typed, Value, implement, implement_default, implement_equality, implement_string_enums, opaque,
//!     opaque_mut,
//! };
//!
//! /// A backup of a database branch.
//! pub struct Backup {
//!     pub id: i64,
//!     pub name: String,
//!     /// Optional.
//!     pub r#type: Option<String>,
//!     /// Optional and nullable: absent is `None`, null `Some(None)`.
//!     pub expires_at: Option<Option<String>>,
//!     pub state: State,
//!     /// Optional, with the default 3.
//!     pub retries: i32,
//!     pub targets: Vec<Target>,
//!     /// Recursion is boxed.
//!     pub parent: Option<Box<Backup>>,
//!     /// Properties without a field.
//!     pub additional: Map<Value>,
//! }
//!
//! impl Model for Backup {
//!     #[inline]
//!     fn shape(&self) -> &'static Shape {
//!         &Shape::Struct(Struct {
//!             name: "Backup",
//!             fields: &["id", "name", "type", "expires_at", "state", "retries", "targets", "parent"],
//!             // `table: &[…]` as `shape::table` makes it, when there are more than 12 fields.
//!             required: &[0b0101_0011],
//!             read_only: &[0b0000_0001],
//!             additional: Additional::Keep,
//!             rules: &[Rule { field: 1, checks: &[Check::MinLength(1)] }],
//!             ..Struct::EMPTY
//!         })
//!     }
//!
//!     #[inline]
//!     fn blank() -> Self {
//!         Self {
//!             id: 0,
//!             name: String::new(),
//!             r#type: None,
//!             expires_at: None,
//!             state: Model::blank(),
//!             retries: 3,
//!             targets: Vec::new(),
//!             parent: None,
//!             additional: Map::new(),
//!         }
//!     }
//!
//!     #[inline]
//!     fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
//!         match index {
//!             0 => &mut self.id,
//!             1 => &mut self.name,
//!             2 => &mut self.r#type,
//!             3 => &mut self.expires_at,
//!             4 => &mut self.state,
//!             5 => &mut self.retries,
//!             6 => &mut self.targets,
//!             7 => &mut self.parent,
//!             _ => &mut self.additional,
//!         }
//!     }
//!
//!     #[inline]
//!     fn field(&self, index: usize) -> &dyn Typed {
//!         match index {
//!             0 => &self.id,
//!             1 => &self.name,
//!             2 => &self.r#type,
//!             3 => &self.expires_at,
//!             4 => &self.state,
//!             5 => &self.retries,
//!             6 => &self.targets,
//!             7 => &self.parent,
//!             _ => &self.additional,
//!         }
//!     }
//! }
//!
//! /// An open string enum: what the list lacks is kept.
//! pub enum State {
//!     Pending,
//!     Ready,
//!     Other(String),
//! }
//!
//! impl Model for State {
//!     #[inline]
//!     fn shape(&self) -> &'static Shape {
//!         &Shape::StringEnum(StringEnum { name: "State", values: &["pending", "ready"], open: true })
//!     }
//!
//!     #[inline]
//!     fn blank() -> Self {
//!         Self::Pending
//!     }
//!
//!     #[inline]
//!     fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
//!         *self = match index {
//!             0 => Self::Pending,
//!             1 => Self::Ready,
//!             _ => Self::Other(String::new()),
//!         };
//!         match self {
//!             Self::Other(text) => text,
//!             _ => opaque_mut(),
//!         }
//!     }
//!
//!     #[inline]
//!     fn field(&self, _: usize) -> &dyn Typed {
//!         match self {
//!             Self::Other(text) => text,
//!             _ => opaque(),
//!         }
//!     }
//!
//!     #[inline]
//!     fn selected(&self) -> usize {
//!         match self {
//!             Self::Pending => 0,
//!             Self::Ready => 1,
//!             Self::Other(_) => 2,
//!         }
//!     }
//! }
//!
//! /// `const: bucket`: a closed list of one, which is right before anyone sets it.
//! pub enum BucketKind {
//!     Bucket,
//! }
//!
//! impl Model for BucketKind {
//!     #[inline]
//!     fn shape(&self) -> &'static Shape {
//!         &Shape::StringEnum(StringEnum { name: "BucketKind", values: &["bucket"], open: false })
//!     }
//!
//!     #[inline]
//!     fn blank() -> Self {
//!         Self::Bucket
//!     }
//!
//!     #[inline]
//!     fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
//!         opaque_mut()
//!     }
//!
//!     #[inline]
//!     fn field(&self, _: usize) -> &dyn Typed {
//!         opaque()
//!     }
//! }
//!
//! pub struct Bucket {
//!     pub kind: BucketKind,
//!     pub range: Range,
//! }
//!
//! impl Model for Bucket {
//!     #[inline]
//!     fn shape(&self) -> &'static Shape {
//!         &Shape::Struct(Struct { name: "Bucket", fields: &["kind", "range"], required: &[0b11], ..Struct::EMPTY })
//!     }
//!
//!     #[inline]
//!     fn blank() -> Self {
//!         Self { kind: Model::blank(), range: Model::blank() }
//!     }
//!
//!     #[inline]
//!     fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
//!         match index {
//!             0 => &mut self.kind,
//!             _ => &mut self.range,
//!         }
//!     }
//!
//!     #[inline]
//!     fn field(&self, index: usize) -> &dyn Typed {
//!         match index {
//!             0 => &self.kind,
//!             _ => &self.range,
//!         }
//!     }
//! }
//!
//! /// `prefixItems` of two.
//! pub struct Range(pub u32, pub u32);
//!
//! impl Model for Range {
//!     #[inline]
//!     fn shape(&self) -> &'static Shape {
//!         &Shape::Tuple(Tuple { name: "Range", len: 2, required: 2, rest: false, rules: &[] })
//!     }
//!
//!     #[inline]
//!     fn blank() -> Self {
//!         Self(0, 0)
//!     }
//!
//!     #[inline]
//!     fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
//!         match index {
//!             0 => &mut self.0,
//!             _ => &mut self.1,
//!         }
//!     }
//!
//!     #[inline]
//!     fn field(&self, index: usize) -> &dyn Typed {
//!         match index {
//!             0 => &self.0,
//!             _ => &self.1,
//!         }
//!     }
//! }
//!
//! /// `oneOf` with a discriminator. Without one, `discriminator` is empty and so are all `tags`.
//! pub enum Target {
//!     Bucket(Bucket),
//!     Backup(Box<Backup>),
//!     /// What the document does not know yet.
//!     Other(Value),
//! }
//!
//! impl Model for Target {
//!     #[inline]
//!     fn shape(&self) -> &'static Shape {
//!         &Shape::Union(Union {
//!             name: "Target",
//!             discriminator: "kind",
//!             variants: &[
//!                 Variant { name: "Bucket", tags: &["bucket"] },
//!                 Variant { name: "Backup", tags: &["backup", "snapshot"] },
//!                 Variant { name: "Other", tags: &[] },
//!             ],
//!             rules: &[],
//!         })
//!     }
//!
//!     #[inline]
//!     fn blank() -> Self {
//!         Self::Other(Value::Null)
//!     }
//!
//!     #[inline]
//!     fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
//!         *self = match index {
//!             0 => Self::Bucket(Model::blank()),
//!             1 => Self::Backup(Model::blank()),
//!             _ => Self::Other(Value::Null),
//!         };
//!         match self {
//!             Self::Bucket(content) => content,
//!             Self::Backup(content) => content,
//!             Self::Other(content) => content,
//!         }
//!     }
//!
//!     #[inline]
//!     fn field(&self, _: usize) -> &dyn Typed {
//!         match self {
//!             Self::Bucket(content) => content,
//!             Self::Backup(content) => content,
//!             Self::Other(content) => content,
//!         }
//!     }
//!
//!     #[inline]
//!     fn selected(&self) -> usize {
//!         match self {
//!             Self::Bucket(_) => 0,
//!             Self::Backup(_) => 1,
//!             Self::Other(_) => 2,
//!         }
//!     }
//! }
//!
//! implement! { Backup State BucketKind Bucket Range Target }
//! implement_default! { Backup Bucket }
//! implement_string_enums! { State BucketKind }
//! implement_equality! { Backup Bucket Range Target }
//!
//! // Users see serde's traits, and what they know from derived types.
//! let text = r#"{"id":7,"name":"daily","state":"paused","retries":3,"targets":[{"kind":"bucket","range":[1,2]}],"region":"eu"}"#;
//! let backup: Backup = serde_json::from_str(text)?;
//! assert_eq!(backup.state.as_str(), "paused");
//! assert_eq!(backup.retries, 3);
//! assert!(matches!(&backup.targets[0], Target::Bucket(bucket) if bucket.range.1 == 2));
//! assert_eq!(serde_json::to_string(&backup)?, text);
//! let backup = Backup { name: "weekly".into(), ..Default::default() };
//! assert_eq!(backup.retries, 3);
//!
//! let error = serde_json::from_str::<Backup>(r#"{"targets": [{"kind": "bucket", "range": ["x"]}]}"#).unwrap_err();
//! assert!(error.to_string().starts_with("targets[0].range[0]: invalid type: string"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Rules for the emitter
//!
//! - A field's type is one of `bool`, `i32`, `i64`, `u32`, `u64`, `f32`, `f64`, `String`, [`Base64`], [`Value`], a
//!   generated type, `Box` of one, and `Vec`, [`Map`] and `Option` of these. Any other type is *foreign*.
//! - A field that is absent by default is an `Option`; one that is required and nullable too, and its bit in
//!   [`Struct::required`](shape::Struct::required) has it written as `null`. Fields both optional and nullable are
//!   `Option<Option<T>>`. A field with a default is not an `Option` and not required: [`Model::blank`] sets it. In types
//!   that requests hold it is an `Option` nevertheless, unless it is required. Reading sets it to the default all the same;
//!   `Default`, which is emitted for these structs and those that hold them, does not: a request to change one thing must
//!   not set the others to their defaults. So it is with lists that are not empty by default, which are read by appending.
//! - Fields of `readOnly` and `writeOnly` properties are `Option`s: one side never sees them.
//! - [`Model::blank`] must end: a cycle of types that are all required has to be cut by an `Option`, and a union begins
//!   as a variant that does not lead back to it.
//! - A foreign field, such as a `uuid::Uuid` or an `Option<Vec<Uuid>>`, may be of any type with serde's traits, `Clone`
//!   and `Debug`; where it is required, `Default` too. Its arm in [`Model::field_mut`] is `opaque_mut()`, in [`Model::field`] `opaque()`, and
//!   [`Model::foreign_mut`] and [`Model::foreign`] lead to it. The variant of a union may be foreign in the same way
//!   (there both disregard the index). When such a field is not required and serializes as `null`, it is left out.
//! - A variant of a union whose content takes anything ([`Value`], [`Map`]) comes last among equals by itself; the order
//!   of variants decides between alternatives that fit equally well.

mod base64;
mod compare;
mod debug;
mod duplicate;
mod foreign;
mod implement;
mod keys;
mod map;
mod model;
mod read;
pub mod shape;
pub mod string_enum;
mod typed;
pub mod validate;
mod write;

pub use serde;
pub use serde_json::Value;

pub use crate::{
    __implement_default as implement_default, __implement_equality as implement_equality,
    __implement_models as implement, __implement_string_enum as implement_string_enum,
    __implement_string_enums as implement_string_enums, __implement_struct as implement_struct,
};
pub use base64::{Base64, InvalidBase64};
pub use compare::equal;
pub use debug::debug;
pub use duplicate::duplicate;
pub use foreign::Foreign;
pub use map::Map;
pub use model::{Entries, List, Model, Optional, Slot, Typed, View};
#[cfg(feature = "__server")]
pub(crate) use read::faults;
pub use read::{Direction, ReadError, deserialize, from_slice, from_value};
#[cfg(feature = "rest")]
pub(crate) use read::{from_texts, read_foreign};
pub use shape::Shape;
pub use typed::{opaque, opaque_mut};
pub use validate::{Violation, validate};
#[cfg(feature = "client")]
pub(crate) use write::to_sent_value;
pub use write::{serialize, to_vec};

#[cfg(test)]
mod tests;
