//! The answers that documents give as examples, held against the schemas of the tools' results: clients drop an answer that breaks its
//! schema.

use std::collections::HashMap;

use capsmith::openapi::{MediaKind, Status};
use serde_json::{Value, json};

use super::documents::Tables;

/// How many answers of a document were held against a schema, and which broke it.
#[derive(Default)]
pub(super) struct Examples {
    pub(super) checked: usize,
    pub(super) broken: Vec<String>,
}

impl Examples {
    /// Those of the operations whose tools can be told by their names alone.
    pub(super) fn of(tables: &Tables, tools: &[Value]) -> Self {
        let mut named: HashMap<String, Vec<&Value>> = HashMap::new();
        for tool in tools {
            named.entry(letters(tool["name"].as_str().expect("a name"))).or_default().push(tool);
        }
        let mut examples = Self::default();
        for (operation, text) in tables.api.operations.iter().zip(tables.document.operations) {
            let Some([tool]) = named.get(&letters(operation.name)).map(Vec::as_slice) else { continue };
            let Some(schema) = tool.get("outputSchema") else { continue };
            let validator = jsonschema::draft202012::new(schema).expect("a schema");
            let described: Value = serde_json::from_str(text).expect("JSON");
            for index in operation.answers {
                let case = &tables.api.cases[usize::from(*index)];
                let status = match case.status {
                    Status::Code(code) => code.to_string(),
                    Status::Range(digit) => format!("{digit}XX"),
                    Status::Default => "default".to_owned(),
                };
                let content = &described["responses"][status]["content"][case.media_type];
                if case.kind != MediaKind::Json || content.get("example").is_none() {
                    continue;
                }
                let answer = match &content["example"] {
                    Value::Object(members) => json!(members),
                    other => json!({"result": other}),
                };
                examples.checked += 1;
                if let Some(error) = validator.iter_errors(&answer).next() {
                    let place = error.instance_path().to_string();
                    let text: String = error.to_string().chars().take(120).collect();
                    examples.broken.push(format!("{}: {place}: {text}", operation.name));
                }
            }
        }
        examples
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
