//! Prints generated types part by part.

use std::fmt;

use super::model::{Model, View};
use super::shape::{Additional, Shape};

/// The `Debug` of generated types, with the names of the wire.
///
/// # Errors
///
/// What the formatter says.
pub fn debug(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match model.shape() {
        Shape::Struct(shape) => {
            let mut output = f.debug_struct(shape.name);
            for (index, name) in shape.fields.iter().enumerate() {
                output.field(name, &Part { model, index });
            }
            if shape.additional == Additional::Keep {
                output.field("..", &Part { model, index: shape.fields.len() });
            }
            output.finish()
        }
        Shape::Tuple(shape) => {
            let mut output = f.debug_tuple(shape.name);
            for index in 0..shape.len + usize::from(shape.rest) {
                output.field(&Part { model, index });
            }
            output.finish()
        }
        Shape::StringEnum(shape) => f.debug_tuple(shape.name).field(&super::string_enum::text(model)).finish(),
        Shape::Union(shape) => {
            let name = shape.variants.get(model.selected()).map_or(shape.name, |variant| variant.name);
            f.debug_tuple(name).field(&Part { model, index: model.selected() }).finish()
        }
    }
}

struct Part<'a> {
    model: &'a dyn Model,
    index: usize,
}

impl fmt::Debug for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.model.field(self.index).view(), self.model.foreign(self.index)) {
            (View::Opaque, Some(foreign)) => foreign.fmt(f),
            (View::Opaque, None) => f.write_str("None"),
            (view, _) => Shown(view).fmt(f),
        }
    }
}

struct Shown<'a>(View<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Bool(value) => value.fmt(f),
            View::I32(value) => value.fmt(f),
            View::I64(value) => value.fmt(f),
            View::U32(value) => value.fmt(f),
            View::U64(value) => value.fmt(f),
            View::F32(value) => value.fmt(f),
            View::F64(value) => value.fmt(f),
            View::String(value) => value.fmt(f),
            View::Base64(value) => value.fmt(f),
            View::Any(value) => value.fmt(f),
            View::Model(model) => debug(model, f),
            View::List(list) => {
                f.debug_list().entries((0..list.len()).filter_map(|index| list.get(index)).map(Shown)).finish()
            }
            View::Map(map) => f
                .debug_map()
                .entries((0..map.len()).filter_map(|index| map.get(index)).map(|(key, value)| (key, Shown(value))))
                .finish(),
            View::Optional(optional) => optional.get().map(Shown).fmt(f),
            View::Opaque => f.write_str("_"),
        }
    }
}
