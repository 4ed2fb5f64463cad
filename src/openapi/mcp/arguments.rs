//! The arguments of a tool: which there are, what they are called, and where they go.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::body::{Body, Form};
use super::credentials::is_credential;
use super::names::{Names, plain};
use super::page_size;
use super::tools::Limits;
use crate::description::Type;
use crate::description::schemas::{Purpose, Table, complete, target};
use crate::openapi::{Api, Location, Operation};

/// An argument.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) target: Target,
    pub(super) required: bool,
    /// Whether null is one of its values.
    pub(super) takes_null: bool,
    pub(super) r#type: Type,
    /// What is sent where none is given.
    pub(super) otherwise: Option<Value>,
}

/// Where an argument goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A position in [`Operation::parameters`].
    Parameter(usize),
    /// A property of the body.
    Member(String),
    /// The body.
    Body,
}

/// An argument before it has a name.
struct Wanted {
    wire: String,
    /// What tells it from others of its name.
    place: &'static str,
    target: Target,
    required: bool,
    schema: Map<String, Value>,
    otherwise: Option<Value>,
}

/// The arguments of an operation and their schema.
pub(super) fn arguments(
    api: &'static Api,
    operation: &'static Operation,
    object: &Value,
    body: Option<&Body>,
    table: Table,
    limits: Limits,
) -> (Vec<Argument>, Map<String, Value>) {
    let mut wanted = parameters(api, operation, object, table, limits.page_size);
    wanted.extend(body.into_iter().flat_map(of_body));
    let plain: Vec<String> = wanted.iter().map(|wanted| plain(&wanted.wire, wanted.place)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in &plain {
        *counts.entry(name.to_ascii_lowercase()).or_default() += 1;
    }
    let mut names = Names::default();
    let (mut arguments, mut properties, mut required) = (Vec::new(), Map::new(), Vec::new());
    for (wanted, plain) in wanted.into_iter().zip(plain) {
        let is_shared = counts.get(&plain.to_ascii_lowercase()).is_some_and(|count| *count > 1);
        let name = if is_shared { names.unique(&format!("{plain}_{}", wanted.place)) } else { names.unique(&plain) };
        if wanted.required {
            required.push(json!(name));
        }
        arguments.push(Argument {
            name: name.clone(),
            target: wanted.target,
            required: wanted.required,
            takes_null: takes_null(&wanted.schema, table, 0),
            r#type: type_of(&wanted.schema, table),
            otherwise: wanted.otherwise,
        });
        properties.insert(name, Value::Object(wanted.schema));
    }
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".to_owned(), Value::Array(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    complete(&mut schema, table, Purpose::Arguments, limits.arguments);
    (arguments, schema)
}

fn parameters(
    api: &'static Api,
    operation: &'static Operation,
    object: &Value,
    table: Table,
    page_size: Option<u32>,
) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (position, index) in operation.parameters.iter().enumerate() {
        let Some(parameter) = api.parameters.get(usize::from(*index)) else { continue };
        if !parameter.required && is_credential(api, operation, parameter) {
            continue;
        }
        let described = &object["parameters"][position];
        let in_content = || described["content"].as_object()?.values().next()?.get("schema");
        let schema = described.get("schema").or_else(in_content).and_then(Value::as_object);
        let mut schema = schema.cloned().unwrap_or_default();
        note(&mut schema, described);
        let is_page_size = page_size::is_page_size(operation, parameter);
        let otherwise = if is_page_size { page_size::settle(&mut schema, table, page_size) } else { None };
        wanted.push(Wanted {
            wire: parameter.name.to_owned(),
            place: place(parameter.location),
            target: Target::Parameter(position),
            required: parameter.required,
            schema,
            otherwise,
        });
    }
    wanted
}

/// Adds what a Parameter Object says about its value.
fn note(schema: &mut Map<String, Value>, described: &Value) {
    for keyword in ["description", "deprecated"] {
        if let Some(value) = described.get(keyword) {
            schema.insert(keyword.to_owned(), value.clone());
        }
    }
    if let Some(example) = described.get("example") {
        schema.entry("examples").or_insert_with(|| json!([example]));
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query | Location::QueryString => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn of_body(body: &Body) -> Vec<Wanted> {
    match &body.form {
        Form::Whole(schema) => {
            let mut schema = schema.clone();
            if !body.description.is_empty() {
                schema.entry("description").or_insert_with(|| json!(body.description));
            }
            let (wire, place) = ("body".to_owned(), "content");
            vec![Wanted { wire, place, target: Target::Body, required: body.required, schema, otherwise: None }]
        }
        Form::Members(members) => {
            let properties = members.get("properties").and_then(Value::as_object).into_iter().flatten();
            let required = members.get("required").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
            let member = |(name, schema): (&String, &Value)| Wanted {
                wire: name.clone(),
                place: "body",
                target: Target::Member(name.clone()),
                required: required.iter().any(|required| required == name.as_str()),
                schema: schema.as_object().cloned().unwrap_or_default(),
                otherwise: None,
            };
            properties.map(member).collect()
        }
    }
}

/// How deep a schema is looked into.
const DEEPEST: usize = 16;

fn takes_null(schema: &Map<String, Value>, table: Table, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    if let Some(found) = target(schema, table) {
        return takes_null(&found, table, depth + 1);
    }
    let is_null = |value: &Value| value.is_null();
    if let Some(value) = schema.get("const") {
        return value.is_null();
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values.iter().any(is_null);
    }
    match schema.get("type") {
        Some(Value::String(name)) => return name == "null",
        Some(Value::Array(names)) => return names.iter().any(|name| name == "null"),
        _ => {}
    }
    match schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array) {
        Some(variants) => {
            variants.iter().any(|variant| variant.as_object().is_none_or(|of| takes_null(of, table, depth + 1)))
        }
        None => true,
    }
}

/// The type that every value has but null; [`Type::Any`] where there is no one type.
fn type_of(schema: &Map<String, Value>, table: Table) -> Type {
    let mut schema = schema.clone();
    for _ in 0..DEEPEST {
        match target(&schema, table) {
            Some(found) => schema = found,
            None => break,
        }
    }
    let named = match schema.get("type") {
        Some(Value::Array(names)) => {
            let mut names = names.iter().filter(|name| *name != "null");
            names.next().filter(|_| names.next().is_none())
        }
        named => named,
    };
    match named.and_then(Value::as_str) {
        Some("string") => Type::String,
        Some("integer") => Type::Integer,
        Some("number") => Type::Number,
        Some("boolean") => Type::Boolean,
        Some("array") => Type::Array,
        Some("object") => Type::Object,
        _ => Type::Any,
    }
}
