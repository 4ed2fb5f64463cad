//! What actions answer with.

use super::cases::{Case, case};
use super::*;
use crate::ir::json_path::JsonPath;
use crate::ir::{Content, Output, Part, Reference, Root, Type};

const MAPPED: &str = "call: shelf.get-book\n              outputParameters:\n                - type: object\n                  mapping: $.\n";

/// Mistakes in outputs.
pub(super) const OUTPUTS: &[Case] = &[
    case(
        Code::UnfitOutput,
        &[(MAPPED, "outputParameters: { pages: { type: number, value: many } }\n")],
        &[(MAPPED, "outputParameters: { pages: { type: number, value: '7' } }\n")],
    ),
    case(
        Code::OutputWithoutValue,
        &[(MAPPED, "outputParameters: [{ name: a, type: string, value: x }, { name: b, type: string }]\n")],
        &[(MAPPED, "outputParameters: [{ name: a, type: string, value: x }, { name: b, type: string, const: y }]\n")],
    ),
    case(
        Code::DuplicateOutput,
        &[(MAPPED, "outputParameters: [{ name: a, type: string, value: x }, { name: a, type: string, value: y }]\n")],
        &[(MAPPED, "outputParameters: [{ name: a, type: string, value: x }, { name: A, type: string, value: y }]\n")],
    ),
    case(
        Code::MalformedJsonPath,
        &[("mapping: $.", "mapping: '$.books['")],
        &[("mapping: $.", "mapping: '$.books[0]'")],
    ),
    case(
        Code::LooseJsonPath,
        &[("mapping: $.", "mapping: $.book-list")],
        &[("mapping: $.", "mapping: '$[\"book-list\"]'")],
    ),
    case(
        Code::FurtherOutputs,
        &[("mapping: $.", "mapping: $.book\n                - { type: object, mapping: $.author }")],
        &[("mapping: $.", "mapping: $.book")],
    ),
];

/// What the answer of the route's call is made into.
fn mapped(outputs: &str) -> Vec<Output> {
    let text = edited(&[(MAPPED, &format!("call: shelf.get-book\n              outputParameters: {outputs}\n"))]);
    match &route(&capability(&text), "get-book").action {
        Action::Call(call) => call.outputs.clone(),
        action => panic!("{action:?}"),
    }
}

/// The answer of a route that calls nothing, with these outputs.
fn mock(outputs: &str) -> Option<Output> {
    let text = edited(&[(MAPPED, &format!("outputParameters: {outputs}\n"))]);
    match &route(&capability(&text), "get-book").action {
        Action::Mock(output) => output.clone(),
        action => panic!("{action:?}"),
    }
}

fn property(outputs: &str, name: &str) -> Output {
    let Some(Output { content: Content::Object(properties), .. }) = mock(outputs) else { panic!("no object") };
    properties.into_iter().find(|(other, _)| other == name).map(|(_, output)| output).unwrap()
}

#[test]
fn both_shapes_of_a_mock_mean_the_same() {
    let list = "[{ name: title, type: string, value: Emma }, { name: pages, type: number, value: '474' }]";
    let map = "{ title: { type: string, value: Emma }, pages: { type: number, value: 474 } }";
    assert_eq!(mock(list), mock(map));
    assert_eq!(property(map, "pages").content, Content::Constant("474".to_owned()));
    assert_eq!(property(map, "title").content, Content::Constant("\"Emma\"".to_owned()));
}

#[test]
fn holes_are_parameters_by_any_of_their_names() {
    let parameter = || Reference { root: Root::Parameter(0), path: JsonPath::default() };
    for name in ["book-id", "book_id", "rest.book-id", "shelf-rest.book-id"] {
        let whole = property(&format!("{{ id: {{ type: string, value: '{{{{{name}}}}}' }} }}"), "id");
        assert_eq!(whole.content, Content::Value(parameter()), "{name}");
    }
    let text = property("{ id: { type: string, value: 'Book {{ book-id }}!' } }", "id");
    let parts = vec![Part::Text("Book ".to_owned()), Part::Value(parameter()), Part::Text("!".to_owned())];
    assert_eq!(text.content, Content::Template(parts));
}

#[test]
fn mocks_nest() {
    let list = property("{ tags: { type: array, items: { type: string, value: novel } } }", "tags");
    let Content::List(elements) = list.content else { panic!("no list") };
    assert_eq!((elements.len(), elements[0].name.as_str()), (1, "tags[]"));
    let author = property(
        "{ author: { type: object, properties: { name: { type: string, value: Austen }, born: { type: number, const: 1775 } } } }",
        "author",
    );
    let Content::Object(properties) = author.content else { panic!("no object") };
    let names: Vec<(&str, Type)> = properties.iter().map(|(_, output)| (output.name.as_str(), output.r#type)).collect();
    assert_eq!(names, [("author.name", Type::String), ("author.born", Type::Number)]);
}

#[test]
fn without_any_value_there_is_nothing_to_answer() {
    assert_eq!(mock("[{ name: a, type: string }]"), None);
}

#[test]
fn references_that_lead_nowhere_say_what_there_is() {
    let unknown = edited(&[(MAPPED, "outputParameters: { id: { type: string, value: '{{bok-id}}' } }\n")]);
    let message = message(&unknown, Code::UnknownReference);
    assert!(message.contains("did you mean `book-id`?"), "{message}");
    let field = edited(&[(MAPPED, "outputParameters: { id: { type: string, value: '{{book-id.first}}' } }\n")]);
    let message = super::message(&field, Code::UnknownReference);
    assert!(message.contains("its type is `string`"), "{message}");
}

#[test]
fn the_whole_document_is_handed_on_as_it_is() {
    for whole in
        ["[{ type: object, mapping: $. }]", "[{ type: array, mapping: $ }]", "[{ type: object, value: $. }]", "[]"]
    {
        assert_eq!(mapped(whole), [], "{whole}");
    }
    for made in ["[{ type: string, mapping: $. }]", "[{ type: object, mapping: $.book }]"] {
        assert_eq!(mapped(made).len(), 1, "{made}");
    }
}

#[test]
fn mappings_apply_at_every_depth() {
    let outputs = mapped(
        "[{ type: array, mapping: $.books, items: { type: object, properties: {
                    tags: { type: array, mapping: $.tags, items: { type: array, items: { type: string } } },
                    author: { type: object, mapping: $.by, properties: { name: { type: string, mapping: $.name } } } } } }]",
    );
    let Content::Items(path, item) = &outputs[0].content else { panic!("{outputs:#?}") };
    assert_eq!((path.segments.len(), item.r#type), (1, Type::Object));
    let Content::Object(properties) = &item.content else { panic!("{item:#?}") };
    let [(_, tags), (_, author)] = properties.as_slice() else { panic!("{properties:#?}") };
    let Content::Items(_, inner) = &tags.content else { panic!("{tags:#?}") };
    assert_eq!(inner.name, "[].tags[]");
    assert!(matches!(&inner.content, Content::Items(path, _) if path.segments.is_empty()), "{inner:#?}");
    assert!(matches!(&author.content, Content::At(..)), "{author:#?}");
}

#[test]
fn orchestrated_items_are_properties_in_both_shapes() {
    let list = "[{ type: array, mapping: $.x, items: [{ name: type, type: string, mapping: $.t }] }]";
    let map = "[{ type: array, mapping: $.x, items: { type: { type: string, mapping: $.t } } }]";
    assert_eq!(mapped(list), mapped(map));
}

#[test]
fn a_path_of_many_values_is_a_list() {
    let several =
        edited(&[("- type: object\n                  mapping: $.", "- { type: string, mapping: '$..title' }")]);
    let message = message(&several, Code::UnfitOutput);
    assert!(message.contains("make it an `array`"), "{message}");
    assert!(matches!(mapped("[{ type: array, mapping: '$..title' }]")[0].content, Content::Paths(_)));
}

#[test]
fn an_output_says_where_its_value_comes_from() {
    let unmapped = edited(&[("mapping: $.", "properties: { title: { type: string } }")]);
    let message = message(&unmapped, Code::MissingField);
    assert!(message.contains("`title` has neither a `mapping` nor a `value`"), "{message}");
}
