//! Values of others (examples, bodies of requests, items that are kept) made to fit a schema.

use serde_json::{Map, Value};

use super::fits::{count_fits, is_listed, scalar_fits, size, wants_unique};
use super::object::{Properties, is_absence, limit};
use super::{Generator, Place, choice, numbers, same};

/// Keywords without one of which any object is taken as it is.
const DEMANDING: [&str; 8] =
    ["type", "properties", "required", "additionalProperties", "minProperties", "maxProperties", "oneOf", "anyOf"];

impl Generator<'_> {
    /// As much of `value` as fits: properties that the schema does not name or allow are left out, those that it demands
    /// are made. `None` where nothing of it can be kept.
    pub(in crate::openapi::mock) fn adopt(&mut self, schema: &Value, value: &Value, place: Place) -> Option<Value> {
        let schemas = self.schemas;
        let keywords = schemas.keywords(schema)?;
        self.adopt_described(&keywords, value, place)
    }

    pub(super) fn adopt_described(
        &mut self,
        keywords: &Map<String, Value>,
        value: &Value,
        place: Place,
    ) -> Option<Value> {
        self.steps = self.steps.checked_sub(1)?;
        if !is_listed(keywords, value) {
            return None;
        }
        let says = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
        if says(&["const", "enum"]) || value.is_object() && !says(&DEMANDING) {
            return Some(value.clone());
        }
        if choice::variants(keywords).is_some() {
            return self.adopt_alternative(keywords, value, place);
        }
        match value {
            Value::Array(items) => self.adopt_items(keywords, items, place),
            Value::Object(properties) => self.adopt_properties(keywords, properties, place),
            scalar => {
                let scalar = numbers::held(keywords, scalar);
                scalar_fits(keywords, &scalar).then_some(scalar)
            }
        }
    }

    fn adopt_items(&mut self, keywords: &Map<String, Value>, items: &[Value], place: Place) -> Option<Value> {
        let prefix = keywords.get("prefixItems").and_then(Value::as_array);
        let mut adopted: Vec<Value> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let named = prefix.and_then(|prefix| prefix.get(index));
            let item = match named.or_else(|| keywords.get("items")) {
                Some(schema) => self.adopt(schema, item, place.item(index)),
                None => Some(item.clone()),
            };
            match item {
                Some(item) if wants_unique(keywords) && adopted.iter().any(|other| same(other, &item)) => {}
                Some(item) => adopted.push(item),
                // What follows would come to stand at another place.
                None if named.is_some() => return None,
                None => {}
            }
        }
        if adopted.is_empty() && !items.is_empty() {
            return None;
        }
        adopted.truncate(size(keywords, "maxItems").unwrap_or(usize::MAX));
        let least = size(keywords, "minItems").unwrap_or_default();
        self.lengthen(keywords, &mut adopted, least, place);
        (adopted.len() >= least).then_some(Value::Array(adopted))
    }

    fn adopt_properties(
        &mut self,
        keywords: &Map<String, Value>,
        given: &Map<String, Value>,
        place: Place,
    ) -> Option<Value> {
        let properties = Properties::new(keywords);
        let mut object = Map::new();
        for (name, schema) in properties.iter() {
            if self.is_hidden(schema) {
                continue;
            }
            let adopted = given.get(name).and_then(|value| self.adopt(schema, value, place.property(name)));
            let value = match schema.get("default") {
                // A reader fills it in.
                Some(_) if adopted.is_none() => self.value(schema, place.property(name)),
                _ => adopted,
            };
            let is_absent =
                |value: &Value| value.is_null() && is_absence(schema) && !properties.required.contains(name.as_str());
            object.extend(value.filter(|value| !is_absent(value)).map(|value| (name.clone(), value)));
        }
        let is_known = |name: &String| properties.known.is_some_and(|known| known.contains_key(name));
        if let Some(schema) = properties.additional {
            for (name, value) in given.iter().filter(|(name, _)| !is_known(name)) {
                let value = self.adopt(schema, value, place.property(name));
                object.extend(value.map(|value| (name.clone(), value)));
            }
        }
        self.complete(&properties, &mut object, place)?;
        limit(keywords, &properties, &mut object);
        count_fits(keywords, "minProperties", "maxProperties", object.len()).then_some(Value::Object(object))
    }
}
