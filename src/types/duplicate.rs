//! Clones a generated type part by part.

use super::model::{Entries, List, Model, Slot, View};
use super::shape::{Additional, Shape};

/// The `Clone` of generated types.
#[must_use]
pub fn duplicate<T: Model>(from: &T) -> T {
    let mut to = T::blank();
    copy_model(from, &mut to);
    to
}

fn copy_model(from: &dyn Model, to: &mut dyn Model) {
    let fields = match from.shape() {
        Shape::Struct(shape) => 0..shape.fields.len() + usize::from(shape.additional == Additional::Keep),
        Shape::Tuple(shape) => 0..shape.len + usize::from(shape.rest),
        Shape::Union(_) | Shape::StringEnum(_) => from.selected()..from.selected() + 1,
    };
    for index in fields {
        copy_field(from, to, index);
    }
}

/// Copies a field, or the variant `index`.
fn copy_field(from: &dyn Model, to: &mut dyn Model, index: usize) {
    let view = from.field(index).view();
    let slot = to.field_mut(index).slot();
    if !matches!(view, View::Opaque) {
        copy(view, slot);
    } else if let Some(from) = from.foreign(index)
        && let Some(to) = to.foreign_mut(index)
    {
        to.assign(from.as_any());
    }
}

/// Copies into a blank place of the same type.
fn copy(from: View<'_>, to: Slot<'_>) {
    match (from, to) {
        (View::Bool(from), Slot::Bool(to)) => *to = from,
        (View::I32(from), Slot::I32(to)) => *to = from,
        (View::I64(from), Slot::I64(to)) => *to = from,
        (View::U32(from), Slot::U32(to)) => *to = from,
        (View::U64(from), Slot::U64(to)) => *to = from,
        (View::F32(from), Slot::F32(to)) => *to = from,
        (View::F64(from), Slot::F64(to)) => *to = from,
        (View::String(from), Slot::String(to)) => from.clone_into(to),
        (View::Base64(from), Slot::Base64(to)) => to.clone_from(from),
        (View::Any(from), Slot::Any(to)) => to.clone_from(from),
        (View::Model(from), Slot::Model(to)) => copy_model(from, to),
        (View::List(from), Slot::List(to)) => copy_list(from, to),
        (View::Map(from), Slot::Map(to)) => copy_map(from, to),
        (View::Optional(from), Slot::Optional(to)) => {
            if let Some(from) = from.get() {
                copy(from, to.fill());
            } else if to.get().is_some() {
                // The schema's default.
                to.set_null();
            }
        }
        // Two values of one type have the same kind.
        _ => {}
    }
}

fn copy_list(from: &dyn List, to: &mut dyn List) {
    for from in (0..from.len()).filter_map(|index| from.get(index)) {
        copy(from, to.push());
    }
}

fn copy_map(from: &dyn Entries, to: &mut dyn Entries) {
    for (key, from) in (0..from.len()).filter_map(|index| from.get(index)) {
        copy(from, to.insert(key.to_owned()));
    }
}
