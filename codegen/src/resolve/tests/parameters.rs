//! How parameters find each other.

use super::*;
use crate::ir::{Location, Piece, Source as ArgumentSource, Type};

/// A file with one operation, called by a REST operation and by a tool.
fn file(consumed_path: &str, consumed: &str, exposed_path: &str, exposed: &str, tool: &str) -> String {
    format!(
        "naftiko: 1.0.0-alpha2
binds: [{{ namespace: env, keys: {{ KEY: KEY }} }}]
capability:
  consumes:
    - type: http
      namespace: api
      baseUri: https://api.example.org
      description: An API.
      resources:
        - name: things
          path: {consumed_path}
          operations:
            - {{ name: run, method: POST, {consumed} }}
  exposes:
    - type: rest
      namespace: api-rest
      port: 0
      resources:
        - path: {exposed_path}
          operations: [{{ name: run, method: POST, call: api.run, {exposed} }}]
    - type: mcp
      namespace: api-mcp
      port: 0
      tools: [{{ name: run, description: Run, call: api.run, {tool} }}]
"
    )
}

fn parameters(parameters: &[crate::ir::Parameter]) -> Vec<(&str, Location, Type, bool)> {
    parameters
        .iter()
        .map(|parameter| (parameter.name.as_str(), parameter.location, parameter.r#type, parameter.required))
        .collect()
}

#[test]
fn declared_inputs_follow_the_path_and_the_body_comes_last() {
    let consumed = "inputParameters: [ \
        { name: body, in: body }, { name: X-Trace, in: header, required: true }, { name: count, in: query, type: integer }, \
        { name: b, in: path, type: integer, description: The b. }, { name: mode, in: query, value: 'fast {{KEY}}' }]";
    let capability = capability(&file("/x/{a}/{b}", consumed, "/x/{a}/{b}", "", ""));
    let operation = &capability.operations[0];
    let inputs: Vec<crate::ir::Parameter> = operation.inputs.iter().map(|input| input.parameter.clone()).collect();
    assert_eq!(
        parameters(&inputs),
        [
            ("a", Location::Path, Type::String, true),
            ("b", Location::Path, Type::Integer, true),
            ("X-Trace", Location::Header, Type::String, true),
            ("count", Location::Query, Type::Integer, false),
            ("body", Location::Body, Type::Object, false),
        ]
    );
    assert_eq!(inputs[0].description, "The `a` in `/x/{a}`.");
    assert_eq!(inputs[1].description, "The b.");
    assert_eq!(operation.constants[0].value, [Piece::Text("fast ".to_owned()), Piece::Bind(0)]);
    assert_eq!(
        operation.path_template,
        [Piece::Text("/x/".to_owned()), Piece::Input(0), Piece::Text("/".to_owned()), Piece::Input(1)]
    );
    // Everything that nobody supplies becomes a parameter of the surface, in its place.
    let arguments: Vec<ArgumentSource> = (0..5).map(ArgumentSource::Parameter).collect();
    assert_eq!(sources(&route(&capability, "run").action), arguments);
    assert_eq!(sources(&tool(&capability, "run").action), arguments);
}

#[test]
fn constants_of_the_path_are_folded() {
    let consumed = "inputParameters: [{ name: a, in: path, value: 'x y/ü' }]";
    let capability = capability(&file("/{a}.json", consumed, "/run", "", ""));
    assert_eq!(capability.operations[0].path_template, [Piece::Text("/x%20y%2F%C3%BC.json".to_owned())]);
}

#[test]
fn several_variables_in_a_segment_need_something_between() {
    let capability = capability(&file("/{a}-{b}.json", "", "/{a}-{b}", "", ""));
    assert_eq!(route(&capability, "run").path_template.len(), 4);
    let text = message(&file("/{a}/{b}", "", "/{a}{b}", "", ""), Code::MalformedPath);
    assert!(text.contains("between the path variables `a` and `b`"), "{text}");
}

#[test]
fn adjacent_variables_of_an_upstream_are_written_one_behind_the_other() {
    let capability = self::capability(&file("/{a}{b}", "", "/{a}/{b}", "", ""));
    let expected = [Piece::Text("/".to_owned()), Piece::Input(0), Piece::Input(1)];
    assert_eq!(capability.operations[0].path_template, expected);
}

#[test]
fn exact_names_win_over_similar_ones() {
    let capability = capability(&file("/{backup_id}/{backupId}", "", "/{backupId}/{backup_id}", "", ""));
    assert_eq!(sources(&route(&capability, "run").action)[..2], [1, 0].map(ArgumentSource::Parameter));
}

#[test]
fn ambiguity_lists_the_candidates_with_their_places() {
    let text = message(&file("/{backupId}", "", "/{backup-id}/{backup_id}", "", ""), Code::AmbiguousParameter);
    assert!(text.starts_with("more than one parameter could be the `backupId` of `run` [CAP0401]"), "{text}");
    assert!(text.contains("candidates: `backup-id`, `backup_id`"), "{text}");
    assert!(text.contains("`backup-id` could supply it") && text.contains("`backup_id` could supply it"), "{text}");
    // `with` decides.
    let decided = file("/{backupId}", "", "/{backup-id}/{backup_id}", "with: { backupId: rest.backup_id }", "");
    assert_eq!(sources(&route(&capability(&decided), "run").action)[0], ArgumentSource::Parameter(1));
    let undecided = file("/{backupId}", "", "/{backup-id}/{backup_id}", "with: { backupId: rest.backupId }", "");
    assert!(message(&undecided, Code::AmbiguousParameter).contains("candidates"));
}

#[test]
fn one_left_over_on_each_side_is_paired() {
    let paired = file("/{org}/{id}", "", "/{org}/{thing}", "", "");
    assert_eq!(sources(&route(&capability(&paired), "run").action)[..2], [0, 1].map(ArgumentSource::Parameter));
    assert_eq!(messages(&paired, Code::PairedByElimination).len(), 1);
    let unclear = file("/{a}/{b}", "", "/{c}/{d}", "", "");
    assert_eq!(messages(&unclear, Code::UnsuppliedPathVariable).len(), 2);
}

#[test]
fn with_names_new_parameters_in_the_place_of_the_input() {
    let consumed = "inputParameters: [{ name: limit, in: query, type: integer, description: How many. }]";
    let capability = capability(&file("/x", consumed, "/x", "with: { limit: rest.max }", "with: { limit: tools.max }"));
    let expected = ("max", Location::Query, Type::Integer, false);
    assert_eq!(parameters(&route(&capability, "run").parameters)[0], expected);
    assert_eq!(parameters(&tool(&capability, "run").parameters)[0], expected);
    assert_eq!(tool(&capability, "run").parameters[0].description, "How many.");
}

#[test]
fn references_may_say_where_the_parameter_travels() {
    let consumed = "inputParameters: [{ name: a.b, in: query }, { name: body, in: body }]";
    let with = "with: { id: rest.path.thing, a.b: rest.header.a-b, body: rest.body.body }";
    let capability = capability(&file("/{id}", consumed, "/{thing}", with, ""));
    assert_eq!(
        parameters(&route(&capability, "run").parameters),
        [
            ("thing", Location::Path, Type::String, true),
            ("a-b", Location::Header, Type::String, false),
            ("body", Location::Body, Type::Object, false),
        ]
    );
}

#[test]
fn with_gives_constants_of_the_inputs_type() {
    let consumed =
        "inputParameters: [{ name: n, in: query, type: integer }, { name: s, in: query }, { name: t, in: query }]";
    let with = "with: { n: '5', s: 5, t: a.b }";
    let capability = capability(&file("/x", consumed, "/x", with, ""));
    let arguments = sources(&route(&capability, "run").action);
    let constant = |json: &str| ArgumentSource::Constant(json.to_owned());
    assert_eq!(arguments[..3], [constant("5"), constant("\"5\""), constant("\"a.b\"")]);
}

#[test]
fn with_refers_in_several_ways() {
    let consumed = "inputParameters: [{ name: q, in: query }]";
    for reference in ["rest.q", "api-rest.q", "'{{q}}'", "'{{ rest.q }}'"] {
        let capability = capability(&file("/x", consumed, "/x", &format!("with: {{ q: {reference} }}"), ""));
        assert_eq!(sources(&route(&capability, "run").action)[0], ArgumentSource::Parameter(0), "{reference}");
    }
    for (reference, code) in [
        ("tools.q", Code::UnknownReference),
        ("args.q", Code::UnknownReference),
        ("api-mcp.q", Code::UnknownReference),
        ("rst.q", Code::UnknownReference),
        ("rest.", Code::UnknownReference),
        ("'{{q.r}}'", Code::UnknownReference),
        ("'a {{#q}}'", Code::UnsupportedTemplate),
    ] {
        let text = message(&file("/x", consumed, "/x", &format!("with: {{ q: {reference} }}"), ""), code);
        assert!(!text.is_empty());
    }
}

#[test]
fn a_tools_inputs_come_first_and_are_required_unless_they_say_otherwise() {
    let consumed = "inputParameters: [{ name: limit, in: query }, { name: sort, in: query }]";
    let declared = "inputParameters: [{ name: sort, type: string }, { name: Limit, type: integer, required: false }]";
    let capability = capability(&file("/{id}", consumed, "/{id}", "", declared));
    let tool = tool(&capability, "run");
    assert_eq!(
        parameters(&tool.parameters),
        [
            ("sort", Location::Query, Type::String, true),
            ("Limit", Location::Query, Type::Integer, false),
            ("id", Location::Path, Type::String, true),
            ("body", Location::Body, Type::Object, false),
        ]
    );
    assert_eq!(sources(&tool.action), [2, 1, 0, 3].map(ArgumentSource::Parameter));
    assert!(tool.parameters.iter().all(|parameter| !parameter.description.is_empty()));
}

#[test]
fn arguments_get_names_that_clients_can_take() {
    let consumed = "inputParameters: [{ name: $top, in: query }, { name: 'page[limit]', in: query }, { name: id, in: query }, { name: ID, in: header }]";
    let capability = capability(&file("/{id}", consumed, "/{id}", "", ""));
    let names: Vec<&str> =
        tool(&capability, "run").parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["id", "top", "page_limit", "id_query", "ID_header", "body"]);
    let fields: Vec<&str> = capability.operations[0].inputs.iter().map(|input| input.field.as_str()).collect();
    assert_eq!(fields, ["id", "top", "page_limit", "id_query", "id_header", "body"]);
    // In REST both keep their names: they travel in different places.
    let names: Vec<&str> =
        route(&capability, "run").parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["id", "$top", "page[limit]", "id", "ID", "body"]);
}

#[test]
fn parameters_of_all_levels_are_inputs_and_later_ones_win() {
    let text = edited(&[
        (
            "      resources:\n        - name: books",
            "      inputParameters: [{ name: limit, in: query, value: '1' }, { name: X-App, in: header, value: shelf }]\n      resources:\n        - name: books",
        ),
        (
            "          path: /books\n",
            "          path: /books\n          inputParameters: [{ name: sort, in: query }]\n",
        ),
    ]);
    let operation = capability(&text).operations[0].clone();
    let inputs: Vec<&str> = operation.inputs.iter().map(|input| input.parameter.name.as_str()).collect();
    assert_eq!(inputs, ["limit", "sort"]);
    let constants: Vec<&str> = operation.constants.iter().map(|constant| constant.name.as_str()).collect();
    assert_eq!(constants, ["X-App"]);
}

#[test]
fn headers_of_an_upstream_are_constants() {
    let text = edited(&[(
        "      resources:\n        - name: books",
        "      headers: { X-Version: '2023-06-01' }\n      resources:\n        - name: books",
    )]);
    assert_eq!(capability(&text).operations[2].constants[0].name, "X-Version");
    assert_eq!(messages(&text, Code::Extension).len(), 1);
}

#[test]
fn a_query_in_the_path_is_sent_as_constants() {
    let capability = capability(&file("/x?a=1&b", "", "/x", "", ""));
    let operation = &capability.operations[0];
    let constants: Vec<(&str, usize)> =
        operation.constants.iter().map(|constant| (constant.name.as_str(), constant.value.len())).collect();
    assert_eq!(constants, [("a", 1), ("b", 1)]);
    assert_eq!(operation.path_template, [Piece::Text("/x".to_owned())]);
}

#[test]
fn names_and_values_that_http_cannot_carry_are_refused() {
    for (consumed, exposed) in [
        ("inputParameters: [{ name: 'a b', in: header }]", ""),
        ("inputParameters: [{ name: 'a=b', in: cookie }]", ""),
        ("inputParameters: [{ name: a, in: header, value: \"x\\ny\" }]", ""),
        ("inputParameters: [{ name: a, in: header }]", "with: { a: rest.a b }"),
        ("", "inputParameters: [{ name: 'a b', in: header, type: string }]"),
    ] {
        let text = file("/x", consumed, "/x", exposed, "");
        assert_eq!(messages(&text, Code::InvalidValue).len(), 1, "{consumed} {exposed}");
    }
    assert_eq!(
        messages(&file("/x", "inputParameters: [{ name: 'a b', in: query }]", "/x", "", ""), Code::InvalidValue).len(),
        0
    );
}

#[test]
fn inputs_declared_twice_are_refused() {
    let twice = "inputParameters: [{ name: q, in: query, type: string }, { name: q, in: query, type: string }]";
    assert_eq!(messages(&file("/x", "", "/x", twice, ""), Code::DuplicateParameter).len(), 1);
    let apart = "inputParameters: [{ name: q, in: query, type: string }, { name: q, in: header, type: string }]";
    assert_eq!(messages(&file("/x", "", "/x", apart, ""), Code::DuplicateParameter).len(), 0);
}

#[test]
fn a_tool_without_a_description_takes_that_of_its_operation() {
    let text = edited(&[("          description: List the books\n          call", "          call")]);
    assert_eq!(tool(&capability(&text), "list-books").description, "List the books");
    assert_eq!(messages(&text, Code::MissingDescription).len(), 1);
    let text = edited(&[("          description: Get a book\n", "")]);
    assert_eq!(tool(&capability(&text), "find-book").description, "`GET /books/{book_id}`.");
}
