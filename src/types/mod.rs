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
#![doc = include_str!("emitted.md")]

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
#[cfg(feature = "__server")]
mod unknown;
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
pub use foreign::{Foreign, present, told_apart, told_apart_mut};
pub use map::Map;
pub use model::{Entries, List, Model, Optional, Slot, Typed, View};
#[cfg(feature = "__server")]
pub(crate) use read::faults;
pub use read::{Direction, ReadError, deserialize, from_slice, from_value};
#[cfg(feature = "rest")]
pub(crate) use read::{from_texts, read_foreign};
pub use shape::Shape;
pub use typed::{opaque, opaque_mut};
#[cfg(feature = "__server")]
pub(crate) use unknown::unknown;
pub use validate::{Violation, validate};
#[cfg(feature = "client")]
pub(crate) use write::to_sent_value;
pub use write::{serialize, to_vec};

#[cfg(test)]
mod tests;
