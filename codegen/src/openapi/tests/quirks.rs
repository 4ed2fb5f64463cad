//! What real documents write, and what becomes of it: the schema, its type, the codes.

use super::*;

#[rustfmt::skip]
const CASES: &[(&str, &str, &str)] = &[
        ("Pet: {required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\nCat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}\nDog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {barks: {type: boolean}}}]}", "Declared kind: [Cat] Cat(Cat) | [Dog] Dog(Dog) | Pet(~PetBase)", ""),
        ("A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Other'}], discriminator: {propertyName: kind, mapping: {cat: Cat}, defaultMapping: Other}}\nCat: {required: [kind], properties: {kind: {const: cat}}}\nOther: {required: [kind], properties: {kind: {type: string}, o: {}}}", "Declared kind: [cat] Cat(Cat) | Other(Other)", ""),
        ("A: {patternProperties: {'^x-': {type: integer}}, additionalProperties: {type: string}}", "map of any", ""),
        ("A: {patternProperties: {'^x-': {type: integer}}, additionalProperties: false}", "map of integer", ""),
        ("A: {properties: {a: {type: string}}, patternProperties: {'^x-': {type: integer}, '^y-': {type: string}}}", "{a?: string, *: any}", ""),
        ("A: {allOf: [{properties: {id: {type: string}}}, {properties: {id: {type: integer}}}]}", "{id?: integer}", "CAP1210"),
        ("A: {allOf: [{properties: {id: {type: string}}}, {properties: {id: {maxLength: 3}}}, {properties: {id: {enum: [a, b]}}}]}", "{id?: ~AId}", ""),
        ("A: {type: string, enum: [a, null]}", "enum A?", "CAP1204"),
        ("A: {enum: [a, null]}", "enum A?", ""),
        ("A: {type: [string, 'null'], enum: [a, null]}", "enum A?", ""),
        ("A: {enum: [1, a, true]}", "enum Mixed Value1 A True", ""),
        ("A: {oneOf: [{type: string}, {type: integer}, {type: 'null'}]}", "String(string) | Integer(integer)?", ""),
        ("A: {anyOf: [{enum: [a]}, {enum: [b]}, {type: string}]}", "enum A B", ""),
        ("A: {oneOf: [{const: a}, {const: b}]}", "enum A B", ""),
        ("A: {oneOf: [{const: a, title: First}, {const: b, description: second}]}", "enum A B", ""),
        ("A: {anyOf: [{required: [a]}, {required: [b]}], properties: {a: {type: string}, b: {type: string}}}", "{a?: string, b?: string}", ""),
        ("A: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}", "(string, integer)", ""),
        ("A: {type: object, unevaluatedProperties: false, allOf: [{$ref: '#/components/schemas/B'}], properties: {x: {type: string}}}\nB: {properties: {y: {type: string}}}", "{y?: string, x?: string}", ""),
        ("A: {$dynamicRef: '#node'}\nB: {$dynamicAnchor: node, properties: {x: {$dynamicRef: '#node'}}}", "{x?: Box<B>}", "CAP1207 CAP1207"),
        ("A: {$ref: 'https://example.com/b#/properties/x'}\nB: {$id: 'https://example.com/b', properties: {x: {properties: {y: {}}}}}", "{y?: any}", ""),
        ("A: {$ref: 'https://example.com/b'}\nB: {$id: 'https://example.com/b', properties: {x: {properties: {y: {}}}}}", "{x?: ~BX}", ""),
        ("A: {$ref: '#/$defs/x'}\n", "any", "CAP1102"),
        ("A: {$defs: {x: {properties: {y: {}}}}, $ref: '#/components/schemas/A/$defs/x'}", "{y?: any}", ""),
        ("A: {$ref: '#/components/schemas/B', description: more, properties: {z: {type: string}}}\nB: {properties: {y: {}}}", "{y?: any, z?: string}", ""),
        ("A: {type: object, additionalProperties: {type: integer}, properties: {a: {type: string}}}", "{a?: string, *: integer}", ""),
        ("A: {type: [object, array, string], properties: {a: {}}, items: {type: integer}}", "String(string) | IntegerList([integer]) | Object(~AObject)", ""),
        ("A: {type: object, properties: {a: {readOnly: true, type: string}}, required: [a]}", "{a: string}", ""),
        ("A: {allOf: [{$ref: '#/components/schemas/B'}], nullable: true}\nB: {properties: {y: {}}}", "{y?: any}?", "CAP1202"),
        ("A: {items: {}}", "[any]", ""),
        ("A: {type: array}", "[any]", ""),
        ("A: {type: object, properties: {}}", "map of any", ""),
        ("A: {oneOf: []}", "any", ""),
        ("A: {not: {type: string}}", "any", "CAP1207"),
        ("A: {if: {properties: {k: {const: a}}}, then: {properties: {x: {type: string}}}, else: {properties: {y: {type: string}}}, properties: {k: {type: string}}}", "{k?: string, *: any}", "CAP1207"),
        ("A: {type: string, contentMediaType: application/json, contentSchema: {properties: {x: {}}}}", "string", "CAP1207"),
        ("A: {type: string, contentEncoding: base64}", "Base64", ""),
        ("A: {type: number, format: int32}", "number", ""),
        ("A: {type: integer, format: double}", "integer", ""),
        ("A: {type: string, format: int64}", "string", ""),
        ("A: {type: object, properties: {a: true, b: false, c: {type: string}}}", "{a?: any, c?: string}", ""),
        ("A: {type: object, dependentRequired: {a: [b]}, properties: {a: {}, b: {}}}", "{a?: any, b?: any}", "CAP1207"),
        ("A: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/B'}]}\nB: {properties: {y: {}}}", "{y?: any}", ""),
        ("A: {oneOf: [{type: array, items: {type: string}}, {type: string}]}", "StringList([string]) | String(string)", ""),
        ("A: {allOf: [{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}, {properties: {z: {}}}]}\nB: {properties: {b: {}}}\nC: {properties: {c: {}}}", "B(~AB) | C(~AC)", ""),
        ("A: {type: object, minProperties: 1}", "map of any", ""),
        ("A: {enum: []}", "any", ""),
        ("A: {type: [], properties: {a: {}}}", "{a?: any}", ""),
        ("A: {type: 'null'}", "null", ""),
        ("A: {properties: {$ref: {type: string}, type: {type: string}}}", "{r#ref?: string, r#type?: string}", ""),
        ("A: {type: object, example: {$ref: '#/nowhere'}, default: {a: 1}}", "map of any", ""),
        ("A: {anyOf: [{$ref: '#/components/schemas/A'}, {type: string}]}", "String(string)", ""),
        ("A: {oneOf: [{type: object, properties: {a: {}}}, {type: object, properties: {b: {}}}], type: object, properties: {c: {type: string}}, required: [c]}", "Object(~AVariant1) | Object2(~AVariant2)", ""),
];

#[test]
fn schemas_as_people_write_them() {
    for (schemas, expected, expected_codes) in CASES {
        let (shown, codes) = schema(schemas);
        assert_eq!((shown.as_str(), codes.join(" ").as_str()), (*expected, *expected_codes), "{schemas}");
    }
}

/// The types that have names, each with what it is.
fn named(schemas: &str) -> Vec<String> {
    let (api, codes) = read(&document("3.1.0", schemas));
    assert_eq!(codes, [""; 0]);
    let usage = |id| TypeUse { id, nullable: false, boxed: false };
    let named = api.types.iter().filter(|(_, found)| found.name.is_some());
    let mut named: Vec<String> =
        named.map(|(id, _)| format!("{} = {}", show(&api, usage(id)), body(&api, usage(id)))).collect();
    named.sort_unstable();
    named
}

#[test]
fn a_base_with_alternatives_does_not_make_them_circular() {
    let schemas = "A: {properties: {pet: {$ref: '#/components/schemas/Pet'}, cat: {$ref: '#/components/schemas/Cat'}}}\nPet: {required: [kind], properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}\nCat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}\nDog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {barks: {type: boolean}}}]}";
    let expected = [
        "A = {pet?: Pet, cat?: Cat}",
        "Cat = {kind: string, claws?: integer}",
        "Dog = {kind: string, barks?: boolean}",
        "Pet = Declared kind: [Cat] Cat(Cat) | [Dog] Dog(Dog)",
    ];
    assert_eq!(named(schemas), expected);
}

#[test]
fn a_base_without_a_mapping_stands_for_all_that_is_derived_from_it() {
    let schemas = "Pet: {required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\nCat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}\nLion: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {mane: {type: boolean}}}]}";
    let expected = [
        "Cat = {kind: string, claws?: integer}",
        "Lion = {kind: string, claws?: integer, mane?: boolean}",
        "Pet = Declared kind: [Cat] Cat(Cat) | [Lion] Lion(Lion) | Pet(~PetBase)",
        "~PetBase = {kind: string, *: any}",
    ];
    assert_eq!(named(schemas), expected);
}

#[test]
fn a_document_may_be_called_by_its_own_address() {
    let text = document(
        "3.2.0",
        "A: {properties: {b: {$ref: 'https://example.com/api.yaml#/components/schemas/B'}}}\nB: {properties: {x: {type: string}}}",
    );
    let (api, codes) = read(&text.replace("info:", "$self: https://example.com/api.yaml\ninfo:"));
    assert_eq!(codes, [""; 0]);
    assert_eq!(define(&api, answer(&api)), "{b?: B}");
}

#[test]
fn broken_references_of_bodies_and_headers_leave_them_untyped() {
    let (api, codes) = read(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post: {operationId: a, requestBody: {$ref: '#/nowhere'}, responses: {'200': {headers: {Location: {$ref: '#/nowhere'}}}}}\n",
    );
    assert_eq!(codes, ["CAP1102", "CAP1102"]);
    let body = api.operations[0].body.as_ref().unwrap();
    assert!(!body.required);
    assert_eq!(show(&api, body.contents[0].r#type.unwrap()), "any");
    assert_eq!(show(&api, api.operations[0].responses[0].headers[0].r#type), "string");
}
