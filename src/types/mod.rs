//! The runtime half of generated types.

mod base64;
pub mod check;
mod compare;
mod debug;
mod duplicate;
mod foreign;
mod implement;
mod map;
mod model;
mod read;
pub mod shape;
pub mod string_enum;
mod typed;
mod write;

pub use serde;
pub use serde_json::Value;

pub use crate::__implement_models as implement;
pub use base64::{Base64, InvalidBase64};
pub use compare::equal;
pub use debug::debug;
pub use duplicate::duplicate;
pub use foreign::Foreign;
pub use map::Map;
pub use model::{Entries, List, Model, Optional, Slot, Typed, View};
pub use read::{Direction, ReadError, deserialize, from_slice, from_value};
pub use shape::Shape;
pub use typed::{opaque, opaque_mut};
pub use write::{serialize, to_vec};

#[cfg(test)]
mod tests;
