//! Objects.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fits::{count_fits, size};
use super::{FULL_DEPTH, Generator, Place, words};

/// What a schema says about the properties of objects.
pub(super) struct Properties<'a> {
    pub(super) known: Option<&'a Map<String, Value>>,
    pub(super) required: HashSet<&'a str>,
    /// What further properties are, if the schema says that there may be some.
    pub(super) additional: Option<&'a Value>,
}

impl<'a> Properties<'a> {
    pub(super) fn new(keywords: &'a Map<String, Value>) -> Self {
        let required = keywords.get("required").and_then(Value::as_array).into_iter().flatten();
        Self {
            known: keywords.get("properties").and_then(Value::as_object),
            required: required.filter_map(Value::as_str).collect(),
            additional: keywords.get("additionalProperties").filter(|schema| **schema != Value::Bool(false)),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.known.into_iter().flatten()
    }
}

/// What stands for additional properties of which nothing is said.
static ANYTHING: Value = Value::Bool(true);

impl Generator<'_> {
    pub(super) fn object(&mut self, keywords: &Map<String, Value>, place: Place) -> Option<Value> {
        let properties = Properties::new(keywords);
        let in_full = place.depth < FULL_DEPTH && self.full > 0;
        let mut object = Map::new();
        for (name, schema) in properties.iter() {
            let is_required = properties.required.contains(name.as_str());
            // A reader fills defaults in, and gives back what was not there.
            let is_wanted = in_full || is_required || schema.get("default").is_some();
            if self.is_hidden(schema) || !is_wanted {
                continue;
            }
            self.full = self.full.saturating_sub(1);
            match self.value(schema, place.property(name)) {
                Some(Value::Null) if !is_required && is_absence(schema) => {}
                Some(value) => drop(object.insert(name.clone(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        self.complete(&properties, &mut object, place)?;
        let usual = usize::from(in_full && object.is_empty() && properties.additional.is_some());
        let least = size(keywords, "minProperties").unwrap_or(usual).min(FULL_DEPTH * FULL_DEPTH);
        self.add(&properties, &mut object, least, place);
        limit(keywords, &properties, &mut object);
        Some(Value::Object(object))
    }

    /// Adds what is required and not there.
    pub(super) fn complete(
        &mut self,
        properties: &Properties<'_>,
        object: &mut Map<String, Value>,
        place: Place,
    ) -> Option<()> {
        let mut missing: Vec<_> = properties.required.iter().filter(|name| !object.contains_key(**name)).collect();
        missing.sort_unstable();
        for name in missing {
            let known = properties.known.and_then(|known| known.get(*name));
            if known.is_some_and(|schema| self.is_hidden(schema)) {
                continue;
            }
            let schema = known.or(properties.additional).unwrap_or(&ANYTHING);
            object.insert((*name).to_owned(), self.value(schema, place.property(name))?);
        }
        Some(())
    }

    /// Adds properties without a name in the schema until there are enough.
    fn add(&mut self, properties: &Properties<'_>, object: &mut Map<String, Value>, least: usize, place: Place) {
        let Some(schema) = properties.additional else { return };
        for index in 0..least.saturating_sub(object.len()) {
            let name = words::text(place.seed.item(index), index).replace(' ', "_");
            if let Some(value) = self.value(schema, place.property(&name)) {
                object.insert(name, value);
            }
        }
    }
}

/// Whether null stands for an absent property, so that a reader does not tell the two apart.
pub(super) fn is_absence(schema: &Value) -> bool {
    schema.get("default").is_some_and(Value::is_null)
}

/// Takes the last properties away that need not be there, where there are too many.
pub(super) fn limit(keywords: &Map<String, Value>, properties: &Properties<'_>, object: &mut Map<String, Value>) {
    let names: Vec<_> = object.keys().cloned().collect();
    for name in names.iter().rev().filter(|name| !properties.required.contains(name.as_str())) {
        if count_fits(keywords, "", "maxProperties", object.len()) {
            break;
        }
        object.shift_remove(name);
    }
}
