use super::*;
use crate::openapi::RemoteReferences;

fn root(reference: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: get\n      responses:\n        '200':\n          description: d\n          content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}\ncomponents:\n  schemas:\n    Local: {{type: boolean}}\n    a/b~c d: {{type: integer}}\n    List: {{allOf: [{{type: string}}, {{type: integer}}]}}\n    Ring: {{$ref: '#/components/schemas/Ring2'}}\n    Ring2: {{$ref: '#/components/schemas/Ring'}}\n    Anchored: {{$anchor: here, type: number}}\n"
    )
}

fn analyzed(reference: &str, options: &Options) -> Analysis {
    let files = Memory::default()
        .with("spec/api.yaml", &root(reference))
        .with("spec/models/pet.yaml", "type: object\nproperties:\n  owner: {$ref: '../models/people.json#/definitions/Owner'}\n")
        .with("spec/models/people.json", "{\"definitions\": {\"Owner\": {\"$ref\": \"#/definitions/Person\"}, \"Person\": {\"properties\": {\"pet\": {\"$ref\": \"pet.yaml\"}}}}}");
    analyze(&files, "spec/api.yaml", options)
}

#[test]
fn references_lead_anywhere() {
    for (reference, expected, codes_expected) in [
        ("#/components/schemas/Local", "boolean", [""; 0].as_slice()),
        ("#/components/schemas/a~1b~0c%20d", "integer", &[]),
        ("#/components/schemas/List/allOf/1", "integer", &[]),
        ("api.yaml#/components/schemas/Local", "boolean", &[]),
        ("#here", "number", &[]),
        ("models/pet.yaml", "{owner?: Box<PeoplePerson>}", &[]),
        ("./models/../models/people.json#/definitions/Owner", "{pet?: Box<Pet>}", &[]),
        ("#/components/schemas/Nowhere", "any", &["CAP1102"]),
        ("models/none.yaml", "any", &["CAP1102"]),
        ("../../outside.yaml", "any", &["CAP1102"]),
        ("#/components/schemas/Ring", "any", &["CAP1103"]),
    ] {
        let analysis = analyzed(reference, &Options::default());
        assert_eq!(codes(&analysis), codes_expected, "{reference}");
        let api = analysis.api.unwrap();
        assert_eq!(define(&api, answer(&api)), expected, "{reference}");
    }
}

#[test]
fn nothing_is_fetched() {
    for reference in ["https://example.com/a.yaml#/A", "//example.com/a.yaml", "file:///etc/passwd"] {
        let analysis = analyzed(reference, &Options::default());
        assert!(analysis.api.is_none(), "{reference}");
        assert_eq!(codes(&analysis), ["CAP1101"]);
        let analysis = analyzed(reference, &Options::default().remote_references(RemoteReferences::Untyped));
        let api = analysis.api.unwrap();
        assert_eq!(show(&api, answer(&api)), "any");
    }
}

#[test]
fn diagnostics_stand_with_their_files() {
    let files = Memory::default().with("api.yaml", &root("broken.yaml")).with("broken.yaml", "type: strin\n");
    let analysis = analyze(&files, "api.yaml", &Options::default());
    let found: Vec<(&str, usize)> =
        analysis.files.iter().map(|file| (file.source.name.as_str(), file.diagnostics.len())).collect();
    assert_eq!(found, [("api.yaml", 0), ("broken.yaml", 1)]);
}

#[test]
fn files_of_one_name_have_types_of_two() {
    let files = Memory::default()
        .with("api.yaml", &root("models/pet.yaml"))
        .with("models/pet.yaml", "properties: {other: {$ref: old/pet.yaml}}")
        .with("models/old/pet.yaml", "properties: {name: {type: string}}");
    let api = analyze(&files, "api.yaml", &Options::default()).api.unwrap();
    assert_eq!(define(&api, answer(&api)), "{other?: Pet}");
    assert_eq!(show(&api, answer(&api)), "Pet2");
}

#[test]
fn operations_beside_a_reference_are_kept() {
    let text = "openapi: 3.1.0\npaths:\n  /a: {$ref: '#/components/pathItems/A', put: {operationId: put}}\n  /b: {$ref: '#/nowhere', post: {operationId: post}}\ncomponents: {pathItems: {A: {get: {operationId: get}}}}\n";
    let (api, _) = read(text);
    let names: Vec<&str> = api.operations.iter().map(|operation| operation.name.as_str()).collect();
    assert_eq!(names, ["get", "put", "post"]);
}

#[test]
fn everything_that_may_be_a_reference_is_followed() {
    let text = "
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a/{id}: {$ref: '#/components/pathItems/A'}
components:
  pathItems:
    A:
      get:
        operationId: a
        parameters: [{$ref: '#/components/parameters/Id'}]
        requestBody: {$ref: '#/components/requestBodies/B'}
        responses: {'200': {$ref: '#/components/responses/Ok'}}
  parameters:
    Id: {name: id, in: path, required: true, schema: {type: integer}}
  requestBodies:
    B: {content: {text/plain: {schema: {type: string}}}}
  responses:
    Ok: {description: d, headers: {X-Rate: {$ref: '#/components/headers/Rate'}}}
  headers:
    Rate: {schema: {type: integer}}
";
    let (api, codes) = read(text);
    assert!(codes.is_empty(), "{codes:?}");
    let operation = &api.operations[0];
    assert_eq!(show(&api, operation.parameters[0].r#type), "integer");
    assert_eq!(operation.body.as_ref().unwrap().contents[0].media_type, "text/plain");
    assert_eq!(show(&api, operation.responses[0].headers[0].r#type), "integer");
}

#[test]
fn a_document_that_is_not_there_says_so() {
    let analysis = analyze(&Memory::default(), "api.yaml", &Options::default());
    assert!(analysis.api.is_none());
    assert_eq!(codes(&analysis), ["CAP1003"]);
}
