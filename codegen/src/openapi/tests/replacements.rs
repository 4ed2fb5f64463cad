//! Types of the user's in the place of schemas and formats.

use super::*;
use crate::diagnostic::Severity;

fn analysis_of(text: &str, options: &Options) -> Analysis {
    analyze(&Memory::default().with("api.yaml", text).with("id.yaml", "Id: {type: string}"), "api.yaml", options)
}

fn options(types: &[(&str, &str)], formats: &[(&str, &str)]) -> Options {
    let mut options = Options::default();
    for (name, path) in types {
        options = options.replace_type(*name, path.parse().unwrap());
    }
    for (name, path) in formats {
        options = options.replace_format(*name, path.parse().unwrap());
    }
    options
}

/// What the first schema becomes, with the names of all types and aliases.
fn replaced(schemas: &str, types: &[(&str, &str)], formats: &[(&str, &str)]) -> (String, String) {
    let analysis = analysis_of(&document("3.1.0", schemas), &options(types, formats));
    assert_eq!(codes(&analysis), [""; 0], "{schemas}");
    let api = analysis.api.unwrap();
    let types = api.types.iter().filter_map(|(_, found)| Some(found.name.as_ref()?.name.as_str().to_owned()));
    let aliases = api.types.aliases.iter();
    let aliases = aliases.map(|alias| format!("{}={}", alias.name.name.as_str(), show(&api, alias.target)));
    let mut names: Vec<String> = types.chain(aliases).collect();
    names.sort_unstable();
    (define(&api, answer(&api)), names.join(" "))
}

#[test]
fn a_replaced_schema_takes_what_it_alone_reaches_with_it() {
    let schemas = "A: {properties: {id: {$ref: '#/components/schemas/Id'}, ids: {items: {$ref: '#/components/schemas/Id'}}}}\nId: {properties: {x: {$ref: '#/components/schemas/Deep'}}}\nDeep: {properties: {y: {}}}";
    let (shown, names) = replaced(schemas, &[("Id", "crate::Id")], &[]);
    assert_eq!(shown, "{id?: crate::Id, ids?: [crate::Id]}");
    assert_eq!(names, "A Id=crate::Id");
    // The name in Rust counts as well.
    let schemas = "A: {properties: {id: {$ref: '#/components/schemas/node_id'}}}\nnode_id: {type: string}";
    assert_eq!(replaced(schemas, &[("NodeId", "crate::Id")], &[]).0, "{id?: crate::Id}");
}

#[test]
fn null_is_no_part_of_the_type() {
    let schemas = "A: {properties: {id: {$ref: '#/components/schemas/Id'}, other: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}}}\nId: {type: [string, 'null']}\nB: {type: string}";
    let types = [("Id", "crate::Id"), ("B", "crate::B")];
    assert_eq!(replaced(schemas, &types, &[]).0, "{id?: crate::Id?, other?: crate::B?}");
}

#[test]
fn merged_into_another_schema_it_is_what_the_document_says() {
    let schemas = "A: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {x: {type: string}}}]}\nBase: {properties: {id: {type: integer}}}";
    assert_eq!(replaced(schemas, &[("Base", "crate::Base")], &[]).0, "{id?: integer, x?: string}");
    // Alone in `allOf`, it is meant itself.
    let schemas = "A: {properties: {b: {description: d, allOf: [{$ref: '#/components/schemas/Base'}]}}}\nBase: {properties: {id: {type: integer}}}";
    assert_eq!(replaced(schemas, &[("Base", "crate::Base")], &[]).0, "{b?: crate::Base}");
}

#[test]
fn variants_keep_their_tags() {
    let schemas = "A: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat'}}}\nCat: {properties: {kind: {type: string}}, required: [kind]}\nDog: {properties: {kind: {type: string}, age: {type: integer}}, required: [kind]}";
    let (shown, names) = replaced(schemas, &[("Cat", "crate::Cat")], &[]);
    assert_eq!(shown, "Declared kind: [c] Cat(crate::Cat) | [Dog] Dog(Dog)");
    assert_eq!(names, "A Cat=crate::Cat Dog");
}

#[test]
fn a_base_and_a_recursion_end_at_a_replaced_schema() {
    let base = "A: {properties: {pet: {$ref: '#/components/schemas/Pet'}}}\nPet: {properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}\nCat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}";
    assert_eq!(replaced(base, &[("Pet", "crate::Pet")], &[]).0, "{pet?: crate::Pet}");
    let cycle = "A: {properties: {left: {$ref: '#/components/schemas/B'}}}\nB: {properties: {back: {$ref: '#/components/schemas/A'}}}";
    assert_eq!(replaced(cycle, &[], &[]).0, "{left?: Box<B>}");
    assert_eq!(replaced(cycle, &[("B", "crate::B")], &[]).0, "{left?: crate::B}");
}

#[test]
fn formats_are_replaced_in_all_their_spellings() {
    let schemas = "A: {properties: {a: {type: string, format: uuid}, b: {type: string, format: guid, maxLength: 36}, c: {format: uuid, enum: [x]}, d: {type: number, format: decimal}, e: {type: string, format: decimal}, f: {type: [string, 'null'], format: custom}, g: {type: string}}}";
    let formats = [("uuid", "uuid::Uuid"), ("decimal", "rust::Decimal"), ("custom", "crate::Custom")];
    let (shown, _) = replaced(schemas, &[], &formats);
    assert_eq!(
        shown,
        "{a?: uuid::Uuid, b?: uuid::Uuid, c?: ~AC, d?: rust::Decimal, e?: rust::Decimal, f?: crate::Custom?, g?: string}"
    );
}

#[test]
fn schemas_of_other_files_are_named_by_reference_or_by_a_component() {
    let schemas =
        "A: {properties: {a: {$ref: 'id.yaml#/Id'}, b: {$ref: '#/components/schemas/Id'}}}\nId: {$ref: 'id.yaml#/Id'}";
    for name in ["id.yaml#/Id", "Id"] {
        assert_eq!(replaced(schemas, &[(name, "crate::Id")], &[]).0, "{a?: crate::Id, b?: crate::Id}");
    }
}

#[test]
fn a_default_of_a_replaced_type_has_no_effect() {
    let schemas = "A: {properties: {id: {type: string, format: uuid, default: x}}}";
    let analysis = analysis_of(&document("3.1.0", schemas), &options(&[], &[("uuid", "uuid::Uuid")]));
    assert_eq!(codes(&analysis), [""; 0]);
    let api = analysis.api.unwrap();
    let Kind::Struct(found) = &api.types.get(answer(&api).id).kind else { panic!("no struct") };
    assert_eq!(found.fields[0].default, None);
}

#[test]
fn replacements_of_nothing_are_told_with_the_nearest_name() {
    let document = document("3.1.0", "Backup: {properties: {id: {type: string, format: uuid}}}");
    let analysis = analysis_of(&document, &options(&[("Backups", "crate::Backup")], &[]));
    assert!(analysis.api.is_none());
    let told = &analysis.files[0].diagnostics[0];
    assert_eq!((told.code.as_str(), told.severity), ("CAP1501", Severity::Error));
    assert_eq!(told.help, ["did you mean `Backup`?"]);
    let analysis = analysis_of(&document, &options(&[], &[("uiid", "uuid::Uuid")]));
    assert!(analysis.api.is_some());
    let told = &analysis.files[0].diagnostics[0];
    assert_eq!((told.code.as_str(), told.severity), ("CAP1502", Severity::Lint));
    assert_eq!(told.help, ["did you mean `uuid`?"]);
}
