//! Files of values in YAML.

use serde_json::Value as Json;

use super::{Entry, Value};
use crate::formats::yaml::{self, Fault, Scalars};

/// The entries of a YAML mapping, in order. Values keep the digits that they are written with.
pub(super) fn entries(text: &str) -> Result<Vec<Entry>, String> {
    let document = yaml::read(text, Scalars::Texts).map_err(|fault| match fault {
        // The message can quote a value.
        Fault::Syntax { line, column, message: _ } => format!("it is not YAML (line {line}, column {column})"),
        Fault::NoJson { line, message } => format!("it has {message} (line {line})"),
        Fault::Limit(limit) => format!("it is {limit}"),
    })?;
    match document {
        Json::Object(members) => Ok(members.into_iter().map(entry).collect()),
        Json::Null => Ok(Vec::new()),
        _ => Err("it is no mapping, or more than one YAML document".to_owned()),
    }
}

fn entry((key, value): (String, Json)) -> Entry {
    let value = match value {
        Json::String(text) => Value::Text(text.into()),
        Json::Array(_) | Json::Object(_) => Value::Nested,
        Json::Null | Json::Bool(_) | Json::Number(_) => Value::Null,
    };
    Entry { key, value }
}
