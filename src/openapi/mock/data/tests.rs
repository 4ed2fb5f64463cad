//! What is made fits its schema, as a validator sees it that we did not write.

use jsonschema::Validator;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Generator, Place, Seed, fits};
use crate::openapi::Document;
use crate::openapi::mock::schemas::Schemas;
use crate::types::Direction;

/// Schemas that others refer to.
static DOCUMENT: Document = Document {
    head: "",
    operations: &[],
    schemas: &[
        (
            "Cat",
            r#"{"type":"object","required":["kind","lives"],"properties":{"kind":{"const":"cat"},"lives":{"type":"integer"}}}"#,
        ),
        (
            "Chain",
            r##"{"type":"object","required":["next"],"properties":{"next":{"anyOf":[{"$ref":"#/components/schemas/Chain"},{"type":"null"}]}}}"##,
        ),
        (
            "Dog",
            r#"{"type":"object","required":["kind"],"properties":{"kind":{"type":"string","enum":["dog","hound"]},"barks":{"type":"boolean"}}}"#,
        ),
        (
            "Leaf",
            r##"{"type":"object","properties":{"tree":{"$ref":"#/components/schemas/Tree"},"at":{"type":"string","format":"date-time"}}}"##,
        ),
        (
            "Pet",
            r##"{"oneOf":[{"$ref":"#/components/schemas/Cat"},{"$ref":"#/components/schemas/Dog"}],"discriminator":{"propertyName":"kind","mapping":{"cat":"#/components/schemas/Cat","dog":"#/components/schemas/Dog","hound":"#/components/schemas/Dog"}}}"##,
        ),
        (
            "Tree",
            r##"{"type":"object","required":["name","leaf"],"properties":{"name":{"type":"string"},"leaf":{"$ref":"#/components/schemas/Leaf"},"children":{"type":"array","items":{"$ref":"#/components/schemas/Tree"}}},"additionalProperties":false}"##,
        ),
    ],
    security_schemes: "",
};

fn schemas() -> Schemas {
    Schemas::new(&DOCUMENT)
}

fn made(schema: &Value) -> Option<Value> {
    Generator::new(&schemas(), Direction::Unknown).value(schema, Place::new(Seed::new("test")))
}

fn adopted(schema: &Value, value: &Value) -> Option<Value> {
    Generator::new(&schemas(), Direction::Unknown).adopt(schema, value, Place::new(Seed::new("test")))
}

fn validator(schema: &Value) -> Validator {
    let components: serde_json::Map<_, _> =
        DOCUMENT.schemas.iter().map(|(name, text)| ((*name).to_owned(), serde_json::from_str(text).unwrap())).collect();
    let root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [schema],
        "components": {"schemas": components},
    });
    jsonschema::draft202012::options().should_validate_formats(true).build(&root).unwrap()
}

#[track_caller]
fn assert_fits(schema: &Value) -> Value {
    let value = made(schema).unwrap_or_else(|| panic!("nothing is made for {schema}"));
    let faults: Vec<_> = validator(schema).iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{value} does not fit {schema}: {faults:?}");
    value
}

#[test]
fn what_the_document_tells_comes_first() {
    for (schema, expected) in [
        (json!({"type": "string", "examples": ["a", "b"]}), json!("a")),
        (json!({"type": "integer", "default": 7}), json!(7)),
        (json!({"const": [1, null]}), json!([1, null])),
        (json!({"enum": ["x", "y"]}), json!("x")),
        // What does not fit is no example.
        (json!({"type": "integer", "minimum": 5, "maximum": 5, "examples": ["five", 4]}), json!(5)),
        (
            json!({"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}, "examples": [{"b": 2}]}),
            json!({"a": 1}),
        ),
    ] {
        assert_eq!(assert_fits(&schema), expected, "{schema}");
    }
}

#[test]
fn formats_and_constraints_hold() {
    for format in
        ["uuid", "date", "date-time", "time", "duration", "uri", "uri-reference", "email", "hostname", "ipv4", "ipv6"]
    {
        assert_fits(&json!({"type": "string", "format": format}));
    }
    for schema in [
        json!({"type": "string", "minLength": 40, "maxLength": 41}),
        json!({"type": "string", "maxLength": 3}),
        json!({"type": "string", "pattern": "^[a-z]{2}-\\d+$", "minLength": 12}),
        json!({"type": "integer", "exclusiveMinimum": 4, "exclusiveMaximum": 6}),
        json!({"type": "integer", "multipleOf": 25, "minimum": 26}),
        json!({"type": "number", "multipleOf": 0.1, "maximum": -3}),
        json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001}),
        json!({"type": "array", "items": {"enum": [1, 2, 3]}, "minItems": 3, "uniqueItems": true}),
        json!({"type": "array", "items": {"type": "boolean"}, "minItems": 2, "uniqueItems": true}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"const": 2}], "items": false, "minItems": 2, "maxItems": 2}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 4}),
        json!({"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "required": ["c"], "maxProperties": 2}),
        json!({"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "null"}}}]}),
        json!({"oneOf": [{"type": "integer"}, {"type": "number"}, {"type": "string"}]}),
        json!({"type": ["null", "string"]}),
    ] {
        assert_fits(&schema);
    }
}

#[test]
fn recursion_ends() {
    for name in ["Tree", "Leaf", "Chain", "Pet"] {
        assert_fits(&json!({"$ref": format!("#/components/schemas/{name}")}));
    }
    assert_eq!(made(&json!({"$ref": "#/components/schemas/Chain"})), Some(json!({"next": null})));
}

#[test]
fn what_nothing_fits_is_not_made() {
    assert_eq!(made(&json!(false)), None);
    assert_eq!(made(&json!({"type": "integer", "minimum": 2, "maximum": 1})), None);
}

#[test]
fn values_of_others_keep_what_fits() {
    let schema = json!({
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "integer"},
            "name": {"type": "string", "maxLength": 5},
            "note": {"type": ["string", "null"]},
            "size": {"type": "integer", "default": 3},
        },
    });
    let value = json!({"id": 7, "name": "too long", "note": null, "more": true});
    let adopted = adopted(&schema, &value).unwrap();
    assert_eq!((&adopted["id"], &adopted["note"], &adopted["size"]), (&json!(7), &Value::Null, &json!(3)));
    assert!(adopted.get("more").is_none() && adopted["name"].as_str().unwrap().len() <= 5);
    assert!(validator(&schema).is_valid(&adopted));
}

#[test]
fn a_discriminator_tells_which_alternative_is_meant() {
    let pet = json!({"$ref": "#/components/schemas/Pet"});
    assert_eq!(adopted(&pet, &json!({"kind": "hound", "lives": 9})), Some(json!({"kind": "hound"})));
    assert_eq!(made(&pet).unwrap()["kind"], "cat");
}

/// A keyword with a value, or not.
fn maybe<T: Into<Value> + Clone + std::fmt::Debug>(
    keyword: &'static str,
    value: T,
) -> impl Strategy<Value = Vec<(String, Value)>> {
    prop_oneof![Just(Vec::new()), Just(vec![(keyword.to_owned(), value.into())])]
}

fn object(parts: Vec<(String, Value)>) -> Value {
    Value::Object(parts.into_iter().collect())
}

fn text() -> impl Strategy<Value = Value> {
    let sized = (0..20_usize, 0..20_usize)
        .prop_map(|(least, more)| json!({"type": "string", "minLength": least, "maxLength": least + more}));
    let formats =
        prop::sample::select(vec!["uuid", "date", "date-time", "time", "uri", "email", "hostname", "ipv4", "ipv6"]);
    let patterns = prop::sample::select(vec!["^[a-z]+$", "^\\d{3}-\\w*$", "x|y{2,3}", "^(a|b)+c?$", "[^a-z]"]);
    prop_oneof![
        sized,
        formats.prop_map(|format| json!({"type": "string", "format": format})),
        (patterns, 0..6_usize)
            .prop_map(|(pattern, least)| json!({"type": "string", "pattern": pattern, "minLength": least.min(3)})),
    ]
}

fn number() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec!["integer", "number"]);
    let bounds = (-1_000_i64..1_000, 2_i64..50, any::<bool>(), any::<bool>());
    let step = prop_oneof![Just(Vec::new()), (1_i64..3).prop_map(|step| vec![("multipleOf".to_owned(), json!(step))])];
    (kind, bounds, step).prop_map(|(kind, (least, more, above, below), step)| {
        // A multiple of 2 lies strictly between ends that are 3 apart.
        let mut parts = vec![("type".to_owned(), json!(kind))];
        parts.push(((if above { "exclusiveMinimum" } else { "minimum" }).to_owned(), json!(least)));
        parts.push(((if below { "exclusiveMaximum" } else { "maximum" }).to_owned(), json!(least + more + 2)));
        parts.extend(step);
        object(parts)
    })
}

fn leaf() -> BoxedStrategy<Value> {
    let names = prop::sample::select(vec!["Tree", "Leaf", "Chain", "Pet", "Dog"]);
    prop_oneof![
        text(),
        number(),
        Just(json!({"type": "boolean"})),
        Just(json!({"type": "null"})),
        Just(json!({"type": ["string", "null"]})),
        vec(any::<i32>().prop_map(Value::from), 1..4).prop_map(|values| json!({"enum": values})),
        any::<bool>().prop_map(|value| json!({"const": {"a": [value]}})),
        names.prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")})),
        Just(json!({})),
    ]
    .boxed()
}

fn list(items: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    (items, 0..4_usize, 0..4_usize).prop_map(
        |(items, least, more)| json!({"type": "array", "items": items, "minItems": least, "maxItems": least + more}),
    )
}

fn structure(values: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let additional = prop_oneof![
        Just(Vec::new()),
        values.clone().prop_map(|schema| vec![("additionalProperties".to_owned(), schema)]),
        Just(vec![("additionalProperties".to_owned(), Value::Bool(false))]),
    ];
    (btree_map("[a-d]", (values, any::<bool>()), 0..4), additional, maybe("minProperties", 0)).prop_map(
        |(properties, additional, least)| {
            let required: Vec<_> =
                properties.iter().filter(|(_, (_, required))| *required).map(|(name, _)| name.clone()).collect();
            let known: serde_json::Map<_, _> =
                properties.into_iter().map(|(name, (schema, _))| (name, schema)).collect();
            let mut parts = vec![("type".to_owned(), json!("object"))];
            parts.push(("required".to_owned(), json!(required)));
            parts.push(("properties".to_owned(), Value::Object(known)));
            parts.extend(additional);
            parts.extend(least);
            object(parts)
        },
    )
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            list(inner.clone()),
            structure(inner.clone()),
            vec(inner.clone(), 1..3).prop_map(|schemas| json!({"anyOf": schemas})),
            inner.clone().prop_map(|schema| json!({"anyOf": [schema, {"type": "null"}]})),
            (list(leaf()), structure(leaf())).prop_map(|(list, structure)| json!({"oneOf": [list, structure]})),
        ]
    })
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map("[a-d]", inner, 0..4).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_schema_its_data_fit(schema in schema()) {
        let value = made(&schema);
        prop_assert!(value.is_some(), "nothing for {}", schema);
        let value = value.unwrap_or_default();
        prop_assert!(validator(&schema).is_valid(&value), "{} for {}", value, schema);
        prop_assert!(fits(&schemas(), &schema, &value), "{} for {}", value, schema);
        // What fits and has nothing more is kept as it is.
        prop_assert_eq!(adopted(&schema, &value).map(|kept| validator(&schema).is_valid(&kept)), Some(true));
    }

    #[test]
    fn what_is_adopted_fits(schema in schema(), value in value()) {
        if let Some(adopted) = adopted(&schema, &value) {
            prop_assert!(validator(&schema).is_valid(&adopted), "{} of {} for {}", adopted, value, schema);
        }
    }

    #[test]
    fn what_the_validator_refuses_is_refused(schema in schema(), value in value()) {
        // Formats are judged a little differently, so only the way round that would make wrong data.
        if fits(&schemas(), &schema, &value) {
            prop_assert!(validator(&schema).is_valid(&value), "{} for {}", value, schema);
        }
    }
}
