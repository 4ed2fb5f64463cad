//! Arrays.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, SeqAccess, Visitor};

use super::context::Segment;
use super::{Context, object, read_slot};
use crate::types::model::{List, Model, Slot};
use crate::types::shape::Tuple;

pub(super) struct Items<'a> {
    pub(super) list: &'a mut dyn List,
    /// The index on the wire of the first item.
    pub(super) first: usize,
    pub(super) context: &'a Context,
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { list, first, context } = self;
        for index in first.. {
            let mark = context.mark();
            let outcome = match items.next_element_seed(Item { list: &mut *list, context }) {
                Ok(None) => break,
                Ok(Some(())) => Ok(()),
                Err(error) => Err(error),
            };
            context.settle(outcome, mark, || Segment::Index(index))?;
        }
        Ok(())
    }
}

/// The next item: a place is made for it only when the document has one.
struct Item<'a> {
    list: &'a mut dyn List,
    context: &'a Context,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        read_slot(&mut self.list.push(), self.context, deserializer)
    }
}

/// An array whose places have types of their own.
pub(super) struct Places<'a> {
    pub(super) model: &'a mut dyn Model,
    pub(super) shape: &'static Tuple,
    pub(super) context: &'a Context,
}

impl<'de> Visitor<'de> for Places<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array ({})", self.shape.name)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Self { model, shape, context } = self;
        for index in 0..shape.len {
            let mark = context.mark();
            let outcome = match items.next_element_seed(object::Field { model: &mut *model, index, context }) {
                Ok(None) if index < shape.required => return Err(A::Error::invalid_length(index, &Expected(shape))),
                Ok(None) => return Ok(()),
                Ok(Some(())) => Ok(()),
                Err(error) => Err(error),
            };
            context.settle(outcome, mark, || Segment::Index(index))?;
        }
        if shape.rest
            && let Slot::List(list) = model.field_mut(shape.len).slot()
        {
            return Items { list, first: shape.len, context }.visit_seq(items);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

struct Expected(&'static Tuple);

impl serde::de::Expected for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} items ({})", self.0.required, self.0.name)
    }
}
