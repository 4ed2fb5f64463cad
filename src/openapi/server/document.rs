//! `/openapi.json`.

use std::sync::OnceLock;

use bytes::Bytes;
use indexmap::IndexMap;

use super::operation::Describer;
use crate::openapi::{Api, Document, Operation};

/// The text of a document, which is made when it is first asked for.
pub(super) struct Published {
    api: &'static Api,
    document: &'static Document,
    text: OnceLock<Bytes>,
}

impl Published {
    pub(super) fn new(api: &'static Api, document: &'static Document) -> Self {
        Self { api, document, text: OnceLock::new() }
    }

    pub(super) fn text(&self) -> Bytes {
        self.text.get_or_init(|| write(self.api, self.document).into()).clone()
    }
}

fn write(api: &'static Api, document: &'static Document) -> String {
    let describer = Describer::new(document);
    let mut items: IndexMap<String, PathItem> = IndexMap::new();
    for (operation, object) in api.operations.iter().zip(document.operations).filter(|(found, _)| found.is_served) {
        let item = items.entry(path(api, operation)).or_default();
        // What the compiler wrote can be read; else it would say as much as it did.
        let object = describer.describe(object).unwrap_or_else(|_| (*object).to_owned());
        match member(operation.method) {
            Some(name) => item.members.push(format!("\"{name}\":{object}")),
            None => item.additional.push(format!("{}:{object}", quoted(operation.method))),
        }
    }
    let items: Vec<_> = items.into_iter().map(|(path, item)| format!("{}:{}", quoted(&path), item.write())).collect();
    let (problem, responses) = describer.components();
    let schemas = document.schemas.iter().map(|(name, schema)| format!("{}:{schema}", quoted(name)));
    let schemas: Vec<_> = schemas.chain([problem]).collect();
    format!(
        "{{{},\"paths\":{{{}}},\"components\":{{\"schemas\":{{{}}},\"responses\":{responses},\"securitySchemes\":{{{}}}}}}}",
        document.head,
        items.join(","),
        schemas.join(","),
        document.security_schemes
    )
}

/// The members of a Path Item Object.
#[derive(Default)]
struct PathItem {
    members: Vec<String>,
    /// Those of `additionalOperations`, which OpenAPI 3.2 has for other methods.
    additional: Vec<String>,
}

impl PathItem {
    fn write(mut self) -> String {
        if !self.additional.is_empty() {
            self.members.push(format!("\"additionalOperations\":{{{}}}", self.additional.join(",")));
        }
        format!("{{{}}}", self.members.join(","))
    }
}

/// The member of a Path Item Object for a method.
fn member(method: &str) -> Option<&'static str> {
    Some(match method {
        "GET" => "get",
        "PUT" => "put",
        "POST" => "post",
        "DELETE" => "delete",
        "OPTIONS" => "options",
        "HEAD" => "head",
        "PATCH" => "patch",
        "TRACE" => "trace",
        "QUERY" => "query",
        _ => return None,
    })
}

/// The path with the names of its parameters.
fn path(api: &'static Api, operation: &'static Operation) -> String {
    let mut path = String::new();
    let mut rest = operation.path;
    while let Some((text, (index, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        let parameter = index.parse().ok().and_then(|index: usize| operation.parameters.get(index));
        let name = parameter.and_then(|index| api.parameters.get(usize::from(*index))).map_or("", |found| found.name);
        path.extend([text, "{", name, "}"]);
        rest = after;
    }
    path.push_str(rest);
    if !operation.query.is_empty() {
        path.extend(["?", operation.query]);
    }
    path
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::openapi::Parameter;

    static DOCUMENT: Document = Document {
        head: "\"openapi\":\"3.2.0\"",
        operations: &["1", "2", "3", "4", "5", "6"],
        schemas: &[("S", "true")],
        security_schemes: "\"k\":{}",
    };

    #[test]
    fn operations_are_grouped_by_path() {
        let operation = |method, path| Operation { name: "", method, path, parameters: &[0], ..Operation::EMPTY };
        let operations = [
            operation("GET", "/a/{0}"),
            operation("GET", "/b"),
            operation("QUERY", "/a/{0}"),
            operation("LINK", "/a/{0}"),
            Operation { is_served: false, ..operation("PUT", "/a/{0}") },
            Operation { query: "x=1", ..operation("GET", "/b") },
        ];
        let api = Api {
            name: "",
            title: "",
            description: "",
            version: "",
            servers: &[],
            security_schemes: &[],
            requirements: &[],
            parameters: vec![Parameter { name: "\"id\"", ..Parameter::PATH }].leak(),
            bodies: &[],
            cases: &[],
            operations: Vec::from(operations).leak(),
        };
        let mut written: Value = serde_json::from_str(&write(Box::leak(Box::new(api)), &DOCUMENT)).unwrap();
        let expected = r#"{
            "openapi": "3.2.0",
            "paths": {
                "/a/{\"id\"}": {"get": 1, "query": 3, "additionalOperations": {"LINK": 4}},
                "/b": {"get": 2},
                "/b?x=1": {"get": 6}
            },
            "components": {"schemas": {"S": true}, "securitySchemes": {"k": {}}}
        }"#;
        written["components"]["schemas"].as_object_mut().unwrap().shift_remove("Problem").unwrap();
        written["components"].as_object_mut().unwrap().shift_remove("responses").unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(expected).unwrap());
    }
}
