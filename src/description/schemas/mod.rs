//! JSON Schemas (2020-12) that refer to those of a table.

mod adapt;
mod result;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use serde_json::{Map, Value};

#[cfg(feature = "mcp")]
pub(crate) use self::adapt::without_read_only;
use self::adapt::{adapt, outline, whole};
pub(crate) use self::result::result;

/// What references into the table begin with.
const TABLE: &str = "#/components/schemas/";

/// A table of schemas by name, as JSON text, sorted by name.
pub(crate) type Table = &'static [(&'static str, &'static str)];

/// A schema of JSON text. The compiler wrote it, so it is one; `true` allows anything, as an object without members does.
pub(crate) fn parse(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

/// What a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Arguments: what only answers have is left out.
    Arguments,
    /// Results, as the answers of upstreams have to be read: any value may be null, and nothing is demanded.
    Result,
}

/// Makes a schema whole: what it refers to is defined in it. `budget` is how many bytes of definitions there may be; those
/// beyond it, which are the ones that lie deepest, allow any value of their type.
pub(crate) fn complete(schema: &mut Map<String, Value>, table: Table, purpose: Purpose, budget: usize) {
    let mut definitions = Map::new();
    let mut open = VecDeque::new();
    let mut left = budget;
    adapt(schema, purpose, &mut open);
    while let Some(name) = open.pop_front() {
        if definitions.contains_key(&name) {
            continue;
        }
        let found = find(table, &name).unwrap_or_default();
        let mut definition = found.clone();
        let mut referred = VecDeque::new();
        adapt(&mut definition, purpose, &mut referred);
        whole(&mut definition, purpose);
        let length = serde_json::to_string(&definition).map_or(usize::MAX, |text| text.len());
        if let Some(rest) = left.checked_sub(length) {
            left = rest;
            open.append(&mut referred);
        } else {
            definition = found;
            outline(&mut definition, purpose);
        }
        definitions.insert(name, Value::Object(definition));
    }
    if !definitions.is_empty() {
        definitions.sort_keys();
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
}

/// The schema that `schema` refers to; `None` when it does not, or to nothing that is there.
#[cfg(feature = "mcp")]
pub(crate) fn target(schema: &Map<String, Value>, table: Table) -> Option<Map<String, Value>> {
    find(table, schema.get("$ref")?.as_str()?.strip_prefix(TABLE)?)
}

fn find(table: Table, name: &str) -> Option<Map<String, Value>> {
    text(table, name).map(parse)
}

fn text(table: Table, name: &str) -> Option<&'static str> {
    let index = table.binary_search_by_key(&name, |(name, _)| name).ok()?;
    table.get(index).map(|(_, text)| *text)
}
