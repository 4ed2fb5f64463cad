//! What must be true of each list of tools, whatever it was made from.

use std::collections::HashSet;

use serde_json::{Map, Value};

/// What is wrong with a list of tools, and what is only notable.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What breaks hosts.
    pub(super) faults: Vec<String>,
    /// How many schemas of arguments take anything, without saying so in words of JSON Schema.
    pub(super) untyped: usize,
}

/// The schemas of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Input,
    Output,
}

impl Findings {
    pub(super) fn of(tools: &[Value]) -> Self {
        let mut findings = Self::default();
        let mut names = HashSet::new();
        for tool in tools {
            let name = tool["name"].as_str().expect("a name");
            findings.name(name, "the tool", &mut names);
            if tool["description"].as_str().is_none_or(str::is_empty) {
                findings.faults.push(format!("{name}: has no description"));
            }
            for (key, side) in [("inputSchema", Side::Input), ("outputSchema", Side::Output)] {
                if let Some(schema) = tool.get(key) {
                    Schema { findings: &mut findings, place: format!("{name}: {key}"), side }.check(schema);
                }
            }
        }
        findings
    }

    fn name(&mut self, name: &str, of: &str, taken: &mut HashSet<String>) {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if name.is_empty() || name.len() > 64 || !name.bytes().all(is_allowed) {
            self.faults.push(format!("{of} `{name}` has a name that hosts refuse"));
        }
        if !taken.insert(name.to_ascii_lowercase()) {
            self.faults.push(format!("{of} `{name}` has the name of another but for case"));
        }
    }
}

/// Keywords with a schema, with a list of schemas, and with schemas by name.
const ONE: [&str; 11] = [
    "items",
    "contains",
    "not",
    "propertyNames",
    "if",
    "then",
    "else",
    "contentSchema",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
];
const LISTED: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
const NAMED: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "$defs"];
/// Keywords that take `true` and `false` wherever they stand.
const BOOLEAN: [&str; 3] = ["additionalProperties", "unevaluatedProperties", "unevaluatedItems"];
/// What only Schema Objects of OpenAPI have.
const FOREIGN: [&str; 6] = ["nullable", "discriminator", "xml", "externalDocs", "example", "definitions"];
/// What a root may not have, as some hosts drop the tool, or the whole list.
const COMBINING: [&str; 10] = ["anyOf", "oneOf", "allOf", "not", "if", "then", "else", "enum", "const", "$ref"];
/// Keywords that say nothing about values.
const ANNOTATING: [&str; 10] = [
    "title",
    "description",
    "default",
    "deprecated",
    "examples",
    "readOnly",
    "writeOnly",
    "$comment",
    "$defs",
    "$schema",
];

struct Schema<'f> {
    findings: &'f mut Findings,
    place: String,
    side: Side,
}

impl Schema<'_> {
    fn check(mut self, schema: &Value) {
        if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
            self.fault("", &format!("is no JSON Schema: {error}"));
        }
        let Some(root) = schema.as_object() else { return };
        if root.get("type").is_none_or(|name| name != "object") {
            self.fault("", "is not one of objects");
        }
        for keyword in COMBINING.iter().filter(|keyword| root.contains_key(**keyword)) {
            self.fault("", &format!("has `{keyword}` at its root"));
        }
        if self.side == Side::Input {
            self.arguments(root);
        }
        let definitions: HashSet<&str> =
            root.get("$defs").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        let mut used = HashSet::new();
        self.walk(schema, "", "", &mut used);
        for name in used.iter().filter(|name| !definitions.contains(name.as_str())) {
            self.fault("", &format!("refers to `{name}`, which it does not define"));
        }
        for name in definitions.iter().filter(|name| !used.contains(**name)) {
            self.fault("", &format!("defines `{name}`, to which nothing refers"));
        }
        if self.side == Side::Input && serde_json::to_string(root).is_ok_and(|text| text.contains("\"readOnly\":true"))
        {
            self.fault("", "takes what only answers have");
        }
    }

    fn fault(&mut self, pointer: &str, what: &str) {
        self.findings.faults.push(format!("{}{pointer} {what}", self.place));
    }

    fn arguments(&mut self, root: &Map<String, Value>) {
        if root.get("additionalProperties") != Some(&Value::Bool(false)) {
            self.fault("", "takes arguments that it does not name");
        }
        let mut names = HashSet::new();
        let properties = root.get("properties").and_then(Value::as_object);
        for name in properties.into_iter().flatten().map(|(name, _)| name) {
            let of = format!("{}: the argument", self.place);
            self.findings.name(name, &of, &mut names);
        }
        for name in root.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if properties.is_none_or(|properties| !properties.contains_key(name)) {
                self.fault("", &format!("demands `{name}`, which it does not have"));
            }
        }
    }

    fn walk(&mut self, schema: &Value, pointer: &str, keyword: &str, used: &mut HashSet<String>) {
        let Some(members) = schema.as_object() else {
            if !BOOLEAN.contains(&keyword) {
                self.fault(pointer, &format!("is a bare `{schema}`"));
            }
            return;
        };
        if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
            match reference.strip_prefix("#/$defs/") {
                Some(name) => _ = used.insert(name.replace("~1", "/").replace("~0", "~")),
                None => self.fault(pointer, &format!("refers to `{reference}`")),
            }
        }
        for keyword in members.keys().filter(|key| FOREIGN.contains(&key.as_str()) || key.starts_with("x-")) {
            self.fault(pointer, &format!("has `{keyword}`, which JSON Schema does not know"));
        }
        self.side(members, pointer);
        for (key, value) in members {
            match value {
                Value::Object(schemas) if NAMED.contains(&key.as_str()) => {
                    for (name, schema) in schemas {
                        self.walk(schema, &format!("{pointer}/{key}/{name}"), key, used);
                    }
                }
                Value::Array(schemas) if LISTED.contains(&key.as_str()) => {
                    for (index, schema) in schemas.iter().enumerate() {
                        self.walk(schema, &format!("{pointer}/{key}/{index}"), key, used);
                    }
                }
                schema if ONE.contains(&key.as_str()) => self.walk(schema, &format!("{pointer}/{key}"), key, used),
                _ => {}
            }
        }
    }

    /// What holds for arguments alone, and for results alone.
    fn side(&mut self, members: &Map<String, Value>, pointer: &str) {
        match self.side {
            Side::Input => {
                if members.get("type").is_some_and(Value::is_array) {
                    self.fault(pointer, "has several types, which models with a schema of their own do not take");
                }
                self.findings.untyped +=
                    usize::from(members.keys().all(|keyword| ANNOTATING.contains(&keyword.as_str())));
            }
            Side::Output => {
                for keyword in ["required", "enum", "const", "format", "pattern", "oneOf", "minimum", "maxLength"] {
                    if members.contains_key(keyword) {
                        self.fault(pointer, &format!("has `{keyword}`, which an answer may break"));
                    }
                }
                if members.get("additionalProperties") == Some(&Value::Bool(false)) {
                    self.fault(pointer, "refuses what it does not name");
                }
            }
        }
    }
}
