use proptest::prelude::*;

use super::*;

/// All names of a document: operations, types and aliases.
fn names(text: &str) -> Vec<String> {
    let (api, _) = read(text);
    let operations = api.operations.iter().map(|operation| operation.name.as_str().to_owned());
    let types = api.types.iter().filter_map(|(_, found)| found.name.clone());
    let aliases = api.types.aliases.iter().map(|alias| alias.name.clone());
    let shown = types.chain(aliases).map(|name| format!("{:?}::{}", name.scope, name.name.as_str()));
    let mut names: Vec<String> = operations.chain(shown).collect();
    names.sort_unstable();
    names
}

fn with(schemas: &str, path: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n{path}  /z:\n    get:\n      operationId: z\n      responses:\n        '200': {{description: d, content: {{application/json: {{schema: {{type: object, properties: {{user: {{$ref: '#/components/schemas/user'}}, address: {{type: object, properties: {{street: {{type: string}}}}}}}}}}}}}}}}\ncomponents:\n  schemas:\n{schemas}    user: {{type: object, properties: {{home: {{type: object, properties: {{city: {{type: string}}}}}}, state: {{enum: [a, b]}}}}}}\n"
    )
}

#[test]
fn a_schema_that_is_added_renames_nothing() {
    let before = names(&with("", ""));
    assert_eq!(
        before,
        [
            "Inline::UserHome",
            "Inline::UserState",
            "Inline::ZResponse200",
            "Inline::ZResponse200Address",
            "Schemas::User",
            "z"
        ]
    );
    for schemas in [
        "    another: {type: string}\n",
        "    UserHome: {type: object, properties: {x: {}}}\n",
        "    UserHome: {type: object, properties: {city: {type: string}}}\n",
        "    ZResponse200: {enum: [a, b]}\n",
    ] {
        let path = "  /b:\n    get:\n      operationId: b\n      responses: {'200': {description: d, content: {application/json: {schema: {type: object, properties: {x: {$ref: '#/components/schemas/UserHome'}, y: {$ref: '#/components/schemas/ZResponse200'}, s: {type: object, properties: {street: {type: string}}}}}}}}}\n";
        let after = names(&with(schemas, path));
        let lost: Vec<&String> = before.iter().filter(|name| !after.contains(name)).collect();
        assert!(lost.is_empty(), "{lost:?} are lost by {schemas}");
    }
}

#[test]
fn unused_schemas_keep_their_names() {
    let schemas = "User: {properties: {a: {$ref: '#/components/schemas/foo_bar'}}}\nFooBar: {properties: {x: {}}}\nfoo_bar: {properties: {y: {}}}";
    assert_eq!(clean(schemas), "{a?: FooBar2}");
}

#[test]
fn odd_names_are_kept_on_the_wire() {
    let long = "l".repeat(300);
    let schemas = format!(
        "A: {{properties: {{type: {{}}, '+1': {{}}, '-1': {{}}, '': {{}}, größe: {{}}, '*': {{}}, '@type': {{}}, {long}: {{}}, self: {{}}}}}}"
    );
    let (api, _) = read(&document("3.1.0", &schemas));
    let Kind::Struct(found) = &api.types.get(answer(&api).id).kind else { panic!("no struct") };
    let pairs: Vec<(&str, &str)> =
        found.fields.iter().map(|field| (field.wire.as_str(), field.name.as_str())).collect();
    assert_eq!(
        pairs,
        [
            ("type", "r#type"),
            ("+1", "plus_1"),
            ("-1", "minus_1"),
            ("", "empty"),
            ("größe", "grosse"),
            ("*", "star"),
            ("@type", "type_2"),
            (long.as_str(), long.as_str()),
            ("self", "self_"),
        ]
    );
    let (api, _) = read(&document("3.1.0", "'Wrapper`1<String>': {properties: {x: {}}}"));
    assert_eq!(show(&api, answer(&api)), "Wrapper1String");
}

#[test]
fn operations_without_identifiers_are_named_after_their_paths() {
    let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /users/{id}/posts: {get: {}, post: {operationId: type}}\n  /users: {get: {operationId: type}, put: {operationId: ' '}}\n";
    let (api, codes) = read(text);
    let names: Vec<&str> = api.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, ["get_users_by_id_posts", "r#type", "get_users", "put_users"]);
    assert!(codes.contains(&"CAP1302"));
    assert_eq!(api.operations[2].id, None);
}

/// A schema or a property of a generated document, by its number: an object with an inline object, a list of values and references.
fn numbered(number: usize) -> String {
    format!(
        "{{type: object, properties: {{home: {{type: object, properties: {{n{number}: {{}}}}}}, state: {{enum: [s{number}]}}, next: {{$ref: '#/components/schemas/Schema{}'}}}}}}",
        number / 2
    )
}

/// A document of some numbered schemas and operations, in the order of the numbers.
fn grown(numbers: &std::collections::BTreeSet<usize>) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for number in numbers {
        let path = format!(
            "  /p{number}: {{get: {{operationId: operation{number}, responses: {{'200': {{description: d, content: {{application/json: {{schema: {{properties: {{a: {{$ref: '#/components/schemas/Schema{number}'}}, b: {{properties: {{o{number}: {{}}}}}}}}}}}}}}}}}}}}}}\n"
        );
        paths.push_str(&path);
    }
    for number in 0..=40 {
        if numbers.iter().any(|found| (0..7).any(|halved| found >> halved == number)) {
            let schema = format!("    Schema{number}: {}\n", numbered(number));
            schemas.push_str(&schema);
        }
    }
    format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n{schemas}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_renamed_by_what_is_added(before in prop::collection::btree_set(0_usize..40, 1..6), added in prop::collection::btree_set(0_usize..40, 1..6)) {
        let after = names(&grown(&before.union(&added).copied().collect()));
        for name in names(&grown(&before)) {
            prop_assert!(after.contains(&name), "{name} is lost: {after:?}");
        }
    }

    #[test]
    fn names_are_unique_whatever_is_asked_for(wires in prop::collection::hash_set("[-_.+a-bA-B1-2ä]{0,4}", 1..40)) {
        use crate::names::{Allocator, NameKind};
        let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
        for kind in [NameKind::Type, NameKind::Variant, NameKind::Value] {
            let names = Allocator::default().names(&wires, kind);
            let unique: std::collections::HashSet<&str> = names.iter().map(crate::ir::RustName::as_str).collect();
            prop_assert_eq!(unique.len(), wires.len());
            for (wire, name) in wires.iter().zip(&names) {
                prop_assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{:?}: {:?}", wire, name);
            }
        }
    }
}
