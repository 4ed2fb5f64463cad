use super::*;
use crate::ir::types::{Field, Literal};

fn fields(schemas: &str) -> Vec<Field> {
    let (api, _) = read(&document("3.1.0", schemas));
    match &api.types.get(answer(&api).id).kind {
        Kind::Struct(found) => found.fields.clone(),
        kind => panic!("{kind:?}"),
    }
}

#[test]
fn schemas_become_types() {
    for (schemas, expected) in [
        ("A: {}", "any"),
        ("A: true", "any"),
        ("A: {type: boolean}", "boolean"),
        ("A: {type: string}", "string"),
        ("A: {type: string, format: date-time}", "DateTime"),
        ("A: {type: string, format: unheard-of}", "string"),
        ("A: {type: string, contentEncoding: base64}", "Base64"),
        ("A: {type: integer, format: int32}", "Int32"),
        ("A: {type: number, format: float}", "Float"),
        ("A: {type: [integer, number]}", "number"),
        ("A: {type: [string, 'null']}", "string?"),
        ("A: {type: 'null'}", "null"),
        ("A: {minLength: 1}", "string"),
        ("A: {type: array}", "[any]"),
        ("A: {items: {type: string}}", "[string]"),
        ("A: {type: array, items: {type: [string, 'null']}}", "[string?]"),
        ("A: {type: array, prefixItems: [{type: string}, {type: integer}]}", "(string, integer, ...any)"),
        ("A: {type: array, prefixItems: [{type: string}], items: false}", "(string)"),
        ("A: {type: object}", "map of any"),
        ("A: {type: object, additionalProperties: {type: integer}}", "map of integer"),
        ("A: {type: object, additionalProperties: false}", "{!}"),
        ("A: {patternProperties: {'^x': {type: string}}}", "map of string"),
        ("A: {properties: {b: {type: string}, type: {}}, required: [b]}", "{b: string, r#type?: any}"),
        ("A: {properties: {b: {}}, additionalProperties: true}", "{b?: any, *: any}"),
        ("A: {properties: {b: {}}, additionalProperties: {type: string}}", "{b?: any, *: string}"),
        ("A: {properties: {b: {}}, additionalProperties: false}", "{b?: any, !}"),
        ("A: {properties: {b: false, c: {}}}", "{c?: any}"),
        ("A: {type: [string, integer]}", "Integer(integer) | String(string)"),
        ("A: {const: x}", "const String(\"x\")"),
        ("A: {enum: [null]}", "null"),
        ("A: {enum: [true, false]}", "boolean"),
        ("A: {type: integer, enum: [1, -1]}", "enum Integer Value1 Minus1"),
        ("A: {enum: ['0', 1, true]}", "enum Mixed Value0 Value1 True"),
        ("A: {enum: ['+1', '-1', '', asc, ASC, null]}", "enum Plus1 Minus1 Empty Asc Asc2?"),
    ] {
        assert_eq!(clean(schemas), expected, "{schemas}");
    }
}

#[test]
fn nullable_is_a_keyword_of_3_0() {
    let (api, codes) = read(&document("3.0.3", "A: {type: string, nullable: true}"));
    assert_eq!((show(&api, answer(&api)).as_str(), codes.len()), ("string?", 0));
    let schemas = "A: {properties: {b: {$ref: '#/components/schemas/B', nullable: true}}}\nB: {type: object, properties: {c: {}}}";
    let (api, _) = read(&document("3.0.3", schemas));
    assert_eq!(define(&api, answer(&api)), "{b?: B?}");
}

#[test]
fn what_all_of_lists_is_merged() {
    for (schemas, expected) in [
        (
            "A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {}}, required: [b]}]}\nB: {properties: {b: {type: string}}}",
            "{b: string, a?: any}",
        ),
        ("A: {allOf: [{properties: {x: {type: string}}}, {properties: {x: {enum: [p, q]}}}]}", "{x?: ~AX}"),
        ("A: {allOf: [{type: string}, {minLength: 2}]}", "string"),
        ("A: {allOf: [{$ref: '#/components/schemas/B'}], description: d}\nB: {type: integer}", "integer"),
        ("A: {$ref: '#/components/schemas/B', properties: {c: {}}}\nB: {properties: {b: {}}}", "{b?: any, c?: any}"),
        (
            "A: {allOf: [{properties: {x: {}}, additionalProperties: false}, {properties: {y: {}}, additionalProperties: false}]}",
            "{x?: any, y?: any}",
        ),
        ("A: {allOf: []}", "any"),
        ("A: {type: object, allOf: [{$ref: '#/components/schemas/B'}]}\nB: {properties: {b: {}}}", "{b?: any}"),
    ] {
        assert_eq!(clean(schemas), expected, "{schemas}");
    }
}

#[test]
fn a_wrapper_of_one_schema_is_that_schema() {
    let schemas = "A: {properties: {b: {allOf: [{$ref: '#/components/schemas/B'}], description: mine}, c: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}}}\nB: {properties: {x: {}}}";
    assert_eq!(clean(schemas), "{b?: B, c?: B?}");
    assert_eq!(fields(schemas)[0].docs.description, "mine");
}

#[test]
fn recursion_is_boxed_where_values_hold_each_other() {
    for (schemas, expected) in [
        ("A: {properties: {next: {$ref: '#/components/schemas/A'}}}", "{next?: Box<A>}"),
        ("A: {properties: {all: {type: array, items: {$ref: '#/components/schemas/A'}}}}", "{all?: [A]}"),
        (
            "A: {properties: {b: {$ref: '#/components/schemas/B'}, c: {$ref: '#/components/schemas/C'}}}\nB: {properties: {a: {$ref: '#/components/schemas/A'}}}\nC: {properties: {x: {}}}",
            "{b?: Box<B>, c?: C}",
        ),
        (
            "A: {oneOf: [{type: string}, {$ref: '#/components/schemas/B'}]}\nB: {properties: {a: {$ref: '#/components/schemas/A'}}}",
            "String(string) | B(Box<B>)",
        ),
    ] {
        assert_eq!(clean(schemas), expected, "{schemas}");
    }
}

#[test]
fn equal_shapes_are_one_type() {
    let schemas = "A: {properties: {b: {properties: {x: {type: string, description: one}}}, c: {properties: {x: {type: string, description: two}}}, d: {$ref: '#/components/schemas/D'}}}\nD: {properties: {x: {type: string}}}";
    let (api, _) = read(&document("3.1.0", schemas));
    assert_eq!(define(&api, answer(&api)), "{b?: D, c?: D, d?: D}");
    let aliases: Vec<String> = api
        .types
        .aliases
        .iter()
        .map(|alias| format!("{} = {}", alias.name.name.as_str(), show(&api, alias.target)))
        .collect();
    assert_eq!(aliases, ["AB = D", "AC = D"]);
    assert_eq!(api.types.iter().filter(|(_, found)| matches!(found.kind, Kind::Struct(_))).count(), 2);
}

#[test]
fn only_what_operations_reach_is_there() {
    let (api, _) = read(&document("3.1.0", "A: {type: string}\nB: {properties: {c: {}}}"));
    assert_eq!(api.types.len(), 1);
}

#[test]
fn fields_keep_what_the_document_says() {
    let found = fields(
        "A:\n  required: [id]\n  properties:\n    id: {type: string, readOnly: true, description: ' The id. '}\n    size: {type: integer, default: 5, deprecated: true, example: 7}\n    secret: {$ref: '#/components/schemas/B'}\nB: {type: string, writeOnly: true, description: Hidden}",
    );
    assert!(found[0].required && found[0].read_only && !found[0].write_only);
    assert_eq!(found[0].docs.description, "The id.");
    assert!(matches!(&found[1].default, Some(Literal::Number(number)) if number.as_integer() == Some(5)));
    assert!(found[1].docs.deprecated && found[1].docs.example.is_some());
    assert!(found[2].write_only && !found[2].required);
    assert_eq!(found[2].docs.description, "Hidden");
}

#[test]
fn rules_are_kept_and_the_tighter_one_counts() {
    let schemas = "A: {allOf: [{type: integer, minimum: 1, maximum: 18446744073709551615}, {exclusiveMinimum: 3, multipleOf: 2}]}";
    let (api, _) = read(&document("3.1.0", schemas));
    let Kind::Integer(_, rules) = &api.types.get(answer(&api).id).kind else { panic!("no integer") };
    let minimum = rules.minimum.as_ref().unwrap();
    assert_eq!((minimum.value.as_str(), minimum.exclusive), ("3", true));
    assert_eq!(rules.maximum.as_ref().unwrap().value.as_integer(), Some(u64::MAX.into()));
    assert_eq!(rules.multiple_of.as_ref().unwrap().as_str(), "2");
    let (api, _) = read(&document("3.0.3", "A: {type: number, minimum: 1, exclusiveMinimum: true}"));
    let Kind::Number(_, rules) = &api.types.get(answer(&api).id).kind else { panic!("no number") };
    assert!(rules.minimum.as_ref().unwrap().exclusive);
}
