//! Reads a document into a generated type. What is here depends on the format alone, never on the type.

mod content;
mod context;
mod fit;
mod loose;
mod map;
mod object;
mod scalar;
mod sequence;
mod union;

pub(super) use context::Context;
pub use context::Direction;
#[cfg(feature = "rest")]
pub(crate) use loose::read_foreign;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error as _};
use serde_json::Value;

use super::model::{Model, Slot, Typed};
use super::shape::Shape;

/// A document that does not fit its type.
#[derive(Debug, thiserror::Error)]
#[error("{}{source}", Prefix(path))]
pub struct ReadError {
    path: String,
    pointer: String,
    source: serde_json::Error,
}

impl ReadError {
    /// The place in the document: `data[3].created_at`. Empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same as a JSON pointer (RFC 6901): `/data/3/created_at`.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What is wrong there.
    #[must_use]
    pub fn reason(&self) -> &serde_json::Error {
        &self.source
    }

    fn new(context: &Context, source: serde_json::Error) -> Self {
        Self { path: context.path(), pointer: context.pointer(), source }
    }
}

struct Prefix<'a>(&'a str);

impl std::fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "{}: ", self.0) }
    }
}

/// Reads JSON text into `target`, which should be blank.
///
/// # Errors
///
/// [`ReadError`] with the place, when the text is not JSON or does not fit. `target` then holds what was read before.
pub fn from_slice(text: &[u8], target: &mut dyn Typed, direction: Direction) -> Result<(), ReadError> {
    let context = Context::new(direction);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    Seed { slot: target.slot(), context: &context }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|source| ReadError::new(&context, source))
}

/// Reads a parsed JSON value into `target`, which should be blank.
///
/// # Errors
///
/// [`ReadError`] with the place, when the value does not fit. `target` then holds what was read before.
pub fn from_value(value: &Value, target: &mut dyn Typed, direction: Direction) -> Result<(), ReadError> {
    let context = Context::new(direction);
    read_value(value, target.slot(), &context).map_err(|source| ReadError::new(&context, source))
}

/// Reads texts, in which numbers and truth values look like any text, into `target`, which should be blank. Such a value
/// is a number where the type can be one, and otherwise a text.
///
/// # Errors
///
/// [`ReadError`] with the place, when the texts do not fit. `target` then holds what was read before.
#[cfg(feature = "rest")]
pub(crate) fn from_texts<'de, D: Deserializer<'de, Error = serde_json::Error>>(
    texts: D,
    target: &mut dyn Typed,
) -> Result<(), ReadError> {
    let context = Context::loose(Direction::Request);
    let outcome = Seed { slot: target.slot(), context: &context }.deserialize(texts);
    outcome.map_err(|source| ReadError::new(&context, source))
}

/// Everything about a request's value that does not fit a type: the places, as JSON pointers, and what is wrong there.
/// What `target` holds afterwards has no meaning.
#[cfg(feature = "__server")]
pub(crate) fn faults(value: &Value, target: &mut dyn Typed) -> Vec<(String, String)> {
    let context = Context::collecting(Direction::Request);
    if let Err(error) = read_value(value, target.slot(), &context) {
        context.note(error.to_string());
    }
    context.into_faults()
}

/// The `Deserialize` of generated types.
///
/// # Errors
///
/// What the deserializer says, after the place in the document.
pub fn deserialize<'de, T: Model, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut model = T::blank();
    read_model(&mut model, deserializer)?;
    Ok(model)
}

fn read_model<'de, D: Deserializer<'de>>(model: &mut dyn Model, deserializer: D) -> Result<(), D::Error> {
    let context = Context::new(Direction::Unknown);
    Seed { slot: Slot::Model(model), context: &context }.deserialize(deserializer).map_err(|error| {
        let path = context.path();
        if path.is_empty() { error } else { D::Error::custom(format_args!("{path}: {error}")) }
    })
}

/// Reads one place from a value that was buffered.
fn read_value<'a>(value: &Value, slot: Slot<'a>, context: &'a Context) -> Result<(), serde_json::Error> {
    Seed { slot, context }.deserialize(value)
}

/// A place together with what it shares.
struct Seed<'a> {
    slot: Slot<'a>,
    context: &'a Context,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<(), D::Error> {
        read_slot(&mut self.slot, self.context, deserializer)
    }
}

/// Reads into a place. The slot is looked at where it stands, since the processor stalls on a copy of what was just
/// written: a fifth of the time of reading small objects.
#[expect(clippy::inline_always, reason = "or it is copied")]
#[inline(always)]
fn read_slot<'de, D: Deserializer<'de>>(
    slot: &mut Slot<'_>,
    context: &Context,
    deserializer: D,
) -> Result<(), D::Error> {
    match slot {
        Slot::String(place) => deserializer.deserialize_string(scalar::Text(place)),
        Slot::Bool(place) => deserializer.deserialize_bool(scalar::Boolean(place)),
        Slot::I64(place) => deserializer.deserialize_i64(scalar::Integer(*place)),
        Slot::F64(place) => deserializer.deserialize_f64(scalar::Double(place)),
        Slot::Optional(place) => deserializer.deserialize_option(scalar::Nullable { place: *place, context }),
        Slot::List(list) => deserializer.deserialize_seq(sequence::Items { list: *list, first: 0, context }),
        Slot::Model(model) => match model.shape() {
            Shape::Struct(shape) => deserializer.deserialize_map(object::Properties { model: *model, shape, context }),
            shape => read_other_model(*model, shape, context, deserializer),
        },
        slot => read_other(slot, context, deserializer),
    }
}

/// What is rarer stands apart: the stack frame of the common way is smaller for it, and that way is taken for each value.
#[inline(never)]
fn read_other<'de, D: Deserializer<'de>>(
    slot: &mut Slot<'_>,
    context: &Context,
    deserializer: D,
) -> Result<(), D::Error> {
    match slot {
        Slot::I32(place) => deserializer.deserialize_i32(scalar::Integer(*place)),
        Slot::U32(place) => deserializer.deserialize_u32(scalar::Integer(*place)),
        Slot::U64(place) => deserializer.deserialize_u64(scalar::Integer(*place)),
        Slot::F32(place) => deserializer.deserialize_f32(scalar::Single(place)),
        Slot::Base64(place) => deserializer.deserialize_str(scalar::Encoded(place)),
        Slot::Map(map) => deserializer.deserialize_map(map::Keyed { map: *map, context }),
        Slot::Any(place) => {
            **place = Value::deserialize(deserializer)?;
            Ok(())
        }
        _ => Err(D::Error::custom("nothing can be read here")),
    }
}

#[inline(never)]
fn read_other_model<'de, D: Deserializer<'de>>(
    model: &mut dyn Model,
    shape: &'static Shape,
    context: &Context,
    deserializer: D,
) -> Result<(), D::Error> {
    match shape {
        Shape::Struct(shape) => deserializer.deserialize_map(object::Properties { model, shape, context }),
        Shape::StringEnum(shape) => deserializer.deserialize_str(scalar::Listed { model, shape }),
        Shape::Tuple(shape) => deserializer.deserialize_seq(sequence::Places { model, shape, context }),
        Shape::Union(shape) => deserializer.deserialize_any(union::Alternatives { model, shape, context }),
    }
}
