//! Objects with known properties.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::context::Segment;
use super::{Context, Direction, loose, map, read_slot};
use crate::types::model::{Model, Slot};
use crate::types::shape::{Additional, Struct, contains};

pub(super) struct Properties<'a> {
    pub(super) model: &'a mut dyn Model,
    pub(super) shape: &'static Struct,
    pub(super) context: &'a Context,
}

impl<'de> Visitor<'de> for Properties<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.shape.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<(), A::Error> {
        let Self { model, shape, context } = self;
        let mut seen = Seen::new(shape.fields.len());
        let mut expected = 0;
        while let Some(key) = properties.next_key_seed(Key { shape, expected })? {
            match key {
                Property::Field(index) => {
                    let name = shape.fields[index];
                    if !seen.insert(index) {
                        return Err(A::Error::duplicate_field(name));
                    }
                    expected = index + 1;
                    let mark = context.mark();
                    let outcome = properties.next_value_seed(Field { model: &mut *model, index, context });
                    let outcome = outcome.and_then(|()| refuse_null(model, shape, index, context.direction));
                    context.settle(outcome, mark, || Segment::Property(name.to_owned()))?;
                }
                Property::Additional(name) => match model.field_mut(shape.fields.len()).slot() {
                    Slot::Map(entries) => map::read_entry(&mut properties, name, entries, context)?,
                    _ => drop(properties.next_value::<IgnoredAny>()?),
                },
                Property::Denied(name) if context.direction == Direction::Request => {
                    if !context.collects() {
                        return Err(A::Error::custom(format_args!("unknown property `{name}` of {}", shape.name)));
                    }
                    properties.next_value::<IgnoredAny>()?;
                    let unknown = Err(A::Error::custom("is not known here"));
                    context.settle(unknown, context.mark(), || Segment::Property(name))?;
                }
                Property::Denied(_) | Property::Ignored => drop(properties.next_value::<IgnoredAny>()?),
            }
        }
        while let Some(index) = missing(model, shape, &seen, context.direction) {
            let name = shape.fields[index];
            if !context.collects() {
                return Err(A::Error::custom(format_args!("missing property `{name}` of {}", shape.name)));
            }
            seen.insert(index);
            let absent = Err(A::Error::custom("is required"));
            context.settle(absent, context.mark(), || Segment::Property(name.to_owned()))?;
        }
        Ok(())
    }
}

/// Refuses a request that gives null for a property which may be absent and has no such value. Answers may: many servers
/// write null for what they do not have.
#[inline]
fn refuse_null<E: Error>(model: &mut dyn Model, shape: &Struct, index: usize, direction: Direction) -> Result<(), E> {
    if direction == Direction::Request
        && !contains(shape.required, index)
        && let Slot::Optional(place) = model.field_mut(index).slot()
        && place.get().is_none()
    {
        return Err(E::custom("must not be null"));
    }
    Ok(())
}

/// The first field that must be present and is not.
pub(super) fn missing(model: &mut dyn Model, shape: &Struct, seen: &Seen, direction: Direction) -> Option<usize> {
    for (word, required) in shape.required.iter().enumerate() {
        let mut absent = required & !seen.word(word);
        while absent != 0 {
            let index = word * 64 + absent.trailing_zeros() as usize;
            absent &= absent - 1;
            let excused = direction != Direction::Response && contains(shape.read_only, index)
                || direction != Direction::Request && contains(shape.write_only, index)
                // Many servers leave out what their schema calls required and nullable.
                || direction != Direction::Request && can_be_missing(model, index);
            if !excused && index < shape.fields.len() {
                return Some(index);
            }
        }
    }
    None
}

fn can_be_missing(model: &mut dyn Model, index: usize) -> bool {
    match model.field_mut(index).slot() {
        Slot::Optional(_) => true,
        Slot::Opaque => model.foreign(index).is_none(),
        _ => false,
    }
}

/// A field of a struct or tuple.
pub(super) struct Field<'a> {
    pub(super) model: &'a mut dyn Model,
    pub(super) index: usize,
    pub(super) context: &'a Context,
}

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut slot = self.model.field_mut(self.index).slot();
        if matches!(slot, Slot::Opaque) {
            return read_foreign(self.model, self.index, self.context, deserializer);
        }
        read_slot(&mut slot, self.context, deserializer)
    }
}

#[inline(never)]
fn read_foreign<'de, D: Deserializer<'de>>(
    model: &mut dyn Model,
    index: usize,
    context: &Context,
    deserializer: D,
) -> Result<(), D::Error> {
    let value = <Value as serde::Deserialize>::deserialize(deserializer)?;
    match model.foreign_mut(index) {
        Some(foreign) if context.is_loose => loose::read_foreign(foreign, &value).map_err(D::Error::custom),
        Some(foreign) => foreign.read(&value).map_err(D::Error::custom),
        None => Ok(()),
    }
}

/// What a key stands for.
enum Property {
    Field(usize),
    Additional(String),
    Denied(String),
    Ignored,
}

struct Key {
    shape: &'static Struct,
    /// The field that follows the one before.
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Property;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Property, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Property;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    #[inline]
    fn visit_str<E: Error>(self, name: &str) -> Result<Property, E> {
        if self.shape.fields.get(self.expected).is_some_and(|expected| *expected == name) {
            return Ok(Property::Field(self.expected));
        }
        Ok(match self.shape.find(name, self.expected) {
            Some(index) => Property::Field(index),
            None => match self.shape.additional {
                Additional::Ignore => Property::Ignored,
                Additional::Keep => Property::Additional(name.to_owned()),
                Additional::Deny => Property::Denied(name.to_owned()),
            },
        })
    }
}

/// Which fields have been read.
pub(super) struct Seen {
    first: u64,
    /// The words after the first; empty for up to 64 fields.
    others: Vec<u64>,
}

impl Seen {
    pub(super) fn new(fields: usize) -> Self {
        Self { first: 0, others: vec![0; fields.saturating_sub(1) / 64] }
    }

    /// False when the field was there before.
    pub(super) fn insert(&mut self, index: usize) -> bool {
        let bit = 1 << (index % 64);
        let word = match index / 64 {
            0 => &mut self.first,
            word => &mut self.others[word - 1],
        };
        let new = *word & bit == 0;
        *word |= bit;
        new
    }

    fn word(&self, word: usize) -> u64 {
        match word {
            0 => self.first,
            word => self.others.get(word - 1).copied().unwrap_or(0),
        }
    }
}
