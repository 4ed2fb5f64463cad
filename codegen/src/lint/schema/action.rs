//! What operations, tools, functions and resources do, and imports (sections 5.9, 8, 9 and 16 of the format).

use super::shape::{Era, Field, Object, Shape, free, may, must};
use super::text::{
    EXTENDED, FILE_LOCATION, KEBAB, QUALIFIED, TARGET, is_extended, is_file_location, is_kebab, is_qualified, is_target,
};
use crate::lint::view::View;

pub(super) const CALL: Field = may("call", Shape::Form(QUALIFIED, is_qualified));
pub(super) const WITH: Field = may("with", Shape::Values(&Shape::TextOrNumber));
pub(super) const STEPS: Field = may("steps", Shape::NamedChoice(step));
pub(super) const MAPPINGS: Field = may("mappings", Shape::List(&MAPPING));
pub(super) const REF: Field = may("ref", Shape::Form(QUALIFIED, is_qualified));

pub(super) static IMPORT: Object = Object {
    fields: &[
        must("location", Shape::Text).of(Era::Old),
        must("from", Shape::Text).of(Era::New),
        must("import", Shape::Text),
        may("as", Shape::Form(KEBAB, is_kebab)),
        may("description", Shape::Text),
    ],
    rule: |import, _| (import.text_of("from") == ".").then_some("imports from the file itself"),
};

static MAPPING: Shape = Shape::Object(&MAPPING_OBJECT);

static MAPPING_OBJECT: Object = Object {
    fields: &[
        must("targetName", Shape::Form(TARGET, is_target)).of(Era::Old),
        must("target", Shape::Form(TARGET, is_target)).of(Era::New),
        must("value", Shape::Text),
    ],
    rule: free,
};

/// Steps are one of three kinds.
fn step(step: View<'_>) -> Option<&'static Object> {
    match step.text_of("type") {
        "call" => Some(&CALL_STEP),
        "lookup" => Some(&LOOKUP_STEP),
        "script" => Some(&SCRIPT_STEP),
        _ => None,
    }
}

static CALL_STEP: Object = Object { fields: &[must("call", Shape::Form(QUALIFIED, is_qualified)), WITH], rule: free };

static LOOKUP_STEP: Object = Object {
    fields: &[
        must("index", Shape::Text),
        must("match", Shape::Text),
        must("lookupValue", Shape::Text),
        must("outputParameters", Shape::List(&Shape::Text)),
    ],
    rule: free,
};

static SCRIPT_STEP: Object = Object {
    fields: &[
        must("file", Shape::Text),
        may("language", Shape::Word(&["javascript", "python", "groovy"])),
        may("location", Shape::Form(FILE_LOCATION, is_file_location)),
        may("dependencies", Shape::List(&Shape::Text)),
        WITH,
    ],
    rule: free,
};

pub(super) static FUNCTION: Object = Object {
    fields: &[
        must("description", Shape::Text),
        may("semantics", Shape::Object(&SEMANTICS)),
        may("inputParameters", Shape::Named(&ARGUMENT)),
        CALL,
        WITH,
        STEPS,
        MAPPINGS,
        may("outputParameters", Shape::Outputs),
        may("tags", Shape::List(&Shape::Text)).of(Era::New),
        may("outputMediaType", Shape::Text).of(Era::New),
    ],
    rule: free,
};

static SEMANTICS: Object = Object {
    fields: &[may("safe", Shape::Boolean), may("idempotent", Shape::Boolean), may("cacheable", Shape::Boolean)],
    rule: free,
};

/// An argument of a tool or function.
pub(super) static ARGUMENT: Object = Object {
    fields: &[
        may("name", Shape::Form(EXTENDED, is_extended)),
        must("type", Shape::Word(&["string", "number", "integer", "boolean", "array", "object"])),
        must("description", Shape::Text),
        may("required", Shape::Boolean),
    ],
    rule: free,
};

/// What refers to a function needs no name and description of its own.
pub(super) fn described_or_referring(part: View<'_>) -> Option<&'static str> {
    let needs_description = part.get("ref").is_none() && part.get("description").is_none();
    needs_description.then_some("has no `description`")
}
