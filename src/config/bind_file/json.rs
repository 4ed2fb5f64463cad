//! Files of values in JSON.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Entry, Value};

/// The entries of a JSON object, in order. Values keep the digits that they are written with.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let entries = reader.deserialize_map(Entries).and_then(|entries| reader.end().map(|()| entries));
    // The message of a syntax error can quote what it stumbles over.
    entries.map_err(|error| format!("it is no JSON object (line {}, column {})", error.line(), error.column()))
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<Entry>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, raw)) = map.next_entry::<String, &RawValue>()? {
            entries.push(Entry { key, value: value(raw.get()) });
        }
        Ok(entries)
    }
}

fn value(raw: &str) -> Value {
    match raw.as_bytes().first() {
        Some(b'{' | b'[') => Value::Nested,
        Some(b'n') => Value::Null,
        Some(b'"') => serde_json::from_str::<String>(raw).map_or(Value::Null, |text| Value::Text(text.into())),
        _ => Value::Text(raw.into()),
    }
}
