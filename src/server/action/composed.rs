//! Inputs of operations that are made of several values, or of what the caller has no hand in.

use http::StatusCode;
use serde_json::Value;

use super::scope::Scope;
use crate::arguments::{Argument, ArgumentError};
use crate::description::{Parameter, Part, Reference, Root, Source};
use crate::jsonpath::QueryError;
use crate::openapi::serve::joined::accept;
use crate::server::Problem;

/// Who gives a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Giver {
    Caller,
    /// The upstream of an earlier step.
    Step,
    /// The settings, of which callers learn nothing.
    Settings,
}

/// The value that a source gives to an input. Null stands for an absent one, but where the caller sent it.
pub(super) fn argument(
    input: &'static Parameter,
    source: &'static Source,
    parameters: &'static [Parameter],
    scope: &Scope<'_>,
) -> Result<Option<Argument>, Problem> {
    let value = scope.value(source).map_err(too_much)?;
    let is_absent = match (&value, source) {
        (None, _) => true,
        (Some(value), Source::Parameter(_)) => value.is_null() && input.r#type != crate::description::Type::Any,
        (Some(value), _) => value.is_null(),
    };
    if is_absent && input.required {
        return Err(absent(input, source, parameters, scope));
    }
    let Some(value) = value.filter(|_| !is_absent) else { return Ok(None) };
    if matches!(source, Source::Properties(_)) {
        return accept(input, Argument::Json(value.into())).map(Some).map_err(Problem::invalid_inputs);
    }
    Ok(Some(Argument::from_value(value)))
}

/// The problem of an input that must be there and is not.
fn absent(
    input: &'static Parameter,
    source: &'static Source,
    parameters: &'static [Parameter],
    scope: &Scope<'_>,
) -> Problem {
    let is_missing = |reference: &&Reference| {
        scope.get(reference).is_ok_and(|value| value.is_none_or(|value| matches!(*value, Value::Null)))
    };
    let Some(reference) = references(source).into_iter().find(is_missing) else {
        return ArgumentError::missing(input).into();
    };
    match reference.root {
        Root::Parameter(index) => match parameters.get(index) {
            Some(parameter) if reference.path.segments.is_empty() => ArgumentError::missing(parameter).into(),
            Some(parameter) => {
                ArgumentError::of(parameter, format!("lacks the part that `{}` is made of", input.name)).into()
            }
            None => ArgumentError::missing(input).into(),
        },
        Root::Step(_) => {
            let detail = format!("Its input `{}` has no value: what an earlier step gave lacks it.", input.name);
            Problem::new(StatusCode::BAD_GATEWAY).with_detail(detail)
        }
        Root::Bind(_) => settings(input),
    }
}

/// The problem as it is to be told, of inputs with these sources: what is wrong with a value that the caller did not give
/// is not the caller's mistake, and settings are not shown.
pub(super) fn blame(problem: Problem, inputs: &'static [Parameter], sources: &'static [Source]) -> Problem {
    let wrong = problem.errors().iter().filter_map(|error| {
        let (input, source) = inputs.iter().zip(sources).find(|(input, _)| input.name == error.parameter())?;
        Some((giver(source), input))
    });
    match wrong.max_by_key(|(giver, _)| *giver) {
        Some((Giver::Settings, input)) => settings(input),
        Some((Giver::Step, _)) => {
            let errors: Vec<String> = problem.errors().iter().map(ToString::to_string).collect();
            let detail = format!("What earlier steps gave does not fit: {}.", errors.join("; "));
            Problem::new(StatusCode::BAD_GATEWAY).with_detail(detail)
        }
        Some((Giver::Caller, _)) | None => problem,
    }
}

/// Whether a source is more than a parameter or a constant.
pub(super) fn is_composed(source: &Source) -> bool {
    matches!(source, Source::Value(_) | Source::Template(_))
}

pub(super) fn too_much(error: QueryError) -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY).with_detail(format!("A value cannot be found: {error}."))
}

fn settings(input: &Parameter) -> Problem {
    tracing::error!(input = input.name, "a bind variable is missing, or its value does not fit the input");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
}

fn giver(source: &'static Source) -> Giver {
    let of = |reference: &Reference| match reference.root {
        Root::Parameter(_) => Giver::Caller,
        Root::Step(_) => Giver::Step,
        Root::Bind(_) => Giver::Settings,
    };
    references(source).into_iter().map(of).max().unwrap_or(Giver::Caller)
}

/// What a source refers to.
fn references(source: &'static Source) -> Vec<&'static Reference> {
    match source {
        Source::Value(reference) => vec![reference],
        Source::Template(parts) => {
            let of = |part: &'static Part| match part {
                Part::Value(reference) => Some(reference),
                Part::Text(_) => None,
            };
            parts.iter().filter_map(of).collect()
        }
        Source::Parameter(_) | Source::Constant(_) | Source::Properties(_) | Source::Absent => Vec::new(),
    }
}
