//! The schemas of a document, read when something first needs them.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use crate::openapi::Document;

/// References that are followed one after the other.
const FOLLOWED: usize = 16;

/// The keywords of a schema, with those of what it refers to.
pub(super) type Keywords<'a> = Cow<'a, Map<String, Value>>;

/// The schemas and operations of a document.
pub(super) struct Schemas {
    document: &'static Document,
    operations: Box<[OnceLock<Value>]>,
    named: Box<[OnceLock<Value>]>,
}

impl Schemas {
    pub(super) fn new(document: &'static Document) -> Self {
        let blank = |count| (0..count).map(|_| OnceLock::new()).collect();
        Self { document, operations: blank(document.operations.len()), named: blank(document.schemas.len()) }
    }

    /// The Operation Object at `index`; null where there is none.
    pub(super) fn operation(&self, index: usize) -> &Value {
        match (self.operations.get(index), self.document.operations.get(index)) {
            (Some(place), Some(text)) => place.get_or_init(|| parse(text)),
            _ => &Value::Null,
        }
    }

    /// The position of the schema that a reference leads to.
    pub(super) fn position(&self, reference: &str) -> Option<usize> {
        let name = reference.strip_prefix("#/components/schemas/")?;
        let find = |name: &str| self.document.schemas.binary_search_by_key(&name, |(name, _)| name).ok();
        find(name).or_else(|| find(&name.replace("~1", "/").replace("~0", "~")))
    }

    /// The schema at a position.
    pub(super) fn get(&self, position: usize) -> &Value {
        match (self.named.get(position), self.document.schemas.get(position)) {
            (Some(place), Some((_, text))) => place.get_or_init(|| parse(text)),
            _ => &Value::Bool(true),
        }
    }

    /// The schema that `schema` refers to, if it does.
    pub(super) fn target(&self, schema: &Value) -> Option<&Value> {
        Some(self.get(self.position(schema.get("$ref")?.as_str()?)?))
    }

    /// All keywords that apply at a place, with those of references and `allOf`. `None` for `false`, which nothing fits.
    pub(super) fn keywords<'a>(&'a self, schema: &'a Value) -> Option<Keywords<'a>> {
        self.keywords_within(schema, FOLLOWED)
    }

    fn keywords_within<'a>(&'a self, schema: &'a Value, left: usize) -> Option<Keywords<'a>> {
        let own = match schema {
            Value::Object(own) => own,
            Value::Bool(false) => return None,
            _ => return Some(Cow::Owned(Map::new())),
        };
        let target = self.target(schema);
        let parts = own.get("allOf").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
        if left == 0 || target.is_none() && parts.is_empty() {
            return Some(Cow::Borrowed(own));
        }
        let bare = own.keys().all(|keyword| keyword == "$ref");
        if let (Some(target), true) = (target, bare) {
            return self.keywords_within(target, left - 1);
        }
        let mut merged = Map::new();
        for part in target.into_iter().chain(parts) {
            merge(&mut merged, &*self.keywords_within(part, left - 1)?);
        }
        merge(&mut merged, own);
        merged.shift_remove("$ref");
        merged.shift_remove("allOf");
        Some(Cow::Owned(merged))
    }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Adds keywords: what both have is united where it lists, and is the later's otherwise.
fn merge(merged: &mut Map<String, Value>, more: &Map<String, Value>) {
    for (keyword, value) in more {
        match (keyword.as_str(), merged.get_mut(keyword), value) {
            ("properties", Some(Value::Object(all)), Value::Object(properties)) => {
                for (name, schema) in properties {
                    let both =
                        all.get(name).filter(|other| *other != schema).map(|other| json!({"allOf": [other, schema]}));
                    all.insert(name.clone(), both.unwrap_or_else(|| schema.clone()));
                }
            }
            ("required", Some(Value::Array(all)), Value::Array(names)) => all.extend(names.iter().cloned()),
            _ => {
                merged.insert(keyword.clone(), value.clone());
            }
        }
    }
}
