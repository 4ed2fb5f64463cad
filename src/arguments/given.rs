//! Values that come as JSON.

use serde_json::Value;

use super::{Argument, ArgumentError, FromArgument as _, whole};
use crate::description::{Parameter, Type};

/// What is wrong with a null for an argument that must be there.
pub(crate) const NULL: &str = "is required and must not be null";

/// A value of a parameter. `null` stands for an optional one that is absent, as many clients send it.
pub(crate) fn read_given(parameter: &Parameter, given: Option<Value>) -> Result<Option<Argument>, ArgumentError> {
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
