//! Strings out of a list.

use super::model::{Model, Slot, View};
use super::shape::{Shape, StringEnum};

/// The string on the wire of a string enum; empty for other types.
#[must_use]
pub fn text(model: &dyn Model) -> &str {
    let Shape::StringEnum(shape) = model.shape() else { return "" };
    if let Some(value) = shape.values.get(model.selected()) {
        return value;
    }
    match model.field(0).view() {
        View::String(text) => text,
        _ => "",
    }
}

/// A string that a closed list does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a value of {name}")]
pub struct UnknownValue {
    name: &'static str,
    text: String,
}

/// The `FromStr` of string enums.
///
/// # Errors
///
/// [`UnknownValue`] when the list is closed and has no such string.
pub fn parse<T: Model>(text: &str) -> Result<T, UnknownValue> {
    let mut model = T::blank();
    let shape = model.shape();
    match shape {
        Shape::StringEnum(shape) if set(&mut model, shape, text) => Ok(model),
        _ => Err(UnknownValue { name: shape.name(), text: text.to_owned() }),
    }
}

/// Sets a string enum; false when the list is closed and has no such string.
pub(super) fn set(model: &mut dyn Model, shape: &StringEnum, text: &str) -> bool {
    if let Some(known) = shape.values.iter().position(|value| *value == text) {
        model.field_mut(known);
    } else if !shape.open {
        return false;
    } else if let Slot::String(place) = model.field_mut(shape.values.len()).slot() {
        text.clone_into(place);
    }
    true
}
