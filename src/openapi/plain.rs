//! Values as what styles can write: texts, lists and objects.

use std::borrow::Cow;

use serde_json::Value;

use crate::types::shape::{Additional, Shape, Struct, contains};
use crate::types::{Foreign, Model, View, string_enum, to_sent_value};

/// A value of any type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain<'a> {
    Text(Cow<'a, str>),
    /// A number, a truth value or null: not in quotes as JSON.
    Literal(Cow<'a, str>),
    List(Vec<Plain<'a>>),
    Object(Vec<(Cow<'a, str>, Plain<'a>)>),
}

impl<'a> Plain<'a> {
    /// A value; `None` when there is none.
    pub(super) fn new(view: View<'a>) -> Option<Self> {
        Some(match view {
            View::Bool(value) => Self::Literal(if value { "true" } else { "false" }.into()),
            View::I32(value) => Self::Literal(value.to_string().into()),
            View::I64(value) => Self::Literal(value.to_string().into()),
            View::U32(value) => Self::Literal(value.to_string().into()),
            View::U64(value) => Self::Literal(value.to_string().into()),
            View::F32(value) => Self::Literal(value.to_string().into()),
            View::F64(value) => Self::Literal(value.to_string().into()),
            View::String(text) => Self::text(text),
            View::Base64(bytes) => Self::Text(bytes.encode().into()),
            View::Any(value) => return Self::json(value),
            View::Optional(value) => return Self::new(value.get()?),
            View::List(list) => {
                Self::List((0..list.len()).filter_map(|index| list.get(index)).map(Self::present).collect())
            }
            View::Map(map) => {
                let entries = (0..map.len()).filter_map(|index| map.get(index));
                Self::Object(entries.map(|(key, view)| (key.into(), Self::present(view))).collect())
            }
            View::Model(model) => return Self::model(model),
            View::Opaque => return None,
        })
    }

    /// A value of a type that this crate does not know.
    pub(super) fn foreign(value: &dyn Foreign) -> Result<Option<Plain<'static>>, serde_json::Error> {
        Ok(Plain::json(&value.write()?).map(Plain::into_owned))
    }

    /// As [`new`](Self::new), where the place of a missing value must be kept.
    fn present(view: View<'a>) -> Self {
        Self::new(view).unwrap_or(Self::Literal("null".into()))
    }

    fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn json(value: &'a Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(value) => Self::Literal(if *value { "true" } else { "false" }.into()),
            Value::Number(number) => Self::Literal(number.to_string().into()),
            Value::String(text) => Self::text(text),
            Value::Array(items) => {
                Self::List(items.iter().map(|item| Self::json(item).unwrap_or(Self::Literal("null".into()))).collect())
            }
            Value::Object(entries) => Self::Object(
                entries.iter().filter_map(|(key, value)| Some((key.as_str().into(), Self::json(value)?))).collect(),
            ),
        })
    }

    fn model(model: &'a dyn Model) -> Option<Self> {
        match model.shape() {
            Shape::StringEnum(_) => Some(Self::text(string_enum::text(model))),
            // The writer knows where the discriminator has to be added.
            Shape::Union(shape) if !shape.discriminator.is_empty() => {
                Plain::json(&to_sent_value(View::Model(model)).ok()?).map(Plain::into_owned)
            }
            Shape::Union(_) => Self::content(model, model.selected()),
            Shape::Tuple(shape) => {
                let mut items: Vec<_> = (0..shape.len).map_while(|index| Self::content(model, index)).collect();
                if shape.rest
                    && let Some(Self::List(rest)) = Self::new(model.field(shape.len).view())
                {
                    items.extend(rest);
                }
                Some(Self::List(items))
            }
            Shape::Struct(shape) => Some(Self::Object(Self::properties(model, shape))),
        }
    }

    fn properties(model: &'a dyn Model, shape: &Struct) -> Vec<(Cow<'a, str>, Self)> {
        let mut properties: Vec<_> = (shape.fields.iter().enumerate())
            .filter(|(index, _)| !contains(shape.read_only, *index))
            .filter_map(|(index, name)| Some((Cow::Borrowed(*name), Self::content(model, index)?)))
            .collect();
        if shape.additional == Additional::Keep
            && let Some(Self::Object(more)) = Self::new(model.field(shape.fields.len()).view())
        {
            properties.extend(more);
        }
        properties
    }

    fn content(model: &'a dyn Model, index: usize) -> Option<Self> {
        match model.field(index).view() {
            // What a foreign type cannot write is left out here; as JSON it is an error.
            View::Opaque => Self::foreign(model.foreign(index)?).ok()?,
            view => Self::new(view),
        }
    }

    fn into_owned(self) -> Plain<'static> {
        match self {
            Self::Text(text) => Plain::Text(text.into_owned().into()),
            Self::Literal(text) => Plain::Literal(text.into_owned().into()),
            Self::List(items) => Plain::List(items.into_iter().map(Self::into_owned).collect()),
            Self::Object(entries) => Plain::Object(
                entries.into_iter().map(|(key, value)| (key.into_owned().into(), value.into_owned())).collect(),
            ),
        }
    }

    /// Whether it is a list or object without members.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(_) | Self::Literal(_) => false,
            Self::List(items) => items.is_empty(),
            Self::Object(entries) => entries.is_empty(),
        }
    }

    /// The value as one text: a structure as JSON.
    pub(super) fn flat(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Literal(text) => Cow::Borrowed(text),
            structure => structure.to_value().to_string().into(),
        }
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.to_string()),
            // A number that is not finite is no JSON, and stays a text.
            Self::Literal(text) => text.parse().unwrap_or_else(|_| Value::String(text.to_string())),
            Self::List(items) => items.iter().map(Self::to_value).collect(),
            Self::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.to_string(), value.to_value())).collect())
            }
        }
    }
}
