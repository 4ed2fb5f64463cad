//! The lengths of tools of operations.

use std::collections::HashSet;

use serde_json::Value;

use super::definitions::{Definitions, OF_ARGUMENTS, Purpose, schema};
use super::{ARGUMENT, REQUIRED, RESULT};

/// The length of the argument `fields`, and of the schema of a result from which on its tool has one, on average.
const FIELDS: usize = 150;
const FIELDS_FROM: usize = 1200;

/// The length of the tool of an operation, given as an Operation Object, without its name.
pub(super) fn length(operation: &str, definitions: &Definitions<'_>, budget: usize) -> usize {
    // The compiler wrote it, so it is one.
    let object: Value = serde_json::from_str(operation).unwrap_or_default();
    let text = |name: &str| object[name].as_str().unwrap_or_default();
    let title = text("summary").len();
    let described = if text("description").starts_with(text("summary")) { 0 } else { title };
    let result = result(&object, definitions, budget);
    let fields = if result > FIELDS_FROM { FIELDS } else { 0 };
    title + described + text("description").len() + arguments(&object, definitions) + result + fields
}

fn arguments(object: &Value, definitions: &Definitions<'_>) -> usize {
    let mut length = 0;
    let mut texts = Vec::new();
    for parameter in object["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().len();
        let description = parameter["description"].as_str().map_or(0, |text| text.len() + 17);
        let required = if parameter["required"] == Value::Bool(true) { name + REQUIRED } else { 0 };
        length += name + ARGUMENT + required + description;
        let content = || parameter["content"].as_object()?.values().next()?.get("schema");
        texts.extend(parameter.get("schema").or_else(content).map(Value::to_string));
    }
    let contents = object["requestBody"]["content"].as_object();
    let is_json = |media_type: &String| media_type.contains("json");
    let body = contents.and_then(|contents| {
        let json = contents.iter().find(|(media_type, _)| is_json(media_type));
        json.or_else(|| contents.iter().next())?.1.get("schema")
    });
    texts.extend(body.map(|schema| {
        let text = schema.to_string();
        definitions.target(&text).to_owned()
    }));
    let mut seen = HashSet::new();
    for text in &texts {
        length += schema(text, Purpose::Arguments);
        length += definitions.referred(text, Purpose::Arguments, OF_ARGUMENTS, &mut seen);
    }
    length
}

/// The length of the schema of the result, which there is where every answer is JSON or nothing.
fn result(object: &Value, definitions: &Definitions<'_>, budget: usize) -> usize {
    let responses = object["responses"].as_object().into_iter().flatten();
    let mut length = 0;
    for (_, response) in responses.filter(|(status, _)| status.starts_with('2') || *status == "default") {
        for (media_type, content) in response["content"].as_object().into_iter().flatten() {
            if !media_type.contains("json") {
                return 0;
            }
            if let Some(schema) = content.get("schema") {
                let text = schema.to_string();
                length = definitions.result(&text, budget).max(length);
            }
        }
    }
    if length == 0 { 0 } else { length + RESULT }
}
