//! One assertion about one value.

use std::collections::HashSet;

use serde_json::Value;

use super::Check;
use super::format::has_format;
use crate::types::model::View;
use crate::types::shape::Shape;
use crate::types::string_enum;
use crate::types::write::to_value;

/// The keyword and the demand that `view` does not meet.
pub(super) fn violation(view: View<'_>, check: &Check) -> Option<(&'static str, String)> {
    if holds(view, check).unwrap_or(true) { None } else { demand(check) }
}

/// Whether a value is as a check demands; `None` when the check says nothing about values of its kind.
fn holds(view: View<'_>, check: &Check) -> Option<bool> {
    Some(match check {
        Check::Minimum(limit) => number(view)? >= *limit,
        Check::Maximum(limit) => number(view)? <= *limit,
        Check::ExclusiveMinimum(limit) => number(view)? > *limit,
        Check::ExclusiveMaximum(limit) => number(view)? < *limit,
        Check::MultipleOf(step) => is_multiple(number(view)?, *step),
        Check::MinLength(least) => text(view)?.chars().count() >= *least,
        Check::MaxLength(most) => text(view)?.chars().count() <= *most,
        #[cfg(feature = "patterns")]
        &Check::Pattern(pattern) => super::pattern::matches(pattern, text(view)?),
        Check::Format(format) => has_format(format, text(view)?),
        Check::MinItems(least) => items(view)? >= *least,
        Check::MaxItems(most) => items(view)? <= *most,
        Check::UniqueItems => is_unique(view)?,
        Check::MinProperties(least) => properties(view)? >= *least,
        Check::MaxProperties(most) => properties(view)? <= *most,
        Check::Enum(_) if matches!(view, View::Optional(_)) => return None,
        Check::Enum(values) => is_listed(view, values),
        #[cfg(not(feature = "patterns"))]
        Check::Pattern(_) => return None,
        // The walk takes these to the parts.
        Check::Items(_) | Check::Values(_) => return None,
    })
}

/// A check in words, with its keyword.
fn demand(check: &Check) -> Option<(&'static str, String)> {
    Some(match check {
        Check::Minimum(limit) => ("minimum", format!("must be at least {limit}")),
        Check::Maximum(limit) => ("maximum", format!("must be at most {limit}")),
        Check::ExclusiveMinimum(limit) => ("exclusiveMinimum", format!("must be greater than {limit}")),
        Check::ExclusiveMaximum(limit) => ("exclusiveMaximum", format!("must be less than {limit}")),
        Check::MultipleOf(step) => ("multipleOf", format!("must be a multiple of {step}")),
        Check::MinLength(least) => ("minLength", format!("must have at least {}", counted(*least, "character"))),
        Check::MaxLength(most) => ("maxLength", format!("must have at most {}", counted(*most, "character"))),
        Check::Pattern(pattern) => ("pattern", format!("must match `{pattern}`")),
        Check::Format(format) => ("format", format!("must be of the format `{format}`")),
        Check::MinItems(least) => ("minItems", format!("must have at least {}", counted(*least, "item"))),
        Check::MaxItems(most) => ("maxItems", format!("must have at most {}", counted(*most, "item"))),
        Check::UniqueItems => ("uniqueItems", "must have no item twice".to_owned()),
        Check::MinProperties(least) => ("minProperties", format!("must have at least {}", entries(*least))),
        Check::MaxProperties(most) => ("maxProperties", format!("must have at most {}", entries(*most))),
        Check::Enum(values) => ("enum", format!("must be one of {}", values.join(", "))),
        Check::Items(_) | Check::Values(_) => return None,
    })
}

/// `1 item`, `2 items`.
fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `1 property`, `2 properties`.
fn entries(number: usize) -> String {
    format!("{number} propert{}", if number == 1 { "y" } else { "ies" })
}

fn text(view: View<'_>) -> Option<&str> {
    match view {
        View::String(text) => Some(text),
        View::Any(value) => value.as_str(),
        View::Model(model) if matches!(model.shape(), Shape::StringEnum(_)) => Some(string_enum::text(model)),
        _ => None,
    }
}

fn items(view: View<'_>) -> Option<usize> {
    match view {
        View::List(list) => Some(list.len()),
        View::Any(value) => value.as_array().map(Vec::len),
        _ => None,
    }
}

fn properties(view: View<'_>) -> Option<usize> {
    match view {
        View::Map(map) => Some(map.len()),
        View::Any(value) => value.as_object().map(serde_json::Map::len),
        View::Model(model) if matches!(model.shape(), Shape::Struct(_)) => {
            to_value(view).ok()?.as_object().map(serde_json::Map::len)
        }
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "limits are doubles, as in most readers of schemas")]
fn number(view: View<'_>) -> Option<f64> {
    match view {
        View::I32(value) => Some(value.into()),
        View::U32(value) => Some(value.into()),
        View::I64(value) => Some(value as f64),
        View::U64(value) => Some(value as f64),
        View::F32(value) => Some(value.into()),
        View::F64(value) => Some(value),
        View::Any(value) => value.as_f64(),
        _ => None,
    }
}

/// Whether `number` is a multiple of `step`, as far as binary fractions can tell: 0.3 is one of 0.1.
fn is_multiple(number: f64, step: f64) -> bool {
    let quotient = number / step;
    (quotient - quotient.round()).abs() <= f64::EPSILON * quotient.abs().max(1.0)
}

fn is_listed(view: View<'_>, values: &[&str]) -> bool {
    let Ok(value) = to_value(view) else { return false };
    values.iter().any(|listed| serde_json::from_str::<Value>(listed).is_ok_and(|listed| same(&listed, &value)))
}

/// Equality of JSON Schema, to which 1 and 1.0 are one number.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (left, right) => left == right,
    }
}

fn is_unique(view: View<'_>) -> Option<bool> {
    let mut texts = HashSet::new();
    let mut is_new = |mut value: Value| {
        // The order of properties does not count.
        value.sort_all_objects();
        texts.insert(value.to_string())
    };
    match view {
        View::List(list) => Some((0..list.len()).filter_map(|index| to_value(list.get(index)?).ok()).all(is_new)),
        View::Any(Value::Array(items)) => Some(items.iter().cloned().all(&mut is_new)),
        _ => None,
    }
}
