//! Steps that find entries in what another step gave.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::description::Lookup;

type Entry = Map<String, Value>;

/// Why nothing can be found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// What is searched has no entries.
    NoEntries,
    /// What is found is larger than answers may be.
    TooLarge,
}

impl Fault {
    /// The detail of the problem; `searched` is the name of the step.
    pub(super) fn describe(&self, searched: &str) -> String {
        match self {
            Self::NoEntries => format!("What `{searched}` gave is neither a list nor an object, and has no entries."),
            Self::TooLarge => format!("What it finds in what `{searched}` gave is too large."),
        }
    }
}

/// The fields of the first entry whose field is the wanted value; for a list of values a list, without those that are not
/// found. Null: there is no such entry. The result has at most about `limit` bytes.
pub(super) fn find(lookup: &Lookup, searched: &Value, wanted: Option<&Value>, limit: usize) -> Result<Value, Fault> {
    let entries = entries(searched).ok_or(Fault::NoEntries)?;
    let mut left = limit;
    let mut take = |entry: &Entry| {
        let fields = lookup.fields.iter().map(|name| {
            let value = entry.get(*name).unwrap_or(&Value::Null);
            left = left.checked_sub(name.len() + weight(value)).ok_or(Fault::TooLarge)?;
            Ok(((*name).to_owned(), value.clone()))
        });
        fields.collect::<Result<_, Fault>>().map(Value::Object)
    };
    let first = |wanted: &str| {
        let mut entries = entries.iter();
        entries.find(|entry| entry.get(lookup.field).and_then(key).as_deref() == Some(wanted))
    };
    match wanted {
        Some(Value::Array(wanted)) => {
            let mut known: HashMap<String, &Entry> = HashMap::new();
            for entry in &entries {
                if let Some(key) = entry.get(lookup.field).and_then(key) {
                    known.entry(key).or_insert(entry);
                }
            }
            let found = wanted.iter().filter_map(|wanted| known.get(&key(wanted)?).copied());
            found.map(take).collect::<Result<_, _>>().map(Value::Array)
        }
        wanted => match wanted.and_then(key).and_then(|wanted| first(&wanted)) {
            Some(entry) => take(entry),
            None => Ok(Value::Null),
        },
    }
}

/// What can be searched: the objects of a list, a single object, or nothing.
fn entries(searched: &Value) -> Option<Vec<&Entry>> {
    match searched {
        Value::Array(elements) => Some(elements.iter().filter_map(Value::as_object).collect()),
        Value::Object(entry) => Some(vec![entry]),
        Value::Null => Some(Vec::new()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// The text by which a value is compared. Nothing, lists and objects equal nothing.
fn key(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// About as many bytes as the value has as JSON.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => text.len() + 2,
        Value::Array(elements) => 2 + elements.iter().map(weight).sum::<usize>(),
        Value::Object(members) => 2 + members.iter().map(|(name, value)| name.len() + weight(value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::description::Source;

    const LOOKUP: Lookup = Lookup { index: 0, field: "id", value: Source::Absent, fields: &["name", "rank"] };

    fn found(searched: &Value, wanted: &Value) -> Value {
        find(&LOOKUP, searched, Some(wanted), 1_000).unwrap()
    }

    #[test]
    fn the_first_entry_with_the_same_text_is_found() {
        let crew = json!([
            {"name": "nobody"}, {"id": {"of": 1}, "name": "odd"}, 7,
            {"id": 1, "name": "Aino", "age": 40}, {"id": "1", "name": "Eino"}, {"id": true, "rank": "cook"},
        ]);
        let aino = json!({"name": "Aino", "rank": null});
        assert_eq!(found(&crew, &json!("1")), aino);
        assert_eq!(found(&crew, &json!(1)), aino);
        assert_eq!(found(&crew, &json!(["true", 9, "1", null])), json!([{"name": null, "rank": "cook"}, aino]));
        for missing in [json!("2"), json!(null), json!({"of": 1})] {
            assert_eq!(found(&crew, &missing), json!(null), "{missing}");
        }
        assert_eq!(found(&crew[3], &json!(1)), aino, "a single object is one entry");
        assert_eq!(found(&json!(null), &json!([1])), json!([]));
        assert_eq!(find(&LOOKUP, &crew, None, 0), Ok(json!(null)));
    }

    #[test]
    fn what_is_no_list_or_too_large_is_refused() {
        assert_eq!(find(&LOOKUP, &json!("text"), Some(&json!(1)), 1_000), Err(Fault::NoEntries));
        let crew = json!([{"id": 1, "name": "x".repeat(100)}]);
        let wanted = Value::Array(vec![json!(1); 20]);
        assert_eq!(find(&LOOKUP, &crew, Some(&wanted), 1_000), Err(Fault::TooLarge));
    }
}
