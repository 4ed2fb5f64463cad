//! Types that lead to each other over many steps.

use std::fmt::Write as _;

use super::{document, emit};

/// How many steps a chain has: more than the stack has room for, were one step taken inside of another.
const STEPS: usize = 5_000;

#[test]
fn structs_that_demand_each_other_can_all_begin_blank() {
    let mut schemas = String::from(
        "components:\n  schemas:\n    A0: { type: object, properties: { b: { type: string, default: a } } }\n",
    );
    for step in 1..STEPS {
        let reference = format!("#/components/schemas/A{}", step - 1);
        let _ = writeln!(
            schemas,
            "    A{step}: {{ type: object, required: [a], properties: {{ a: {{ $ref: '{reference}' }} }} }}"
        );
    }
    let last = STEPS - 1;
    let body =
        format!("{{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/A{last}' }} }} }} }}");
    let paths = format!("  /a:\n    post:\n      operationId: act\n      requestBody: {body}\n");
    let output = emit(&format!("{}{schemas}", document(&paths)));
    output.assert_has(&format!("pub struct A{last} {{ pub a: A{},", last - 1));
}

#[test]
fn lists_of_too_many_levels_are_any_json() {
    let mut paths = String::new();
    for step in 0..STEPS {
        let items = match step {
            0 => "type: integer".to_owned(),
            _ => format!("$ref: '#/paths/~1p{}/get/responses/200/content/application~1json/schema'", step - 1),
        };
        let _ = writeln!(
            paths,
            "  /p{step}:\n    get:\n      operationId: o{step}\n      responses: {{ '200': {{ description: d, content: {{ application/json: \
             {{ schema: {{ type: array, items: {{ {items} }} }} }} }} }} }}"
        );
    }
    let output = emit(&document(&paths));
    output.assert_has("type Answer = ::std::vec::Vec<::std::vec::Vec<i64>>;");
    output.assert_has("for O40 { type Answer = ::capsmith::types::Value;");
}
