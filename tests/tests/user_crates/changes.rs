//! What a change of a file does, and what a crate lacks.

use crate::user_crate::Crate;

const CAPABILITY: &str = include_str!("../../crates/programs/specs/backups.yaml");

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
