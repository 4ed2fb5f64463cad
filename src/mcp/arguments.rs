//! The arguments of a call, checked against the tool's parameters before anything is sent.

use rmcp::model::JsonObject;
use serde_json::Value;

use super::capability::Entry;
use crate::arguments::{Argument, ArgumentError, FromArgument as _, whole};
use crate::description::{Parameter, Tool, Type};
use crate::openapi::serve::joined::accept;

/// The values of the tool's parameters, or one text with everything that is wrong and how to mend it.
pub(crate) fn read(entry: &Entry, mut given: JsonObject) -> Result<Vec<Option<Argument>>, String> {
    let tool = entry.tool;
    let mut errors = Vec::new();
    let mut values = Vec::with_capacity(tool.parameters.len());
    for (index, parameter) in tool.parameters.iter().enumerate() {
        let outcome = value(parameter, given.shift_remove(parameter.name)).and_then(|value| match value {
            Some(value) => entry.action.check(index, parameter, &value).map(|()| Some(value)),
            None => Ok(None),
        });
        let outcome = outcome.map_err(|error| vec![error]).and_then(|value| match value {
            Some(value) => accept(parameter, value).map(Some),
            None => Ok(None),
        });
        match outcome {
            Ok(value) => values.push(value),
            Err(found) => errors.extend(found.into_iter().map(ArgumentError::without_location)),
        }
    }
    let known = || tool.parameters.iter().map(|parameter| parameter.name);
    errors.extend(given.into_iter().map(|(name, _)| unknown(name, known())));
    if errors.is_empty() { Ok(values) } else { Err(message(tool.name, &errors)) }
}

/// One text with everything that is wrong with an object that arguments are the properties of.
pub(crate) fn refusal(tool: &Tool, errors: Vec<ArgumentError>) -> String {
    let errors: Vec<ArgumentError> = errors.into_iter().map(ArgumentError::without_location).collect();
    message(tool.name, &errors)
}

/// The text about a call that is not made.
pub(crate) fn message(tool: &str, errors: &[ArgumentError]) -> String {
    let lines: Vec<String> = errors.iter().map(|error| format!("\n- {error}")).collect();
    format!("`{tool}` cannot be called with these arguments:{}", lines.concat())
}

/// What is wrong with an argument that a tool does not have.
pub(crate) fn unknown<'a>(name: String, known: impl Iterator<Item = &'a str>) -> ArgumentError {
    let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    let detail = if known.is_empty() {
        "is not an argument of this tool; it has none: leave it out".to_owned()
    } else {
        format!("is not an argument of this tool; its arguments are {}: rename it or leave it out", known.join(", "))
    };
    ArgumentError::new(name, None, detail)
}

/// What is wrong with a null for an argument that must be there.
pub(crate) const NULL: &str = "is required and must not be null";

/// One argument. `null` stands for an optional argument that is absent, as many clients send it.
fn value(parameter: &Parameter, given: Option<Value>) -> Result<Option<Argument>, ArgumentError> {
    match given {
        None if parameter.required => Err(ArgumentError::missing(parameter)),
        None => Ok(None),
        Some(Value::Null) if !parameter.required => Ok(None),
        Some(Value::Null) if parameter.r#type != Type::Any => Err(ArgumentError::of(parameter, NULL)),
        Some(value) => typed(parameter, value).map(Some),
    }
}

fn typed(parameter: &Parameter, value: Value) -> Result<Argument, ArgumentError> {
    if let Some(detail) = misfit(parameter.r#type, &value) {
        return Err(ArgumentError::of(parameter, detail));
    }
    Ok(match whole_number(&value) {
        Some(integer) if parameter.r#type == Type::Integer => Argument::Integer(integer),
        _ => Argument::from_value(value),
    })
}

/// A whole number, which may be written with a fraction of zero.
pub(crate) fn whole_number(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    number.as_i64().or_else(|| whole(number.as_f64()?))
}

/// What is wrong with the type of a value, and how to mend it. `None`: it is of the type.
pub(crate) fn misfit(expected: Type, value: &Value) -> Option<String> {
    let (expected, fix) = match (expected, value) {
        (Type::Any, _)
        | (Type::String, Value::String(_))
        | (Type::Boolean, Value::Bool(_))
        | (Type::Array, Value::Array(_))
        | (Type::Object, Value::Object(_))
        | (Type::Number, Value::Number(_)) => return None,
        (Type::Integer, Value::Number(number)) => match whole_number(value) {
            Some(_) => return None,
            None if number.is_u64() => ("a whole number of 64 bits", None),
            None => (i64::EXPECTED, None),
        },
        (Type::String, Value::Number(_) | Value::Bool(_)) => ("text", Some(format!("send \"{value}\""))),
        (Type::String, _) => ("text", None),
        (Type::Integer, Value::String(text)) => (i64::EXPECTED, unquoted(text.parse::<i64>().is_ok(), text)),
        (Type::Integer, _) => (i64::EXPECTED, None),
        (Type::Number, Value::String(text)) => (f64::EXPECTED, unquoted(text.parse::<f64>().is_ok(), text)),
        (Type::Number, _) => (f64::EXPECTED, None),
        (Type::Boolean, Value::String(text)) => (bool::EXPECTED, unquoted(text.parse::<bool>().is_ok(), text)),
        (Type::Boolean, _) => (bool::EXPECTED, None),
        (Type::Array, Value::String(_)) => ("an array", Some("send a JSON array and not its text".to_owned())),
        (Type::Array, _) => ("an array", Some(format!("send [{value}] for a single item"))),
        (Type::Object, Value::String(_)) => ("an object", Some("send a JSON object and not its text".to_owned())),
        (Type::Object, _) => ("an object", None),
    };
    let found = Argument::from_value(value.clone()).describe();
    let fix = fix.map(|fix| format!("; {fix}")).unwrap_or_default();
    Some(format!("must be {expected}, not {found}{fix}"))
}

fn unquoted(fits: bool, text: &str) -> Option<String> {
    fits.then(|| format!("send {text} without quotes"))
}
