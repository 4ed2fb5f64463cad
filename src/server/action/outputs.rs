//! Values of outputs, made to fit the types that the file declares.

use std::borrow::Cow;

use serde_json::{Number, Value};

use super::scope::{Scope, text};
use crate::description::{Content, Output, Type};
use crate::jsonpath::{JsonPath, QueryError, check_copies};

/// Why an output has no value.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The value does not fit the declared type.
    Misfit { output: &'static str, expected: Type, found: &'static str },
    /// The path takes too much work.
    Query { output: &'static str, error: QueryError },
}

/// The value of an output; `document` is what paths begin at.
pub(crate) fn evaluate(output: &'static Output, document: &Value, scope: &Scope<'_>) -> Result<Value, Fault> {
    let value = content(output, &output.content, document, scope)?;
    fit(output, value)
}

fn content(
    output: &'static Output,
    content: &'static Content,
    document: &Value,
    scope: &Scope<'_>,
) -> Result<Value, Fault> {
    let unfound = |error| Fault::Query { output: output.name, error };
    let query = |path: &JsonPath, document| path.query(document).map_err(unfound);
    Ok(match content {
        // The compiler wrote this text.
        Content::Constant(json) => serde_json::from_str(json).unwrap_or_default(),
        Content::Value(reference) => {
            let value = scope.get(reference).map_err(unfound)?;
            value.map(Cow::into_owned).unwrap_or_default()
        }
        Content::Template(parts) => {
            let text = scope.render(parts).map_err(unfound)?;
            Value::String(text)
        }
        Content::Path(path) => query(path, document)?.first().copied().cloned().unwrap_or_default(),
        Content::Paths(path) => path.copies(document).map(Value::Array).map_err(unfound)?,
        Content::At(path, content) => match query(path, document)?.first() {
            None | Some(Value::Null) => Value::Null,
            Some(document) => self::content(output, content, document, scope)?,
        },
        Content::Items(path, item) => {
            let found = query(path, document)?;
            let elements = match found.as_slice() {
                _ if !path.is_singular() => {
                    check_copies(&found).map_err(unfound)?;
                    found
                }
                [] | [Value::Null] => return Ok(Value::Null),
                [Value::Array(elements)] => elements.iter().collect(),
                [other, ..] => return Err(misfit(output, other)),
            };
            let elements = elements.into_iter().map(|element| evaluate(item, element, scope));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
        Content::OneOrMore(path, item) => {
            let elements = match query(path, document)?.as_slice() {
                [] | [Value::Null] => return Ok(Value::Null),
                [Value::Array(elements)] => elements.as_slice(),
                [alone, ..] => std::slice::from_ref(*alone),
            };
            let elements = elements.iter().map(|element| evaluate(item, element, scope));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
        Content::Object(properties) => {
            let properties = properties.iter();
            let properties =
                properties.map(|(name, output)| Ok(((*name).to_owned(), evaluate(output, document, scope)?)));
            Value::Object(properties.collect::<Result<_, _>>()?)
        }
        Content::List(elements) => {
            let elements = elements.iter().map(|element| evaluate(element, document, scope));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
    })
}

pub(crate) fn misfit(output: &Output, value: &Value) -> Fault {
    Fault::Misfit { output: output.name, expected: output.r#type, found: kind(value) }
}

/// A value as one of the output's type. Null is of every type; texts, numbers and truth values become one another where
/// nothing is lost.
fn fit(output: &'static Output, value: Value) -> Result<Value, Fault> {
    let fitted = match (output.r#type, &value) {
        (_, Value::Null)
        | (Type::Any, _)
        | (Type::String, Value::String(_))
        | (Type::Number, Value::Number(_))
        | (Type::Boolean, Value::Bool(_))
        | (Type::Array, Value::Array(_))
        | (Type::Object, Value::Object(_)) => return Ok(value),
        (Type::String, Value::Number(_) | Value::Bool(_)) => Some(Value::String(text(&value))),
        (Type::Integer, Value::Number(number)) => whole(number).map(Value::Number),
        (Type::Number, Value::String(text)) => number(text).map(Value::Number),
        (Type::Integer, Value::String(text)) => number(text).as_ref().and_then(whole).map(Value::Number),
        (Type::Boolean, Value::String(text)) => text.parse().ok().map(Value::Bool),
        _ => None,
    };
    fitted.ok_or_else(|| misfit(output, &value))
}

/// A number that a text is, with all its digits.
fn number(text: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(text).ok()?;
    let is_whole = !text.contains(['.', 'e', 'E']);
    (!is_whole || !number.is_f64()).then_some(number)
}

/// A number without a fraction as an integer: JSON does not tell `7.0` from `7`.
fn whole(number: &Number) -> Option<Number> {
    if !number.is_f64() {
        return Some(number.clone());
    }
    crate::arguments::whole(number.as_f64()?).map(Number::from)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fitted(r#type: Type, value: Value) -> Option<Value> {
        let output = Output { name: "x", r#type, content: Content::Constant("null") };
        fit(Box::leak(Box::new(output)), value).ok()
    }

    #[test]
    fn values_become_the_declared_type_where_nothing_is_lost() {
        for (r#type, value, expected) in [
            (Type::String, json!(7), json!("7")),
            (Type::String, json!(7.50), json!("7.5")),
            (Type::String, json!(true), json!("true")),
            (Type::Number, json!("7"), json!(7)),
            (Type::Number, json!("-7.25"), json!(-7.25)),
            (Type::Integer, json!("7"), json!(7)),
            (Type::Integer, json!(7.0), json!(7)),
            (Type::Boolean, json!("false"), json!(false)),
            (Type::Object, json!({"a": 1}), json!({"a": 1})),
            (Type::Number, json!(null), json!(null)),
            (Type::Any, json!([1]), json!([1])),
        ] {
            assert_eq!(fitted(r#type, value.clone()), Some(expected), "{type:?} {value}");
        }
    }

    #[test]
    fn what_would_lose_something_does_not_fit() {
        for (r#type, value) in [
            (Type::String, json!({})),
            (Type::String, json!(["a"])),
            (Type::Number, json!("007")),
            (Type::Number, json!("7 kg")),
            (Type::Number, json!("123456789012345678901234567890")),
            (Type::Number, json!(true)),
            (Type::Integer, json!(7.5)),
            (Type::Boolean, json!(1)),
            (Type::Boolean, json!("yes")),
            (Type::Array, json!("a")),
            (Type::Object, json!([])),
        ] {
            assert_eq!(fitted(r#type, value.clone()), None, "{type:?} {value}");
        }
    }
}
