//! How well a value fits a type, judged from its surface.

use serde_json::{Map, Value};

use crate::types::Base64;
use crate::types::model::{Model, Slot};
use crate::types::shape::{Additional, Shape, Struct, contains};

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
pub(super) fn fit(value: &Value, slot: Slot<'_>) -> Option<Fit> {
    fit_within(value, slot, DEPTH)
}

fn fit_within(value: &Value, slot: Slot<'_>, depth: usize) -> Option<Fit> {
    let good = |fits: bool| fits.then_some(Fit::GOOD);
    match (slot, value) {
        (Slot::Optional(_), Value::Null) | (Slot::Any(_), _) | (Slot::F32(_) | Slot::F64(_), Value::Number(_)) => {
            Some(Fit::POOR)
        }
        // What a type of the user's accepts, only reading tells; a narrow type goes before a wide one.
        (Slot::Opaque, _) => Some(Fit::EXACT),
        (Slot::Optional(place), value) => fit_within(value, place.fill(), depth),
        (Slot::Bool(_), Value::Bool(_)) | (Slot::String(_), Value::String(_)) => Some(Fit::GOOD),
        (Slot::Base64(_), Value::String(text)) => Base64::decode(text).ok().map(|_| Fit::POOR),
        (Slot::I32(_), Value::Number(number)) => good(number.as_i64().is_some_and(|n| i32::try_from(n).is_ok())),
        (Slot::U32(_), Value::Number(number)) => good(number.as_u64().is_some_and(|n| u32::try_from(n).is_ok())),
        (Slot::I64(_), Value::Number(number)) => good(number.is_i64() || is_whole(number)),
        (Slot::U64(_), Value::Number(number)) => good(number.is_u64() || is_whole(number)),
        (Slot::List(list), Value::Array(items)) => match items.first() {
            Some(item) if depth > 0 => fit_within(item, list.push(), depth - 1),
            _ => Some(Fit::GOOD),
        },
        (Slot::Map(map), Value::Object(properties)) => match properties.values().next() {
            Some(value) if depth > 0 => fit_within(value, map.insert(String::new()), depth - 1).map(|_| Fit::POOR),
            _ => Some(Fit::POOR),
        },
        (Slot::Model(model), value) => fit_model(value, model, depth),
        _ => None,
    }
}

/// `7.0` is an integer in JSON Schema.
fn is_whole(number: &serde_json::Number) -> bool {
    number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

fn fit_model(value: &Value, model: &mut dyn Model, depth: usize) -> Option<Fit> {
    match (model.shape(), value) {
        (Shape::StringEnum(shape), Value::String(text)) => {
            if shape.values.contains(&text.as_str()) {
                Some(Fit::EXACT)
            } else {
                shape.open.then_some(Fit::POOR)
            }
        }
        (Shape::Struct(shape), Value::Object(properties)) if depth > 0 => {
            fit_struct(properties, model, shape, depth - 1)
        }
        (Shape::Struct(_), Value::Object(_)) => Some(Fit::GOOD),
        (Shape::Tuple(shape), Value::Array(items)) => {
            (items.len() >= shape.required && (shape.rest || items.len() <= shape.len)).then_some(Fit::GOOD)
        }
        (Shape::Union(shape), value) if depth > 0 => (0..shape.variants.len())
            .filter_map(|index| fit_within(value, model.field_mut(index).slot(), depth - 1))
            .max(),
        (Shape::Union(_), _) => Some(Fit::POOR),
        _ => None,
    }
}

fn fit_struct(properties: &Map<String, Value>, model: &mut dyn Model, shape: &Struct, depth: usize) -> Option<Fit> {
    let mut total = Fit::POOR;
    for (index, name) in shape.fields.iter().enumerate() {
        let Some(value) = properties.get(*name) else {
            let excused = contains(shape.read_only, index)
                || contains(shape.write_only, index)
                || matches!(model.field_mut(index).slot(), Slot::Optional(_));
            if contains(shape.required, index) && !excused {
                return None;
            }
            continue;
        };
        let slot = model.field_mut(index).slot();
        let optional_null = value.is_null() && matches!(slot, Slot::Optional(_));
        if !optional_null && !matches!(slot, Slot::Opaque) {
            total.exact += fit_within(value, slot, depth)?.exact;
        }
        total.known += 1;
    }
    if shape.additional == Additional::Deny && total.known < properties.len() {
        return None;
    }
    Some(total)
}
