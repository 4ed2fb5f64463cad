//! JSON Schemas (2020-12) that refer to those of a table.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

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

/// The longest examples that are kept, in bytes of JSON.
const LONGEST_EXAMPLES: usize = 256;

/// Makes a schema whole: what it refers to is defined in it. `budget` is how many bytes of definitions there may be; those
/// beyond it, which are the ones that lie deepest, allow anything.
pub(crate) fn complete(schema: &mut Map<String, Value>, table: Table, purpose: Purpose, budget: usize) {
    let mut definitions = Map::new();
    let mut open = VecDeque::new();
    let mut left = budget;
    adapt(schema, purpose, &mut open);
    while let Some(name) = open.pop_front() {
        if definitions.contains_key(&name) {
            continue;
        }
        let text = text(table, &name).unwrap_or("{}");
        let mut definition = Map::new();
        if let Some(rest) = left.checked_sub(text.len()) {
            left = rest;
            definition = parse(text);
            adapt(&mut definition, purpose, &mut open);
            admit_null(&mut definition, purpose);
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

/// Makes a schema of OpenAPI one of plain JSON Schema, and notes what it refers to.
fn adapt(schema: &mut Map<String, Value>, purpose: Purpose, open: &mut VecDeque<String>) {
    if let Some(Value::String(reference)) = schema.get_mut("$ref")
        && let Some(name) = reference.strip_prefix(TABLE).map(str::to_owned)
    {
        *reference = format!("#/$defs/{name}");
        open.push_back(name);
    }
    schema.retain(|key, value| match key.as_str() {
        "discriminator" => false,
        "examples" => value.to_string().len() <= LONGEST_EXAMPLES,
        key => !key.starts_with("x-"),
    });
    match purpose {
        Purpose::Arguments => without_read_only(schema),
        Purpose::Result => relax(schema),
    }
    let mut part = |value: &mut Value| {
        if let Value::Object(schema) = value {
            adapt(schema, purpose, open);
            admit_null(schema, purpose);
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
fn admit_null(schema: &mut Map<String, Value>, purpose: Purpose) {
    if purpose == Purpose::Result
        && let Some(Value::String(name)) = schema.get("type")
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

/// The schema of the result of a tool whose operation answers with values of a schema: of an object, since what is no
/// object is the `result` of one. `None`: nothing can be said. The budget is that of [`complete`].
pub(crate) fn result(answer: &Map<String, Value>, table: Table, budget: usize) -> Option<Map<String, Value>> {
    let mut schema = match root(answer, table, 0)? {
        Root::Object(schema) => schema,
        Root::Other => {
            let mut wrapper = Map::new();
            wrapper.insert("type".to_owned(), json!("object"));
            wrapper.insert("properties".to_owned(), json!({"result": answer}));
            wrapper
        }
    };
    complete(&mut schema, table, Purpose::Result, budget);
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
    Some(Root::Object(united(objects)))
}

/// One object for several. Some clients refuse `anyOf` at the root of a tool's schema.
fn united(objects: Vec<Map<String, Value>>) -> Map<String, Value> {
    let mut objects = objects.into_iter();
    let mut all = objects.next().unwrap_or_default();
    for mut object in objects {
        let own = [&mut all, &mut object].map(|object| match object.shift_remove("properties") {
            Some(Value::Object(properties)) => properties,
            _ => Map::new(),
        });
        let [mut properties, more] = own;
        for (name, schema) in more {
            let schema = match properties.get(&name) {
                Some(other) if *other != schema => json!({"anyOf": [other, schema]}),
                _ => schema,
            };
            properties.insert(name, schema);
        }
        all = Map::new();
        all.insert("type".to_owned(), json!("object"));
        all.insert("properties".to_owned(), Value::Object(properties));
    }
    all
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

    fn completed(text: &str, budget: usize) -> Value {
        let mut schema = parse(text);
        complete(&mut schema, TABLE, Purpose::Arguments, budget);
        Value::Object(schema)
    }

    #[test]
    fn references_lead_to_definitions() {
        let schema = completed(r##"{"type":"array","items":{"$ref":"#/components/schemas/State"}}"##, usize::MAX);
        let expected = json!({
            "type": "array",
            "items": {"$ref": "#/$defs/State"},
            "$defs": {"State": {"type": "string", "enum": ["a", "b"]}},
        });
        assert_eq!(schema, expected);
    }

    #[test]
    fn results_are_objects_and_demand_little() {
        let node = result(&parse(r##"{"$ref":"#/components/schemas/Node"}"##), TABLE, usize::MAX).unwrap();
        let expected = json!({
            "type": "object",
            "properties": {"next": {"$ref": "#/$defs/Node"}, "required": {"type": ["string", "null"]}},
        });
        assert_eq!(node["$defs"]["Node"]["type"], json!(["object", "null"]));
        assert_eq!(node["$defs"]["Node"]["properties"], expected["properties"]);
        assert_eq!((&node["type"], &node["properties"]), (&expected["type"], &expected["properties"]));
        let states =
            result(&parse(r##"{"type":"array","items":{"$ref":"#/components/schemas/State"}}"##), TABLE, usize::MAX)
                .unwrap();
        assert_eq!(states["properties"]["result"]["items"], json!({"$ref": "#/$defs/State"}));
        assert_eq!(states["$defs"]["State"], json!({"type": ["string", "null"], "examples": ["a", "b"]}));
    }

    #[test]
    fn nullable_objects_are_objects_and_mixtures_nothing() {
        let nullable = r##"{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"null"}]}"##;
        assert_eq!(result(&parse(nullable), TABLE, usize::MAX).unwrap()["type"], "object");
        assert!(
            result(
                &parse(r##"{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"string"}]}"##),
                TABLE,
                usize::MAX
            )
            .is_none()
        );
        assert!(result(&parse("true"), TABLE, usize::MAX).is_none());
        assert_eq!(
            result(&parse(r#"{"type":"null"}"#), TABLE, usize::MAX).unwrap()["properties"],
            json!({"result": {"type": "null"}})
        );
    }

    #[test]
    fn what_is_too_much_allows_anything() {
        let node = completed(r##"{"$ref":"#/components/schemas/Node"}"##, 10);
        assert_eq!(node, json!({"$ref": "#/$defs/Node", "$defs": {"Node": {}}}));
    }

    #[test]
    fn arguments_lack_what_only_answers_have() {
        let schema = completed(
            r#"{"type":"object","properties":{"id":{"type":"integer","readOnly":true},"name":{}},"required":["id","name"]}"#,
            usize::MAX,
        );
        assert_eq!(schema, json!({"type": "object", "properties": {"name": {}}, "required": ["name"]}));
    }

    #[test]
    fn several_objects_are_one() {
        let schema = result(
            &parse(
                r#"{"anyOf":[{"type":"object","properties":{"a":{"type":"string"},"b":{}}},{"type":"object","properties":{"a":{"type":"integer"},"c":{}}}]}"#,
            ),
            TABLE,
            usize::MAX,
        );
        let expected = json!({"type": "object", "properties": {
            "a": {"anyOf": [{"type": ["string", "null"]}, {"type": ["integer", "null"]}]}, "b": {}, "c": {},
        }});
        assert_eq!(schema.map(Value::Object), Some(expected));
    }
}
