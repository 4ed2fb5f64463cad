//! Values in a document.

use crate::ir::types::{Decimal, Literal};
use crate::openapi::place::Place;
use crate::tree::{Node, Scalar, ScalarKind};

/// The value at a place. Files are not nested so deeply that this could exhaust the stack.
pub(in crate::openapi) fn literal(place: Place<'_>) -> Literal {
    match place.content() {
        Node::Sequence(_) => Literal::Array(place.elements().map(literal).collect()),
        Node::Mapping(_) => {
            Literal::Object(place.pairs().map(|(key, value)| (key.to_owned(), literal(value))).collect())
        }
        Node::Scalar(scalar) => match scalar.kind() {
            ScalarKind::Null => Literal::Null,
            ScalarKind::Boolean(value) => Literal::Boolean(value),
            ScalarKind::Text => Literal::String(scalar.text.to_owned()),
            ScalarKind::Integer | ScalarKind::Float => {
                decimal(scalar).map_or_else(|| Literal::String(scalar.text.to_owned()), Literal::Number)
            }
        },
    }
}

/// The number at a place; a text that is a number counts.
pub(super) fn number(place: Place<'_>) -> Option<Decimal> {
    decimal(place.scalar()?)
}

/// The count at a place.
pub(super) fn count(place: Place<'_>) -> Option<u64> {
    number(place)?.as_integer()?.try_into().ok()
}

fn decimal(scalar: Scalar<'_>) -> Option<Decimal> {
    if is_json_number(scalar.text) {
        return Some(Decimal(scalar.text.to_owned()));
    }
    // What YAML writes otherwise: `+1`, `.5`, `1.`, `0x10`, `0o17`.
    let text = scalar.text.strip_prefix('+').unwrap_or(scalar.text);
    let radix = |prefix, radix| i128::from_str_radix(text.strip_prefix(prefix)?, radix).ok();
    if let Some(value) = radix("0x", 16).or_else(|| radix("0o", 8)).or_else(|| text.parse::<i128>().ok()) {
        return Some(Decimal(value.to_string()));
    }
    let value: f64 = text.parse().ok()?;
    value.is_finite().then(|| Decimal(value.to_string()))
}

fn is_json_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned.bytes().next().is_some_and(|first| first.is_ascii_digit())
        && (!unsigned.starts_with('0') || !unsigned.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric))
        && serde_json::from_str::<serde_json::Number>(text).is_ok()
}
