//! Names of documents beside ours, and beside each other.

use super::{document, emit};
use crate::emit::tests::hygiene::leaks;

/// Names that the output has anyway, that Rust has, and that no language has.
const HOSTILE: &[&str] = &[
    "new",
    "New",
    "new_",
    "from_env",
    "builder",
    "request",
    "Request",
    "Client",
    "Config",
    "header",
    "bearer",
    "timeout",
    "send",
    "detailed",
    "pages",
    "items",
    "into_future",
    "body",
    "request_body",
    "header_",
    "inner",
    "inputs",
    "options",
    "settings",
    "base_url",
    "types",
    "operations",
    "bodies",
    "responses",
    "errors",
    "servers",
    "tables",
    "API",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "async",
    "match",
    "_",
    "",
    " ",
    "+1",
    "-1",
    "ü",
    "名前",
    "a-b",
    "a_b",
    "aB",
    "A B",
    "Wrapper`1<String>",
    "{}",
    "\\u0000",
    "String",
    "Option",
    "Vec",
    "Result",
    "Some",
    "None",
    "Ok",
    "index",
    "answer",
    "received",
    "variant",
    "environment",
    "config",
];

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"").replace("\\\\u0000", "\\u0000"))
}

#[test]
fn operations_parameters_and_types_of_any_name_are_declared_once() {
    let mut paths = String::new();
    for (number, name) in HOSTILE.iter().enumerate() {
        let parameters: Vec<_> = HOSTILE
            .iter()
            .enumerate()
            .map(|(index, name)| {
                format!(
                    "{{ name: {}, in: {}, required: {}, schema: {{ type: string }} }}",
                    quoted(name),
                    if index % 2 == 0 { "query" } else { "header" },
                    (index + number) % 3 == 0
                )
            })
            .collect();
        let path = format!(
            "  /p{number}:\n    post:\n      operationId: {}\n      parameters: [{}]\n      requestBody: {{ required: {}, content: {{ application/json: {{ schema: \
             {{ type: object, title: {}, properties: {{ {}: {{ type: integer }} }} }} }}, multipart/form-data: {{ schema: {{ type: object, properties: {{ {} }} }} }} }} }}\n      \
             responses: {{ '200': {{ description: d, content: {{ application/json: {{ schema: {{ type: string }} }} }} }}, '202': {{ description: d }}, \
             '404': {{ description: d, content: {{ text/plain: {{ schema: {{ type: string }} }} }} }}, default: {{ description: d, content: {{ application/json: {{}} }} }} }}\n",
            quoted(name),
            parameters.join(", "),
            number % 2 == 0,
            quoted(name),
            quoted(name),
            HOSTILE
                .iter()
                .map(|name| format!("{}: {{ type: string, format: binary }}", quoted(name)))
                .collect::<Vec<_>>()
                .join(", "),
        );
        paths.push_str(&path);
    }
    let output = emit(&document(&paths));
    assert_eq!(output.twice(), Vec::<String>::new());
    assert_eq!(leaks(&output.file.items), Vec::<String>::new());
    let count = output.text.matches("super::tables::OPERATIONS[").count();
    assert_eq!(count, HOSTILE.len());
}

#[test]
fn what_would_hide_our_names_gets_an_underscore() {
    let output = emit(&document(
        "  /a:\n    get:\n      operationId: new\n      parameters: [{ name: header, in: query }, { name: header_, in: query }, { name: send, in: query, required: true }]\n",
    ));
    output.assert_has("pub fn new_(&self, send: impl ::core::convert::Into<::std::string::String>)");
    output.assert_has("pub fn header_(mut self, header: impl ::core::convert::Into<::std::string::String>)");
    output.assert_has("pub fn header_2(mut self, header_2: impl ::core::convert::Into<::std::string::String>)");
    assert!(!output.has("pub fn send_("), "what is required has no setter");
}

#[test]
fn a_parameter_called_body_keeps_its_name() {
    let output = emit(&document(
        "  /a:\n    post:\n      operationId: act\n      parameters: [{ name: body, in: query, required: true }]\n      requestBody: { content: { application/json: {} } }\n",
    ));
    output.assert_has("pub body: ::std::string::String,");
    output.assert_has("pub request_body: ::core::option::Option<::capsmith::types::Value>,");
}

#[test]
fn errors_called_alike_are_apart() {
    let failure = |operation: &str, first: &str, second: &str| {
        format!(
            "  /{operation}:\n    get:\n      operationId: {operation}\n      responses: {{ '400': {{ description: d, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{first}' }} }} }} }}, \
             '500': {{ description: d, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{second}' }} }} }} }} }}\n"
        )
    };
    let paths = [failure("a", "A", "BOrC"), failure("b", "AOrB", "C"), failure("c", "C", "AOrB")].concat();
    let schema = |name: &str| format!("    {name}: {{ type: object, properties: {{ {name}: {{ type: string }} }} }}\n");
    let schemas: String = ["A", "BOrC", "AOrB", "C"].map(schema).concat();
    let output = emit(&format!("{}components:\n  schemas:\n{schemas}", document(&paths)));
    assert_eq!(output.twice(), Vec::<String>::new());
    // The order of statuses plays no part.
    assert_eq!(output.text.matches("type Failure=super::errors::AOrBOrC2;").count(), 2);
}

#[test]
fn names_of_300_characters_are_kept_apart() {
    let long = "x".repeat(300);
    let paths: String = ["a", "b"]
        .map(|end| {
            format!(
                "  /{end}:\n    post:\n      operationId: {long}{end}\n      requestBody: {{ content: {{ application/json: {{}}, text/plain: {{}} }} }}\n      \
                 responses: {{ '200': {{ description: d }}, '201': {{ description: d, content: {{ text/plain: {{}} }} }} }}\n"
            )
        })
        .concat();
    let output = emit(&document(&paths));
    assert_eq!(output.twice(), Vec::<String>::new());
    output.assert_has(&format!("pub fn {long}a(&self,)"));
}
