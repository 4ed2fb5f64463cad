//! Inputs of capabilities that are joined with a document: what it says about a parameter is done as for its own clients.

use super::description::{Location, Parameter};
use super::encode::{inline_typed, push_typed};
use super::error::{InputPlace, InputViolation};
use crate::ArgumentError;
use crate::arguments::{Arguments, TypedArgument};
use crate::client::Encoded;
use crate::description::{self, Schema};
use crate::types::validate::{Side, violations as of_view};

/// Everything in the arguments that the document does not allow.
pub(crate) fn violations(arguments: &Arguments, parameters: &'static [description::Parameter]) -> Vec<InputViolation> {
    let mut found = Vec::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let (Some(schema), Some(value)) = (parameter.schema, arguments.typed(index)) else { continue };
        let place = match location(parameter) {
            Some(location) => InputPlace::Parameter { name: parameter.name, location },
            None => InputPlace::Body,
        };
        let violations = of_view(value.typed().view(), schema.checks, Side::Sender).into_iter();
        found.extend(violations.map(|violation| InputViolation { place, violation }));
    }
    found
}

/// Writes a value that stands neither in the path nor in the body.
pub(crate) fn push(
    parts: &mut Encoded,
    parameter: &description::Parameter,
    schema: &Schema,
    value: &TypedArgument,
) -> Result<(), ArgumentError> {
    push_typed(parts, &wire(parameter, schema), value.typed())
}

/// A value as it stands in the path.
pub(crate) fn inline(
    parameter: &description::Parameter,
    schema: &Schema,
    value: &TypedArgument,
) -> Result<String, ArgumentError> {
    inline_typed(&wire(parameter, schema), value.typed())
}

/// The parameter as the document has it.
pub(super) fn wire(parameter: &description::Parameter, schema: &Schema) -> Parameter {
    Parameter {
        name: parameter.name,
        location: location(parameter).unwrap_or(Location::Query),
        style: schema.style,
        explode: schema.explode,
        required: parameter.required,
        allow_reserved: schema.allow_reserved,
        allow_empty: schema.allow_empty,
        checks: schema.checks,
    }
}

/// Where a parameter travels; `None`: it is the body, or goes nowhere by itself.
fn location(parameter: &description::Parameter) -> Option<Location> {
    match parameter.location {
        description::Location::Path => Some(Location::Path),
        description::Location::Query => Some(Location::Query),
        description::Location::Header => Some(Location::Header),
        description::Location::Cookie => Some(Location::Cookie),
        description::Location::Body | description::Location::Template => None,
    }
}
