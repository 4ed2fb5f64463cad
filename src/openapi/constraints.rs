//! The constraints of the document: what a client is about to send, and what a server has received.

use super::description::{Api, Location, Operation, Part};
use super::error::{InputPlace, InputViolation};
use super::inputs::{Inputs, PartValue, Parts, Payload};
use crate::types::validate::{Check, Side, Violation, escaped, violations as of_view};
use crate::types::{Foreign, View};

/// Everything in a request that the document does not allow.
pub(super) fn violations(
    api: &'static Api,
    operation: &'static Operation,
    inputs: &mut dyn Inputs,
    side: Side,
) -> Vec<InputViolation> {
    let mut found = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let Some(parameter) = api.parameters.get(usize::from(*parameter)) else { continue };
        let place = InputPlace::Parameter { name: parameter.name, location: parameter.location };
        let view = inputs.field(index).view();
        // What a path lacks is refused when the path is written.
        if parameter.required && parameter.location != Location::Path && is_absent(view) {
            found.push(InputViolation { place, violation: absent() });
            continue;
        }
        let violations = match view {
            View::Opaque => inputs.foreign(index).map(|foreign| of_foreign(foreign, parameter.checks, side)),
            view => Some(of_view(view, parameter.checks, side)),
        };
        found.extend(violations.into_iter().flatten().map(|violation| InputViolation { place, violation }));
    }
    let body = |index: usize| operation.bodies.get(index).and_then(|body| api.bodies.get(usize::from(*body)));
    let violations = match inputs.body() {
        Payload::Absent | Payload::Upload(..) => Vec::new(),
        Payload::Typed(index, value) => of_view(value.view(), body(index).map_or(&[], |body| body.checks), side),
        Payload::Foreign(index, value) => of_foreign(value, body(index).map_or(&[], |body| body.checks), side),
        Payload::Parts(index, parts) => of_parts(parts, body(index).map_or(&[], |body| body.parts), side),
    };
    found.extend(violations.into_iter().map(|violation| InputViolation { place: InputPlace::Body, violation }));
    found
}

fn is_absent(view: View<'_>) -> bool {
    match view {
        View::Optional(value) => value.get().is_none_or(is_absent),
        _ => false,
    }
}

fn absent() -> Violation {
    Violation { pointer: String::new(), rule: "required", message: "is required".to_owned() }
}

fn of_foreign(value: &dyn Foreign, checks: &'static [Check], side: Side) -> Vec<Violation> {
    if checks.is_empty() {
        return Vec::new();
    }
    // A value that cannot be written is an error of its own.
    value.write().map_or(Vec::new(), |value| of_view(View::Any(&value), checks, side))
}

fn of_parts(parts: &mut dyn Parts, described: &'static [Part], side: Side) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, name) in parts.names().iter().enumerate() {
        let checks = described.iter().find(|part| part.name == *name).map_or(&[] as &[Check], |part| part.checks);
        let violations = match parts.part(index) {
            PartValue::Typed(value) => of_view(value.view(), checks, side),
            PartValue::Foreign(value) => of_foreign(value, checks, side),
            PartValue::Absent | PartValue::Upload(_) | PartValue::Uploads(_) => continue,
        };
        let prefix = format!("/{}", escaped(name));
        found.extend(violations.into_iter().map(|violation| {
            let pointer = format!("{prefix}{}", violation.pointer);
            Violation { pointer, ..violation }
        }));
    }
    found
}
