//! Writes a generated type. What is here depends on the format alone, never on the type.

use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use super::Typed;
use super::model::{Model, View};
use super::read::Direction;
use super::shape::{Additional, Shape, Struct, Tuple, Union, contains};

/// The `Serialize` of generated types.
///
/// # Errors
///
/// What the serializer says.
pub fn serialize<S: Serializer>(model: &dyn Model, serializer: S) -> Result<S::Ok, S::Error> {
    Written { view: View::Model(model), direction: Direction::Unknown, tag: None }.serialize(serializer)
}

/// Writes JSON text. Fields that are not meant for the `direction` are left out.
///
/// # Errors
///
/// For a float that is not a number, and for a value of a type of the user's that says so.
pub fn to_vec(value: &dyn Typed, direction: Direction) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Written { view: value.view(), direction, tag: None })
}

/// The JSON value.
pub(super) fn to_value(view: View<'_>) -> Result<Value, serde_json::Error> {
    serde_json::to_value(Written { view, direction: Direction::Unknown, tag: None })
}

/// As [`to_value`], without what requests do not carry.
#[cfg(feature = "client")]
pub(crate) fn to_sent_value(view: View<'_>) -> Result<Value, serde_json::Error> {
    serde_json::to_value(Written { view, direction: Direction::Request, tag: None })
}

/// A value together with what it shares.
#[derive(Clone, Copy)]
struct Written<'a> {
    view: View<'a>,
    direction: Direction,
    /// The discriminator of the union around this.
    tag: Option<&'a Tag>,
}

/// A discriminator and the values that it may have in the variant that is written.
struct Tag {
    name: &'static str,
    values: &'static [&'static str],
}

impl Written<'_> {
    fn part<'a>(&self, view: View<'a>) -> Written<'a> {
        Written { view, direction: self.direction, tag: None }
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::String(text) => serializer.serialize_str(text),
            View::Bool(value) => serializer.serialize_bool(value),
            View::I32(value) => serializer.serialize_i32(value),
            View::I64(value) => serializer.serialize_i64(value),
            View::U32(value) => serializer.serialize_u32(value),
            View::U64(value) => serializer.serialize_u64(value),
            View::F32(value) => {
                self.check_finite(value.is_finite())?;
                serializer.serialize_f32(value)
            }
            View::F64(value) => {
                self.check_finite(value.is_finite())?;
                serializer.serialize_f64(value)
            }
            View::Base64(bytes) => serializer.serialize_str(&bytes.encode()),
            View::Any(value) => value.serialize(serializer),
            View::Optional(value) => match value.get() {
                Some(view) => serializer.serialize_some(&Self { view, ..*self }),
                None => serializer.serialize_none(),
            },
            View::List(list) => {
                let mut items = serializer.serialize_seq(Some(list.len()))?;
                for view in (0..list.len()).filter_map(|index| list.get(index)) {
                    items.serialize_element(&self.part(view))?;
                }
                items.end()
            }
            View::Map(map) => {
                let mut entries = serializer.serialize_map(Some(map.len()))?;
                for (key, view) in (0..map.len()).filter_map(|index| map.get(index)) {
                    entries.serialize_entry(key, &self.part(view))?;
                }
                entries.end()
            }
            View::Model(model) => self.serialize_model(model, serializer),
            View::Opaque => Err(S::Error::custom("a variant without content")),
        }
    }
}

/// What an `Option` holds.
struct Present<'a>(Written<'a>);

impl Serialize for Present<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_some(&self.0)
    }
}

impl Written<'_> {
    /// `serde_json` would write `null`, which is another value. What users write themselves may be another format.
    fn check_finite<E: serde::ser::Error>(&self, is_finite: bool) -> Result<(), E> {
        if is_finite || self.direction == Direction::Unknown {
            return Ok(());
        }
        Err(E::custom("a number that is not finite"))
    }

    fn serialize_model<S: Serializer>(&self, model: &dyn Model, serializer: S) -> Result<S::Ok, S::Error> {
        match model.shape() {
            Shape::Struct(shape) => self.serialize_struct(model, shape, serializer),
            Shape::StringEnum(_) => serializer.serialize_str(super::string_enum::text(model)),
            Shape::Tuple(shape) => self.serialize_tuple(model, shape, serializer),
            Shape::Union(shape) => self.serialize_union(model, shape, serializer),
        }
    }

    fn serialize_struct<S: Serializer>(
        &self,
        model: &dyn Model,
        shape: &'static Struct,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut properties = serializer.serialize_map(None)?;
        let hidden = match self.direction {
            Direction::Request => shape.read_only,
            Direction::Response => shape.write_only,
            Direction::Unknown => &[],
        };
        let tag = self.tag.and_then(|tag| {
            let present = tag_text(model, shape, tag.name).is_some_and(|text| tag.values.contains(&text));
            Some((tag.name, *tag.values.first()?)).filter(|_| !present)
        });
        if let Some((name, tag)) = tag {
            properties.serialize_entry(name, tag)?;
        }
        for (index, name) in shape.fields.iter().enumerate() {
            if contains(hidden, index) || tag.is_some_and(|(tag, _)| tag == *name) {
                continue;
            }
            let view = model.field(index).view();
            match view {
                View::Opaque if model.foreign(index).is_none() && !contains(shape.required, index) => {}
                View::Opaque => {
                    properties.serialize_entry(name, &foreign_value(model, index).map_err(S::Error::custom)?)?;
                }
                View::Optional(optional) => match optional.get() {
                    Some(view) => properties.serialize_entry(name, &Present(self.part(view)))?,
                    None if contains(shape.required, index) => properties.serialize_entry(name, &None::<()>)?,
                    None => {}
                },
                view => properties.serialize_entry(name, &self.part(view))?,
            }
        }
        if shape.additional == Additional::Keep
            && let View::Map(map) = model.field(shape.fields.len()).view()
        {
            for (key, view) in (0..map.len()).filter_map(|index| map.get(index)) {
                if tag.is_none_or(|(tag, _)| tag != key) {
                    properties.serialize_entry(key, &self.part(view))?;
                }
            }
        }
        properties.end()
    }

    fn serialize_tuple<S: Serializer>(
        &self,
        model: &dyn Model,
        shape: &Tuple,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(None)?;
        for index in 0..shape.len {
            match model.field(index).view() {
                View::Opaque if model.foreign(index).is_none() && index >= shape.required => return items.end(),
                View::Opaque => items.serialize_element(&foreign_value(model, index).map_err(S::Error::custom)?)?,
                View::Optional(optional) if optional.get().is_none() && index >= shape.required => {
                    return items.end();
                }
                view => items.serialize_element(&self.part(view))?,
            }
        }
        if shape.rest
            && let View::List(list) = model.field(shape.len).view()
        {
            for view in (0..list.len()).filter_map(|index| list.get(index)) {
                items.serialize_element(&self.part(view))?;
            }
        }
        items.end()
    }

    fn serialize_union<S: Serializer>(
        &self,
        model: &dyn Model,
        shape: &'static Union,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let view = model.field(0).view();
        if matches!(view, View::Opaque) {
            return foreign_value(model, model.selected()).map_err(S::Error::custom)?.serialize(serializer);
        }
        let tags = shape.variants.get(model.selected()).map_or(&[] as &[&str], |variant| variant.tags);
        let own = Tag { name: shape.discriminator, values: tags };
        let tag = if shape.discriminator.is_empty() { self.tag } else { Some(&own) };
        Written { view, direction: self.direction, tag }.serialize(serializer)
    }
}

/// What the property `name` of the model holds, when it is text.
fn tag_text<'a>(model: &'a dyn Model, shape: &Struct, name: &str) -> Option<&'a str> {
    let view = match shape.fields.iter().position(|field| *field == name) {
        Some(index) => model.field(index).view(),
        None if shape.additional == Additional::Keep => match model.field(shape.fields.len()).view() {
            View::Map(map) => map.find(name)?,
            _ => return None,
        },
        None => return None,
    };
    text(view)
}

fn text(view: View<'_>) -> Option<&str> {
    match view {
        View::String(text) => Some(text),
        View::Any(value) => value.as_str(),
        View::Optional(optional) => text(optional.get()?),
        View::Model(model) if matches!(model.shape(), Shape::StringEnum(_)) => Some(super::string_enum::text(model)),
        _ => None,
    }
}

/// A field of a type that this crate does not know.
fn foreign_value(model: &dyn Model, index: usize) -> Result<Value, serde_json::Error> {
    model.foreign(index).map_or(Ok(Value::Null), super::Foreign::write)
}
