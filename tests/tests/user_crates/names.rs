//! Names of documents against those of the output.

use serde_json::{Map, Value, json};

use crate::user_crate::Crate;

/// Names that the language, the prelude, the runtime or the output has itself, and some that Rust cannot write.
const NAMES: &str = "\
    Self self super crate core std alloc capsmith Vec Box String Option Result Some None Ok Err Default Clone \
    Debug From Into Fn Send Sync Sized Iterator IntoFuture Future bool char str i32 i64 u8 u64 usize f64 Typed \
    Model Map Value Shape Struct Foreign Custom Client ClientBuilder Config Request Response API OPERATIONS \
    Operation Inputs Operate Answer Failure Item types inline operations bodies responses errors servers tables \
    new builder request inner inputs body index answer config environment items pages into clone default fmt type \
    async await dyn try gen union macro_rules static 'static r#type _ __ +1 Unlisted additional_properties \
    settings base_url token vec println derive O H T Handlers Dispatcher dispatcher handlers server mock mcp document \
    DOCUMENT context operation incoming router Success Refusal Accept Respond";

/// The name with a number; the names begin anew where they end.
fn name(number: usize) -> &'static str {
    let count = NAMES.split_whitespace().count() + 1;
    NAMES.split_whitespace().nth(number % count).unwrap_or_default()
}

/// An object with a value for each of some names.
fn object(names: impl Iterator<Item = &'static str>, value: &Value) -> Value {
    names.map(|name| (name.to_owned(), value.clone())).collect::<Map<_, _>>().into()
}

fn reference(number: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/{}", name(number * 7 + 1)) })
}

/// A schema of one of all kinds.
fn schema(number: usize, all: &[&'static str]) -> Value {
    let (own, other) = (name(number), reference(number));
    match number % 8 {
        0 => json!({ "properties": object(all.iter().copied(), &json!({ "type": "string", "default": "a" })) }),
        1 => json!({ "enum": all }),
        2 => json!({ "oneOf": [other, { "type": "string" }, { "title": own, "properties": { own: other } }] }),
        3 => json!({ "type": "array", "prefixItems": [other, { "const": own }] }),
        4 => json!({ "type": "array", "items": other }),
        5 => json!({ "type": "integer", "enum": [1, 2] }),
        6 => json!({ "additionalProperties": other, "required": [own], "properties": { own: other } }),
        _ => json!({ "const": own }),
    }
}

fn operation(number: usize) -> Value {
    let parameter = |place: usize| {
        let location = ["query", "header", "cookie"][place % 3];
        json!({ "name": name(number + place), "in": location, "required": place == 4, "schema": reference(number) })
    };
    let parts = object((0..6).map(|part| name(number * 6 + part)), &json!({ "type": "string", "format": "binary" }));
    let answer =
        |number| json!({ "description": "", "content": { "application/json": { "schema": reference(number) } } });
    json!({ "post": {
        "operationId": name(number),
        "parameters": (0..6).map(parameter).collect::<Vec<_>>(),
        "requestBody": { "content": {
            "application/json": { "schema": reference(number) },
            "multipart/form-data": { "schema": { "properties": parts } },
        } },
        "responses": {
            "200": answer(number),
            "201": { "description": "" },
            "404": answer(number + 1),
            "default": answer(number + 2),
        },
    } })
}

/// A document in which each name is that of a schema, an operation and a security scheme, and of properties, values,
/// parameters and parts.
fn document_of_names() -> Value {
    let all: Vec<&'static str> = NAMES.split_whitespace().chain([""]).collect();
    let numbered = || all.iter().enumerate();
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Names", "version": "1" },
        "paths": numbered().map(|(number, _)| (format!("/{number}"), operation(number))).collect::<Map<_, _>>(),
        "components": {
            "schemas": numbered().map(|(number, name)| ((*name).to_owned(), schema(number, &all))).collect::<Map<_, _>>(),
            "securitySchemes": object(all.iter().copied(), &json!({ "type": "http", "scheme": "basic" })),
        },
    })
}

#[test]
fn names_of_documents_hide_nothing_that_the_output_needs() {
    let user = Crate::new("names", "default-features = false, features = [\"client\", \"macros\"]", "");
    user.write("api.json", &document_of_names().to_string());
    user.write(
        "src/lib.rs",
        "//! Names.\n#![deny(warnings, missing_docs)]\n\ncapsmith::include_openapi!(\"api.json\", name = core);\n\n\
         /// Counts.\npub fn operations() -> usize {\n    core::API.operations.len()\n}\n",
    );
    user.succeeds();
}
