//! Versions, spellings and shapes of one document, and the messages about slips.

use super::cases::{Case, case};
use super::*;

/// Mistakes in YAML and in the document's shape.
pub(super) const SHAPE: &[Case] = &[
    case(Code::Syntax, &[("label: Shelf", "label: 'Shelf")], &[("label: Shelf", "label: 'Shelf'")]),
    case(Code::ControlCharacter, &[("Shelf", "Sh\u{1}elf")], &[("Shelf", "Sh\u{e9}lf")]),
    case(Code::SeveralDocuments, &[("naftiko", "---\na: b\n---\nnaftiko")], &[("naftiko", "---\nnaftiko")]),
    case(Code::DuplicateKey, &[("port: 8080", "port: 8080\n      port: 8081")], &[("port: 8080", "port: 8081")]),
    case(
        Code::AliasExpansion,
        &[("label: Shelf", "tags: &t [*t]")],
        &[("label: Shelf", "label: &l Shelf\n  tags: [*l]")],
    ),
    case(Code::KeyNotText, &[("label: Shelf", "[label]: Shelf")], &[("label: Shelf", "'label': Shelf")]),
    case(Code::UnknownTag, &[("label: Shelf", "label: !secret Shelf")], &[("label: Shelf", "label: !!str Shelf")]),
    case(Code::MergeKey, &[("label: Shelf", "<<: Shelf")], &[("label: Shelf", "<<: { label: Shelf }")]),
    case(Code::WrongShape, &[("label: Shelf", "label: [Shelf]")], &[("label: Shelf", "label: 7")]),
    case(Code::MissingField, &[("      namespace: shelf\n", "")], &[("label: Shelf\n", "")]),
    case(Code::UnknownField, &[("label: Shelf", "lable: Shelf")], &[("label: Shelf", "x-lable: Shelf")]),
    case(Code::MissingVersion, &[("naftiko: 1.0.0-alpha2\n", "")], &[("naftiko: 1.0.0-alpha2", "ikanos: 1.0.0-beta5")]),
    case(Code::UnknownVersion, &[("1.0.0-alpha2", "1.0.0-alpha9")], &[("1.0.0-alpha2", "'0.5'")]),
    case(Code::InvalidValue, &[("method: PUT", "method: PUSH")], &[("method: PUT", "method: put")]),
    case(
        Code::Extension,
        &[("in: query", "in: query\n                  required: true")],
        &[("in: query", "in: header")],
    ),
    case(Code::RenamedField, &[("label: Shelf", "title: Shelf")], &[("label: Shelf", "display: Shelf")]),
    case(
        Code::IrregularName,
        &[("- name: books\n", "- name: my_books\n")],
        &[("- name: books\n", "- name: my-Books2\n")],
    ),
    case(
        Code::DuplicateResourceName,
        &[("- name: book\n", "- name: books\n")],
        &[("- name: book\n", "- name: Books\n")],
    ),
    case(
        Code::MissingDescription,
        &[("      description: A shelf.\n", "")],
        &[("description: A shelf.", "description: A")],
    ),
    case(
        Code::UnreadSection,
        &[("capability:", "consumes: []\ncapability:")],
        &[("capability:", "aggregates:\ncapability:")],
    ),
    case(
        Code::UnnamedOperation,
        &[("- name: get-book\n              method: GET\n              call", "- method: GET\n              call")],
        &[(
            "- name: get-book\n              method: GET\n              call",
            "- name: x\n              method: GET\n              call",
        )],
    ),
];

/// The example in the shapes of later versions: maps keyed by names, `display` for `label`.
const MAPS: &str = "\
ikanos: 1.0.0-beta5
info:
  display: Shelf
  description: Books on a shelf.
  version: 1.2.3
  tags: [Books]
capability:
  consumes:
    - type: http
      namespace: shelf
      baseUri: https://shelf.example.org
      description: A shelf.
      resources:
        book:
          path: /books/{{book_id}}
          operations:
            get-book:
              method: GET
              inputParameters:
                fields: { in: query }
  exposes:
    - type: rest
      namespace: shelf-rest
      port: 8080
      resources:
        book:
          path: /v1/books/{{book_id}}
          operations:
            get-book: { method: GET, call: shelf.get-book }
    - type: mcp
      namespace: shelf-mcp
      transport: stdio
      tools:
        get-book:
          display: Get
          description: Get a book
          call: shelf.get-book
          inputParameters:
            book_id: { type: string, description: Which }
";

#[test]
fn maps_keyed_by_names_mean_the_same() {
    let analysis = analysis(MAPS);
    assert_eq!(analysis.diagnostics, []);
    let capability = analysis.capability.unwrap();
    assert_eq!((capability.label.as_str(), capability.version.as_str()), ("Shelf", "1.2.3"));
    assert_eq!(capability.tags, ["Books"]);
    assert_eq!(route(&capability, "get-book").parameters.len(), 2);
    let tool = tool(&capability, "get-book");
    assert_eq!(tool.title.as_deref(), Some("Get"));
    assert_eq!(tool.parameters[0].description, "Which");
    assert_eq!(capability.exposes[1].listen, None);
}

#[test]
fn all_versions_are_read() {
    for version in [
        "naftiko: '0.5'",
        "naftiko: 1.0.0-alpha1",
        "ikanos: 1.0.0-alpha3",
        "ikanos: 1.0.0-alpha4",
        "ikanos: 1.0.0-beta1",
        "ikanos: 1.0.0-beta4",
    ] {
        assert_eq!(analysis(&edited(&[("naftiko: 1.0.0-alpha2", version)])).diagnostics, [], "{version}");
    }
}

#[test]
fn a_bad_version_lists_the_known_ones() {
    let text = message(&edited(&[("1.0.0-alpha2", "1.0.0-alpa2")]), Code::UnknownVersion);
    assert!(
        text.starts_with(
            "unknown version `1.0.0-alpa2` of the capability format [CAP0105]\n --> specs/shelf.yaml:1:10\n"
        ),
        "{text}"
    );
    assert!(text.contains("did you mean `1.0.0-alpha2`?"), "{text}");
    assert!(text.contains("`0.5`, `1.0.0-alpha1`, `1.0.0-alpha2`"), "{text}");
}

#[test]
fn json_is_a_capability_file_too() {
    let json = r#"{"naftiko": "1.0.0-alpha2", "capability": {"consumes": [{"type": "http", "namespace": "a", "baseUri": "https://a.example.org", "description": "A", "resources": [{"name": "b", "path": "/b", "operations": [{"name": "c", "method": "GET"}]}]}]}}"#;
    assert_eq!(analysis(json).diagnostics, []);
    assert_eq!(capability(json).operations[0].name, "c");
}

#[test]
fn a_file_of_consumes_alone_is_a_client() {
    let text = MAPS.replace("capability:\n  consumes:", "consumes:").split("  exposes:").next().unwrap().to_owned();
    let capability = capability(&text);
    assert_eq!((capability.operations.len(), capability.exposes.len()), (1, 0));
}

#[test]
fn a_slip_of_a_needed_key_is_named_in_the_error() {
    let text = message(
        &edited(&[("call: shelf.get-book\n        - name", "calls: shelf.get-book\n        - name")]),
        Code::MissingField,
    );
    assert!(text.starts_with("the tool `find-book` has no `call` [CAP0102]"), "{text}");
    assert!(text.contains("did you mean `call`?"), "{text}");
    let text = message(&edited(&[("baseUri:", "baseURL:")]), Code::MissingField);
    assert!(text.contains("did you mean `baseUri`?"), "{text}");
}

#[test]
fn an_unknown_field_is_a_lint_with_a_suggestion() {
    let text = message(&edited(&[("      port: 8080", "      port: 8080\n      adress: 0.0.0.0")]), Code::UnknownField);
    assert!(text.starts_with("the REST surface `shelf-rest` has an unknown field `adress` [CAP0103]"), "{text}");
    assert!(text.contains("did you mean `address`?"), "{text}");
}

#[test]
fn documents_of_other_formats_are_recognised() {
    let text = message("openapi: 3.1.0\ninfo: {}\n", Code::MissingVersion);
    assert!(text.contains("another format (`openapi`)"), "{text}");
}

#[test]
fn api_keys_are_written_in_two_ways() {
    let bearer = "type: bearer\n        token: '{{env.SHELF_TOKEN}}'";
    for (written, lints) in [
        ("type: apikey\n        key: X-Key\n        value: '{{SHELF_TOKEN}}'\n        placement: header", 0),
        ("type: apikey\n        name: X-Key\n        value: '{{SHELF_TOKEN}}'\n        in: header", 1),
    ] {
        let text = edited(&[(bearer, written)]);
        assert_eq!(analysis(&text).diagnostics.len(), lints);
        let expected = crate::ir::Authentication::ApiKey {
            placement: crate::ir::Location::Header,
            key: "X-Key".to_owned(),
            value: vec![crate::ir::Piece::Bind(0)],
        };
        assert_eq!(capability(&text).upstreams[0].authentication, expected);
    }
}

#[test]
fn unused_binds_are_left_out() {
    let text = edited(&[("      SHELF_TOKEN: SHELF_TOKEN", "      OTHER: OTHER\n      SHELF_TOKEN: TOKEN_OF_SHELF")]);
    let capability = capability(&text);
    assert_eq!(capability.binds.len(), 1);
    assert_eq!(capability.binds[0].source_key, "TOKEN_OF_SHELF");
    assert_eq!(capability.binds[0].field.as_str(), "shelf_token");
    assert_eq!(
        capability.upstreams[0].authentication,
        crate::ir::Authentication::Bearer { token: vec![crate::ir::Piece::Bind(0)] }
    );
}
