//! Whether a default fits its type.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::finish::{Interned, Target};
use super::shape::{AdditionalShape, FieldShape, Shape};
use crate::ir::types::{EnumBase, Literal};

/// Values that take more comparisons than this are taken to fit nothing: unions of unions can multiply.
const MAX_COMPARISONS: usize = 10_000;

/// Whether a value is one of a type's.
pub(super) fn fits(types: &[Interned<'_>], target: Target, value: &Literal) -> bool {
    fits_within(types, target, value, &Cell::new(MAX_COMPARISONS))
}

/// A chain of unions does not lead back to itself, so that this ends where the value ends.
fn fits_within(types: &[Interned<'_>], target: Target, value: &Literal, budget: &Cell<usize>) -> bool {
    let Some(left) = budget.get().checked_sub(1) else {
        return false;
    };
    budget.set(left);
    if *value == Literal::Null && target.nullable {
        return true;
    }
    let within = |target: &Target, value: &Literal| fits_within(types, *target, value, budget);
    match (&*types[target.id.index()].shape, value) {
        (Shape::Any, _)
        | (Shape::Null, Literal::Null)
        | (Shape::Boolean, Literal::Boolean(_))
        | (Shape::Number(..), Literal::Number(_))
        | (Shape::String(..) | Shape::Enum(EnumBase::String, _), Literal::String(_)) => true,
        (Shape::Integer(..) | Shape::Enum(EnumBase::Integer, _), Literal::Number(number)) => {
            number.as_integer().is_some()
        }
        (Shape::Enum(EnumBase::Mixed, values), value) => values.contains(value),
        (Shape::Constant(constant), value) => constant == value,
        (Shape::Array { items, .. }, Literal::Array(values)) => values.iter().all(|value| within(items, value)),
        (Shape::Tuple { items, required, rest }, Literal::Array(values)) => {
            values.len() >= *required
                && values
                    .iter()
                    .enumerate()
                    .all(|(index, value)| items.get(index).or(rest.as_ref()).is_some_and(|item| within(item, value)))
        }
        (Shape::Map { values, .. }, Literal::Object(entries)) => entries.iter().all(|(_, value)| within(values, value)),
        (Shape::Struct { fields, additional, .. }, Literal::Object(entries)) => {
            let given: HashSet<&str> = entries.iter().map(|(key, _)| &**key).collect();
            let known: HashMap<&str, &FieldShape<'_, Target>> =
                fields.iter().map(|field| (field.wire, field)).collect();
            fields.iter().all(|field| !field.required || given.contains(field.wire))
                && entries.iter().all(|(key, value)| match known.get(&**key) {
                    Some(field) => within(&field.edge, value),
                    None => match additional {
                        AdditionalShape::Unspecified => true,
                        AdditionalShape::Denied => false,
                        AdditionalShape::Values(values) => within(values, value),
                    },
                })
        }
        (Shape::Union { variants, .. }, value) => variants.iter().any(|variant| within(&variant.edge, value)),
        _ => false,
    }
}
