//! Compares generated types part by part.

use super::model::{Entries, List, Model, View};
use super::shape::{Additional, Shape};

/// The `PartialEq` of generated types. The models must be of one type.
#[must_use]
pub fn equal(left: &dyn Model, right: &dyn Model) -> bool {
    let fields = match left.shape() {
        Shape::Struct(shape) => shape.fields.len() + usize::from(shape.additional == Additional::Keep),
        Shape::Tuple(shape) => shape.len + usize::from(shape.rest),
        Shape::StringEnum(_) => return super::string_enum::text(left) == super::string_enum::text(right),
        Shape::Union(_) => 1,
    };
    left.selected() == right.selected() && (0..fields).all(|index| equal_fields(left, right, index))
}

fn equal_fields(left: &dyn Model, right: &dyn Model, index: usize) -> bool {
    match (left.field(index).view(), right.field(index).view()) {
        (View::Opaque, View::Opaque) => match (left.foreign(index), right.foreign(index)) {
            (Some(left), Some(right)) => {
                matches!((left.write(), right.write()), (Ok(left), Ok(right)) if left == right)
            }
            (left, right) => left.is_none() && right.is_none(),
        },
        (left, right) => equal_views(left, right),
    }
}

#[expect(clippy::float_cmp, reason = "equality of generated types is that of their fields")]
fn equal_views(left: View<'_>, right: View<'_>) -> bool {
    match (left, right) {
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::I32(left), View::I32(right)) => left == right,
        (View::I64(left), View::I64(right)) => left == right,
        (View::U32(left), View::U32(right)) => left == right,
        (View::U64(left), View::U64(right)) => left == right,
        (View::F32(left), View::F32(right)) => left == right,
        (View::F64(left), View::F64(right)) => left == right,
        (View::String(left), View::String(right)) => left == right,
        (View::Base64(left), View::Base64(right)) => left == right,
        (View::Any(left), View::Any(right)) => left == right,
        (View::Model(left), View::Model(right)) => equal(left, right),
        (View::List(left), View::List(right)) => equal_lists(left, right),
        (View::Map(left), View::Map(right)) => equal_maps(left, right),
        (View::Optional(left), View::Optional(right)) => match (left.get(), right.get()) {
            (Some(left), Some(right)) => equal_views(left, right),
            (left, right) => left.is_none() && right.is_none(),
        },
        _ => false,
    }
}

fn equal_lists(left: &dyn List, right: &dyn List) -> bool {
    left.len() == right.len()
        && (0..left.len()).all(|index| match (left.get(index), right.get(index)) {
            (Some(left), Some(right)) => equal_views(left, right),
            _ => false,
        })
}

/// The order of the entries does not count.
fn equal_maps(left: &dyn Entries, right: &dyn Entries) -> bool {
    left.len() == right.len()
        && (0..left.len())
            .filter_map(|index| left.get(index))
            .all(|(key, left)| right.find(key).is_some_and(|right| equal_views(left, right)))
}
