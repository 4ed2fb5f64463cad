//! Rules for inputs, answers of bytes, and resources that are forwarded.

use super::*;
use crate::ir::{Binary, Forward, Location, Piece, Rule, Type};

const IN_QUERY: &str = "                  in: query\n                  type: integer";

fn limit(fields: &str) -> String {
    edited(&[(IN_QUERY, &format!("                  in: query\n                  type: integer\n{fields}"))])
}

fn rules(text: &str) -> Vec<Rule> {
    route(&capability(text), "list-books").rules.iter().map(|rule| rule.rule.clone()).collect()
}

#[test]
fn values_of_the_file_have_the_type_of_the_input() {
    assert_eq!(rules(&limit("                  value: '5'\n")), [Rule::Fixed("5".to_owned())]);
    assert_eq!(
        rules(&limit("                  default: 5\n                  required: true\n")),
        [Rule::Default("5".to_owned())]
    );
    let values = ["5", "10"].map(str::to_owned).to_vec();
    assert_eq!(rules(&limit("                  enum: [5, '10']\n")), [Rule::OneOf(values)]);
    for (fields, problem) in [
        ("value: five", "is a whole number and cannot be `five`"),
        ("default: 1.5", "cannot be `1.5`"),
        ("enum: [1, x]", "cannot be `x`"),
        ("enum: []", "has an empty list of values"),
        ("value: '{{x}}'", "where only a constant or a path can stand"),
        ("value: $.limit", "does not travel there"),
    ] {
        let text = message(&limit(&format!("                  {fields}\n")), Code::UnfitInputRule);
        assert!(text.contains(problem), "{fields}: {text}");
    }
}

#[test]
fn an_input_that_always_has_a_value_is_not_required() {
    let text = limit("                  default: 5\n                  required: true\n");
    let program = capability(&text);
    let parameter = &route(&program, "list-books").parameters[0];
    assert_eq!((parameter.required, parameter.r#type), (false, Type::Integer));
}

#[test]
fn a_path_into_the_body_makes_a_property_of_the_input() {
    let with = "              with:\n                body: rest.body\n";
    let inputs = "              inputParameters: [{ name: body, in: body, type: object, value: $.book }]\n";
    let program = capability(&edited(&[(with, inputs)]));
    let route = route(&program, "put-book");
    assert_eq!(route.parameters[1].location, Location::Property);
    assert!(matches!(route.rules[0].rule, Rule::Path(_)));
    let broken = edited(&[(with, &inputs.replace("$.book", "'$.book['"))]);
    assert_eq!(messages(&broken, Code::MalformedJsonPath).len(), 1);
}

#[test]
fn a_mistake_in_a_pattern_is_shown_where_it_is() {
    let text = message(&limit("                  pattern: '^(?i)a'\n"), Code::MalformedInputPattern);
    assert!(text.contains("no flags within a pattern") && text.contains("shelf.yaml:53:30"), "{text}");
}

#[test]
fn answers_of_bytes_have_the_media_type_that_is_nearest() {
    let raw = "outputRawFormat: json";
    let binary = "outputRawFormat: binary\n              outputMediaType: image/png\n              maxBinarySize: 1KiB";
    let mapped = "              outputParameters:\n                - type: object\n                  mapping: $.\n";
    let plain = capability(&edited(&[(raw, binary), (mapped, "")]));
    let expected = Binary { status: None, media_type: Some("image/png".to_owned()), max_size: Some(1024) };
    assert_eq!(route(&plain, "get-book").binary.as_ref(), Some(&expected));
    assert_eq!(tool(&plain, "find-book").binary.as_ref(), Some(&expected));
    let declared = "              responseBinary: { status: 206, mediaType: image/gif }\n";
    let declared = capability(&edited(&[(raw, binary), (mapped, declared)]));
    let expected = Binary { status: Some(206), media_type: Some("image/gif".to_owned()), max_size: Some(1024) };
    assert_eq!(route(&declared, "get-book").binary.as_ref(), Some(&expected));
    // Outputs are made of the bytes, which are a text in base64.
    assert_eq!(route(&capability(&edited(&[(raw, binary)])), "get-book").binary, None);
    let unused = edited(&[(raw, "outputRawFormat: json\n              outputMediaType: image/png")]);
    assert_eq!(messages(&unused, Code::ResponsesWithoutEffect).len(), 1);
}

fn forwarded(path: &str, forward: &str) -> String {
    let books = "        - path: /v1/books\n";
    edited(&[(books, &format!("        - path: {path}\n          forward: {forward}\n{books}"))])
}

#[test]
fn a_forwarded_resource_has_what_the_adapter_adds() {
    let text = forwarded("/proxy/{path}", "{ targetNamespace: shelf, trustedHeaders: [X-A, x-a, Authorization] }")
        .replacen(
            "      resources:\n",
            "      inputParameters: [{ name: v, in: query, value: '2' }]\n      resources:\n",
            1,
        );
    let program = capability(&text);
    let [Forward { prefix, upstream: 0, trusted_headers, constants, .. }] = program.exposes[0].forwards.as_slice()
    else {
        panic!("one forwarded resource")
    };
    assert_eq!(prefix.as_slice(), [Piece::Text("/proxy".to_owned())]);
    assert_eq!(trusted_headers.as_slice(), ["x-a", "authorization"]);
    assert_eq!(constants[0].name, "v");
}

#[test]
fn a_forwarded_resource_names_an_upstream_and_headers_that_can_travel() {
    let text = message(&forwarded("/p/{path}", "{ targetNamespace: shelv }"), Code::UnknownNamespace);
    assert!(text.contains("did you mean `shelf`?"), "{text}");
    for headers in ["[Host]", "[Connection]", "['a b']"] {
        let text = forwarded("/p/{path}", &format!("{{ targetNamespace: shelf, trustedHeaders: {headers} }}"));
        assert_eq!(messages(&text, Code::UnfitForward).len(), 1, "{headers}");
    }
    for path in ["/{path}/p", "/p/x{path}"] {
        assert_eq!(messages(&forwarded(path, "{ targetNamespace: shelf }"), Code::UnfitForward).len(), 1, "{path}");
    }
    assert_eq!(messages(&forwarded("/p", "{}"), Code::MissingField).len(), 1);
    let two = |first: &str, second: &str| {
        forwarded(
            first,
            &format!(
                "{{ targetNamespace: shelf }}\n        - path: {second}\n          forward: {{ targetNamespace: shelf }}"
            ),
        )
    };
    assert_eq!(messages(&two("/p/{path}", "/p/"), Code::DuplicateRoute).len(), 1);
    assert_eq!(messages(&two("/p/{x}", "/p/{path}"), Code::UnfitForward).len(), 1);
    assert_eq!(capability(&two("/p/q", "/p/{path}")).exposes[0].forwards.len(), 2);
}
