//! Outputs of exposed operations, whose rules depend on their type at every depth (section 14 of the format).

use super::shape::Schema;
use crate::lint::view::View;

const TYPES: &[&str] = &["string", "number", "boolean", "object", "array"];

/// Checks the outputs of an operation: a list of mapped ones, or a collection of named ones.
pub(super) fn check(schema: Schema<'_>, outputs: View<'_>) {
    for output in outputs.items() {
        // A name is what mapped outputs do not have: named ones take their values from the steps.
        check_output(schema, output.value, output.name.is_some());
    }
}

fn check_output(schema: Schema<'_>, output: View<'_>, is_named: bool) {
    if !output.is_mapping() {
        return;
    }
    let has = |name| output.get(name).is_some();
    let Some(kind) = output.get("type") else {
        schema.report(output.span(), "an output has no `type`".to_owned());
        return;
    };
    match kind.text() {
        "object" if !has("properties") => {
            schema.report(output.span(), "an output of the type `object` has no `properties`".to_owned());
        }
        "array" if !has("items") => {
            schema.report(output.span(), "an output of the type `array` has no `items`".to_owned());
        }
        "string" | "number" | "boolean" if !is_named && has("mapping") == has("value") => {
            let message = format!("an output of the type `{}` needs either `mapping` or `value`", kind.text());
            schema.report(output.span(), message);
        }
        _ if kind.scalar().is_none() => {
            schema.report(kind.span(), "the `type` of an output must be a text".to_owned());
        }
        other if !TYPES.contains(&other) => {
            schema.report(kind.span(), format!("`{other}` is no type of an output"));
        }
        _ => {}
    }
    for property in output.named("properties") {
        check_output(schema, property.value, is_named);
    }
    match output.get("items") {
        Some(items) if items.is_list() => items.elements().for_each(|item| check_output(schema, item, is_named)),
        Some(items) if items.get("type").is_some() => check_output(schema, items, is_named),
        Some(items) => items.items().for_each(|item| check_output(schema, item.value, is_named)),
        None => {}
    }
}
