use super::*;

const PETS: &str = "Cat: {required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}\nDog: {required: [kind], properties: {kind: {type: string}, tricks: {type: string}}}";

#[test]
fn alternatives_become_unions() {
    for (schemas, expected) in [
        ("A: {oneOf: [{type: string}, {type: integer}]}", "String(string) | Integer(integer)"),
        ("A: {anyOf: [{type: string}, {type: integer}, {type: 'null'}]}", "String(string) | Integer(integer)?"),
        ("A: {oneOf: [{type: string}, {type: array, items: {type: string}}]}", "String(string) | StringList([string])"),
        ("A: {oneOf: [{type: string}, {type: string}]}", "string"),
        ("A: {anyOf: [{type: string}, {enum: [a, b]}]}", "enum A B"),
        ("A: {anyOf: [{type: string}]}", "string"),
        (
            "A: {oneOf: [{title: Left, properties: {l: {}}}, {title: Right, properties: {r: {}}}]}",
            "Left(~ALeft) | Right(~ARight)",
        ),
        ("A: {properties: {x: {}, y: {}}, anyOf: [{required: [x]}, {required: [y]}]}", "{x?: any, y?: any}"),
        (
            "A: {oneOf: [{required: [t], properties: {t: {const: a}}}, {required: [t], properties: {t: {const: b}}}]}",
            "Inferred t: [a] A(~AVariant1) | [b] B(~AVariant2)",
        ),
    ] {
        assert_eq!(clean(schemas), expected, "{schemas}");
    }
}

#[test]
fn what_stands_beside_alternatives_belongs_to_each() {
    let open = "A: {oneOf: [{properties: {l: {}}}, {type: string}]}";
    let (api, _) = read(&document("3.1.0", open));
    let Kind::Union(union) = &api.types.get(answer(&api).id).kind else { panic!("no union") };
    assert_eq!(body(&api, union.variants[0].r#type), "{l?: any}");
    let schemas = "A: {properties: {id: {type: string}}, oneOf: [{title: L, properties: {l: {}}}, {title: R, properties: {r: {}}}]}";
    let (api, codes) = read(&document("3.1.0", schemas));
    assert!(codes.is_empty(), "{codes:?}");
    let Kind::Union(union) = &api.types.get(answer(&api).id).kind else { panic!("no union") };
    let variants: Vec<String> = union.variants.iter().map(|variant| body(&api, variant.r#type)).collect();
    assert_eq!(variants, ["{l?: any, id?: string}", "{r?: any, id?: string}"]);
}

#[test]
fn discriminators_name_the_variants() {
    let of = |rest: &str| {
        clean(&format!(
            "A: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], discriminator: {rest}}}\n{PETS}"
        ))
    };
    assert_eq!(of("{propertyName: kind}"), "Declared kind: [Cat] Cat(Cat) | [Dog] Dog(Dog)");
    assert_eq!(
        of("{propertyName: kind, mapping: {c: '#/components/schemas/Cat', tom: Cat, d: Dog}}"),
        "Declared kind: [c tom] Cat(Cat) | [d] Dog(Dog)"
    );
}

#[test]
fn a_base_with_a_mapping_stands_for_what_is_derived_from_it() {
    let schemas = "Pet: {required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {c: Cat}}}\nCat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}";
    assert_eq!(clean(schemas), "Declared kind: [c] Cat(Cat) | Pet(~PetBase)");
    let (api, _) = read(&document("3.1.0", schemas));
    let Kind::Union(union) = &api.types.get(answer(&api).id).kind else { panic!("no union") };
    assert_eq!(body(&api, union.variants[0].r#type), "{kind: string, lives?: integer}");
    assert_eq!(body(&api, union.variants[1].r#type), "{kind: string, *: any}");
}

#[test]
fn unions_of_each_other_end() {
    let schemas = "A: {oneOf: [{type: string}, {type: integer}, {$ref: '#/components/schemas/B'}]}\nB: {oneOf: [{type: boolean}, {$ref: '#/components/schemas/A'}]}";
    assert_eq!(schema(schemas).0, "String(string) | Integer(integer)");
}
