//! Request bodies that the file writes, and those whose fields are inputs.

use super::*;
use crate::ir::{Body, Escape, JsonTemplate, Location, Operation, Piece, Source as ArgumentSource, Type};

/// A file with one operation, called by a REST operation and by a tool.
fn file(operation: &str, route: &str, tool: &str) -> String {
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
          path: /things
          operations:
            - {{ name: run, method: POST, {operation} }}
  exposes:
    - type: rest
      namespace: api-rest
      port: 0
      resources:
        - path: /things
          operations: [{{ name: run, method: POST, call: api.run, {route} }}]
    - type: mcp
      namespace: api-mcp
      port: 0
      tools: [{{ name: run, description: Run, call: api.run, {tool} }}]
"
    )
}

fn operation(operation: &str) -> Operation {
    capability(&file(operation, "", "")).operations.remove(0)
}

fn inputs(operation: &Operation) -> Vec<(&str, Location, Type, bool)> {
    let parameters = operation.inputs.iter().map(|input| &input.parameter);
    parameters.map(|input| (input.name.as_str(), input.location, input.r#type, input.required)).collect()
}

fn text(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

fn json(operation: &Operation) -> &JsonTemplate {
    match &operation.body {
        Some(Body::Json(json)) => json,
        body => panic!("{body:?}"),
    }
}

#[test]
fn json_text_has_texts_in_strings_and_values_elsewhere() {
    let found = operation(
        r#"body: '{"name": "Hi {{name}}!", "tags": {{ tags }}, "key": "{{env.KEY}}", "n": 1.50, "a": [1, {"b": null}]}'"#,
    );
    let expected = [
        ("name", JsonTemplate::Text(vec![text("Hi "), Piece::Input(0), text("!")])),
        ("tags", JsonTemplate::Value(Piece::Input(1))),
        ("key", JsonTemplate::Text(vec![Piece::Bind(0)])),
        ("n", JsonTemplate::Literal("1.50".to_owned())),
        ("a", JsonTemplate::Literal(r#"[1,{"b":null}]"#.to_owned())),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(json(&found), &JsonTemplate::Object(expected.into()));
    let names = [("name", Location::Template, Type::String, false), ("tags", Location::Template, Type::Any, false)];
    assert_eq!(inputs(&found), names);
    // Without holes it is sent as it is written.
    assert_eq!(json(&operation("body: ' {\"n\": 1.50} '")), &JsonTemplate::Literal(r#"{"n": 1.50}"#.to_owned()));
}

#[test]
fn a_json_tree_has_values_where_nothing_but_a_hole_stands() {
    let found = operation("body: { type: json, data: { a: '{{tools.x}}', b: 'x={{x}}', c: [1, 'two', true] } }");
    let expected = [
        ("a", JsonTemplate::Value(Piece::Input(0))),
        ("b", JsonTemplate::Text(vec![text("x="), Piece::Input(0)])),
        ("c", JsonTemplate::Literal(r#"[1,"two",true]"#.to_owned())),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(json(&found), &JsonTemplate::Object(expected.into()));
    assert_eq!(inputs(&found), [("x", Location::Template, Type::Any, false)]);
    assert_eq!(json(&operation("body: { type: json, data: {} }")), &JsonTemplate::Literal("{}".to_owned()));
}

#[test]
fn text_is_escaped_by_its_place_and_needs_its_inputs() {
    let found = operation("body: { type: xml, data: '<a b=\"{{b}}\">{{c}}<![CDATA[{{d}}]]></a>' }");
    let Some(Body::Text("application/xml", pieces)) = &found.body else { panic!("{:?}", found.body) };
    let escapes = pieces.iter().filter(|(_, piece)| !matches!(piece, Piece::Text(_))).map(|(escape, _)| *escape);
    assert_eq!(escapes.collect::<Vec<_>>(), [Escape::Xml, Escape::Xml, Escape::Cdata]);
    assert!(found.inputs.iter().all(|input| input.parameter.required));
    let misplaced = file("body: { type: xml, data: '<{{b}}/>' }", "", "");
    assert!(message(&misplaced, Code::MalformedBody).contains("cannot stand here"));
    // So are the values that the file gives.
    let given = "inputParameters: [{ name: b, in: body, value: '<' }], body: { type: xml, data: '<a>{{b}}</a>' }";
    let Some(Body::Text(_, pieces)) = operation(given).body else { panic!("a body") };
    assert_eq!(pieces[1], (Escape::Xml, Piece::Text("<".to_owned())));
    // The header says what a plain text is.
    let header = "inputParameters: [{ name: Content-Type, in: header, value: text/csv }], body: 'a,{{b}}'";
    assert!(matches!(operation(header).body, Some(Body::Text("application/octet-stream", _))));
}

#[test]
fn faults_of_bodies_are_told() {
    for (body, part) in [
        ("'{\"a\": }'", "expected value"),
        ("'{\"{{a}}\": 1}'", "name of a property"),
        ("{ type: json, data: { '{{a}}': 1 } }", "name of a property"),
        ("'grant_type={{a}}'", "the body is not JSON"),
        ("{ type: formUrlEncoded, data: { '{{a}}': 1 } }", "cannot be templates"),
        ("{ type: multipartForm, data: [{ name: '{{a}}', value: b }] }", "cannot be templates"),
        ("{ type: multipartForm, data: [{ name: a, value: b, contentType: '{{c}}' }] }", "cannot be templates"),
        ("{ type: sparql, data: 'ASK { ?a <{{b}} && ?c }' }", "a template cannot stand here"),
    ] {
        let text = message(&file(&format!("body: {body}"), "", ""), Code::MalformedBody);
        assert!(text.contains(part), "{text}");
    }
    assert!(message(&file("body: '{{TOKEN}}'", "", ""), Code::UndeclaredVariable).contains("TOKEN"));
    let unused = file("inputParameters: [{ name: a, in: body }, { name: b, in: body }], body: '{{a}}'", "", "");
    assert!(message(&unused, Code::UnusedInput).contains("`b` does not stand in the body"));
}

#[test]
fn fields_make_the_object_and_surfaces_take_them_one_by_one() {
    let fields = "inputParameters: [{ name: title, in: body, type: string, required: true }, \
                  { name: pages, in: body }, { name: kind, in: body, value: book }]";
    let capability = capability(&file(fields, "", ""));
    let found = &capability.operations[0];
    let expected = [
        ("title", JsonTemplate::Value(Piece::Input(0))),
        ("pages", JsonTemplate::Value(Piece::Input(1))),
        ("kind", JsonTemplate::Literal("\"book\"".to_owned())),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(json(found), &JsonTemplate::Object(expected.into()));
    let places = |parameters: &[crate::ir::Parameter]| {
        let places =
            parameters.iter().map(|parameter| (parameter.name.clone(), parameter.location, parameter.required));
        places.collect::<Vec<_>>()
    };
    let expected = [("title".to_owned(), Location::Property, true), ("pages".to_owned(), Location::Property, false)];
    assert_eq!(places(&route(&capability, "run").parameters), expected);
    let names: Vec<_> = tool(&capability, "run").parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["title", "pages"]);
}

#[test]
fn declared_inputs_that_go_nowhere_else_are_properties_of_a_whole_body() {
    let capability = capability(&file(
        "",
        "inputParameters: [{ name: title, in: body, type: string, description: The title. }]",
        "inputParameters: [{ name: title, type: string, description: The title. }]",
    ));
    let properties = [ArgumentSource::Properties(vec![("title".to_owned(), 0)])];
    assert_eq!(sources(&route(&capability, "run").action), properties);
    assert_eq!(sources(&tool(&capability, "run").action), properties);
    assert_eq!(route(&capability, "run").parameters[0].location, Location::Property);
    let with = file("body: { type: json, data: { t: '{{title}}' } }", "with: { title: rest.body.name }", "");
    let capability = super::capability(&with);
    let parameter = &route(&capability, "run").parameters[0];
    assert_eq!((parameter.name.as_str(), parameter.location), ("name", Location::Property));
}
