//! What the items of a collection are.

use serde_json::{Map, Value};

use super::Mock;
use super::data::{Place, Seed};
use super::envelope::{Path, part_mut};
use super::given::Given;
use super::names::{key_property, normalized, readings, text};
use super::resources::{Act, Resource};
use crate::openapi::{Location, Operation};

/// What the items of a collection are: where the document shows one.
#[derive(Debug)]
pub(super) struct Kind {
    /// The operation whose answer shows an item.
    operation: usize,
    /// Where it is in the answer.
    place: Path,
    /// Its schema.
    pub(super) schema: Value,
    /// The property that holds the key.
    pub(super) key: Option<String>,
}

/// The answers that show items, the best first.
const SHOWN: [Act; 4] = [Act::Read, Act::Replace, Act::Change, Act::Create];

impl Mock {
    /// What the items of a shape of collections are; `None` where no answer shows one.
    pub(super) fn kind(&self, shape: usize) -> Option<&Kind> {
        self.kinds.get(shape)?.get_or_init(|| self.find_kind(shape)).as_ref()
    }

    fn find_kind(&self, shape: usize) -> Option<Kind> {
        let variable = self.variable(shape);
        let key = |properties: &Map<String, Value>| key_property(variable, properties);
        let shown = self.resources.acting(shape, &SHOWN).filter_map(|(_, index)| {
            let schema = self.json_content(index, self.api.operations.get(index)?)?.get("schema")?;
            let place = self.schemas.item_place(schema, &key);
            let schema = self.schemas.at(schema, &place)?;
            let key = key(&self.schemas.properties(&schema));
            Some(Kind { operation: index, place, schema, key })
        });
        let listed = self.resources.acting(shape, &[Act::List]).filter_map(|(_, index)| {
            let (place, schema) = self.list(index)?;
            let key = key(&self.schemas.properties(&schema));
            Some(Kind { operation: index, place, schema, key })
        });
        let mut kinds: Vec<_> = shown.chain(listed).collect();
        let best = kinds.iter().position(|kind| kind.key.is_some()).unwrap_or_default();
        (best < kinds.len()).then(|| kinds.swap_remove(best))
    }

    /// The name of the variable that chooses an item.
    fn variable(&self, shape: usize) -> &'static str {
        let acts = [Act::Read, Act::Replace, Act::Change, Act::Remove];
        let mut named = self.resources.acting(shape, &acts).filter_map(|(_, index)| {
            let key = self.resources.of(index)?.key?;
            let parameter = self.api.operations.get(index)?.parameters.get(key)?;
            self.api.parameters.get(usize::from(*parameter)).map(|parameter| parameter.name)
        });
        named.next().unwrap_or("id")
    }

    /// Where the answer of an operation has its list, and the schema of the items.
    pub(super) fn list(&self, index: usize) -> Option<(Path, Value)> {
        let schema = self.json_content(index, self.api.operations.get(index)?)?.get("schema")?;
        let collection = self.resources.of(index)?.collection;
        let place = self.schemas.list_place(schema, collection.rsplit('/').next().unwrap_or_default())?;
        let items = self.schemas.items(schema, &place)?;
        Some((place, items))
    }

    /// The item with a key as it is when nobody has written it.
    pub(super) fn original(&self, kind: &Kind, collection: &str, key: &str) -> Value {
        let place = Place::new(Seed::new(collection).child(key));
        let shown = self.api.operations.get(kind.operation).and_then(|operation| {
            let mut sample = self.sample(self.json_content(kind.operation, operation)?, place)?;
            part_mut(&mut sample, &kind.place).map(Value::take)
        });
        let shown = shown.map(|shown| match shown {
            Value::Array(mut items) if !items.is_empty() => items.swap_remove(0),
            shown => shown,
        });
        let mut item = shown.or_else(|| self.generator().value(&kind.schema, place)).unwrap_or_default();
        self.set_key(kind, &mut item, key, place);
        item
    }

    /// Gives an item its key, where its schema allows that.
    pub(super) fn set_key(&self, kind: &Kind, item: &mut Value, key: &str, place: Place) {
        match (item, &kind.key) {
            (Value::Object(properties), Some(name)) => {
                let known = self.schemas.properties(&kind.schema);
                let schema = known.get(name).unwrap_or(&Value::Bool(true));
                let fitting = readings(key).into_iter().find_map(|value| self.adopt(schema, &value, place));
                properties.extend(fitting.map(|value| (name.clone(), value)));
            }
            (item, _) if !item.is_object() => {
                let fitting = readings(key).into_iter().find_map(|value| self.adopt(&kind.schema, &value, place));
                *item = fitting.unwrap_or_else(|| item.take());
            }
            _ => {}
        }
    }

    /// A key that no item has: of the kind that the schema demands.
    pub(super) fn new_key(&self, kind: &Kind, collection: &str, is_taken: &dyn Fn(&str) -> bool) -> String {
        /// Keys that are tried.
        const TRIED: usize = 2_000;
        let known = self.schemas.properties(&kind.schema);
        let schema = kind.key.as_ref().and_then(|name| known.get(name));
        let place = Place::new(Seed::new(collection).child("key")).key();
        let made = |tried| match schema {
            Some(schema) => self.generator().value(schema, place.other(tried)).as_ref().and_then(text),
            None => Some((tried + 1).to_string()),
        };
        let mut keys = (0..TRIED).filter_map(made);
        keys.find(|key| !is_taken(key)).unwrap_or_default()
    }

    /// Writes into an item what the path says about it: `{backup_id}` is the property `backup_id`.
    pub(super) fn echo(&self, resource: Option<&Resource>, operation: &Operation, given: &Given, item: &mut Value) {
        let Value::Object(properties) = item else { return };
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let Some(parameter) = self.api.parameters.get(usize::from(*parameter)) else { continue };
            let is_key = resource.is_some_and(|resource| resource.key == Some(index));
            if parameter.location != Location::Path || is_key {
                continue;
            }
            let name = properties.keys().find(|name| normalized(name) == normalized(parameter.name)).cloned();
            if let (Some(name), Some(text)) = (name, given.parameter(index)) {
                let value = readings(text).into_iter().next_back().filter(|_| !properties[&name].is_string());
                properties.insert(name, value.unwrap_or_else(|| Value::from(text)));
            }
        }
    }
}
