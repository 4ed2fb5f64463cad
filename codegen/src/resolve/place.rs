//! Where an input of a route travels that does not say it.

use super::names::normalise;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{Location, Method, Operation};
use crate::naftiko::ExposedInput;

/// The place of an input, which is linted: the one that its `mapping` names, or that of the input of its name of the
/// operation that is called, or else the body where the method has one and the query where it has none.
pub(super) fn implied(
    input: &ExposedInput<'_>,
    operation: Option<&Operation>,
    method: Method,
    sink: &Sink,
) -> Location {
    let has_body = matches!(method, Method::Post | Method::Put | Method::Patch);
    let location = by_mapping(input).or_else(|| by_operation(input, operation?, has_body)).unwrap_or(if has_body {
        Location::Body
    } else {
        Location::Query
    });
    let location = match location {
        Location::Body if input.name.value != "body" => Location::Property,
        location => location,
    };
    let message = format!("the input `{}` does not say where it travels", input.name.value);
    let word = match location {
        Location::Property => "body",
        location => super::inputs::word(location),
    };
    sink.report(
        Diagnostic::new(Code::PlaceNotGiven, input.name.span, message)
            .label(format!("taken for `in: {word}`"))
            .help("add `in: query`, `header`, `path`, `cookie` or `body`"),
    );
    location
}

/// The place that a dialect writes as `mapping: queryParameters.limit`.
fn by_mapping(input: &ExposedInput<'_>) -> Option<Location> {
    let (place, name) = input.mapping?.value.split_once('.')?;
    (name == input.name.value).then_some(())?;
    match place {
        "queryParameters" | "query" => Some(Location::Query),
        "pathParameters" | "path" => Some(Location::Path),
        "headers" | "header" | "headerParameters" => Some(Location::Header),
        "cookies" | "cookie" => Some(Location::Cookie),
        "body" => Some(Location::Body),
        _ => None,
    }
}

fn by_operation(input: &ExposedInput<'_>, operation: &Operation, has_body: bool) -> Option<Location> {
    let wanted = normalise(input.name.value);
    let inputs = operation.inputs.iter().map(|input| &input.parameter);
    let found = inputs.clone().find(|other| other.name == input.name.value);
    let found = found.or_else(|| inputs.clone().find(|other| normalise(&other.name) == wanted))?;
    match found.location {
        Location::Query | Location::Header | Location::Cookie => Some(found.location),
        Location::Body | Location::Property if has_body => Some(Location::Body),
        // The path has no variable of this name, or the input would be that variable.
        Location::Path | Location::Body | Location::Property | Location::Template => None,
    }
}
