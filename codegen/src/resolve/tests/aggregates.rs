//! What comes of references to flows of aggregates.

use super::cases::{Case, case};
use super::*;
use crate::ir::{Hints, Location, Rule, Type};

const EXPOSES: &str = "  exposes:\n";
const FIND_BOOK: &str = "          hints:\n            readOnly: true\n          call: shelf.get-book\n";
const GET_BOOK: &str = "              call: shelf.get-book\n              outputParameters:\n                - type: object\n                  mapping: $.\n";

const AGGREGATE: &str = "  aggregates:
    - label: Reading
      namespace: reading
      functions:
        - name: read-book
          description: Read a book
          semantics: { safe: true, idempotent: true }
          inputParameters:
            - { name: book, type: string, description: Which book }
            - { name: page, type: integer, required: false, description: From which page on }
          call: shelf.get-book
          with: { book_id: reading.book }
          outputParameters: [{ type: string, mapping: $.text }]
  exposes:
";

/// The same in the words of later versions, without a namespace.
const FLOWS: &str = "  aggregates:
    - display: Reading
      flows:
        read-book:
          display: Read
          description: Read a book
          call: shelf.get-book
  exposes:
";

const REFER: (&str, &str) = (FIND_BOOK, "          ref: reading.read-book\n");

/// Mistakes in aggregates.
pub(super) const AGGREGATES: &[Case] = &[
    case(
        Code::UnknownFlow,
        &[(EXPOSES, AGGREGATE), (FIND_BOOK, "          ref: reading.read-bok\n")],
        &[(EXPOSES, AGGREGATE), REFER],
    ),
    case(
        Code::DuplicateFlow,
        &[
            (EXPOSES, AGGREGATE),
            ("      functions:\n", "      functions:\n        - { name: read-book, call: shelf.get-book }\n"),
            REFER,
        ],
        &[
            (EXPOSES, AGGREGATE),
            ("      functions:\n", "      functions:\n        - { name: read-books, call: shelf.get-book }\n"),
            REFER,
        ],
    ),
    case(Code::UnreferencedFlow, &[(EXPOSES, AGGREGATE)], &[(EXPOSES, AGGREGATE), REFER]),
    case(
        Code::OverriddenFlow,
        &[
            (EXPOSES, AGGREGATE),
            (
                "          call: shelf.list-books\n          input",
                "          call: shelf.list-books\n          ref: reading.read-book\n          input",
            ),
        ],
        &[(EXPOSES, AGGREGATE), REFER],
    ),
    case(
        Code::CacheableFlow,
        &[(EXPOSES, AGGREGATE), ("idempotent: true", "cacheable: true"), REFER],
        &[(EXPOSES, AGGREGATE), ("idempotent: true", "cacheable: false"), REFER],
    ),
];

#[test]
fn a_tool_is_what_its_flow_says_where_it_says_nothing_itself() {
    let capability = capability(&edited(&[
        (EXPOSES, AGGREGATE),
        (
            "        - name: find-book\n          description: Get a book\n          hints:\n            readOnly: true\n          call: shelf.get-book\n",
            "        - ref: reading.read-book\n",
        ),
    ]));
    let tool = tool(&capability, "read-book");
    assert_eq!(tool.description, "Read a book");
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(tool.hints, Hints { read_only: yes, destructive: no, idempotent: yes, open_world: None });
    let parameters: Vec<_> = tool
        .parameters
        .iter()
        .map(|parameter| (parameter.name.as_str(), parameter.r#type, parameter.required))
        .collect();
    assert_eq!(parameters, [("book", Type::String, true), ("page", Type::Integer, false)]);
    assert_eq!(tool.parameters[0].description, "Which book");
    assert_eq!(sources(&tool.action), [Argument::Parameter(0)]);
    let Action::Call(call) = &tool.action else { panic!("{:?}", tool.action) };
    assert_eq!(call.outputs[0].r#type, Type::String);
}

#[test]
fn what_a_tool_says_itself_takes_the_place_of_what_its_flow_says() {
    let own = "          hints: { idempotent: false, openWorld: true }
          inputParameters: [{ name: book, type: string, description: The book in hand }]
          outputParameters: [{ type: number, mapping: $.pages }]
          ref: reading.read-book\n";
    let capability = capability(&edited(&[(EXPOSES, AGGREGATE), (FIND_BOOK, own)]));
    let tool = tool(&capability, "find-book");
    assert_eq!(tool.description, "Get a book");
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(tool.hints, Hints { read_only: yes, destructive: no, idempotent: no, open_world: yes });
    assert_eq!(tool.parameters[0].description, "The book in hand");
    assert!(tool.parameters[0].required);
    assert_eq!(tool.parameters.len(), 2);
    let Action::Call(call) = &tool.action else { panic!("{:?}", tool.action) };
    assert_eq!(call.outputs[0].r#type, Type::Number);
}

#[test]
fn an_input_that_a_tool_declares_has_the_rules_of_its_flow() {
    let own = "          inputParameters:
            - { name: book, type: string, description: The book in hand }
            - { name: page, type: integer, description: The page, default: 7 }
          ref: reading.read-book\n";
    let capability = capability(&edited(&[
        (EXPOSES, AGGREGATE),
        ("description: Which book }", "description: Which book, pattern: '^[0-9]+$', enum: ['1', '2'] }"),
        ("required: false, description: From", "default: 1, description: From"),
        (FIND_BOOK, own),
    ]));
    let rules: Vec<_> =
        tool(&capability, "find-book").rules.iter().map(|rule| (rule.parameter, rule.rule.clone())).collect();
    let values = ["\"1\"", "\"2\""].map(str::to_owned).to_vec();
    let expected =
        [(0, Rule::Pattern("^[0-9]+$".to_owned())), (0, Rule::OneOf(values)), (1, Rule::Default("7".to_owned()))];
    assert_eq!(rules, expected);
}

#[test]
fn entries_of_with_give_values_to_the_inputs_of_the_flow_and_of_what_it_calls() {
    let given = [
        ("with: { book: shelf-mcp.title }", vec!["title", "page"], Argument::Parameter(1)),
        ("with: { book: first }", vec!["page"], Argument::Constant("\"first\"".to_owned())),
        ("with: { book_id: first }", vec!["book", "page"], Argument::Constant("\"first\"".to_owned())),
    ];
    for (with, expected, source) in given {
        let reference = format!("          ref: reading.read-book\n          {with}\n");
        let capability = capability(&edited(&[(EXPOSES, AGGREGATE), (FIND_BOOK, &reference)]));
        let tool = tool(&capability, "find-book");
        let mut names: Vec<&str> = tool.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        names.sort_by_key(|name| *name == "page");
        assert_eq!(names, expected, "{with}");
        assert_eq!(sources(&tool.action), [source], "{with}");
    }
}

#[test]
fn a_value_that_would_not_reach_the_texts_of_a_flow_is_refused() {
    let of = |text: &str| {
        let with = format!("with: {{ book_id: '{text}' }}");
        let reference = "          ref: reading.read-book\n          with: { book: first }\n";
        edited(&[(EXPOSES, AGGREGATE), ("with: { book_id: reading.book }", &with), (FIND_BOOK, reference)])
    };
    for text in ["no. {{book}}", "no. {{reading.book}}", "{{book.id}}"] {
        let shown = message(&of(text), Code::UnsupportedTemplate);
        assert!(shown.contains("the flow makes a text of `book`"), "{shown}");
    }
    for text in ["{{book}}", "{{ reading.book }}", "no. {{page}}"] {
        assert_eq!(messages(&of(text), Code::UnsupportedTemplate), [""; 0], "{text}");
    }
}

#[test]
fn path_variables_of_a_route_supply_the_inputs_of_its_flow() {
    let capability = capability(&edited(&[
        (EXPOSES, AGGREGATE),
        ("path: /v1/books/{book-id}", "path: /v1/books/{Book}"),
        (GET_BOOK, "              ref: reading.read-book\n"),
        ("call: shelf.put-book\n              with:\n                body: rest.body", "call: shelf.list-books"),
    ]));
    let route = route(&capability, "get-book");
    assert_eq!(route.description, "Read a book");
    let parameters: Vec<_> =
        route.parameters.iter().map(|parameter| (parameter.name.as_str(), parameter.location)).collect();
    assert_eq!(parameters, [("Book", Location::Path), ("page", Location::Query)]);
    assert_eq!(route.parameters[0].description, "Which book");
    assert_eq!(sources(&route.action), [Argument::Parameter(0)]);
}

#[test]
fn inputs_that_a_route_has_no_place_for_travel_where_its_method_has_room() {
    for (method, location) in [("GET", Location::Query), ("DELETE", Location::Query), ("POST", Location::Property)] {
        let operation = format!("            - {{ name: read, method: {method}, ref: reading.read-book }}\n");
        let list = "            - name: list-books\n              method: GET\n              call: shelf.list-books\n";
        let capability = capability(&edited(&[
            (EXPOSES, AGGREGATE),
            ("path: /v1/books\n", "path: /v1/read\n"),
            (list, &format!("{operation}{}", list.replace("GET", "HEAD"))),
        ]));
        let locations: Vec<_> =
            route(&capability, "read").parameters.iter().map(|parameter| parameter.location).collect();
        assert_eq!(locations, [location, location], "{method}");
    }
}

#[test]
fn flows_of_later_versions_need_no_namespace() {
    let capability = capability(&edited(&[(EXPOSES, FLOWS), (FIND_BOOK, "          ref: read-book\n")]));
    assert_eq!(tool(&capability, "find-book").parameters[0].name, "book_id");
}

#[test]
fn an_unknown_flow_is_reported_with_the_near_one() {
    for reference in ["reading.read-bok", "raeding.read-book", "read-book"] {
        let refer = format!("          ref: {reference}\n");
        let shown = message(&edited(&[(EXPOSES, AGGREGATE), (FIND_BOOK, &refer)]), Code::UnknownFlow);
        assert!(shown.contains("did you mean `reading.read-book`?"), "{shown}");
    }
    let shown = message(&edited(&[REFER]), Code::UnknownFlow);
    assert!(shown.contains("has no `aggregates`"), "{shown}");
}

#[test]
fn a_flow_that_nothing_refers_to_is_still_checked() {
    let text = edited(&[
        (EXPOSES, AGGREGATE),
        ("          call: shelf.get-book\n          with", "          call: shelf.get-bok\n          with"),
    ]);
    assert_eq!(messages(&text, Code::UnknownOperation).len(), 1);
    assert_eq!(messages(&text, Code::UnreferencedFlow).len(), 1);
}

#[test]
fn aggregates_share_no_namespace() {
    let twice =
        AGGREGATE.replace("  exposes:\n", "    - { label: Other, namespace: reading, functions: [] }\n  exposes:\n");
    let shown = message(&edited(&[(EXPOSES, &twice), REFER]), Code::DuplicateNamespace);
    assert!(shown.contains("two aggregates have the namespace `reading`"), "{shown}");
}
