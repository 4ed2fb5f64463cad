//! Steps that run scripts, and steps that do not say their type.

use super::cases::{Case, case};
use super::*;
use crate::ir::json_path::JsonPath;
use crate::ir::{Input, Reference, Root, Script, StepKind, StepScript, Steps, Type};

const GET_BOOK: &str = "call: shelf.get-book\n              outputParameters:\n                - type: object\n                  mapping: $.\n";

const SCORE: &str = "inputParameters: [{ name: page, in: query, type: integer, description: Which page }]
              steps:
                - { type: call, name: get, call: shelf.get-book }
                - { type: script, name: score, language: python, location: 'file:///./scripts', file: score.py, with: { limit: 5, token: '{{SHELF_TOKEN}}', title: $.get.title } }
              mappings: [{ targetName: score, value: $.score.value }]
";

const UNTYPED: &str = "steps:
                - { name: get, call: shelf.get-book }
                - { type: call, name: list, call: shelf.list-books }
              mappings: [{ targetName: title, value: $.get.title }]
";

const TYPED: &str = "steps:
                - { name: get, type: call, call: shelf.get-book }
                - { type: call, name: list, call: shelf.list-books }
              mappings: [{ targetName: title, value: $.get.title }]
";

/// What is said of scripts and of steps without a type.
pub(super) const SCRIPTS: &[Case] = &[
    case(Code::ScriptStep, &[(GET_BOOK, SCORE)], &[(GET_BOOK, TYPED)]),
    case(Code::StepTypeNotGiven, &[(GET_BOOK, UNTYPED)], &[(GET_BOOK, TYPED)]),
];

fn steps(action: &Action) -> &Steps {
    match action {
        Action::Steps(steps) => steps,
        action => panic!("{action:?}"),
    }
}

fn script(step: &StepKind) -> &StepScript {
    match step {
        StepKind::Script(script) => script,
        kind => panic!("{kind:?}"),
    }
}

/// The inputs of a script: fields, types, and whether they must be there.
fn inputs(script: &Script) -> Vec<(&str, Type, bool)> {
    let of = |input: &'_ Input| (input.parameter.r#type, input.parameter.required);
    script.inputs.iter().map(|input| (input.field.as_str(), of(input).0, of(input).1)).collect()
}

#[test]
fn a_script_is_given_what_with_says_earlier_steps_and_parameters() {
    let capability = capability(&edited(&[(GET_BOOK, SCORE)]));
    let [script] = capability.scripts.as_slice() else { panic!("{:#?}", capability.scripts) };
    assert_eq!((script.method_name.as_str(), script.type_name.as_str()), ("score", "Score"));
    assert_eq!(script.file, "file:///./scripts/score.py");
    let expected = [
        ("limit", Type::Integer, true),
        ("token", Type::String, true),
        ("title", Type::Any, false),
        ("get", Type::Any, true),
        ("book_id", Type::String, true),
        ("page", Type::Integer, false),
    ];
    assert_eq!(inputs(script), expected);
    let steps = steps(&route(&capability, "get-book").action);
    let used = self::script(&steps.steps[1].kind);
    assert_eq!(used.arguments[0], Argument::Constant("5".to_owned()));
    let parameter = Reference { root: Root::Parameter(0), path: JsonPath::default() };
    assert_eq!(used.arguments[4], Argument::Value(parameter));
    assert_eq!((steps.steps[1].after.as_slice(), steps.steps[0].is_used), (&[0][..], true));
}

#[test]
fn a_script_keeps_its_place_among_calls() {
    let text = "steps:
                - { type: call, name: a, call: shelf.get-book }
                - { type: script, name: check, file: check.js }
                - { type: call, name: b, call: shelf.list-books }
                - { type: call, name: c, call: shelf.put-book, with: { body: $.check } }
                - { type: script, name: last, file: last.js }
";
    let capability = capability(&edited(&[(GET_BOOK, text)]));
    let steps = steps(&route(&capability, "get-book").action);
    let after: Vec<&[usize]> = steps.steps.iter().map(|step| step.after.as_slice()).collect();
    let expected: [&[usize]; 5] = [&[], &[0], &[1], &[1, 2], &[0, 1, 2, 3]];
    assert_eq!(after, expected);
    assert_eq!(steps.last, Some(4), "what a script gives at last is the answer");
}

#[test]
fn a_flow_has_one_method_for_all_that_refer_to_it() {
    let text = edited(&[
        (
            "  exposes:\n",
            "  aggregates:
    - namespace: books
      functions:
        - name: rate
          description: Rate a book
          inputParameters:
            - { name: book-id, type: string, description: Which }
            - { name: scale, type: number, description: How far, required: false }
          steps:
            - { type: call, name: get, call: shelf.get-book }
            - { type: script, name: rate, file: rate.js, with: { most: books.scale } }
          mappings: [{ targetName: rate, value: $.rate }]
  exposes:
",
        ),
        (GET_BOOK, "ref: books.rate\n"),
        (
            "          hints:\n            readOnly: true\n          call: shelf.get-book",
            "          ref: books.rate\n          with: { scale: 5 }",
        ),
    ]);
    let capability = capability(&text);
    let [script] = capability.scripts.as_slice() else { panic!("{:#?}", capability.scripts) };
    assert_eq!(script.users, ["get-book", "find-book"]);
    let by_name = inputs(script);
    // One has a number that may be absent, the other one a constant.
    assert!(by_name.contains(&("most", Type::Any, false)), "{by_name:?}");
    assert!(by_name.contains(&("book_id", Type::String, true)), "{by_name:?}");
    let tool = steps(&tool(&capability, "find-book").action).steps[1].kind.clone();
    let places: Vec<&str> = script.inputs.iter().map(|input| input.parameter.name.as_str()).collect();
    let scale = places.iter().position(|name| *name == "scale").expect("an input of the flow");
    assert_eq!(self::script(&tool).arguments[scale], Argument::Constant("5".to_owned()));
    assert_eq!(messages(&text, Code::ScriptStep).len(), 1);
}

#[test]
fn the_method_is_told() {
    let text = message(&edited(&[(GET_BOOK, SCORE)]), Code::ScriptStep);
    for part in [
        "the step `score` is a method of the program: `Handlers::score`",
        "`file:///./scripts/score.py` is not run",
        "async fn score(&self, inputs: scripts::Score, context: Context) -> Result<Value, Problem>",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
}

#[test]
fn methods_have_names_of_their_own() {
    let text = edited(&[
        (GET_BOOK, "steps: [{ type: script, name: get-book, file: a.js }]\n"),
        (
            "call: shelf.put-book\n              with:\n                body: rest.body",
            "steps: [{ type: script, name: client, file: b.js }]",
        ),
    ]);
    let capability = capability(&text);
    let names: Vec<(&str, &str)> =
        capability.scripts.iter().map(|script| (script.method_name.as_str(), script.type_name.as_str())).collect();
    assert_eq!(names, [("get_book_get_book", "GetBook"), ("put_book_client", "Client")]);
}

#[test]
fn nobody_promises_what_a_script_does() {
    let script = "          steps: [{ type: script, name: find, file: find.js }]";
    let call = "          hints:\n            readOnly: true\n          call: shelf.get-book";
    let capability = capability(&edited(&[(call, script)]));
    assert_eq!(tool(&capability, "find-book").hints, crate::ir::Hints::default());
}

#[test]
fn mistakes_in_with_are_told() {
    for (value, code, expected) in [
        ("$.got.title", Code::UnknownStep, "did you mean `get`?"),
        ("$.score.title", Code::LaterStep, "refers to itself"),
        ("rest.pages", Code::UnknownReference, "did you mean `page`?"),
        ("input.page", Code::UnknownReference, "did you mean `rest.page`?"),
        ("'{{SHELF_TOKE}}'", Code::UnknownReference, "`SHELF_TOKE` refers to nothing"),
    ] {
        let text = edited(&[(GET_BOOK, SCORE), ("title: $.get.title", &format!("title: {value}"))]);
        let texts = messages(&text, code);
        assert!(texts.iter().any(|text| text.contains(expected)), "{value}: {texts:#?}");
    }
}

#[test]
fn steps_without_a_type_are_what_their_fields_say() {
    let text = "steps:
                - { name: get, call: shelf.get-book }
                - { name: find, index: get, match: id, lookupValue: '{{book-id}}', outputParameters: [title] }
                - { name: rate, file: rate.js }
              mappings: [{ targetName: rate, value: $.rate }]
";
    let untyped = edited(&[(GET_BOOK, text)]);
    let capability = capability(&untyped);
    let kinds = &steps(&route(&capability, "get-book").action).steps;
    assert!(matches!(kinds[0].kind, StepKind::Call(_)));
    assert!(matches!(kinds[1].kind, StepKind::Lookup(_)));
    assert!(matches!(kinds[2].kind, StepKind::Script(_)));
    let told = messages(&untyped, Code::StepTypeNotGiven);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(told[1].contains("add `type: lookup`"), "{told:#?}");
    for unclear in [
        "{ name: get, call: shelf.get-book, file: a.js }",
        "{ name: get, typ: call, call: shelf.get-book }",
        "{ name: get }",
    ] {
        let text = edited(&[(GET_BOOK, &format!("steps: [{unclear}]\n"))]);
        assert!(message(&text, Code::MissingField).contains("has no `type`"), "{unclear}");
    }
}

#[test]
fn scripts_are_given_no_more_values_than_anybody_could_want() {
    let steps: Vec<String> = (0..300).map(|index| format!("{{ type: script, name: s{index}, file: s.js }}")).collect();
    let text = edited(&[(GET_BOOK, &format!("steps: [{}]\n", steps.join(", ")))]);
    let found = analysis(&text);
    assert!(found.capability.is_none());
    assert!(found.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::TooLong), "{:#?}", found.diagnostics);
}
