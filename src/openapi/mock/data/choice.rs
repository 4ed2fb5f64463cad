//! `oneOf`, `anyOf` and what tells their schemas apart.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::{Generator, Place, fits};

/// Keywords that say something about the value besides its alternatives.
const BASE: [&str; 8] =
    ["type", "properties", "required", "additionalProperties", "items", "minProperties", "minItems", "maxItems"];

/// The alternatives of a schema: `oneOf`, or else `anyOf`.
pub(super) fn variants(keywords: &Map<String, Value>) -> Option<&Vec<Value>> {
    let list = |keyword| keywords.get(keyword).and_then(Value::as_array).filter(|list| !list.is_empty());
    list("oneOf").or_else(|| list("anyOf"))
}

/// An alternative together with what stands beside the list.
fn whole<'a>(keywords: &Map<String, Value>, variant: &'a Value) -> Cow<'a, Value> {
    let base: Map<_, _> =
        BASE.iter().filter_map(|keyword| Some(((*keyword).to_owned(), keywords.get(*keyword)?.clone()))).collect();
    if base.is_empty() { Cow::Borrowed(variant) } else { Cow::Owned(json!({"allOf": [base, variant]})) }
}

/// The property that tells alternatives apart, and its values that stand for one of them.
fn tags<'a>(keywords: &'a Map<String, Value>, variant: &Value) -> Option<(&'a str, Vec<&'a str>)> {
    let discriminator = keywords.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let target = variant.get("$ref")?.as_str()?;
    let name = target.rsplit('/').next().unwrap_or(target);
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let is_target = |value: &Value| value == target || value == name;
    let mapped = mapping.into_iter().flatten().filter(|(_, value)| is_target(value)).map(|(tag, _)| tag.as_str());
    Some((property, mapped.collect()))
}

impl Generator<'_> {
    /// A value of an alternative: of the first for which only that alternative takes it, as `oneOf` demands.
    pub(super) fn alternative(&mut self, keywords: &Map<String, Value>, place: Place) -> Option<Value> {
        let variants = variants(keywords)?;
        let is_exclusive = keywords.contains_key("oneOf");
        let mut first = None;
        let is_null = |variant: &Value| variant.get("type").is_some_and(|kind| kind == "null");
        let (nulls, others): (Vec<_>, Vec<_>) = variants.iter().partition(|variant| is_null(variant));
        for variant in others.into_iter().chain(nulls) {
            let Some(value) = self.of_variant(keywords, variant, place) else { continue };
            let fitting = |other: &&Value| fits(self.schemas, other, &value);
            if !is_exclusive || variants.iter().filter(fitting).count() == 1 {
                return Some(value);
            }
            first.get_or_insert(value);
        }
        first
    }

    fn of_variant(&mut self, keywords: &Map<String, Value>, variant: &Value, place: Place) -> Option<Value> {
        let schema = whole(keywords, variant);
        let around = self.within.len();
        if let Cow::Owned(_) = schema {
            // The reference is hidden in `allOf`.
            let named = variant.get("$ref").and_then(Value::as_str).and_then(|name| self.schemas.position(name));
            if named.is_some_and(|named| self.within.contains(&named)) {
                return None;
            }
            self.within.extend(named);
        }
        let value = self.value(&schema, place);
        self.within.truncate(around);
        value.map(|value| tagged(keywords, variant, value))
    }

    /// A value made to fit the alternative that it is, or that keeps the most of it.
    pub(super) fn adopt_alternative(
        &mut self,
        keywords: &Map<String, Value>,
        value: &Value,
        place: Place,
    ) -> Option<Value> {
        let variants = variants(keywords)?;
        let is_tagged = |variant: &&Value| {
            tags(keywords, variant)
                .is_some_and(|(property, tags)| value[property].as_str().is_some_and(|tag| tags.contains(&tag)))
        };
        let chosen = variants.iter().find(is_tagged);
        let chosen = chosen.or_else(|| variants.iter().find(|variant| fits(self.schemas, variant, value)));
        if let Some(variant) = chosen
            && let Some(adopted) = self.adopt(&whole(keywords, variant), value, place)
        {
            return Some(tagged(keywords, variant, adopted));
        }
        let adopt = |variant| Some(tagged(keywords, variant, self.adopt(&whole(keywords, variant), value, place)?));
        let adopted: Vec<_> = variants.iter().filter_map(adopt).collect();
        // The first of several that keep as much.
        adopted.into_iter().rev().max_by_key(|adopted| kept(value, adopted))
    }
}

/// Gives an object the value of the discriminator that stands for its alternative, unless it has one.
fn tagged(keywords: &Map<String, Value>, variant: &Value, mut value: Value) -> Value {
    if let (Some((property, tags)), Value::Object(properties)) = (tags(keywords, variant), &mut value)
        && let Some(tag) = tags.first()
    {
        let present = properties.get(property).and_then(Value::as_str);
        if present.is_none_or(|present| !tags.contains(&present)) {
            properties.insert(property.to_owned(), Value::from(*tag));
        }
    }
    value
}

/// How much of an object is the same in another.
fn kept(value: &Value, adopted: &Value) -> usize {
    let same =
        |properties: &Map<String, Value>| properties.iter().filter(|(name, kept)| adopted[*name] == **kept).count();
    value.as_object().map_or(0, same)
}
