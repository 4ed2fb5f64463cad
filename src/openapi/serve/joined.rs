//! Inputs of capabilities that are joined with a document: they are read, one by one, as those of the document are.

#[cfg(feature = "rest")]
use std::borrow::Cow;

#[cfg(feature = "rest")]
use super::claim::{Keys, keys};
use super::incoming::said;
#[cfg(feature = "rest")]
use super::request::{in_header, in_pairs, in_path};
#[cfg(feature = "rest")]
use super::texts::{Coding, Owned, Pair, Texts};
use crate::Json;
use crate::arguments::{Argument, ArgumentError, TypedArgument};
#[cfg(feature = "rest")]
use crate::description::Location;
use crate::description::{Parameter, Schema};
#[cfg(feature = "rest")]
use crate::openapi::{Style, joined};
#[cfg(feature = "rest")]
use crate::types::from_texts;
use crate::types::validate::{Side, violations};
use crate::types::{Direction, faults, from_slice, unknown};

/// Whether a pair of a query belongs to a parameter: by its name, or because the name leads into it.
#[cfg(feature = "rest")]
pub(crate) fn is_of(parameter: &Parameter, schema: &Schema, name: &str) -> bool {
    match name.strip_prefix(parameter.name) {
        Some("") => true,
        Some(rest) if schema.style == Style::DeepObject => rest.starts_with('['),
        // The properties of an object are pairs of their own.
        _ => schema.explode && schema.style == Style::Form && has_property(schema, name),
    }
}

#[cfg(feature = "rest")]
fn has_property(schema: &Schema, name: &str) -> bool {
    match keys((schema.blank)().typed_mut().slot()) {
        Keys::Listed(shape) => shape.find(name, 0).is_some(),
        Keys::Any | Keys::None => false,
    }
}

/// Reads the texts that a request gives for a parameter, as they came: one, but for queries.
#[cfg(feature = "rest")]
pub(crate) fn read_texts(
    parameter: &'static Parameter,
    schema: &'static Schema,
    given: &[(Cow<'_, str>, &str)],
) -> Result<Argument, Vec<ArgumentError>> {
    let wire = joined::wire(parameter, schema);
    let pairs: Vec<Pair<'_>> =
        given.iter().map(|(name, value)| Pair { name: name.clone(), value, raw: value, owner: Some(0) }).collect();
    let owned = Owned { pairs: &pairs, owner: 0 };
    let first = given.first().map_or("", |(_, text)| text);
    let texts: Option<Result<Texts<'_>, serde_json::Error>> = match parameter.location {
        Location::Path => Some(in_path(&wire, first)),
        Location::Header => Some(Ok(in_header(&wire, first))),
        Location::Cookie if schema.style == Style::Cookie => in_pairs(&wire, owned, Coding::Plain),
        Location::Cookie => in_pairs(&wire, owned, Coding::Percent),
        Location::Query | Location::Body | Location::Template => in_pairs(&wire, owned, Coding::Form),
    };
    let mut value = (schema.blank)();
    match texts {
        Some(Ok(texts)) => match from_texts(texts, value.typed_mut()) {
            Ok(()) => check(parameter, schema, value),
            Err(error) => Err(vec![ArgumentError::unreadable(parameter, &error)]),
        },
        Some(Err(error)) => Err(vec![ArgumentError::of(parameter, error.to_string())]),
        None => check(parameter, schema, value),
    }
}

/// Gives a value its type, if it has a schema. Everything that is wrong with it is an error of its own.
pub(crate) fn accept(parameter: &'static Parameter, value: Argument) -> Result<Argument, Vec<ArgumentError>> {
    let Some(schema) = parameter.schema else { return Ok(value) };
    match value {
        Argument::Typed(value) => check(parameter, schema, value),
        value => read_json(parameter, schema, &value.into_json()),
    }
}

fn read_json(
    parameter: &'static Parameter,
    schema: &'static Schema,
    json: &Json,
) -> Result<Argument, Vec<ArgumentError>> {
    let mut value = (schema.blank)();
    let Err(error) = from_slice(json.as_str().as_bytes(), value.typed_mut(), Direction::Request) else {
        return complete(parameter, &value, json).and_then(|()| check(parameter, schema, value));
    };
    // What is wrong is looked for in a second reading.
    let found = json.to_value().map(|json| faults(&json, (schema.blank)().typed_mut())).unwrap_or_default();
    if found.is_empty() {
        return Err(vec![ArgumentError::unreadable(parameter, &error)]);
    }
    let errors =
        found.into_iter().map(|(pointer, reason)| ArgumentError::of(parameter, said(reason)).with_pointer(pointer));
    Err(errors.collect())
}

/// Refuses properties that the document does not list, and that would be lost: the upstream gets what was read.
fn complete(parameter: &'static Parameter, read: &TypedArgument, json: &Json) -> Result<(), Vec<ArgumentError>> {
    let lost = json.to_value().map(|json| unknown(read.typed().view(), &json)).unwrap_or_default();
    if lost.is_empty() {
        return Ok(());
    }
    let error = |pointer| ArgumentError::of(parameter, "is not known here").with_pointer(pointer);
    Err(lost.into_iter().map(error).collect())
}

/// Checks the constraints of the document.
fn check(
    parameter: &'static Parameter,
    schema: &'static Schema,
    value: TypedArgument,
) -> Result<Argument, Vec<ArgumentError>> {
    let broken = violations(value.typed().view(), schema.checks, Side::Receiver);
    if broken.is_empty() {
        return Ok(Argument::Typed(value));
    }
    let error = |violation: crate::types::Violation| {
        ArgumentError::of(parameter, violation.message).with_pointer(violation.pointer)
    };
    Err(broken.into_iter().map(error).collect())
}
