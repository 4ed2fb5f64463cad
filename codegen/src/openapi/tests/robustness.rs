use allocation_counter::measure;
use proptest::prelude::*;

use super::*;

/// The most bytes that reading may allocate, whatever combines with whatever.
const MAX_ALLOCATED: u64 = 256 << 20;

/// Fails when reading takes out of proportion much.
fn in_proportion(text: &str) -> Analysis {
    let mut read = None;
    let allocated = measure(|| read = Some(analysis(text)));
    assert!(allocated.bytes_total < MAX_ALLOCATED, "{allocated:?}");
    read.expect("it was measured")
}

#[test]
fn long_chains_end() {
    let chain = (0..5000).map(|number| {
        format!("S{number}: {{properties: {{next: {{$ref: '#/components/schemas/S{}'}}}}}}\n", number + 1)
    });
    let schemas = chain.chain(["S5000: {type: string}\n".to_owned()]).collect::<Vec<_>>().concat();
    assert_eq!(in_proportion(&document("3.1.0", &schemas)).api.unwrap().types.len(), 5001);
    let references = (0..500)
        .map(|number| format!("S{number}: {{$ref: '#/components/schemas/S{}'}}\n", number + 1))
        .collect::<Vec<_>>()
        .concat();
    assert_eq!(codes(&in_proportion(&document("3.1.0", &references))), ["CAP1103"]);
}

#[test]
fn combinations_do_not_multiply_without_end() {
    let member = |number: usize| {
        let variants: Vec<String> =
            (0..10).map(|variant| format!("{{properties: {{p{number}_{variant}: {{}}}}}}")).collect();
        format!("{{oneOf: [{}]}}, ", variants.join(", "))
    };
    let members = (0..12).map(member).collect::<Vec<_>>().concat();
    let analysis = in_proportion(&document("3.1.0", &format!("A: {{allOf: [{members}]}}")));
    assert!(codes(&analysis).contains(&"CAP1209"));
    let own: Vec<String> = (0..400)
        .map(|number| format!("{{$ref: '#/components/schemas/A'}}, {{properties: {{p{number}: {{}}}}}}"))
        .collect();
    in_proportion(&document("3.1.0", &format!("A: {{allOf: [{}]}}", own.join(", "))));
}

#[test]
fn deep_nesting_is_harmless() {
    let mut schema = "{type: string}".to_owned();
    for _ in 0..50 {
        schema = format!("{{items: {schema}}}");
    }
    assert!(in_proportion(&document("3.1.0", &format!("A: {schema}"))).api.is_some());
}

#[test]
fn many_equal_things_are_quick() {
    let paths = (0..3000)
        .map(|number| format!("  /p{number}/{{id}}: {{get: {{operationId: same, responses: {{'200': {{description: d, content: {{application/json: {{schema: {{properties: {{a: {{enum: [x]}}}}}}}}}}}}}}}}}}\n"))
        .collect::<Vec<_>>()
        .concat();
    let api = in_proportion(&format!("openapi: 3.1.0\npaths:\n{paths}")).api.unwrap();
    assert_eq!(api.operations.len(), 3000);
    assert_eq!(api.types.iter().filter(|(_, found)| matches!(found.kind, Kind::Struct(_))).count(), 1);
}

/// A small YAML value out of words that mean something to the reader.
fn value() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "type",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "$ref",
        "enum",
        "const",
        "required",
        "default",
        "discriminator",
        "propertyName",
        "mapping",
        "nullable",
        "additionalProperties",
        "prefixItems",
        "patternProperties",
        "minimum",
        "get",
        "post",
        "parameters",
        "schema",
        "content",
        "application/json",
        "responses",
        "'200'",
        "requestBody",
        "name",
        "in",
        "path",
        "servers",
        "url",
        "security",
        "headers",
        "encoding",
        "$anchor",
        "examples",
        "/a/{b}",
        "title",
    ]);
    let leaf = prop::sample::select(vec![
        "string",
        "object",
        "[string, 'null']",
        "integer",
        "true",
        "false",
        "null",
        "''",
        "1",
        "-1.5",
        "'#/components/schemas/A'",
        "'#/components/schemas/B'",
        "'#/components/schemas/A/properties/a'",
        "'#'",
        "'#/paths/~1a~1{b}'",
        "'x.yaml'",
        "path",
        "query",
        "{}",
        "[]",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|elements| format!("[{}]", elements.join(", "))),
            prop::collection::btree_map(word.clone(), inner, 0..6).prop_map(|entries| {
                let entries: Vec<String> = entries.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", entries.join(", "))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(version in "3\\.[012]\\.0", left in value(), right in value(), operation in value(), item in value()) {
        let text = format!(
            "openapi: {version}\npaths: {{'/a/{{b}}': {item}, /c: {{post: {operation}, get: {{responses: {{'200': {{content: {{application/json: {{schema: {left}}}}}}}}}}}}}}}\ncomponents: {{schemas: {{A: {left}, B: {right}}}}}\n"
        );
        let _ = analysis(&text);
    }

    #[test]
    fn no_text_panics(text in "(openapi: 3.1.0\npaths: )?[ -~\n]{0,80}") {
        let _ = analysis(&text);
    }
}
