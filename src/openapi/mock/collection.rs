//! What operations do to collections.

use std::sync::PoisonError;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Mock;
use super::data::{Place, Seed};
use super::envelope::part_mut;
use super::given::Given;
use super::kind::Kind;
use super::names::{KEYS, normalized, text};
use super::patch;
use super::resources::{Act, Resource};
use super::store::Collection;
use crate::openapi::{Operation, Status};

/// What became of a request.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is about nothing that is kept.
    Unkept,
    /// It is about an item.
    Item { item: Value, is_new: bool },
    /// It asks for the items.
    List(Vec<Value>),
    /// It is about an item that does not exist.
    Missing,
}

impl Mock {
    /// Has an operation act on its collection.
    pub(super) fn act(&self, index: usize, operation: &Operation, given: &Given) -> Outcome {
        if self.is_below_nothing(index, operation, given) {
            return Outcome::Missing;
        }
        let Some(resource) = self.resources.of(index) else { return Outcome::Unkept };
        let Some(kind) = self.kind(resource.shape) else { return Outcome::Unkept };
        let acting = Acting { mock: self, index, operation, given, resource, kind };
        match resource.act {
            Act::List => acting.list(),
            Act::Create => acting.create(),
            Act::Read | Act::Replace | Act::Change | Act::Remove => acting.item(),
        }
    }

    /// Whether a path leads through an item that its collection does not have.
    fn is_below_nothing(&self, index: usize, operation: &Operation, given: &Given) -> bool {
        let own = self.resources.of(index).and_then(|resource| resource.key);
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        operation.path.match_indices("/{").any(|(at, _)| {
            let (before, rest) = operation.path.split_at(at);
            let variable = rest.split('/').nth(1).and_then(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
            let Some(key) = variable.and_then(|variable| variable.parse().ok()) else { return false };
            let Some(value) = given.parameter(key).filter(|_| own != Some(key)) else { return false };
            store.get(&given.expand(before)).is_some_and(|collection| find(collection, value).is_none())
        })
    }

    /// The items that a collection shows as long as nobody writes it: those of its list's example.
    fn seeds(&self, resource: &Resource, kind: &Kind, collection: &str) -> IndexMap<String, Value> {
        let mut seeds = IndexMap::new();
        let place = Place::new(Seed::new(collection));
        let listed = self.resources.acting(resource.shape, &[Act::List]).find_map(|(_, index)| {
            let (path, _) = self.list(index)?;
            let mut sample = self.sample(self.json_content(index, self.api.operations.get(index)?)?, place)?;
            part_mut(&mut sample, &path).map(Value::take)
        });
        let Some(Value::Array(items)) = listed else { return seeds };
        for item in items {
            let known = kind.key.as_ref().and_then(|name| item.get(name)).and_then(text);
            let known = known.filter(|key| !key.is_empty() && !seeds.contains_key(key));
            let key = known.unwrap_or_else(|| self.new_key(kind, collection, &|key| seeds.contains_key(key)));
            let mut seed = self.original(kind, collection, &key);
            overlay(&mut seed, item);
            self.set_key(kind, &mut seed, &key, place);
            seeds.insert(key, seed);
        }
        seeds
    }
}

/// An operation with all that it needs to act.
struct Acting<'a> {
    mock: &'a Mock,
    index: usize,
    operation: &'a Operation,
    given: &'a Given,
    resource: &'a Resource,
    kind: &'a Kind,
}

impl Acting<'_> {
    fn path(&self) -> String {
        self.given.expand(self.resource.collection)
    }

    fn list(&self) -> Outcome {
        if self.mock.list(self.index).is_none() {
            return Outcome::Unkept;
        }
        let path = self.path();
        let store = self.mock.store.lock().unwrap_or_else(PoisonError::into_inner);
        let items = store.get(&path).map(|collection| collection.items.values().cloned().collect());
        drop(store);
        let seeds = || self.mock.seeds(self.resource, self.kind, &path).into_values().collect();
        Outcome::List(items.unwrap_or_else(seeds))
    }

    fn create(&self) -> Outcome {
        let path = self.path();
        let body = self.body();
        let mut store = self.mock.store.lock().unwrap_or_else(PoisonError::into_inner);
        let collection = store.write(&path, || self.mock.seeds(self.resource, self.kind, &path));
        let given = self.kind.key.as_ref().and_then(|name| body.get(name)).and_then(text);
        let given = given.filter(|key| !key.is_empty());
        let key =
            given.unwrap_or_else(|| self.mock.new_key(self.kind, &path, &|key| collection.items.contains_key(key)));
        let mut item = self.mock.original(self.kind, &path, &key);
        overlay(&mut item, body);
        self.mock.set_key(self.kind, &mut item, &key, Place::new(Seed::new(&path)));
        self.mock.echo(Some(self.resource), self.operation, self.given, &mut item);
        collection.put(key, item.clone());
        Outcome::Item { item, is_new: true }
    }

    /// Reads or writes one item. As long as nobody has written the collection, every key has one.
    fn item(&self) -> Outcome {
        let path = self.path();
        let Some(key) = self.resource.key.and_then(|key| self.given.parameter(key)) else { return Outcome::Unkept };
        let mut store = self.mock.store.lock().unwrap_or_else(PoisonError::into_inner);
        let was_written = store.get(&path).is_some();
        if self.resource.act == Act::Read {
            let found =
                store.get(&path).and_then(|collection| Some(collection.items.get(&find(collection, key)?)?.clone()));
            drop(store);
            return match found {
                None if was_written => Outcome::Missing,
                found => self.found(found.unwrap_or_else(|| self.unwritten(&path, key))),
            };
        }
        let collection = store.write(&path, || self.mock.seeds(self.resource, self.kind, &path));
        let known = find(collection, key);
        let is_new = known.is_none() && was_written;
        if is_new && !(self.resource.act == Act::Replace && self.creates()) {
            return Outcome::Missing;
        }
        let key = known.unwrap_or_else(|| key.to_owned());
        let current = collection.items.get(&key).cloned();
        let mut item = current.unwrap_or_else(|| self.mock.original(self.kind, &path, &key));
        if self.resource.act == Act::Remove {
            collection.items.shift_remove(&key);
            store.forget_below(&format!("{path}/{key}"));
            return self.found(item);
        }
        self.change(&mut item);
        self.mock.echo(Some(self.resource), self.operation, self.given, &mut item);
        collection.put(key, item.clone());
        Outcome::Item { item, is_new }
    }

    fn found(&self, mut item: Value) -> Outcome {
        self.mock.echo(Some(self.resource), self.operation, self.given, &mut item);
        Outcome::Item { item, is_new: false }
    }

    fn unwritten(&self, path: &str, key: &str) -> Value {
        let seed = self.mock.seeds(self.resource, self.kind, path).shift_remove(key);
        seed.unwrap_or_else(|| self.mock.original(self.kind, path, key))
    }

    fn change(&self, item: &mut Value) {
        let body = self.body();
        match (&mut *item, body) {
            (Value::Object(properties), Value::Object(body)) => {
                if self.resource.act == Act::Replace {
                    let writable = self.writable();
                    properties.retain(|name, _| !writable.contains_key(name));
                }
                for (name, value) in body {
                    // Null may be a value of the property; what it is not for falls away when the item is shown.
                    match properties.get_mut(&name) {
                        Some(known) if !value.is_null() => patch::merge(known, value),
                        _ => drop(properties.insert(name, value)),
                    }
                }
            }
            (item, body) if !item.is_object() && !body.is_null() => *item = body,
            _ => {}
        }
    }

    /// The body, or the item in it where the document puts an object around that.
    fn body(&self) -> Value {
        let Some(body) = &self.given.body else { return Value::Null };
        let known = self.mock.schemas.properties(&self.kind.schema);
        let inner = body.as_object().filter(|around| around.len() == 1).and_then(|around| around.iter().next());
        match inner {
            Some((name, inner)) if inner.is_object() && !known.contains_key(name) => inner.clone(),
            _ => body.clone(),
        }
    }

    /// The properties that the operation's body may have, by their names.
    fn writable(&self) -> Map<String, Value> {
        let body = self.mock.schemas.operation(self.index).get("requestBody");
        let contents = body.and_then(|body| body.get("content")?.as_object()?.values().next()?.get("schema"));
        let mut properties = contents.map(|schema| self.mock.schemas.properties(schema)).unwrap_or_default();
        properties.retain(|name, schema| schema["readOnly"] != true && Some(name) != self.kind.key.as_ref());
        properties
    }

    /// Whether the document says that the operation makes items.
    fn creates(&self) -> bool {
        self.mock.cases(self.operation.answers).any(|case| case.status == Status::Code(201))
    }
}

/// The key of an item: what the collection knows it by, or another property that tells items apart.
fn find(collection: &Collection, key: &str) -> Option<String> {
    if collection.items.contains_key(key) {
        return Some(key.to_owned());
    }
    let has = |item: &Value| {
        item.as_object().is_some_and(|properties| {
            let mut telling = properties.iter().filter(|(name, _)| KEYS.contains(&normalized(name).as_str()));
            telling.any(|(_, value)| text(value).as_deref() == Some(key))
        })
    };
    collection.items.iter().find(|(_, item)| has(item)).map(|(known, _)| known.clone())
}

/// Puts the properties of one object into another; what is no object stands for itself.
pub(super) fn overlay(item: &mut Value, more: Value) {
    match (item, more) {
        (Value::Object(item), Value::Object(more)) => item.extend(more),
        (item, more) if !item.is_object() && !more.is_null() => *item = more,
        _ => {}
    }
}
