//! Where answers hold an item or a list: as a whole, or in an object around it.

use serde_json::{Map, Value};

use super::names::normalized;
use super::schemas::{Keywords, Schemas};

/// Properties that lists are usually in, the usual ones first.
const LISTS: [&str; 8] = ["data", "items", "results", "values", "records", "entries", "content", "list"];

/// Properties that lead from an answer to a part of it.
pub(super) type Path = Vec<String>;

impl Schemas {
    /// The keywords of a schema, or of its only alternative besides null.
    pub(super) fn present<'a>(&'a self, schema: &'a Value) -> Option<Keywords<'a>> {
        let keywords = self.keywords(schema)?;
        let list = |keyword| keywords.get(keyword).and_then(Value::as_array);
        let Some(list) = list("oneOf").or_else(|| list("anyOf")) else { return Some(keywords) };
        let is_null = |schema: &&Value| schema.get("type").is_some_and(|kind| kind == "null");
        let others: Vec<_> = list.iter().filter(|schema| !is_null(schema)).collect();
        match others.as_slice() {
            [only] => Some(Keywords::Owned(self.keywords(only)?.into_owned())),
            _ => Some(keywords),
        }
    }

    /// The schema of a part.
    pub(super) fn at(&self, schema: &Value, path: &[String]) -> Option<Value> {
        let mut schema = schema.clone();
        for name in path {
            schema = self.present(&schema)?.get("properties")?.get(name)?.clone();
        }
        Some(schema)
    }

    /// The schema of the items of a list at a place.
    pub(super) fn items(&self, schema: &Value, path: &[String]) -> Option<Value> {
        let list = self.at(schema, path)?;
        Some(self.present(&list)?.get("items").cloned().unwrap_or(Value::Bool(true)))
    }

    /// The names and schemas of an object's properties.
    pub(super) fn properties(&self, schema: &Value) -> Map<String, Value> {
        let keywords = self.present(schema);
        let properties = keywords.as_ref().and_then(|keywords| keywords.get("properties")?.as_object());
        properties.cloned().unwrap_or_default()
    }

    fn is_list(&self, schema: &Value) -> bool {
        self.present(schema).is_some_and(|keywords| keywords.contains_key("items") || is_kind(&keywords, "array"))
    }

    fn is_object(&self, schema: &Value) -> bool {
        self.present(schema).is_some_and(|keywords| keywords.contains_key("properties"))
    }

    /// The place of the list in the answer of an operation on the collection `name`.
    pub(super) fn list_place(&self, schema: &Value, name: &str) -> Option<Path> {
        if self.is_list(schema) {
            return Some(Path::new());
        }
        let properties = self.properties(schema);
        let lists: Vec<_> =
            properties.iter().filter(|(_, schema)| self.is_list(schema)).map(|(name, _)| name).collect();
        let usual = LISTS.iter().find_map(|usual| lists.iter().find(|list| list.as_str() == *usual));
        let named = lists.iter().find(|list| normalized(list) == normalized(name));
        let only = Some(lists.first()).filter(|_| lists.len() == 1).flatten();
        if let Some(list) = named.or(usual).or(only) {
            return Some(vec![(*list).clone()]);
        }
        // One object further in: `_embedded`, `response`.
        let objects = properties.iter().filter(|(_, schema)| self.is_object(schema));
        let mut below = objects.filter_map(|(outer, schema)| {
            let inner = self.properties(schema).into_iter().filter(|(_, schema)| self.is_list(schema));
            let mut inner = inner.map(|(name, _)| name);
            let first = inner.next()?;
            inner.next().is_none().then(|| vec![outer.clone(), first])
        });
        below.next()
    }

    /// The place of the item in an answer. `key` is what finds the property that holds an item's key.
    pub(super) fn item_place(&self, schema: &Value, key: &dyn Fn(&Map<String, Value>) -> Option<String>) -> Path {
        let properties = self.properties(schema);
        if key(&properties).is_some() {
            return Path::new();
        }
        let objects = properties.iter().filter(|(_, schema)| self.is_object(schema));
        let mut with_key = objects.filter(|(_, schema)| key(&self.properties(schema)).is_some());
        match (with_key.next(), with_key.next()) {
            (Some((name, _)), None) => vec![name.clone()],
            _ => Path::new(),
        }
    }
}

/// Whether a schema is about values of a type.
fn is_kind(keywords: &Map<String, Value>, kind: &str) -> bool {
    match keywords.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|other| other == kind),
        Some(only) => only == kind,
        None => false,
    }
}

/// The part of a value at a place.
pub(super) fn part_mut<'a>(value: &'a mut Value, path: &[String]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, name| value.get_mut(name))
}
