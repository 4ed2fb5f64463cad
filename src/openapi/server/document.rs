//! `/openapi.json`.

use std::sync::OnceLock;

use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use indexmap::IndexMap;

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

    pub(super) fn answer(&self) -> Response {
        let text = self.text.get_or_init(|| write(self.api, self.document).into()).clone();
        ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
    }
}

fn write(api: &'static Api, document: &'static Document) -> String {
    let mut text = format!("{{{},\"paths\":{{", document.head);
    let mut paths: IndexMap<String, Vec<String>> = IndexMap::new();
    for (operation, object) in api.operations.iter().zip(document.operations) {
        if let (Some(method), true) = (method(operation), operation.is_served) {
            paths.entry(path(api, operation)).or_default().push(format!("\"{method}\":{object}"));
        }
    }
    let paths: Vec<_> =
        paths.iter().map(|(path, members)| format!("{}:{{{}}}", quoted(path), members.join(","))).collect();
    let schemas: Vec<_> = document.schemas.iter().map(|(name, schema)| format!("{}:{schema}", quoted(name))).collect();
    text.push_str(&paths.join(","));
    text.push_str("},\"components\":{\"schemas\":{");
    text.push_str(&schemas.join(","));
    text.push_str("},\"securitySchemes\":{");
    text.push_str(document.security_schemes);
    text.push_str("}}}");
    text
}

/// The method as a member of a Path Item Object, which has one for these alone.
fn method(operation: &Operation) -> Option<&'static str> {
    Some(match operation.method {
        "GET" => "get",
        "PUT" => "put",
        "POST" => "post",
        "DELETE" => "delete",
        "OPTIONS" => "options",
        "HEAD" => "head",
        "PATCH" => "patch",
        "TRACE" => "trace",
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
