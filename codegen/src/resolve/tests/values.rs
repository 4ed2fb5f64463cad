//! Values that the file gives, and where their holes lead.

use super::*;
use crate::ir::{BaseUri, Input, Location, Operation, Piece, Template, Type};

/// A file with one operation.
fn file(base_uri: &str, upstream: &str, path: &str, operation: &str) -> String {
    format!(
        "naftiko: 1.0.0-alpha2
binds:
  - {{ namespace: env, keys: {{ KEY: API_KEY, HOST: API_HOST }} }}
capability:
  consumes:
    - type: http
      namespace: api
      baseUri: '{base_uri}'
      description: An API.
      inputParameters: [{upstream}]
      resources:
        - name: things
          path: '{path}'
          operations:
            - {{ name: run, method: GET, inputParameters: [{operation}] }}
"
    )
}

fn operation(upstream: &str, path: &str, operation: &str) -> Operation {
    capability(&file("https://api.example.org", upstream, path, operation)).operations.remove(0)
}

fn text(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

fn names(inputs: &[Input]) -> Vec<(&str, Location, bool)> {
    let parameters = inputs.iter().map(|input| &input.parameter);
    parameters.map(|parameter| (parameter.name.as_str(), parameter.location, parameter.required)).collect()
}

fn constant<'o>(operation: &'o Operation, name: &str) -> &'o Template {
    &operation.constants.iter().find(|constant| constant.name == name).unwrap().value
}

#[test]
fn holes_are_binds_inputs_fields_and_other_values() {
    let found = operation(
        "{ name: X-Key, in: header, value: 'k={{env.KEY}}' }",
        "/things/{id}",
        "{ name: user, in: header }, { name: greeting, in: query, value: 'Hi {{ user }}, {{id}}' }, \
         { name: city, in: query, value: '{{user.address.city}}' }, { name: copy, in: cookie, value: '{{X-Key}}!' }",
    );
    assert_eq!(names(&found.inputs), [("id", Location::Path, true), ("user", Location::Header, false)]);
    assert_eq!(found.inputs[1].parameter.r#type, Type::Object);
    assert_eq!(constant(&found, "X-Key"), &[text("k="), Piece::Bind(0)]);
    assert_eq!(constant(&found, "greeting"), &[text("Hi "), Piece::Input(1), text(", "), Piece::Input(0)]);
    assert_eq!(constant(&found, "city"), &[Piece::Field(1, vec!["address".to_owned(), "city".to_owned()])]);
    assert_eq!(constant(&found, "copy"), &[text("k="), Piece::Bind(0), text("!")]);
}

#[test]
fn values_of_the_path_may_be_templates() {
    let found = operation(
        "{ name: org, in: path, value: '{{env.KEY}}' }",
        "/{org}/{{env.HOST}}/{{ id }}/{file}",
        "{ name: file, in: path, value: 'a/{{name}}.json' }, { name: name, in: path }",
    );
    let expected = [text("/"), Piece::Bind(0), text("/"), Piece::Bind(1), text("/"), Piece::Input(0)];
    assert_eq!(found.path_template[..6], expected);
    assert_eq!(found.path_template[6..], [text("/a%2F"), Piece::Input(1), text(".json")]);
    // A parameter that stands in no path is one of templates, and a path needs all of it.
    assert_eq!(names(&found.inputs), [("id", Location::Path, true), ("name", Location::Template, true)]);
}

#[test]
fn a_value_of_its_own_name_is_an_input() {
    let found = operation("", "/things", "{ name: limit, in: query, value: '{{limit}}' }");
    assert_eq!(names(&found.inputs), [("limit", Location::Query, false)]);
    assert!(found.constants.is_empty());
}

#[test]
fn undeclared_names_become_inputs_unless_they_look_like_slips() {
    let of = |value: &str| {
        file("https://api.example.org", "", "/things", &format!("{{ name: q, in: query, value: '{value}' }}"))
    };
    let implicit = capability(&of("{{userId}}"));
    assert_eq!(names(&implicit.operations[0].inputs), [("userId", Location::Template, false)]);
    let scoped = of("{{tools.userId}}");
    assert_eq!(names(&capability(&scoped).operations[0].inputs), [("userId", Location::Template, false)]);
    assert!(messages(&scoped, Code::ImplicitInput).is_empty());
    assert!(message(&of("{{env.KEYS}}"), Code::UndeclaredVariable).contains("did you mean"));
    assert!(message(&of("{{TOKEN}}"), Code::UndeclaredVariable).contains("declared variables: `KEY`, `HOST`"));
    let slip = file(
        "https://api.example.org",
        "",
        "/things",
        "{ name: userId, in: header }, { name: q, in: query, value: '{{userIds}}' }",
    );
    assert!(message(&slip, Code::UndeclaredVariable).contains("did you mean `userId`?"));
}

#[test]
fn the_environment_supplies_parameters() {
    let found = capability(&file(
        "https://api.example.org",
        "{ name: region, in: environment }, { name: TRACE, in: environment, required: false }",
        "/{region}",
        "{ name: X-Trace, in: header, value: '{{TRACE}}' }",
    ));
    let binds: Vec<_> = found.binds.iter().map(|bind| (bind.source_key.as_str(), bind.required)).collect();
    assert_eq!(binds, [("region", true), ("TRACE", false)]);
    assert!(found.operations[0].inputs.is_empty());
    assert_eq!(found.operations[0].path_template, [text("/"), Piece::Bind(0)]);
    let unused = file("https://api.example.org", "{ name: region, in: environment }", "/things", "");
    assert!(message(&unused, Code::UnusedInput).contains("goes nowhere"));
}

#[test]
fn base_uris_take_binds_and_leave_inputs_to_the_paths() {
    let base = |base_uri: &str| capability(&file(base_uri, "", "/things", ""));
    let host = base("https://{{HOST}}.example.org/v1/");
    let expected = vec![text("https://"), Piece::Bind(0), text(".example.org/v1")];
    assert_eq!(host.upstreams[0].base_uri, BaseUri::Template(expected));
    // It is a setting as well, which makes the variable needless.
    assert!(!host.binds[0].required);
    let tenant = base("https://api.example.org/v1/t-{{tenant}}/");
    assert_eq!(tenant.upstreams[0].base_uri, BaseUri::Fixed("https://api.example.org/v1".to_owned()));
    let operation = &tenant.operations[0];
    assert_eq!(operation.path_template, [text("/t-"), Piece::Input(0), text("/things")]);
    assert_eq!(names(&operation.inputs), [("tenant", Location::Path, true)]);
    // What nothing declares, and a host that callers would choose, must be set as a whole.
    for open in ["https://{{host}}.example.org", "https://{region}.example.org/v1", "{{OTHER}}/v1"] {
        assert_eq!(base(open).upstreams[0].base_uri, BaseUri::Unset, "{open}");
    }
    let bad = file("ftp://{{HOST}}", "", "/things", "");
    assert!(message(&bad, Code::BadBaseUri).contains("neither `http` nor `https`"));
}

#[test]
fn a_file_for_others_may_leave_variables_to_them() {
    let fragment = "naftiko: 1.0.0-alpha2
consumes:
  - type: http
    namespace: api
    baseUri: https://api.example.org
    description: An API.
    authentication: { type: bearer, token: '{{API_TOKEN}}' }
    inputParameters: [{ name: API-Version, in: header, value: '{{API_VERSION}}' }]
    resources: [{ name: things, path: /things, operations: [{ name: run, method: GET }] }]
";
    let binds = capability(fragment).binds;
    let keys: Vec<_> = binds.iter().map(|bind| bind.source_key.as_str()).collect();
    assert_eq!(keys, ["API_TOKEN", "API_VERSION"]);
}
