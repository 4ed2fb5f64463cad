//! One assertion about one value.

use std::collections::HashSet;

use serde_json::Value;

use super::Check;
use crate::types::model::{List, View};
use crate::types::write::to_value;

/// The keyword and the demand that `view` does not meet.
pub(super) fn violation(view: View<'_>, check: &Check) -> Option<(&'static str, String)> {
    let (keyword, holds, demand) = match (check, view) {
        (Check::MinLength(least), View::String(text)) => {
            ("minLength", text.chars().count() >= *least, format!("must have at least {least} characters"))
        }
        (Check::MaxLength(most), View::String(text)) => {
            ("maxLength", text.chars().count() <= *most, format!("must have at most {most} characters"))
        }
        #[cfg(feature = "patterns")]
        (&Check::Pattern(pattern), View::String(text)) => {
            ("pattern", super::pattern::matches(pattern, text), format!("must match `{pattern}`"))
        }
        (Check::MinItems(least), View::List(list)) => {
            ("minItems", list.len() >= *least, format!("must have at least {least} items"))
        }
        (Check::MaxItems(most), View::List(list)) => {
            ("maxItems", list.len() <= *most, format!("must have at most {most} items"))
        }
        (Check::UniqueItems, View::List(list)) => {
            ("uniqueItems", is_unique(list), "must have no item twice".to_owned())
        }
        (Check::MinProperties(least), View::Map(map)) => {
            ("minProperties", map.len() >= *least, format!("must have at least {least} properties"))
        }
        (Check::MaxProperties(most), View::Map(map)) => {
            ("maxProperties", map.len() <= *most, format!("must have at most {most} properties"))
        }
        (Check::Enum(_), View::Optional(_)) => return None,
        (Check::Enum(values), view) => {
            ("enum", is_listed(view, values), format!("must be one of {}", values.join(", ")))
        }
        (check, view) => return numeric(check, number(view)?),
    };
    (!holds).then_some((keyword, demand))
}

fn numeric(check: &Check, number: f64) -> Option<(&'static str, String)> {
    let (keyword, holds, demand) = match check {
        Check::Minimum(limit) => ("minimum", number >= *limit, format!("must be at least {limit}")),
        Check::Maximum(limit) => ("maximum", number <= *limit, format!("must be at most {limit}")),
        Check::ExclusiveMinimum(limit) => {
            ("exclusiveMinimum", number > *limit, format!("must be greater than {limit}"))
        }
        Check::ExclusiveMaximum(limit) => ("exclusiveMaximum", number < *limit, format!("must be less than {limit}")),
        Check::MultipleOf(step) => ("multipleOf", is_multiple(number, *step), format!("must be a multiple of {step}")),
        _ => return None,
    };
    (!holds).then_some((keyword, demand))
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

fn is_unique(list: &dyn List) -> bool {
    let mut texts = HashSet::new();
    (0..list.len()).filter_map(|index| to_value(list.get(index)?).ok()).all(|mut value| {
        // The order of properties does not count.
        value.sort_all_objects();
        texts.insert(value.to_string())
    })
}
