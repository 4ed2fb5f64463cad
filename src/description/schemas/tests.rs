use serde_json::json;

use super::*;

const TABLE: Table = &[
    (
        "Node",
        r##"{"type":"object","properties":{"next":{"$ref":"#/components/schemas/Node"},"required":{"type":"string","maxLength":3}},"required":["next"]}"##,
    ),
    ("State", r#"{"type":"string","enum":["a","b"],"x-enum-descriptions":["A","B"]}"#),
];

fn completed(text: &str, budget: usize) -> Value {
    let mut schema = parse(text);
    complete(&mut schema, TABLE, Purpose::Arguments, budget);
    Value::Object(schema)
}

#[test]
fn references_lead_to_definitions() {
    let schema = completed(r##"{"type":"array","items":{"$ref":"#/components/schemas/State"}}"##, usize::MAX);
    let expected = json!({
        "type": "array",
        "items": {"$ref": "#/$defs/State"},
        "$defs": {"State": {"type": "string", "enum": ["a", "b"], "description": "- `a`: A\n- `b`: B"}},
    });
    assert_eq!(schema, expected);
}

#[test]
fn results_are_objects_and_demand_little() {
    let node = result(&parse(r##"{"$ref":"#/components/schemas/Node"}"##), TABLE, usize::MAX).unwrap();
    let expected = json!({
        "type": "object",
        "properties": {"next": {"$ref": "#/$defs/Node"}, "required": {"type": ["string", "null"]}},
    });
    assert_eq!(node["$defs"]["Node"]["type"], json!(["object", "null"]));
    assert_eq!(node["$defs"]["Node"]["properties"], expected["properties"]);
    assert_eq!((&node["type"], &node["properties"]), (&expected["type"], &expected["properties"]));
    let states =
        result(&parse(r##"{"type":"array","items":{"$ref":"#/components/schemas/State"}}"##), TABLE, usize::MAX)
            .unwrap();
    assert_eq!(states["properties"]["result"]["items"], json!({"$ref": "#/$defs/State"}));
    assert_eq!(states["$defs"]["State"], json!({"type": ["string", "null"], "examples": ["a", "b"]}));
}

#[test]
fn nullable_objects_are_objects_and_mixtures_nothing() {
    let nullable = r##"{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"null"}]}"##;
    assert_eq!(result(&parse(nullable), TABLE, usize::MAX).unwrap()["type"], "object");
    assert!(
        result(&parse(r##"{"anyOf":[{"$ref":"#/components/schemas/Node"},{"type":"string"}]}"##), TABLE, usize::MAX)
            .is_none()
    );
    assert!(result(&parse("true"), TABLE, usize::MAX).is_none());
    assert_eq!(
        result(&parse(r#"{"type":"null"}"#), TABLE, usize::MAX).unwrap()["properties"],
        json!({"result": {"type": "null"}})
    );
}

#[test]
fn what_is_too_much_allows_anything_of_its_type() {
    let node = completed(r##"{"$ref":"#/components/schemas/Node"}"##, 10);
    assert_eq!(node, json!({"$ref": "#/$defs/Node", "$defs": {"Node": {"type": "object"}}}));
}

#[test]
fn arguments_lack_what_only_answers_have() {
    let schema = completed(
        r#"{"type":"object","properties":{"id":{"type":"integer","readOnly":true},"name":{}},"required":["id","name"]}"#,
        usize::MAX,
    );
    assert_eq!(schema, json!({"type": "object", "properties": {"name": {}}, "required": ["name"]}));
}

#[test]
fn several_objects_are_one() {
    let schema = result(
        &parse(
            r#"{"anyOf":[{"type":"object","properties":{"a":{"type":"string"},"b":{}}},{"type":"object","properties":{"a":{"type":"integer"},"c":{}}}]}"#,
        ),
        TABLE,
        usize::MAX,
    );
    let expected = json!({"type": "object", "properties": {
        "a": {"anyOf": [{"type": ["string", "null"]}, {"type": ["integer", "null"]}]}, "b": {}, "c": {},
    }});
    assert_eq!(schema.map(Value::Object), Some(expected));
}

#[test]
fn arguments_have_one_type_each() {
    let schema = completed(
        r#"{"type":"object","properties":{
            "a":{"type":["string","null"],"description":"A.","minLength":1,"default":null},
            "b":{"type":["integer","null"],"enum":[1]},
            "c":{"type":"array","prefixItems":[{"type":"string"}],"items":false}}}"#,
        usize::MAX,
    );
    let expected = json!({
        "a": {"description": "A.", "default": null, "anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]},
        "b": {"type": "integer", "enum": [1]},
        "c": {"type": "array", "prefixItems": [{"type": "string"}], "maxItems": 1},
    });
    assert_eq!(schema["properties"], expected);
}

#[test]
fn descriptions_are_short() {
    let text = format!("A **thing**. {}", "It has more. ".repeat(100));
    let table: Table = &[];
    let answer = parse(&json!({"type": "object", "properties": {"a": {"description": text}}}).to_string());
    let mut arguments = answer.clone();
    complete(&mut arguments, table, Purpose::Arguments, usize::MAX);
    let result = result(&answer, table, usize::MAX).unwrap();
    for (schema, limit) in [(arguments, 384), (result, 192)] {
        let text = schema["properties"]["a"]["description"].as_str().unwrap();
        assert!(text.starts_with("A thing. It has more.") && text.ends_with(". …"), "{text}");
        assert!(text.len() <= limit && text.len() > limit - 32, "{text}");
    }
}
