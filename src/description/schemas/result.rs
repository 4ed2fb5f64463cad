//! The schemas of results.

use serde_json::{Map, Value, json};

use super::{Purpose, TABLE, Table, complete, find};

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
