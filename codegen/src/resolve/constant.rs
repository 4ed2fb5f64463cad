//! Constants of the file, and the types that they have to fit.

use serde_json::{Number, Value};

use crate::ir::Type;

/// A constant as a value of a type, if it is one.
pub(super) fn fit(json: &Value, text: &str, r#type: Type) -> Option<Value> {
    let parsed = || serde_json::from_str::<Value>(text).ok();
    match r#type {
        Type::Any => Some(json.clone()),
        Type::String => (!json.is_null()).then(|| text.into()),
        Type::Integer => text.parse::<i64>().ok().map(Into::into),
        Type::Number => number(text).map(Value::Number),
        Type::Boolean => match text {
            "true" => Some(true.into()),
            "false" => Some(false.into()),
            _ => None,
        },
        Type::Array => parsed().filter(Value::is_array),
        Type::Object => parsed().filter(Value::is_object),
    }
}

pub(super) fn article(r#type: Type) -> &'static str {
    match r#type {
        Type::String => "a text",
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "`true` or `false`",
        Type::Array => "a JSON array",
        Type::Object => "a JSON object",
        Type::Any => "any JSON value",
    }
}

/// A number as it is written; otherwise as a double.
fn number(text: &str) -> Option<Number> {
    serde_json::from_str(text).ok().or_else(|| Number::from_f64(text.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn constants_take_the_type_that_is_asked_for() {
        assert_eq!(fit(&json!(5), "5", Type::String), Some(json!("5")));
        assert_eq!(fit(&json!("5"), "5", Type::Integer), Some(json!(5)));
        assert_eq!(fit(&json!(1.5), "1.5", Type::Integer), None);
        assert_eq!(fit(&json!(1), "1", Type::Number), Some(json!(1)));
        assert_eq!(fit(&json!("+1.50"), "+1.50", Type::Number), Some(json!(1.5)));
        assert_eq!(fit(&json!("yes"), "yes", Type::Boolean), None);
        assert_eq!(fit(&json!("[1]"), "[1]", Type::Array), Some(json!([1])));
        assert_eq!(fit(&json!("[1]"), "[1]", Type::Object), None);
        assert_eq!(fit(&json!(true), "true", Type::Any), Some(json!(true)));
    }
}
