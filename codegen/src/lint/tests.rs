//! What the rules say about files, and about files that are almost the same.

use std::collections::BTreeSet;

use super::{Strictness, breaks_schema, lint};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::resolve::analyze;
use crate::source::Source;

/// A file that no rule has anything to say about.
const SHELF: &str = "\
ikanos: 1.0.0-beta5
info:
  display: Shelf
  description: Books on a shelf.
  tags: [books]
  created: 2026-08-21
  stakeholders: [{ role: owner, fullName: A Reader }]
binds:
  - namespace: env
    keys: { SHELF_TOKEN: SHELF_TOKEN }
capability:
  consumes:
    - type: http
      namespace: shelf
      baseUri: https://shelf.internal
      description: A shelf.
      authentication: { type: bearer, token: '{{env.SHELF_TOKEN}}' }
      resources:
        books:
          path: /books
          operations:
            list-books:
              method: GET
              inputParameters:
                limit: { in: query }
  exposes:
    - type: rest
      namespace: shelf-rest
      port: 8080
      resources:
        books:
          path: /v1/books
          description: The books.
          operations:
            list-books:
              method: GET
              description: List the books.
              call: shelf.list-books
              inputParameters:
                limit: { in: query, type: integer, description: How many. }
    - type: mcp
      namespace: shelf-mcp
      port: 9090
      tools:
        list-books:
          description: List the books.
          hints: { readOnly: true }
          call: shelf.list-books
";

/// A mistake and its near miss, as edits of the file.
type Edits = &'static [(&'static str, &'static str)];

const AGGREGATE: &str = "
  aggregates:
    - display: Books
      namespace: books
      flows:
        list: { description: List, semantics: { safe: true }, call: shelf.list-books }
";

const CASES: &[(Code, Edits, Edits)] = &[
    (Code::UnusedVariable, &[("keys: {", "keys: { SHELF_KEY: SHELF_KEY,")], &[("{{env.", "{{")]),
    (
        Code::ActiveContent,
        &[("Books on a shelf.", "Books <SCRIPT src=x></SCRIPT>")],
        &[("Books on a shelf.", "Books in a scriptorium, evaluated")],
    ),
    (
        Code::AuthenticationOnStdio,
        &[("port: 9090", "transport: stdio\n      authentication: { type: bearer, token: '{{SHELF_TOKEN}}' }")],
        &[("port: 9090", "transport: stdio")],
    ),
    (
        Code::OpenAuthorizationServer,
        &[(
            "type: bearer, token: '{{env.SHELF_TOKEN}}'",
            "type: oauth2, authorizationServerUri: http://login.internal",
        )],
        &[("type: bearer, token: '{{env.SHELF_TOKEN}}'", "type: oauth2, authorizationServerUri: 'http://[::1]:8080'")],
    ),
    (
        Code::OpenResource,
        &[("type: bearer, token: '{{env.SHELF_TOKEN}}'", "type: oauth2, resource: http://shelf.internal")],
        &[("type: bearer, token: '{{env.SHELF_TOKEN}}'", "type: oauth2, resource: https://shelf.internal")],
    ),
    (
        Code::ContradictorySemantics,
        &[("readOnly: true }\n          call: shelf.list-books\n", "readOnly: false }\n          ref: books.list\n")],
        &[("readOnly: true }\n          call: shelf.list-books\n", "readOnly: true }\n          ref: books.list\n")],
    ),
    (
        Code::RemoteControl,
        &[("  exposes:\n", "  exposes:\n    - { type: control, port: 8081, address: 0.0.0.0 }\n")],
        &[("  exposes:\n", "  exposes:\n    - { type: control, port: 8081, address: 127.0.0.1 }\n")],
    ),
    (Code::MissingTags, &[("  tags: [books]\n", "")], &[]),
    (
        Code::UndescribedPart,
        &[("              description: List the books.\n", "")],
        &[("              description: List the books.\n", "              ref: books.list\n")],
    ),
    (
        Code::ExampleAddress,
        &[("https://shelf.internal", "https://Shelf.Example.com:8443/v1")],
        &[("https://shelf.internal", "https://shelf-example.community")],
    ),
    (Code::NoScopes, &[("type: bearer", "type: oauth2")], &[("type: bearer", "type: oauth2, scopes: [read]")]),
    (Code::SchemaViolation, &[("method: GET\n              desc", "method: get\n              desc")], &[]),
];

fn edited(edits: &[(&str, &str)]) -> String {
    let text = edits.iter().fold(SHELF.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}` in the file");
        text.replacen(from, to, 1)
    });
    if text.contains("books.list") { format!("{}{}", text.trim_end(), AGGREGATE) } else { text }
}

/// What compiling says, and what the rules say.
fn diagnostics(text: &str) -> Vec<Diagnostic> {
    let source = Source::new("shelf.yaml", text);
    let compiled = analyze(&source, None).diagnostics;
    compiled.into_iter().chain(lint(&source, Strictness::Schema)).collect()
}

fn messages(text: &str, code: Code) -> Vec<String> {
    diagnostics(text).into_iter().filter(|found| found.code == code).map(|found| found.message).collect()
}

#[test]
fn the_example_has_nothing_to_complain_about() {
    assert_eq!(diagnostics(SHELF), []);
}

#[test]
fn every_rule_finds_its_mistake_and_leaves_the_near_miss_alone() {
    for (code, mistake, near_miss) in CASES {
        let name = code.as_str();
        assert_ne!(messages(&edited(mistake), *code), [""; 0], "{name}");
        assert_eq!(messages(&edited(near_miss), *code), [""; 0], "{name}");
    }
}

#[test]
fn every_code_has_a_case() {
    let covered: BTreeSet<&str> = CASES.iter().map(|(code, ..)| code.as_str()).collect();
    // What is too long for an example here is told of a budget that is smaller, in `tests/tests/ui`.
    let rules = Code::ALL.iter().filter(|code| **code != Code::LongToolList);
    let missing: Vec<&str> = rules.map(|code| code.as_str()).filter(|code| *code >= "CAP1700").collect();
    assert_eq!(missing.into_iter().filter(|code| !covered.contains(code)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn matters_of_taste_are_not_for_builds() {
    let text = edited(&[("  tags: [books]\n", ""), ("https://shelf.internal", "https://shelf.example.com")]);
    assert_eq!(analyze(&Source::new("shelf.yaml", text), None).diagnostics, []);
}

#[test]
fn functions_are_held_against_what_they_call() {
    let text = edited(&[("call: shelf.list-books\n              input", "ref: books.list\n              input")]);
    assert_eq!(messages(&text, Code::ContradictorySemantics), [""; 0]);
    let text = text.replace(
        "list-books:\n              method: GET\n              input",
        "list-books:\n              method: POST\n              input",
    );
    assert_eq!(messages(&text, Code::ContradictorySemantics), ["`list` is said to be safe, but its method is POST"],);
}

#[test]
fn functions_of_earlier_versions_are_held_against_what_refers_to_them_too() {
    let (with, call) =
        ("readOnly: true }\n          call: shelf.list-books\n", "readOnly: false }\n          ref: books.list\n");
    let text = edited(&[(with, call)]);
    let text = text.replace("flows:\n        list: {", "functions:\n        - { name: list,");
    assert_eq!(
        messages(&text, Code::ContradictorySemantics),
        ["the hint `readOnly` contradicts the semantics of `list`"]
    );
}

#[test]
fn the_schema_of_each_generation_is_its_own() {
    let old = "naftiko: 1.0.0-alpha2\ninfo: { label: A, description: B, tags: [c] }\ncapability:\n  consumes:\n    - { type: http, namespace: a_b, baseUri: https://a.internal, description: A }\n";
    let violations = |text: &str| -> Vec<String> {
        lint(&Source::new("a.yaml", text), Strictness::Schema).into_iter().map(|found| found.message).collect()
    };
    assert_eq!(violations(old), ["`namespace` must be of letters, digits and `-`, not `a_b`"]);
    let new = old.replace("naftiko: 1.0.0-alpha2", "ikanos: 1.0.0-beta5").replace("a_b", "a");
    assert_eq!(violations(&new), ["`info` has no `display`", "`label` belongs to files that begin with `naftiko`"]);
    let listed = SHELF
        .replace("limit: { in: query }", "[{ name: limit, in: query }]")
        .replace("inputParameters:\n                [", "inputParameters: [");
    assert_eq!(
        violations(&listed),
        ["`inputParameters` is a mapping keyed by the names in files that begin with `ikanos`"]
    );
}

#[test]
fn outputs_need_their_shape_at_every_depth() {
    let outputs = |text: &str| {
        let text = SHELF.replacen(
            "hints: { readOnly: true }\n",
            &format!("hints: {{ readOnly: true }}\n          outputParameters: [{text}]\n"),
            1,
        );
        let found = lint(&Source::new("a.yaml", text), Strictness::Schema);
        found.into_iter().map(|found| found.message).collect::<Vec<_>>()
    };
    assert_eq!(outputs("{ type: object, mapping: $. }"), ["an output of the type `object` has no `properties`"]);
    assert_eq!(
        outputs("{ type: array, mapping: $, items: { type: object, properties: { a: { type: string } } } }"),
        ["an output of the type `string` needs either `mapping` or `value`"]
    );
    assert_eq!(outputs("{ type: object, properties: { a: { type: string, mapping: $.a } } }"), [""; 0]);
    assert_eq!(outputs("{ type: text, mapping: $.a }"), ["`text` is no type of an output"]);
}

#[test]
fn what_is_no_capability_file_gives_nothing() {
    for text in ["", "[", "openapi: 3.1.0\n", "naftiko: 1\ncapability: 7\nbinds: [1, []]\ninfo: [a]\n"] {
        let found = lint(&Source::new("a.yaml", text), Strictness::Schema);
        assert!(found.iter().all(|found| found.code == Code::SchemaViolation || found.code == Code::MissingTags));
        assert!(text.starts_with("naftiko") || found.is_empty());
    }
}

#[test]
fn what_breaks_the_schema_is_a_lint() {
    let breaking = Code::ALL.iter().filter(|code| breaks_schema(**code));
    assert!(breaking.into_iter().all(|code| code.severity() == Severity::Lint));
}
