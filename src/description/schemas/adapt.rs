//! From schemas of OpenAPI to those that clients of MCP take.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use super::{Purpose, TABLE};
use crate::description::prose;

/// The longest examples that are kept, in bytes of JSON.
const LONGEST_EXAMPLES: usize = 256;

/// Makes a schema of OpenAPI one of plain JSON Schema, and notes what it refers to.
pub(super) fn adapt(schema: &mut Map<String, Value>, purpose: Purpose, open: &mut VecDeque<String>) {
    if let Some(Value::String(reference)) = schema.get_mut("$ref")
        && let Some(name) = reference.strip_prefix(TABLE).map(str::to_owned)
    {
        *reference = format!("#/$defs/{name}");
        open.push_back(name);
    }
    describe(schema, purpose);
    match purpose {
        Purpose::Arguments => without_read_only(schema),
        Purpose::Result => relax(schema),
    }
    schema.retain(|key, value| match key.as_str() {
        "discriminator" => false,
        "examples" => value.to_string().len() <= LONGEST_EXAMPLES,
        key => !key.starts_with("x-"),
    });
    close(schema, purpose);
    let mut part = |value: &mut Value| {
        if let Value::Object(schema) = value {
            adapt(schema, purpose, open);
            whole(schema, purpose);
        }
    };
    for (key, value) in schema.iter_mut() {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => properties.values_mut().for_each(&mut part),
            ("items" | "additionalProperties", value) => part(value),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(schemas)) => {
                schemas.iter_mut().for_each(&mut part);
            }
            _ => {}
        }
    }
}

/// Shortens the description, and tells in it what the values of a list mean.
fn describe(schema: &mut Map<String, Value>, purpose: Purpose) {
    let limit = match purpose {
        Purpose::Arguments => prose::ARGUMENT,
        Purpose::Result => prose::RESULT,
    };
    let description = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let mut text = prose::brief(description, limit);
    if purpose == Purpose::Arguments {
        for line in meanings(schema) {
            // All of them or none would leave an agent without those that fit.
            if text.len() + line.len() > 2 * limit {
                break;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line);
        }
    }
    if text.is_empty() {
        schema.shift_remove("description");
    } else {
        schema.insert("description".to_owned(), Value::String(text));
    }
}

/// What the document says about the values of a list, a line each.
fn meanings(schema: &Map<String, Value>) -> Vec<String> {
    let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let said = |keyword: &str, index: usize| list(keyword).get(index).and_then(Value::as_str).unwrap_or_default();
    let line = |(index, value): (usize, &Value)| {
        let parts = [said("x-enum-varnames", index), said("x-enum-descriptions", index)];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (!parts.is_empty()).then(|| format!("- `{value}`: {}", prose::brief(&parts.join(": "), prose::VALUE)))
    };
    list("enum").iter().enumerate().filter_map(line).collect()
}

/// Says without `false` as a schema, which some hosts refuse, that a list ends.
fn close(schema: &mut Map<String, Value>, purpose: Purpose) {
    if schema.get("items") != Some(&json!(false)) {
        return;
    }
    schema.shift_remove("items");
    if purpose == Purpose::Arguments
        && let Some(count) = schema.get("prefixItems").and_then(Value::as_array).map(Vec::len)
    {
        schema.insert("maxItems".to_owned(), json!(count));
    }
}

/// Leaves of a schema which type its values have.
pub(super) fn outline(schema: &mut Map<String, Value>, purpose: Purpose) {
    schema.retain(|key, _| key == "type");
    whole(schema, purpose);
}

/// Finishes a schema, all parts of which are adapted.
pub(super) fn whole(schema: &mut Map<String, Value>, purpose: Purpose) {
    match purpose {
        Purpose::Arguments => part_types(schema),
        Purpose::Result => admit_null(schema),
    }
}

/// Keywords that say nothing about which values there may be.
const ANNOTATIONS: [&str; 7] = ["title", "description", "default", "deprecated", "examples", "readOnly", "writeOnly"];

/// Makes alternatives of several types: the schemas of some models have one type and no list.
fn part_types(schema: &mut Map<String, Value>) {
    let Some(Value::Array(names)) = schema.get("type").cloned() else { return };
    let is_said = |key: &str| ANNOTATIONS.contains(&key);
    let rules: Map<String, Value> = schema
        .iter()
        .filter(|(key, _)| !is_said(key) && *key != "type")
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    schema.retain(|key, _| is_said(key));
    let listed =
        |value: &Value| rules.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(value));
    let mut alternatives = Vec::new();
    for name in names {
        let mut alternative = Map::new();
        if name != "null" {
            alternative.insert("type".to_owned(), name);
            alternative.extend(rules.clone());
        } else if listed(&Value::Null) {
            alternative.insert("type".to_owned(), name);
        } else {
            continue;
        }
        alternatives.push(alternative);
    }
    match <[Map<String, Value>; 1]>::try_from(alternatives) {
        Ok([only]) => schema.extend(only),
        Err(alternatives) => _ = schema.insert("anyOf".to_owned(), json!(alternatives)),
    }
}

/// Takes out properties that only answers have.
pub(crate) fn without_read_only(schema: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    let mut left_out = Vec::new();
    properties.retain(|name, property| {
        let is_read_only = property.get("readOnly") == Some(&Value::Bool(true));
        if is_read_only {
            left_out.push(name.clone());
        }
        !is_read_only
    });
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| left_out.iter().all(|left_out| name != left_out.as_str()));
    }
}

/// Lets a value of a result be null.
fn admit_null(schema: &mut Map<String, Value>) {
    if let Some(Value::String(name)) = schema.get("type")
        && name != "null"
    {
        let names = json!([name, "null"]);
        schema.insert("type".to_owned(), names);
    }
}

/// Keywords that a value of the right kind can break.
const RULES: [&str; 15] = [
    "required",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Takes out what upstreams do not always keep to: clients refuse answers that break the schema of a tool.
fn relax(schema: &mut Map<String, Value>) {
    schema.retain(|key, value| {
        !(RULES.contains(&key.as_str()) || key == "additionalProperties" && *value == json!(false))
    });
    let listed = schema.shift_remove("enum").or_else(|| schema.shift_remove("const").map(|value| json!([value])));
    if let Some(listed) = listed {
        schema.entry("examples").or_insert(listed);
    }
    if let Some(variants) = schema.shift_remove("oneOf") {
        schema.insert("anyOf".to_owned(), variants);
    }
}
