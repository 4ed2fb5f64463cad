//! The body of a request as arguments.

use serde_json::{Map, Value, json};

use crate::description::schemas::{self, Table, target, without_read_only};
use crate::openapi::{Api, MediaKind, Operation};

/// How arguments become the body.
pub(super) struct Body {
    /// A position in [`Operation::bodies`].
    pub(super) content: usize,
    pub(super) required: bool,
    pub(super) description: String,
    pub(super) form: Form,
}

/// What of the body is an argument.
pub(super) enum Form {
    /// The body, with its schema.
    Whole(Map<String, Value>),
    /// Each of its properties; the schema has them.
    Members(Map<String, Value>),
}

/// What is in the way of a tool.
pub(super) struct Unfit;

/// The body that the tool of an operation sends: of the contents that the operation takes the one that JSON says best.
pub(super) fn body(
    api: &'static Api,
    operation: &'static Operation,
    object: &Value,
    table: Table,
) -> Result<Option<Body>, Unfit> {
    let request = &object["requestBody"];
    let required = request["required"] == json!(true);
    let mut contents: Vec<_> = operation.bodies.iter().enumerate().collect();
    let described = |index: &u16| api.bodies.get(usize::from(*index));
    contents.sort_by_key(|(_, index)| described(index).map(|body| rank(body.kind)));
    let forms = contents.iter().filter_map(|(content, index)| {
        let body = described(index)?;
        Some((*content, form(body.kind, &request["content"][body.media_type], required, table)?))
    });
    let description = request["description"].as_str().unwrap_or_default().to_owned();
    match forms.into_iter().next() {
        Some((content, form)) => Ok(Some(Body { content, required, description, form })),
        None if required => Err(Unfit),
        None => Ok(None),
    }
}

fn rank(kind: MediaKind) -> u8 {
    match kind {
        MediaKind::Json => 0,
        MediaKind::Form => 1,
        MediaKind::Multipart => 2,
        MediaKind::Text => 3,
        MediaKind::JsonLines => 4,
        MediaKind::Xml => 5,
        MediaKind::Binary | MediaKind::Any => 6,
        MediaKind::EventStream | MediaKind::Empty => 7,
    }
}

fn form(kind: MediaKind, content: &Value, required: bool, table: Table) -> Option<Form> {
    let schema = content["schema"].as_object().cloned().unwrap_or_default();
    let scalar = ["string", "integer", "number", "boolean"];
    let has_type =
        |names: &[&str]| schema.get("type").and_then(Value::as_str).is_some_and(|name| names.contains(&name));
    let example = content.get("example");
    Some(match kind {
        MediaKind::Json | MediaKind::Form => match members(&schema, table, false) {
            // Whether there is a body at all must show in the arguments.
            Some(members) if required || !members.contains_key("required") => {
                Form::Members(with_examples(members, example))
            }
            _ => Form::Whole(with_example(schema, example)),
        },
        MediaKind::Multipart => {
            let mut members = members(&schema, table, true)?;
            if let Some(Value::Object(properties)) = members.get_mut("properties") {
                properties.values_mut().for_each(|property| files(property, table));
            }
            if required || !members.contains_key("required") { Form::Members(members) } else { Form::Whole(members) }
        }
        MediaKind::Text if has_type(&scalar) => Form::Whole(schema),
        MediaKind::Text => Form::Whole(text("")),
        MediaKind::Xml => Form::Whole(text("XML.")),
        MediaKind::JsonLines => Form::Whole(lines(content, schema)),
        MediaKind::Any if has_type(&["string"]) && schema.get("format") != Some(&json!("binary")) => {
            Form::Whole(schema)
        }
        MediaKind::Binary | MediaKind::Any => Form::Whole(file()),
        MediaKind::EventStream | MediaKind::Empty => return None,
    })
}

/// An object's schema whose properties can be arguments: nothing else is to be said in it. `is_open`: what is not listed
/// may be lost.
fn members(schema: &Map<String, Value>, table: Table, is_open: bool) -> Option<Map<String, Value>> {
    /// The longest chain of references that is followed.
    const LONGEST: usize = 32;
    let mut schema = schema.clone();
    for _ in 0..LONGEST {
        match target(&schema, table) {
            Some(found) => schema = found,
            None => break,
        }
    }
    let is_closed = is_open || !schema.get("additionalProperties").is_some_and(|allowed| *allowed != json!(false));
    let is_plain = ["anyOf", "oneOf", "allOf", "$ref"].iter().all(|keyword| !schema.contains_key(*keyword));
    if schema.get("type") != Some(&json!("object")) || !is_plain || !is_closed {
        return None;
    }
    without_read_only(&mut schema);
    if schema.get("required").and_then(Value::as_array).is_some_and(Vec::is_empty) {
        schema.shift_remove("required");
    }
    schema.get("properties")?;
    Some(schema)
}

/// A schema with the example of a body, where it has none of its own.
fn with_example(mut schema: Map<String, Value>, example: Option<&Value>) -> Map<String, Value> {
    if let Some(example) = example {
        schema.entry("examples").or_insert_with(|| json!([example]));
    }
    schema
}

/// An object's schema whose properties have what the example of a body has for them.
fn with_examples(mut members: Map<String, Value>, example: Option<&Value>) -> Map<String, Value> {
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        for (name, property) in properties {
            if let (Some(value), Some(schema)) =
                (example.and_then(|example| example.get(name)), property.as_object_mut())
            {
                schema.entry("examples").or_insert_with(|| json!([value]));
            }
        }
    }
    members
}

/// Makes files of a multipart body base64 text.
fn files(property: &mut Value, table: Table) {
    let Some(schema) = property.as_object_mut() else { return };
    if let Some(found) = target(schema, table)
        && is_file(&found)
    {
        schema.shift_remove("$ref");
        schema.extend(file());
    }
    if is_file(schema) {
        schema.shift_remove("format");
        schema.extend(file());
    } else if let Some(items) = schema.get_mut("items") {
        files(items, table);
    }
}

fn is_file(schema: &Map<String, Value>) -> bool {
    schema.get("format") == Some(&json!("binary"))
}

fn file() -> Map<String, Value> {
    schemas::parse(r#"{"type":"string","contentEncoding":"base64","description":"Base64 of the bytes."}"#)
}

fn text(description: &str) -> Map<String, Value> {
    let mut schema = schemas::parse(r#"{"type":"string"}"#);
    if !description.is_empty() {
        schema.insert("description".to_owned(), json!(description));
    }
    schema
}

fn lines(content: &Value, schema: Map<String, Value>) -> Map<String, Value> {
    let item = content.get("itemSchema").and_then(Value::as_object);
    if item.is_none() && schema.get("type") == Some(&json!("array")) {
        return schema;
    }
    let mut lines = schemas::parse(r#"{"type":"array"}"#);
    lines.insert("items".to_owned(), Value::Object(item.cloned().unwrap_or(schema)));
    lines
}
