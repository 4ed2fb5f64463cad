//! Crates outside of the workspace, as users have them: the programs of the readme, and what a changed file does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Map, Value, json};

/// A crate outside of the workspace, as a user has one.
struct Crate {
    folder: PathBuf,
    target: PathBuf,
}

impl Crate {
    /// A crate of this name; `features` is what it asks of `capsmith`, `dependencies` what else it depends on.
    fn new(name: &str, features: &str, dependencies: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let folder = temporary.join(name);
        fs::create_dir_all(folder.join("src/bin")).expect("the folder is made");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             capsmith = {{ path = '{}', {features} }}\n{dependencies}\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n",
            root.display()
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest is written");
        // The versions that are there already: a test must not need the network.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file is copied");
        let target = temporary.parent().expect("the target folder").to_owned();
        Self { folder, target }
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.folder.join(file), text).expect("the file is written");
    }

    fn check(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(&self.target)
            .current_dir(&self.folder)
            .output()
            .expect("cargo runs")
    }

    fn errors(&self) -> String {
        let output = self.check();
        assert!(!output.status.success(), "it compiles");
        String::from_utf8(output.stderr).expect("Unicode")
    }

    fn succeeds(&self) {
        let output = self.check();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

const CAPABILITY: &str = include_str!("../crates/programs/specs/backups.yaml");

#[test]
fn a_change_of_the_file_is_seen() {
    let user = Crate::new("rebuild", "default-features = false, features = [\"macros\"]", "");
    user.write("backups.yaml", CAPABILITY);
    user.write(
        "src/lib.rs",
        "capsmith::include_capability!(\"backups.yaml\");\n\npub use backups::operations::Restorebackup;\n",
    );
    // The operation is not there yet.
    assert!(user.errors().contains("no `Restorebackup` in `backups::operations`"));

    user.write("backups.yaml", &CAPABILITY.replace("createbackup", "restorebackup"));
    user.succeeds();

    user.write("backups.yaml", &CAPABILITY.replace("createbackup", "restorebackup").replace("alpha2", "alpha-2"));
    let errors = user.errors();
    assert!(errors.contains("backups.yaml:1:10"), "{errors}");

    user.write("backups.yaml", &CAPABILITY.replace("createbackup", "restorebackup"));
    user.succeeds();
}

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /items:
    get:
      operationId: list
      responses:
        '200': { description: Items, content: { application/json: { schema: { $ref: 'item.yaml#/Item' } } } }
";

#[test]
fn a_change_of_a_file_that_a_document_refers_to_is_seen() {
    let user = Crate::new("rebuild-openapi", "default-features = false, features = [\"macros\"]", "");
    user.write("api.yaml", DOCUMENT);
    user.write("item.yaml", "Item: { type: object, properties: { id: { type: string } } }\n");
    user.write(
        "src/lib.rs",
        "capsmith::include_openapi!(\"api.yaml\");\n\npub fn name(item: &api::types::Item) -> &Option<String> {\n    \
         &item.name\n}\n",
    );
    // The property is not there yet.
    assert!(user.errors().contains("no field `name`"));
    user.write("item.yaml", "Item: { type: object, properties: { name: { type: string } } }\n");
    user.succeeds();
    user.write("item.yaml", "Item: { type: object, properties: [\n");
    let errors = user.errors();
    assert!(errors.contains("item.yaml:"), "{errors}");
}

const SCHEMA: &str = "\
ikanos: 1.0.0-beta5
info: { display: Shelf, description: Books }
capability:
  consumes:
    - type: http
      namespace: shelf
      description: The shelf
      baseUri: https://shelf.example.org
      resources:
        books:
          path: /books
          operations:
            books: { method: GET, outputRawFormat: protobuf, outputSchema: book.proto }
  exposes:
    - type: rest
      namespace: shelf-rest
      port: 8080
      resources:
        books:
          path: /books
          description: Books
          operations:
            list-books:
              method: GET
              description: Books
              call: shelf.books
              outputParameters: [{ type: string, mapping: $.title }]
";

#[test]
fn a_format_needs_its_feature_and_a_changed_schema_is_seen() {
    let user = Crate::new("schema", "default-features = false, features = [\"macros\", \"rest\"]", "");
    user.write("shelf.yaml", SCHEMA);
    user.write("book.proto", "syntax = \"proto3\"; message Book { string title = 1; }\n");
    user.write("src/lib.rs", "capsmith::include_capability!(\"shelf.yaml\");\n");
    let errors = user.errors();
    let wanted = "the capability maps answers in protocol buffers: enable the feature `format-protobuf` of capsmith";
    assert!(errors.contains(wanted), "{errors}");
    user.write("book.proto", "syntax = \"proto3\"; message Book { strin title = 1; }\n");
    let errors = user.errors();
    assert!(errors.contains("there is no type `strin`") && errors.contains("book.proto:1:35"), "{errors}");
}

/// The blocks of Rust in the readme, in order.
fn blocks(readme: &str) -> Vec<&str> {
    readme.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// A block as a program: with the macro where the block relies on an earlier one, and in `main` where it has none.
fn program(block: &str) -> String {
    let include = if block.contains("include_") {
        ""
    } else if block.contains("planetscale_platform") {
        "capsmith::include_openapi!(\"planetscale-platform.yaml\");\n"
    } else {
        "capsmith::include_capability!(\"platform-backups.yaml\");\n"
    };
    if block.contains("fn main()") {
        return format!("#![allow(unused)]\n{include}{block}");
    }
    format!(
        "#![allow(unused)]\n{include}#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> \
         {{\n{block}\nOk(())\n}}\n"
    )
}

#[test]
fn the_programs_of_the_readme_compile() {
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("codegen");
    let dependencies = format!(
        "axum = \"0.8\"\ncapsmith-codegen = {{ path = '{}' }}\n\
         jiff = {{ version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }}\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n",
        codegen.display()
    );
    let user = Crate::new("readme", "features = [\"mock\"]", &dependencies);
    user.write("platform-backups.yaml", include_str!("../../specs/platform-backups.yaml"));
    user.write("planetscale-platform.yaml", include_str!("../../specs/planetscale-platform.yaml"));
    let blocks = blocks(include_str!("../../README.md"));
    assert!(blocks.len() >= 4, "{}", blocks.len());
    for (number, block) in blocks.into_iter().enumerate() {
        user.write(&format!("src/bin/block{number}.rs"), &program(block));
    }
    user.succeeds();
}

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
