//! Whether a value fits a schema (JSON Schema 2020-12), as far as the schemas of a [`Document`](crate::openapi::Document)
//! have keywords.

use serde_json::{Map, Value};

use super::numbers::{Limits, same};
use super::{format, pattern};
use crate::openapi::mock::schemas::Schemas;

/// References within one another; a value is finite, a schema that refers to itself at once is not.
const DEPTH: usize = 64;

/// Whether `value` fits `schema`.
pub(in crate::openapi::mock) fn fits(schemas: &Schemas, schema: &Value, value: &Value) -> bool {
    within(schemas, schema, value, DEPTH)
}

fn within(schemas: &Schemas, schema: &Value, value: &Value, left: usize) -> bool {
    if left == 0 {
        return false;
    }
    let Some(keywords) = schemas.keywords(schema) else { return false };
    let below = |schema: &Value, value: &Value| within(schemas, schema, value, left - 1);
    let count = |name: &str| {
        let list = keywords.get(name).and_then(Value::as_array)?;
        Some(list.iter().filter(|schema| below(schema, value)).count())
    };
    is_listed(&keywords, value)
        && scalar_fits(&keywords, value)
        && count("oneOf").is_none_or(|count| count == 1)
        && count("anyOf").is_none_or(|count| count > 0)
        && match value {
            Value::Array(items) => items_fit(&keywords, items, &below),
            Value::Object(properties) => properties_fit(&keywords, properties, &below),
            _ => true,
        }
}

/// Whether `type`, `enum` and `const` allow a value.
pub(super) fn is_listed(keywords: &Map<String, Value>, value: &Value) -> bool {
    let kind = match keywords.get("type") {
        Some(Value::String(kind)) => is_kind(kind, value),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(|kind| is_kind(kind, value)),
        _ => true,
    };
    let listed = keywords.get("enum").and_then(Value::as_array);
    kind && keywords.get("const").is_none_or(|only| same(only, value))
        && listed.is_none_or(|values| values.iter().any(|listed| same(listed, value)))
}

fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// Whether the assertions about texts and numbers allow a value.
pub(super) fn scalar_fits(keywords: &Map<String, Value>, value: &Value) -> bool {
    match value {
        Value::String(text) => text_fits(keywords, text),
        Value::Number(number) => Limits::new(keywords).allow(number),
        _ => true,
    }
}

/// The value of a keyword that is a size.
pub(super) fn size(keywords: &Map<String, Value>, keyword: &str) -> Option<usize> {
    let value = keywords.get(keyword)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and sizes are small")]
    let whole = || value.as_f64().map(|size| size as u64);
    usize::try_from(value.as_u64().or_else(whole)?).ok()
}

fn text_fits(keywords: &Map<String, Value>, text: &str) -> bool {
    let length = text.chars().count();
    let word = |keyword| keywords.get(keyword).and_then(Value::as_str);
    size(keywords, "minLength").is_none_or(|least| length >= least)
        && size(keywords, "maxLength").is_none_or(|most| length <= most)
        && word("pattern").is_none_or(|pattern| pattern::matches(pattern, text))
        && format::of(keywords).is_none_or(|format| format::fits(format, text))
}

/// How many items or properties there may be.
pub(super) fn count_fits(keywords: &Map<String, Value>, least: &str, most: &str, count: usize) -> bool {
    size(keywords, least).is_none_or(|least| count >= least) && size(keywords, most).is_none_or(|most| count <= most)
}

/// Whether `uniqueItems` is demanded.
pub(super) fn wants_unique(keywords: &Map<String, Value>) -> bool {
    keywords.get("uniqueItems") == Some(&Value::Bool(true))
}

fn items_fit(keywords: &Map<String, Value>, items: &[Value], fits: &dyn Fn(&Value, &Value) -> bool) -> bool {
    let unique = || (1..items.len()).all(|index| !items[..index].iter().any(|item| same(item, &items[index])));
    let prefix = keywords.get("prefixItems").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let rest = items.get(prefix.len()..).unwrap_or_default();
    count_fits(keywords, "minItems", "maxItems", items.len())
        && (!wants_unique(keywords) || unique())
        && prefix.iter().zip(items).all(|(schema, item)| fits(schema, item))
        && keywords.get("items").is_none_or(|schema| rest.iter().all(|item| fits(schema, item)))
}

fn properties_fit(
    keywords: &Map<String, Value>,
    properties: &Map<String, Value>,
    fits: &dyn Fn(&Value, &Value) -> bool,
) -> bool {
    let known = keywords.get("properties").and_then(Value::as_object);
    let mut required = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
    count_fits(keywords, "minProperties", "maxProperties", properties.len())
        && required.all(|name| name.as_str().is_none_or(|name| properties.contains_key(name)))
        && properties.iter().all(|(name, value)| {
            let schema = known.and_then(|known| known.get(name)).or_else(|| keywords.get("additionalProperties"));
            schema.is_none_or(|schema| fits(schema, value))
        })
}
