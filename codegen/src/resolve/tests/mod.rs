//! What a user notices: which files compile to what, and what is said about those that do not.

mod aggregates;
mod authentication;
mod binds;
mod bodies;
mod cases;
mod codes;
mod control;
mod corpus;
mod imports;
mod loose;
mod mcp;
mod outputs;
mod parameters;
mod robustness;
mod rules;
mod scripts;
mod seeds;
mod shapes;
mod skills;
mod steps;
mod unsupported;
mod values;

use super::{Analysis, analyze};
use crate::diagnostic::{Code, Severity, Style};
use crate::ir::{Action, Capability, Route, Source as Argument, Surface, Tool};
use crate::source::Source;

/// A file without anything to complain about.
const SHELF: &str = "\
naftiko: 1.0.0-alpha2
info:
  label: Shelf
  description: Books on a shelf.
binds:
  - namespace: env
    keys:
      SHELF_TOKEN: SHELF_TOKEN
capability:
  consumes:
    - type: http
      namespace: shelf
      baseUri: https://shelf.example.org
      description: A shelf.
      authentication:
        type: bearer
        token: '{{env.SHELF_TOKEN}}'
      resources:
        - name: books
          path: /books
          operations:
            - name: list-books
              method: GET
              description: List the books
              inputParameters:
                - name: limit
                  in: query
        - name: book
          path: /books/{book_id}
          operations:
            - name: get-book
              method: GET
              outputRawFormat: json
            - name: put-book
              method: PUT
              inputParameters:
                - name: body
                  in: body
  exposes:
    - type: rest
      namespace: shelf-rest
      port: 8080
      resources:
        - path: /v1/books
          operations:
            - name: list-books
              method: GET
              call: shelf.list-books
              inputParameters:
                - name: limit
                  in: query
                  type: integer
                  description: How many
        - path: /v1/books/{book-id}
          operations:
            - name: get-book
              method: GET
              call: shelf.get-book
              outputParameters:
                - type: object
                  mapping: $.
            - name: put-book
              method: PUT
              call: shelf.put-book
              with:
                body: rest.body
    - type: mcp
      namespace: shelf-mcp
      port: 9090
      tools:
        - name: find-book
          description: Get a book
          hints:
            readOnly: true
          call: shelf.get-book
        - name: list-books
          description: List the books
          call: shelf.list-books
          inputParameters:
            - name: limit
              type: integer
              required: false
              description: How many
";

/// The file with some texts replaced.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(SHELF.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "no `{from}` in the file");
        text.replacen(from, to, 1)
    })
}

fn analysis(text: &str) -> Analysis {
    analyze(&Source::new("specs/shelf.yaml", text), None)
}

/// The program of a file that compiles, with whatever lints.
fn capability(text: &str) -> Capability {
    let source = Source::new("specs/shelf.yaml", text);
    let analysis = analyze(&source, None);
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|diagnostic| diagnostic.render(&source, Style::Plain)).collect();
    analysis.capability.unwrap_or_else(|| panic!("{}", errors.join("\n")))
}

/// The texts of the diagnostics of a code.
fn messages(text: &str, code: Code) -> Vec<String> {
    let source = Source::new("specs/shelf.yaml", text);
    let found = analyze(&source, None).diagnostics.into_iter().filter(|diagnostic| diagnostic.code == code);
    found.map(|diagnostic| diagnostic.render(&source, Style::Plain)).collect()
}

/// The one message of a code.
fn message(text: &str, code: Code) -> String {
    let messages = messages(text, code);
    assert_eq!(messages.len(), 1, "{messages:#?}");
    messages.into_iter().next().unwrap()
}

fn route<'c>(capability: &'c Capability, name: &str) -> &'c Route {
    let routes = capability.exposes.iter().flat_map(|exposes| match &exposes.surface {
        Surface::Rest(routes) => routes.as_slice(),
        Surface::Mcp(_) | Surface::Skill(_) | Surface::Control(_) => &[],
    });
    routes.into_iter().find(|route| route.name == name).unwrap()
}

fn tool<'c>(capability: &'c Capability, name: &str) -> &'c Tool {
    let tools = capability.exposes.iter().flat_map(|exposes| match &exposes.surface {
        Surface::Mcp(mcp) => mcp.tools.as_slice(),
        Surface::Rest(_) | Surface::Skill(_) | Surface::Control(_) => &[],
    });
    tools.into_iter().find(|tool| tool.name == name).unwrap()
}

/// Where the inputs of the operation that an action calls come from.
fn sources(action: &Action) -> &[Argument] {
    match action {
        Action::Call(call) => &call.arguments,
        Action::Steps(_) | Action::Mock(_) => &[],
    }
}

#[test]
fn the_example_has_nothing_to_complain_about() {
    let analysis = analysis(SHELF);
    assert_eq!(analysis.diagnostics, []);
    assert!(analysis.capability.is_some());
}
