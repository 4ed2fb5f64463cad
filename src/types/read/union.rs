//! One of several schemas.

use std::fmt::Write as _;

use serde::de::Error as _;
use serde_json::Value;

use super::Context;
use super::fit::{Fit, fit};
use super::object::Field;
use crate::types::model::Model;
use crate::types::shape::Union;
use serde::de::DeserializeSeed as _;

/// Reads the alternative that fits `value` best.
pub(super) fn read(
    value: &Value,
    model: &mut dyn Model,
    shape: &'static Union,
    context: &Context,
) -> Result<(), serde_json::Error> {
    if let Some(tag) = value.get(shape.discriminator).and_then(Value::as_str) {
        return match tagged(shape, tag) {
            Some(index) => read_variant(value, model, index, context),
            None => Err(unknown_tag(shape, tag)),
        };
    }
    match *candidates(value, model, shape) {
        [] => Err(serde_json::Error::custom(format_args!("no alternative of {} fits", shape.name))),
        [index] => read_variant(value, model, index, context),
        ref candidates => {
            let size = size(value);
            let outermost = context.begin_trials(size);
            let result = try_each(value, size, model, shape, candidates, context);
            if outermost {
                context.finish_trials();
            }
            result
        }
    }
}

/// The variant that a value of the discriminator selects.
fn tagged(shape: &Union, tag: &str) -> Option<usize> {
    let named = shape.variants.iter().position(|variant| variant.tags.contains(&tag));
    named.or_else(|| shape.variants.iter().position(|variant| variant.tags.is_empty()))
}

fn unknown_tag(shape: &Union, tag: &str) -> serde_json::Error {
    let mut message = format!("`{tag}` as `{}` of {}; expected one of", shape.discriminator, shape.name);
    for (index, tag) in shape.variants.iter().flat_map(|variant| variant.tags).enumerate() {
        // Writing to a string does not fail.
        let _ = write!(message, "{} `{tag}`", if index == 0 { "" } else { "," });
    }
    serde_json::Error::custom(message)
}

fn read_variant(
    value: &Value,
    model: &mut dyn Model,
    index: usize,
    context: &Context,
) -> Result<(), serde_json::Error> {
    Field { model, index, context }.deserialize(value)
}

/// The variants that may fit, the likeliest first.
fn candidates(value: &Value, model: &mut dyn Model, shape: &Union) -> Box<[usize]> {
    let mut fits: Vec<(Fit, usize)> = (0..shape.variants.len())
        .filter_map(|index| Some((fit(value, model.field_mut(index).slot())?, index)))
        .collect();
    fits.sort_by(|(left, _), (right, _)| right.cmp(left));
    fits.into_iter().map(|(_, index)| index).collect()
}

/// Reads the first of `candidates` that fits in depth. The error is that of the likeliest.
fn try_each(
    value: &Value,
    size: usize,
    model: &mut dyn Model,
    shape: &Union,
    candidates: &[usize],
    context: &Context,
) -> Result<(), serde_json::Error> {
    let mut first = None;
    for index in candidates {
        if !context.spend(size) {
            return Err(serde_json::Error::custom(format_args!("{} is too ambiguous to be read", shape.name)));
        }
        let noted = context.noted();
        let Err(error) = read_variant(value, model, *index, context) else { return Ok(()) };
        if first.is_none() {
            first = Some(error);
        } else {
            context.forget(noted);
        }
    }
    Err(first.unwrap_or_else(|| serde_json::Error::custom("no alternative")))
}

/// The number of JSON values in `value`.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(properties) => properties.values().map(size).sum(),
        _ => 0,
    }
}
