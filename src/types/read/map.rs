//! Objects with free keys.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::context::Segment;
use super::{Context, read_slot};
use crate::types::model::Entries;

pub(super) struct Keyed<'a> {
    pub(super) map: &'a mut dyn Entries,
    pub(super) context: &'a Context,
}

impl<'de> Visitor<'de> for Keyed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(key) = entries.next_key::<String>()? {
            read_entry(&mut entries, key, self.map, self.context)?;
        }
        Ok(())
    }
}

/// Reads the value that follows `key`.
pub(super) fn read_entry<'de, A: MapAccess<'de>>(
    entries: &mut A,
    key: String,
    map: &mut dyn Entries,
    context: &Context,
) -> Result<(), A::Error> {
    let value = Entry { key, map, context };
    entries.next_value_seed(value)
}

/// The value of a key, which is moved into the map only when it is read.
struct Entry<'a> {
    key: String,
    map: &'a mut dyn Entries,
    context: &'a Context,
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self { key, map, context } = self;
        let (index, mark) = (map.len(), context.mark());
        let outcome = read_slot(&mut map.insert(key), context, deserializer);
        if outcome.is_ok() && !context.collects() {
            return outcome;
        }
        // A key that came twice is not at the end; then the place of the error names no key.
        match map.get(index) {
            Some((key, _)) => context.settle(outcome, mark, || Segment::Property(key.to_owned())),
            None => outcome,
        }
    }
}
