//! What the three tools are called with.

use rmcp::model::JsonObject;
use serde_json::Value;

use super::tools::{FOUND, MOST_DESCRIBED, MOST_FOUND};
use crate::arguments::{Argument, ArgumentError, whole_number};
use crate::mcp::arguments::unknown;

/// As many arguments that a tool does not have are told.
pub(super) const MOST_TOLD: usize = 20;

/// A search.
pub(super) struct Given {
    pub(super) query: String,
    pub(super) limit: usize,
    pub(super) offset: usize,
}

/// The arguments of `search_tools`.
pub(super) fn searched(mut given: JsonObject) -> Result<Given, Vec<ArgumentError>> {
    let mut errors = Vec::new();
    let query = match given.shift_remove("query") {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(query)) => query,
        Some(other) => {
            errors.push(ArgumentError::new("query", None, not("text", &other)));
            String::new()
        }
    };
    let mut number = |name: &'static str, otherwise: usize, least: usize, most: usize| {
        let value = match given.shift_remove(name) {
            None | Some(Value::Null) => return otherwise,
            Some(value) => value,
        };
        let number = whole_number(&value).and_then(|number| usize::try_from(number).ok());
        if let Some(number) = number.filter(|number| (least..=most).contains(number)) {
            return number;
        }
        let range = if most == usize::MAX { String::new() } else { format!(" from {least} to {most}") };
        errors.push(ArgumentError::new(name, None, not(&format!("a whole number{range}"), &value)));
        otherwise
    };
    let limit = number("limit", FOUND, 1, MOST_FOUND);
    let offset = number("offset", 0, 0, usize::MAX);
    errors.extend(unknown("tool", given, || ["query", "limit", "offset"].into_iter()));
    if errors.is_empty() { Ok(Given { query, limit, offset }) } else { Err(errors) }
}

/// The argument of `describe_tools`.
pub(super) fn described(mut given: JsonObject) -> Result<Vec<String>, Vec<ArgumentError>> {
    let mut errors = Vec::new();
    let mut names = Vec::new();
    match given.shift_remove("names") {
        Some(Value::Array(items)) if (1..=MOST_DESCRIBED).contains(&items.len()) => {
            for item in items {
                match item {
                    Value::String(name) => names.push(name),
                    other => errors.push(ArgumentError::new("names", None, not("an array of texts", &other))),
                }
            }
        }
        Some(Value::Array(items)) => {
            let detail = format!("must have 1 to {MOST_DESCRIBED} items, not {}", items.len());
            errors.push(ArgumentError::new("names", None, detail));
        }
        Some(Value::String(name)) => names.push(name),
        Some(other) => errors.push(ArgumentError::new("names", None, not("an array of texts", &other))),
        None => errors.push(ArgumentError::new("names", None, "is required")),
    }
    errors.extend(unknown("tool", given, || ["names"].into_iter()));
    if errors.is_empty() { Ok(names) } else { Err(errors) }
}

/// What is wrong with a value of another type.
pub(super) fn not(expected: &str, found: &Value) -> String {
    format!("must be {expected}, not {}", Argument::from_value(found.clone()).describe())
}
