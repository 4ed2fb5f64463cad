//! Data that fits schemas, the same every time.
//!
//! What a document tells comes first: examples, defaults, constants and lists of values. The rest follows from types,
//! formats and constraints, and from the place of a value.

mod adopt;
mod array;
mod choice;
mod fits;
mod format;
mod numbers;
mod object;
mod pattern;
mod seed;
mod strings;
#[cfg(test)]
mod tests;
mod words;

pub(super) use fits::fits;
pub(super) use numbers::same;
pub(super) use seed::Seed;

use serde_json::{Map, Value};

use super::schemas::Schemas;
use crate::types::Direction;

/// How deep objects and lists have all that they may have; below that, what they must have.
const FULL_DEPTH: usize = 6;
/// How many values have all that they may have.
const FULL_VALUES: usize = 600;
/// How many values are begun before there is no answer.
const STEPS: usize = 50_000;

/// Where a value is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    seed: Seed,
    depth: usize,
    /// Tells several values of one schema apart; the examples are for the first.
    ordinal: usize,
    /// Whether the value tells things apart, and so may stand in a path.
    is_key: bool,
}

impl Place {
    pub(super) const fn new(seed: Seed) -> Self {
        Self { seed, depth: 0, ordinal: 0, is_key: false }
    }

    /// The same place for the key of something.
    pub(super) const fn key(self) -> Self {
        Self { is_key: true, ..self }
    }

    /// The same place with another value.
    pub(super) const fn other(self, ordinal: usize) -> Self {
        Self { ordinal, ..self }
    }

    fn property(self, name: &str) -> Self {
        let is_key = name == "slug" || ["id", "Id", "ID"].iter().any(|ending| name.ends_with(ending));
        Self { seed: self.seed.child(name), depth: self.depth + 1, ordinal: self.ordinal, is_key }
    }

    fn item(self, index: usize) -> Self {
        Self { seed: self.seed.item(index), depth: self.depth + 1, ordinal: self.ordinal, is_key: false }
    }
}

/// Makes values, and makes values of others fit.
pub(super) struct Generator<'a> {
    schemas: &'a Schemas,
    direction: Direction,
    /// Values that may still have all that they may have.
    full: usize,
    steps: usize,
    /// The named schemas around the value. None of them occurs within itself, so recursion ends.
    within: Vec<usize>,
}

impl<'a> Generator<'a> {
    /// For what requests carry, or answers.
    pub(super) const fn new(schemas: &'a Schemas, direction: Direction) -> Self {
        Self { schemas, direction, full: FULL_VALUES, steps: STEPS, within: Vec::new() }
    }

    /// A value that fits; `None` where there is none, or none without recursion.
    pub(super) fn value(&mut self, schema: &Value, place: Place) -> Option<Value> {
        self.steps = self.steps.checked_sub(1)?;
        let named = schema.get("$ref").and_then(Value::as_str).and_then(|name| self.schemas.position(name));
        if named.is_some_and(|named| self.within.contains(&named)) {
            return None;
        }
        let around = self.within.len();
        self.within.extend(named);
        let schemas = self.schemas;
        let value = schemas.keywords(schema).and_then(|keywords| self.described(&keywords, place));
        self.within.truncate(around);
        value
    }

    fn described(&mut self, keywords: &Map<String, Value>, place: Place) -> Option<Value> {
        if let Some(only) = keywords.get("const") {
            return Some(only.clone());
        }
        if let Some(told) = self.told(keywords, place) {
            return Some(told);
        }
        if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
            let fitting: Vec<_> = values.iter().filter(|value| fits::is_listed(keywords, value)).collect();
            let index = place.ordinal.checked_rem(fitting.len())?;
            return fitting.get(index).map(|value| (*value).clone());
        }
        if let Some(value) = self.alternative(keywords, place) {
            return Some(value);
        }
        if choice::variants(keywords).is_some() {
            return None;
        }
        kinds(keywords).into_iter().find_map(|kind| self.of_kind(kind, keywords, place))
    }

    /// The first example or default that can be made to fit.
    fn told(&mut self, keywords: &Map<String, Value>, place: Place) -> Option<Value> {
        if place.ordinal > 0 {
            return None;
        }
        let examples = keywords.get("examples").and_then(Value::as_array).into_iter().flatten();
        let told = keywords.get("example").into_iter().chain(examples).chain(keywords.get("default"));
        told.into_iter().find_map(|value| self.adopt_described(keywords, value, place))
    }

    fn of_kind(&mut self, kind: &str, keywords: &Map<String, Value>, place: Place) -> Option<Value> {
        match kind {
            "null" => Some(Value::Null),
            "boolean" => Some(Value::Bool((place.seed.below(2) == 0) != (place.ordinal % 2 == 1))),
            "integer" => numbers::number(keywords, place, true),
            "number" => numbers::number(keywords, place, false),
            "array" => self.array(keywords, place),
            "object" => self.object(keywords, place),
            _ => Some(strings::string(keywords, place)),
        }
    }

    /// Whether a property does not occur in this direction.
    fn is_hidden(&self, schema: &Value) -> bool {
        let is = |keyword| schema.get(keyword) == Some(&Value::Bool(true));
        match self.direction {
            Direction::Request => is("readOnly"),
            Direction::Response => is("writeOnly"),
            Direction::Unknown => false,
        }
    }
}

/// The types that a schema allows, `null` last.
fn kinds(keywords: &Map<String, Value>) -> Vec<&str> {
    let mut kinds = match keywords.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => vec![implied(keywords)],
    };
    kinds.sort_by_key(|kind| *kind == "null");
    kinds
}

/// The type that the keywords are about.
fn implied(keywords: &Map<String, Value>) -> &'static str {
    let has = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
    if has(&["properties", "additionalProperties", "required", "minProperties", "maxProperties"]) {
        "object"
    } else if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]) {
        "array"
    } else if has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
        "number"
    } else {
        "string"
    }
}
