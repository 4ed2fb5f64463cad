//! Values that come as texts.

use serde_json::Value;

use super::{Argument, ArgumentError, FromArgument as _};
use crate::Json;
use crate::description::{Parameter, Type};

/// Texts as a value of the parameter's type. More than one text is a repeated parameter.
pub(crate) fn read_texts(parameter: &Parameter, mut texts: Vec<String>) -> Result<Argument, ArgumentError> {
    if parameter.r#type == Type::Array {
        return Ok(Argument::Array(items(texts)));
    }
    if texts.len() > 1 {
        return Err(ArgumentError::of(parameter, "must not be repeated"));
    }
    let text = Argument::String(texts.pop().unwrap_or_default());
    let converted = match parameter.r#type {
        Type::String | Type::Array => Ok(text),
        Type::Integer => i64::from_argument(text).map(Argument::Integer).map_err(|text| (i64::EXPECTED, text)),
        Type::Number => f64::from_argument(text).map(Argument::Number).map_err(|text| (f64::EXPECTED, text)),
        Type::Boolean => bool::from_argument(text).map(Argument::Boolean).map_err(|text| (bool::EXPECTED, text)),
        Type::Object => match json(&text) {
            Some(json) if json.first() == b'{' => Ok(Argument::Json(json)),
            _ => Err(("a JSON object", text)),
        },
        Type::Any => Ok(json(&text).map_or(text, Argument::Json)),
    };
    converted.map_err(|(expected, text)| ArgumentError::wrong_type(parameter, expected, &text.describe()))
}

fn json(text: &Argument) -> Option<Json> {
    Json::parse(text.to_text().into_owned()).ok()
}

/// Repeated texts, or one that separates its items by commas.
fn items(mut texts: Vec<String>) -> Vec<Value> {
    if let [text] = texts.as_slice() {
        texts = text.split(',').map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect();
    }
    texts.into_iter().map(Value::String).collect()
}
