//! Texts of a request that may stand for something else: a number, or a list of one.

use std::borrow::Cow;

use serde_json::Value;

use super::content::Content;
use crate::types::Foreign;

/// What a value may be besides, the likeliest first.
pub(super) fn others<'de>(value: &Content<'de>) -> Vec<Content<'de>> {
    let literal = || match *value {
        Content::Bool(value) => Some((Content::Bool(value), value.to_string())),
        Content::Signed(value) => Some((Content::Signed(value), value.to_string())),
        Content::Unsigned(value) => Some((Content::Unsigned(value), value.to_string())),
        Content::Float(value) => Some((Content::Float(value), Value::from(value).to_string())),
        _ => None,
    };
    let text = |text: &str| Content::Text(Cow::Owned(text.to_owned()));
    if let Content::Text(given) = value {
        return vec![Content::List(vec![text(given)])];
    }
    let Some((literal, given)) = literal() else { return Vec::new() };
    vec![text(&given), Content::List(vec![literal]), Content::List(vec![text(&given)])]
}

/// Reads a value of a type that this crate does not know, as one of the things that it may be.
pub(crate) fn read_foreign(target: &mut dyn Foreign, value: &Value) -> Result<(), serde_json::Error> {
    let error = match target.read(value) {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    let others = match value {
        Value::String(_) => vec![Value::Array(vec![value.clone()])],
        Value::Bool(_) | Value::Number(_) => {
            let text = Value::String(value.to_string());
            vec![text.clone(), Value::Array(vec![value.clone()]), Value::Array(vec![text])]
        }
        _ => Vec::new(),
    };
    if others.iter().any(|other| target.read(other).is_ok()) { Ok(()) } else { Err(error) }
}
