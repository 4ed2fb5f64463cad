//! How well a value fits a type, judged from its surface.

use std::borrow::Cow;

use super::Direction;
use super::content::Content;
use super::object::{Seen, missing};
use super::scalar::exact;
use crate::types::Base64;
use crate::types::model::{Model, Slot};
use crate::types::shape::{Additional, Shape, Struct};

/// How well a value fits: greater is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Strings that are among those which the schema lists, and types that accept little.
    exact: usize,
    /// Properties that the schema has.
    known: usize,
}

impl Fit {
    const POOR: Self = Self { exact: 0, known: 0 };
    const GOOD: Self = Self { exact: 0, known: 1 };
    const EXACT: Self = Self { exact: 1, known: 1 };
}

/// How deep [`fit`] looks: the properties of an object and the first item of an array, no further.
const DEPTH: usize = 2;

/// How well `value` fits the blank `slot`, `None` when it cannot.
pub(super) fn fit(value: &Content<'_>, slot: Slot<'_>) -> Option<Fit> {
    fit_within(value, slot, DEPTH)
}

fn fit_within(value: &Content<'_>, slot: Slot<'_>, depth: usize) -> Option<Fit> {
    let good = |fits: bool| fits.then_some(Fit::GOOD);
    match (slot, value) {
        (Slot::Optional(_), Content::Null)
        | (Slot::Any(_), _)
        | (Slot::F32(_) | Slot::F64(_), Content::Signed(_) | Content::Unsigned(_) | Content::Float(_)) => {
            Some(Fit::POOR)
        }
        // What a type of the user's accepts, only reading tells; a narrow type goes before a wide one.
        (Slot::Opaque, _) => Some(Fit::EXACT),
        (Slot::Optional(place), value) => fit_within(value, place.fill(), depth),
        (Slot::Bool(_), Content::Bool(_)) | (Slot::String(_), Content::Text(_)) => Some(Fit::GOOD),
        (Slot::Base64(_), Content::Text(text)) => Base64::decode(text).ok().map(|_| Fit::POOR),
        (Slot::I32(_), value) => good(i32::try_from(whole(value)?).is_ok()),
        (Slot::U32(_), value) => good(u32::try_from(whole(value)?).is_ok()),
        (Slot::I64(_), value) => good(i64::try_from(whole(value)?).is_ok()),
        (Slot::U64(_), value) => good(u64::try_from(whole(value)?).is_ok()),
        (Slot::List(list), Content::List(items)) => match items.first() {
            Some(item) if depth > 0 => fit_within(item, list.push(), depth - 1),
            _ => Some(Fit::GOOD),
        },
        (Slot::Map(map), Content::Object(properties)) => match properties.first() {
            Some((_, value)) if depth > 0 => fit_within(value, map.insert(String::new()), depth - 1).map(|_| Fit::POOR),
            _ => Some(Fit::POOR),
        },
        (Slot::Model(model), value) => fit_model(value, model, depth),
        _ => None,
    }
}

/// The integer that a value is; `7.0` is one in JSON Schema.
fn whole(value: &Content<'_>) -> Option<i128> {
    match *value {
        Content::Signed(value) => Some(value.into()),
        Content::Unsigned(value) => Some(value.into()),
        Content::Float(value) => exact(value).map(i128::from),
        _ => None,
    }
}

fn fit_model(value: &Content<'_>, model: &mut dyn Model, depth: usize) -> Option<Fit> {
    match (model.shape(), value) {
        (Shape::StringEnum(shape), Content::Text(text)) => {
            if shape.values.contains(&text.as_ref()) {
                Some(Fit::EXACT)
            } else {
                shape.open.then_some(Fit::POOR)
            }
        }
        (Shape::Struct(shape), Content::Object(properties)) if depth > 0 => {
            fit_struct(properties, model, shape, depth - 1)
        }
        (Shape::Struct(_), Content::Object(_)) => Some(Fit::GOOD),
        (Shape::Tuple(shape), Content::List(items)) => {
            (items.len() >= shape.required && (shape.rest || items.len() <= shape.len)).then_some(Fit::GOOD)
        }
        (Shape::Union(shape), value) if depth > 0 => (0..shape.variants.len())
            .filter_map(|index| fit_within(value, model.field_mut(index).slot(), depth - 1))
            .max(),
        (Shape::Union(_), _) => Some(Fit::POOR),
        _ => None,
    }
}

fn fit_struct(
    properties: &[(Cow<'_, str>, Content<'_>)],
    model: &mut dyn Model,
    shape: &'static Struct,
    depth: usize,
) -> Option<Fit> {
    let mut total = Fit::POOR;
    let (mut seen, mut expected) = (Seen::new(shape.fields.len()), 0);
    for (name, value) in properties {
        let Some(index) = shape.find(name, expected) else { continue };
        expected = index + 1;
        let slot = model.field_mut(index).slot();
        let optional_null = matches!(value, Content::Null) && matches!(slot, Slot::Optional(_));
        if !optional_null && !matches!(slot, Slot::Opaque) {
            total.exact += fit_within(value, slot, depth)?.exact;
        }
        total.known += usize::from(seen.insert(index));
    }
    // Neither who reads is of interest here nor what one side may leave out.
    if missing(model, shape, &seen, Direction::Unknown).is_some() {
        return None;
    }
    if shape.additional == Additional::Deny && total.known < properties.len() {
        return None;
    }
    Some(total)
}
