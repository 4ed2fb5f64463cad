//! JSON Schemas (2020-12) that refer to those of a table.

use serde_json::{Map, Value, json};

/// What references into the table begin with.
const TABLE: &str = "#/components/schemas/";

/// A table of schemas by name, as JSON text, sorted by name.
pub(super) type Table = &'static [(&'static str, &'static str)];

/// A schema of JSON text. The compiler wrote it, so it is one; `true` allows anything, as an object without members does.
pub(super) fn parse(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Makes a schema whole: what it refers to is defined in it, and read as the answers of upstreams have to be if `lenient`.
pub(super) fn complete(schema: &mut Map<String, Value>, table: Table, lenient: bool) {
    let mut definitions = Map::new();
    let mut open = Vec::new();
    adapt(schema, lenient, &mut open);
    while let Some(name) = open.pop() {
        if definitions.contains_key(&name) {
            continue;
        }
        let Some(mut definition) = find(table, &name) else { continue };
        adapt(&mut definition, lenient, &mut open);
        definitions.insert(name, Value::Object(definition));
    }
    if !definitions.is_empty() {
        definitions.sort_keys();
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
}

fn find(table: Table, name: &str) -> Option<Map<String, Value>> {
    let index = table.binary_search_by_key(&name, |(name, _)| name).ok()?;
    table.get(index).map(|(_, text)| parse(text))
}

/// Makes a schema of OpenAPI one of plain JSON Schema, and notes what it refers to.
fn adapt(schema: &mut Map<String, Value>, lenient: bool, open: &mut Vec<String>) {
    if let Some(Value::String(reference)) = schema.get_mut("$ref")
        && let Some(name) = reference.strip_prefix(TABLE).map(str::to_owned)
    {
        *reference = format!("#/$defs/{name}");
        open.push(name);
    }
    schema.retain(|key, _| key != "discriminator" && !key.starts_with("x-"));
    if lenient {
        relax(schema);
    }
    for (key, value) in schema.iter_mut() {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                properties
                    .values_mut()
                    .filter_map(Value::as_object_mut)
                    .for_each(|schema| adapt(schema, lenient, open));
            }
            ("items" | "additionalProperties", Value::Object(schema)) => adapt(schema, lenient, open),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(schemas)) => {
                schemas.iter_mut().filter_map(Value::as_object_mut).for_each(|schema| adapt(schema, lenient, open));
            }
            _ => {}
        }
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
        !RULES.contains(&key.as_str()) && (key != "additionalProperties" || *value != json!(false))
    });
    let listed = schema.shift_remove("enum").or_else(|| schema.shift_remove("const").map(|value| json!([value])));
    if let Some(listed) = listed {
        schema.entry("examples").or_insert(listed);
    }
    if let Some(variants) = schema.shift_remove("oneOf") {
        schema.insert("anyOf".to_owned(), variants);
    }
}

/// The schema of the result of a tool whose operation answers with values of a schema: of an object, since what is no
/// object is the `result` of one. `None`: nothing can be said.
pub(super) fn result(answer: &str, table: Table) -> Option<Map<String, Value>> {
    let answer = parse(answer);
    let mut schema = match root(&answer, table, 0)? {
        Root::Object(schema) => schema,
        Root::Other => {
            let mut wrapper = Map::new();
            wrapper.insert("type".to_owned(), json!("object"));
            wrapper.insert("properties".to_owned(), json!({"result": answer}));
            wrapper
        }
    };
    complete(&mut schema, table, true);
    Some(schema)
}

/// What values of a schema are.
enum Root {
    /// Objects; perhaps `null` as well, which such a schema says nothing about.
    Object(Map<String, Value>),
    /// Anything but objects.
    Other,
}

/// The longest chain of references to the schema of an answer.
const MAX_CHAIN: usize = 32;

fn root(schema: &Map<String, Value>, table: Table, depth: usize) -> Option<Root> {
    if depth > MAX_CHAIN {
        return None;
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.strip_prefix(TABLE)) {
        return root(&find(table, name)?, table, depth + 1);
    }
    match schema.get("type") {
        Some(Value::String(name)) if name == "object" => return Some(Root::Object(schema.clone())),
        Some(Value::Array(names)) if names.contains(&json!("object")) => {
            let mut object = schema.clone();
            object.insert("type".to_owned(), json!("object"));
            return Some(Root::Object(object));
        }
        Some(_) => return Some(Root::Other),
        None => {}
    }
    let variants = schema.get("anyOf").or_else(|| schema.get("oneOf"))?.as_array()?;
    let is_null = |variant: &&Value| variant.get("type") == Some(&json!("null"));
    let values = variants.iter().filter(|variant| !is_null(variant)).filter_map(Value::as_object);
    let roots: Vec<Root> = values.map(|variant| root(variant, table, depth + 1)).collect::<Option<_>>()?;
    if roots.iter().all(|root| matches!(root, Root::Other)) {
        return Some(Root::Other);
    }
    let mut objects = Vec::new();
    for root in roots {
        match root {
            Root::Object(object) => objects.push(object),
            Root::Other => return None,
        }
    }
    if let [object] = objects.as_slice() {
        return Some(Root::Object(object.clone()));
    }
    let mut object = schema.clone();
    object.insert("type".to_owned(), json!("object"));
    Some(Root::Object(object))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: Table = &[
        (
            "Node",
            r##"{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Node"},"required":{"type":"string","maxLength":3}},"required":["next"]}"##,
        ),
        ("State", r#"{"type":"string","enum":["a","b"],"x-enum-descriptions":["A","B"]}"#),
    ];

    fn completed(text: &str, lenient: bool) -> Value {
        let mut schema = parse(text);
        complete(&mut schema, TABLE, lenient);
        Value::Object(schema)
    }

    #[test]
    fn references_lead_to_definitions() {
        let schema = completed(r##"{"type":"array","items":{"$ref":"#/components/schemas/State"}}"##, false);
        let expected = json!({
            "type": "array",
            "items": {"$ref": "#/$defs/State"},
            "$defs": {"State": {"type": "string", "enum": ["a", "b"]}},
        });
        assert_eq!(schema, expected);
    }

    #[test]
    fn results_are_objects_and_demand_little() {
        let node = result(r##"{"$ref":"#/components/schemas/Node"}"##, TABLE).unwrap();
        let expected = json!({
            "type": "object",
            "properties": {"next": {"$ref": "#/$defs/Node"}, "required": {"type": "string"}},
        });
        assert_eq!(node["$defs"]["Node"], expected);
        assert_eq!((&node["type"], &node["properties"]), (&expected["type"], &expected["properties"]));
        let states = result(r##"{"type":"array","items":{"$ref":"#/components/schemas/State"}}"##, TABLE).unwrap();
        assert_eq!(states["properties"]["result"]["items"], json!({"$ref": "#/$defs/State"}));
        assert_eq!(states["$defs"]["State"], json!({"type": "string", "examples": ["a", "b"]}));
    }

    #[test]
    fn nullable_objects_are_objects_and_mixtures_nothing() {
        let nullable = r##"{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"null"}]}"##;
        assert_eq!(result(nullable, TABLE).unwrap()["type"], "object");
        assert!(result(r##"{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"string"}]}"##, TABLE).is_none());
        assert!(result("true", TABLE).is_none());
        assert_eq!(result(r#"{"type":"null"}"#, TABLE).unwrap()["properties"], json!({"result": {"type": "null"}}));
    }
}
