//! Actions of several steps.

use super::cases::{Case, case};
use super::*;
use crate::ir::json_path::{JsonPath, Segment, Selector};
use crate::ir::{Content, Lookup, Mapping, Part, Reference, Root, StepKind, Steps, Type};

const GET_BOOK: &str = "call: shelf.get-book\n              outputParameters:\n                - type: object\n                  mapping: $.\n";

const TWO: &str = "steps:
                - { type: call, name: get, call: shelf.get-book }
                - { type: call, name: list, call: shelf.list-books, with: { limit: $.get.pages } }
              mappings: [{ targetName: pages, value: $.get.pages }]
";

/// The file with steps of every kind.
pub(super) fn stepped() -> String {
    let lookup =
        "{ type: lookup, name: find, index: list, match: id, lookupValue: '{{book-id}}', outputParameters: [title] }";
    let steps = TWO.replace("              mappings:", &format!("                - {lookup}\n              mappings:"));
    edited(&[(GET_BOOK, &steps)])
}

/// Mistakes in steps. The second file of each is nearly the same and right.
pub(super) const STEPS: &[Case] = &[
    case(
        Code::DuplicateStep,
        &[(
            GET_BOOK,
            "steps: [{ type: call, name: get, call: shelf.get-book }, { type: call, name: get, call: shelf.list-books }]\n",
        )],
        &[(
            GET_BOOK,
            "steps: [{ type: call, name: get, call: shelf.get-book }, { type: call, name: Get, call: shelf.list-books }]\n",
        )],
    ),
    case(Code::UnknownStep, &[(GET_BOOK, TWO), ("value: $.get.pages", "value: $.git.pages")], &[(GET_BOOK, TWO)]),
    case(
        Code::LaterStep,
        &[(GET_BOOK, TWO), ("limit: $.get.pages", "limit: '{{list.pages}}'")],
        &[(GET_BOOK, TWO), ("limit: $.get.pages", "limit: '{{get.pages}}'")],
    ),
    case(
        Code::UnknownStepField,
        &[
            (GET_BOOK, TWO),
            ("outputRawFormat: json", "outputParameters: [{ name: sheets, type: number, value: $.pages }]"),
        ],
        &[
            (GET_BOOK, TWO),
            ("outputRawFormat: json", "outputParameters: [{ name: pages, type: number, value: $.sheets }]"),
        ],
    ),
    case(
        Code::ConflictingMappings,
        &[
            (GET_BOOK, TWO),
            ("value: $.get.pages }]", "value: $.get.pages }, { targetName: pages.count, value: $.list }]"),
        ],
        &[
            (GET_BOOK, TWO),
            ("value: $.get.pages }]", "value: $.get.pages }, { targetName: pages-count, value: $.list }]"),
        ],
    ),
    case(
        Code::MappingsWithoutSteps,
        &[(GET_BOOK, "call: shelf.get-book\n              mappings: [{ targetName: id, value: $.get.id }]\n")],
        &[(GET_BOOK, TWO)],
    ),
    case(
        Code::UnmappedOutput,
        &[(GET_BOOK, TWO), ("mappings:", "outputParameters: [{ name: page, type: number }]\n              mappings:")],
        &[(GET_BOOK, TWO), ("mappings:", "outputParameters: [{ name: pages, type: number }]\n              mappings:")],
    ),
    case(
        Code::CallBesideSteps,
        &[(GET_BOOK, TWO), ("mappings:", "call: shelf.get-book\n              mappings:")],
        &[(GET_BOOK, TWO)],
    ),
];

/// The steps of the route, which stand in place of its call.
fn steps(text: &str) -> Steps {
    let text = edited(&[(GET_BOOK, text)]);
    match &route(&capability(&text), "get-book").action {
        Action::Steps(steps) => steps.clone(),
        action => panic!("{action:?}"),
    }
}

fn names(path: &[&str]) -> JsonPath {
    let segment = |name: &&str| Segment::Child(vec![Selector::Name((*name).to_owned())]);
    JsonPath { segments: path.iter().map(segment).collect() }
}

fn of_step(step: usize, path: &[&str]) -> Reference {
    Reference { root: Root::Step(step), path: names(path) }
}

fn arguments(steps: &Steps, step: usize) -> &[Argument] {
    match &steps.steps[step].kind {
        StepKind::Call(call) => &call.arguments,
        kind @ (StepKind::Lookup(_) | StepKind::Script(_)) => panic!("{kind:?}"),
    }
}

#[test]
fn both_shapes_and_all_spellings_mean_the_same() {
    let map = "steps:
                get: { type: call, call: shelf.get-book, with: { book_id: shelf-rest.book-id } }
                list: { type: call, call: shelf.list-books, with: { limit: '{{get.pages}}' } }
              mappings: [{ target: pages, value: '{{get.pages}}' }]
";
    assert_eq!(steps(map), steps(TWO));
    let steps = steps(TWO);
    assert_eq!(arguments(&steps, 0), [Argument::Parameter(0)]);
    assert_eq!(arguments(&steps, 1), [Argument::Value(of_step(0, &["pages"]))]);
    let expected = Mapping {
        target: vec!["pages".to_owned()],
        value: Argument::Value(of_step(0, &["pages"])),
        output: crate::ir::Output {
            name: "pages".to_owned(),
            description: String::new(),
            r#type: Type::Any,
            content: Content::Path(JsonPath::default()),
        },
    };
    assert_eq!(steps.mappings, [expected]);
    assert_eq!(steps.last, Some(1));
}

#[test]
fn steps_wait_for_what_they_need_and_for_changes() {
    let steps = steps(
        "steps:
                a: { type: call, call: shelf.get-book }
                b: { type: call, call: shelf.list-books }
                c: { type: call, call: shelf.put-book, with: { body: rest.body } }
                d: { type: call, call: shelf.list-books, with: { limit: $.a.limit } }
                e: { type: lookup, index: b, match: id, lookupValue: '{{book-id}}', outputParameters: [title] }
                f: { type: call, call: shelf.get-book }
              mappings: [{ target: title, value: $.e.title }]
",
    );
    let after: Vec<&[usize]> = steps.steps.iter().map(|step| step.after.as_slice()).collect();
    let expected: [&[usize]; 6] = [&[], &[], &[0, 1], &[0, 2], &[1], &[2]];
    assert_eq!(after, expected);
    let is_used: Vec<bool> = steps.steps.iter().map(|step| step.is_used).collect();
    assert_eq!(is_used, [true, true, false, false, true, false]);
    let StepKind::Lookup(lookup) = &steps.steps[4].kind else { panic!("{steps:#?}") };
    let expected = Lookup {
        index: 1,
        field: "id".to_owned(),
        value: Argument::Value(Reference { root: Root::Parameter(0), path: JsonPath::default() }),
        fields: vec!["title".to_owned()],
    };
    assert_eq!(*lookup, expected);
}

#[test]
fn what_a_step_does_not_say_it_does_not_send() {
    let put = edited(&[(
        "call: shelf.put-book\n              with:\n                body: rest.body",
        "steps: { put: { type: call, call: shelf.put-book }, list: { type: call, call: shelf.list-books } }",
    )]);
    let capability = capability(&put);
    let route = route(&capability, "put-book");
    let names: Vec<&str> = route.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    assert_eq!(names, ["book-id"]);
}

#[test]
fn parameters_that_no_step_uses_are_told() {
    let input =
        "inputParameters: [{ name: shade, in: query, type: string, description: A shade }]\n              steps:";
    let unused = edited(&[(GET_BOOK, TWO), ("steps:", input)]);
    let text = message(&unused, Code::UnusedInput);
    assert!(text.contains("no step has a use for it"), "{text}");
    let mapped = edited(&[(GET_BOOK, TWO), ("steps:", input), ("value: $.get.pages }]", "value: 'in {{shade}}' }]")]);
    assert_eq!(messages(&mapped, Code::UnusedInput), [""; 0]);
}

#[test]
fn declared_outputs_are_the_types_of_mappings() {
    let steps = steps(
        "steps: [{ type: call, name: get, call: shelf.get-book }]
              mappings:
                - { targetName: by.name, value: $.get.author }
                - { targetName: tags, value: '$.get.tags[*]' }
                - { targetName: count, value: '7' }
              outputParameters:
                - { name: by, type: object, properties: { name: { type: string } } }
                - { name: tags, type: array, items: [{ name: text, type: string }] }
                - { name: count, type: number }
",
    );
    let types: Vec<Type> = steps.mappings.iter().map(|mapping| mapping.output.r#type).collect();
    assert_eq!(types, [Type::String, Type::Array, Type::Number]);
    assert_eq!(steps.mappings[2].value, Argument::Constant("7".to_owned()));
    let Content::Items(_, item) = &steps.mappings[1].output.content else { panic!("{steps:#?}") };
    assert_eq!((item.name.as_str(), item.r#type), ("tags[]", Type::Object));
}

#[test]
fn mistakes_say_what_there_is() {
    for (edit, code, expected) in [
        (("value: $.get.pages", "value: get.pages"), Code::UnknownReference, "did you mean `$.get.pages`?"),
        (("limit: $.get.pages", "limit: get.pages"), Code::UnknownReference, "did you mean `$.get.pages`?"),
        (("limit: $.get.pages", "limit: $.list.x"), Code::LaterStep, "the step `list` refers to itself"),
        (("limit: $.get.pages", "limit: '{{got.pages}}'"), Code::UnknownReference, "did you mean `get`?"),
        (("name: get,", "name: book-id,"), Code::UnknownStep, "steps: `book-id`, `list`"),
        (("value: $.get.pages", "value: '$[0]'"), Code::UnknownStep, "begins with the name of no step"),
    ] {
        let texts = messages(&edited(&[(GET_BOOK, TWO), edit]), code);
        assert!(texts.iter().any(|text| text.contains(expected)), "{edit:?}: {texts:#?}");
    }
    let lookup = "steps:
                - { type: call, name: list, call: shelf.list-books }
                - { type: lookup, name: find, index: lists, match: id, lookupValue: '{{book-id}}', outputParameters: [title] }
              mappings: [{ targetName: title, value: $.find.titel }]
";
    let unknown = edited(&[(GET_BOOK, lookup)]);
    assert!(message(&unknown, Code::UnknownStep).contains("did you mean `list`?"));
    assert!(message(&unknown, Code::UnknownStepField).contains("did you mean `title`?"));
    let clash =
        edited(&[(GET_BOOK, TWO), ("name: get,", "name: book-id,"), ("limit: $.get.pages", "limit: '{{book-id}}'")]);
    assert!(message(&clash, Code::AmbiguousParameter).contains("both a parameter and a step"));
}

#[test]
fn hints_are_those_of_all_methods() {
    let tool = |name: &str| {
        let text = edited(&[(
            "          hints:\n            readOnly: true\n          call: shelf.get-book",
            &format!(
                "          steps: {{ get: {{ type: call, call: shelf.get-book }}, other: {{ type: call, call: shelf.{name} }} }}"
            ),
        )]);
        super::tool(&capability(&text), "find-book").hints
    };
    assert_eq!(tool("list-books").read_only, Some(true));
    assert_eq!((tool("put-book").read_only, tool("put-book").idempotent), (Some(false), Some(true)));
}

#[test]
fn templates_in_with_are_made_of_parameters_and_binds() {
    let with = |value: &str| {
        let text = edited(&[
            (
                "            - name: get-book\n              method: GET\n              outputRawFormat: json",
                "            - name: get-book\n              method: GET\n              inputParameters: [{ name: q, in: query }]",
            ),
            (
                "call: shelf.get-book\n              output",
                &format!("call: shelf.get-book\n              with: {{ q: {value} }}\n              output"),
            ),
        ]);
        let capability = capability(&text);
        let route = route(&capability, "get-book");
        let q = sources(&route.action).last().cloned().unwrap();
        (q, route.parameters.clone(), capability.binds.len())
    };
    let parameter = |index, path: &[&str]| Reference { root: Root::Parameter(index), path: names(path) };
    let (source, parameters, _) = with("'{{book-id}}/{{ page }}'");
    let parts = vec![Part::Value(parameter(0, &[])), Part::Text("/".to_owned()), Part::Value(parameter(1, &[]))];
    assert_eq!(source, Argument::Template(parts));
    assert_eq!((parameters[1].name.as_str(), parameters[1].required), ("page", false));
    let (source, parameters, _) = with("rest.body.filter.name");
    assert_eq!(source, Argument::Value(parameter(1, &["name"])));
    assert_eq!((parameters[1].name.as_str(), parameters[1].r#type), ("filter", Type::Object));
    for name in ["'{{SHELF_TOKEN}}'", "'{{env.SHELF_TOKEN}}'"] {
        let (source, parameters, binds) = with(name);
        assert_eq!(source, Argument::Value(Reference { root: Root::Bind(0), path: JsonPath::default() }), "{name}");
        assert_eq!((parameters.len(), binds), (1, 1));
    }
}

#[test]
fn binds_in_what_steps_keep_are_those_that_are_read() {
    let capability = capability(&edited(&[
        (GET_BOOK, TWO),
        ("SHELF_TOKEN: SHELF_TOKEN", "UNUSED: UNUSED\n      SHELF_TOKEN: SHELF_TOKEN"),
        ("outputRawFormat: json", "outputParameters: [{ name: pages, type: string, value: '{{SHELF_TOKEN}}' }]"),
    ]));
    let Action::Steps(steps) = &route(&capability, "get-book").action else { panic!("{capability:#?}") };
    let StepKind::Call(call) = &steps.steps[0].kind else { panic!("{steps:#?}") };
    assert_eq!(capability.binds.len(), 1);
    let expected = Reference { root: Root::Bind(0), path: JsonPath::default() };
    assert_eq!(call.outputs[0].1.content, Content::Value(expected));
}

#[test]
fn places_are_not_too_deep_for_anybody() {
    let target = |depth: usize| {
        let place = vec!["a"; depth].join(".");
        edited(&[(GET_BOOK, TWO), ("targetName: pages", &format!("targetName: {place}"))])
    };
    let Action::Steps(steps) = &route(&capability(&target(32)), "get-book").action.clone() else { panic!() };
    assert_eq!(steps.mappings[0].target.len(), 32);
    assert!(message(&target(50_000), Code::InvalidValue).contains("more than 32 names deep"));
}
