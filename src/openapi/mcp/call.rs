//! From the arguments of a call to the inputs of an operation, and from what is wrong with those back.

use rmcp::model::{JsonObject, Tool as ListedTool};
use serde_json::{Map, Value};

use super::arguments::{Argument, Target};
use super::body::{Body, Form};
use crate::Problem;
use crate::arguments::{ArgumentError, NULL, misfit, whole_number};
use crate::description::{self, Type};
use crate::mcp::arguments::{message, names, unknown, with_given};
use crate::openapi::serve::JsonArguments;
use crate::openapi::{Api, Location, Operation};

/// The inputs, or one text with everything that is wrong with the arguments and how to mend it.
pub(super) fn read(
    tool: &ListedTool,
    arguments: &[Argument],
    body: Option<&Body>,
    mut given: JsonObject,
) -> Result<JsonArguments, String> {
    let mut errors = Vec::new();
    let mut inputs = JsonArguments::default();
    let (mut members, mut whole) = (Map::new(), None);
    for argument in arguments {
        let value = match value(argument, given.shift_remove(&argument.name)) {
            Ok(Some(value)) => value,
            Ok(None) => continue,
            Err(detail) => {
                errors.push(ArgumentError::new(argument.name.clone(), None, detail));
                continue;
            }
        };
        match &argument.target {
            Target::Parameter(position) => {
                let length = inputs.parameters.len().max(position + 1);
                inputs.parameters.resize(length, None);
                inputs.parameters[*position] = Some(value);
            }
            Target::Member(name) => {
                members.insert(name.clone(), value);
            }
            Target::Body => whole = Some(value),
        }
    }
    errors.extend(unknown("tool", given, || names(tool)));
    if !errors.is_empty() {
        return Err(message(&tool.name, &errors));
    }
    if let Some(body) = body {
        let is_there = body.required || !members.is_empty();
        let value = match body.form {
            Form::Whole(_) => whole,
            Form::Members(_) => is_there.then_some(Value::Object(members)),
        };
        inputs.body = value.map(|value| (body.content, value));
    }
    Ok(inputs)
}

/// One argument. Null stands for an optional argument that is absent, as many clients send it, where it is no value.
fn value(argument: &Argument, given: Option<Value>) -> Result<Option<Value>, String> {
    let is_parameter = matches!(argument.target, Target::Parameter(_));
    match given {
        None if argument.required => Err("is required".to_owned()),
        Some(Value::Null) if argument.takes_null && (argument.required || !is_parameter) => Ok(Some(Value::Null)),
        Some(Value::Null) if argument.required => Err(NULL.to_owned()),
        None | Some(Value::Null) => Ok(argument.otherwise.clone()),
        Some(value) => match whole_number(&value) {
            Some(integer) if argument.r#type == Type::Integer => Ok(Some(integer.into())),
            // Whether it fits is known to the type of the input.
            None if argument.r#type == Type::Integer && value.is_u64() => Ok(Some(value)),
            _ => misfit(argument.r#type, &value).map_or(Ok(Some(value)), Err),
        },
    }
}

/// What is wrong with inputs, in terms of the arguments. `None`: the problem is another.
pub(super) fn refusal(
    api: &'static Api,
    operation: &'static Operation,
    tool: &str,
    arguments: &[Argument],
    given: &JsonObject,
    problem: &Problem,
) -> Option<String> {
    if problem.status() != http::StatusCode::BAD_REQUEST || problem.errors().is_empty() {
        return None;
    }
    let errors = problem.errors().iter().map(|error| {
        let (name, pointer) = named(api, operation, arguments, error);
        let shown = given.get(&name);
        with_given(ArgumentError::new(name, None, error.detail().to_owned()).with_pointer(pointer), shown)
    });
    let told = message(tool, &errors.collect::<Vec<_>>());
    // What a handler says itself is more than a summary of the errors.
    let summary = Problem::invalid_inputs(problem.errors().to_vec());
    Some(match problem.detail().filter(|detail| Some(*detail) != summary.detail()) {
        Some(detail) => format!("{detail}\n{told}"),
        None => told,
    })
}

/// The argument that an error is about, and the part of it.
fn named(
    api: &'static Api,
    operation: &'static Operation,
    arguments: &[Argument],
    error: &ArgumentError,
) -> (String, String) {
    let pointer = error.pointer().unwrap_or_default();
    let find = |is_meant: &dyn Fn(&Target) -> bool| {
        arguments.iter().find(|argument| is_meant(&argument.target)).map(|argument| argument.name.clone())
    };
    if error.location() == Some(description::Location::Body) {
        let (first, rest) = match pointer.strip_prefix('/') {
            Some(path) => path.split_at(path.find('/').unwrap_or(path.len())),
            None => ("", ""),
        };
        let member = first.replace("~1", "/").replace("~0", "~");
        if let Some(name) = find(&|target| *target == Target::Member(member.clone())) {
            return (name, rest.to_owned());
        }
        let name = find(&|target| *target == Target::Body).unwrap_or_else(|| error.parameter().to_owned());
        return (name, pointer.to_owned());
    }
    let is_meant = |position: usize| {
        let parameter = operation.parameters.get(position).and_then(|index| api.parameters.get(usize::from(*index)));
        parameter.is_some_and(|parameter| {
            parameter.name == error.parameter() && Some(parameter.location.into()) == error.location()
        })
    };
    let name = find(&|target| matches!(target, Target::Parameter(position) if is_meant(*position)));
    (name.unwrap_or_else(|| error.parameter().to_owned()), pointer.to_owned())
}

/// The arguments that stand in the path, which say what a request is about.
pub(super) fn identifiers(api: &'static Api, operation: &'static Operation, arguments: &[Argument]) -> Vec<String> {
    let is_in_path = |argument: &&Argument| match argument.target {
        Target::Parameter(position) => {
            let index = operation.parameters.get(position);
            let parameter = index.and_then(|index| api.parameters.get(usize::from(*index)));
            parameter.is_some_and(|parameter| parameter.location == Location::Path)
        }
        Target::Member(_) | Target::Body => false,
    };
    arguments.iter().filter(is_in_path).map(|argument| argument.name.clone()).collect()
}
