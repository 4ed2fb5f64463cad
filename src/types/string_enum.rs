//! Strings out of a list.

use super::model::{Model, Slot, View};
use super::shape::Shape;

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

/// The enum with the string `text`, `None` when the list is closed and has no such string.
#[must_use]
pub fn parse<T: Model>(text: &str) -> Option<T> {
    let mut model = T::blank();
    set(&mut model, text).then_some(model)
}

/// Sets a string enum; false when the list is closed and has no such string.
fn set(model: &mut dyn Model, text: &str) -> bool {
    let Shape::StringEnum(shape) = model.shape() else { return false };
    let known = shape.values.iter().position(|value| *value == text);
    if known.is_none() && !shape.open {
        return false;
    }
    model.select(known.unwrap_or(shape.values.len()));
    if known.is_none() {
        if let Slot::String(place) = model.field_mut(0).slot() {
            text.clone_into(place);
        }
    }
    true
}
