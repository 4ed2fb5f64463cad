//! Inputs that a document allows, for tests of what is generated from it.

use serde_json::Value;

use super::data::{Generator, Place as Seeded, Seed};
use super::schemas::Schemas;
use crate::openapi::{Accept, AcceptParts, Document, PartPlace, Place, Upload};
use crate::types::{Direction, Foreign, ReadError, Slot, Typed, from_value};

/// Headers that no sample has.
const ENCODINGS: [&str; 3] = ["accept-encoding", "content-encoding", "transfer-encoding"];

/// Fills blank inputs of an operation with values that its document allows, the same every time.
///
/// # Errors
///
/// When a value does not fit its type, which is a mistake of this crate.
pub fn sample_inputs(document: &'static Document, operation: usize, inputs: &mut dyn Accept) -> Result<(), ReadError> {
    let schemas = Schemas::new(document);
    let described = schemas.operation(operation);
    let seed = Seed::new("inputs").item(operation);
    let parameters = described.get("parameters").and_then(Value::as_array);
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        // What says how the body is encoded has to be true.
        if ENCODINGS.iter().any(|encoding| name.eq_ignore_ascii_case(encoding)) {
            continue;
        }
        let Some(value) = sample(&schemas, parameter, seed.item(index)) else { continue };
        match inputs.field_mut(index).slot() {
            Slot::Opaque => fill_foreign(inputs.foreign_mut(index), &value),
            _ => fill(inputs.field_mut(index), &value)?,
        }
    }
    let contents = described.get("requestBody").and_then(|body| body.get("content")?.as_object());
    let Some(content) = contents.and_then(|contents| contents.values().next()) else { return Ok(()) };
    let value = sample(&schemas, content, seed.child("body"));
    match (inputs.body_mut(0), value) {
        (Place::Typed(place), Some(value)) => fill(place, &value)?,
        (Place::Foreign(place), Some(value)) => fill_foreign(Some(place), &value),
        (Place::Upload(upload), _) => *upload = bytes(),
        (Place::Parts(parts), value) => fill_parts(parts, &value.unwrap_or_default())?,
        _ => {}
    }
    Ok(())
}

/// A value of what has a schema, or a content with one.
fn sample(schemas: &Schemas, described: &Value, seed: Seed) -> Option<Value> {
    let content = || described.get("content")?.as_object()?.values().next();
    let described = if described.get("schema").is_some() { described } else { content()? };
    let (schema, place) = (described.get("schema")?, Seeded::new(seed));
    let mut generator = Generator::new(schemas, Direction::Request);
    let told = described.get("example").and_then(|example| generator.adopt(schema, example, place));
    told.or_else(|| generator.value(schema, place))
}

/// The schema of a stream is that of its items.
fn fill(place: &mut dyn Typed, value: &Value) -> Result<(), ReadError> {
    let list = match place.slot() {
        Slot::List(_) if !value.is_array() => Some(Value::Array(vec![value.clone()])),
        _ => None,
    };
    from_value(list.as_ref().unwrap_or(value), place, Direction::Request)
}

/// What a type of the user's does not take stays blank: nobody here knows what it takes.
fn fill_foreign(place: Option<&mut dyn Foreign>, value: &Value) {
    if let Some(Err(error)) = place.map(|place| place.read(value)) {
        tracing::warn!(%error, "a sample does not fit its type");
    }
}

fn fill_parts(parts: &mut dyn AcceptParts, values: &Value) -> Result<(), ReadError> {
    for (index, name) in parts.names().iter().enumerate() {
        let value = values.get(*name);
        match (parts.place(index), value) {
            (PartPlace::Typed(place), Some(value)) => fill(place, value)?,
            (PartPlace::Foreign(place), Some(value)) => fill_foreign(Some(place), value),
            (PartPlace::Upload(upload), _) => *upload = bytes(),
            (PartPlace::OptionalUpload(upload), Some(_)) => *upload = Some(bytes()),
            (PartPlace::Uploads(uploads), _) => uploads.push(bytes()),
            (PartPlace::OptionalUploads(uploads), Some(_)) => *uploads = Some(vec![bytes()]),
            _ => {}
        }
    }
    Ok(())
}

fn bytes() -> Upload {
    Upload::from("sample").file_name("sample.txt")
}
