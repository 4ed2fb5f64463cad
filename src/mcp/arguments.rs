//! The arguments of a call, checked against the tool's parameters before anything is sent.

use rmcp::model::{JsonObject, Tool as ListedTool};
use serde_json::{Map, Value};

use super::capability::Entry;
use crate::arguments::{Argument, ArgumentError, read_given};
use crate::description::Tool;
use crate::near::{list, nearest};
use crate::server::rules;
use crate::types::validate::MOST_FAULTS;

/// The values of the tool's parameters, or one text with everything that is wrong and how to mend it.
pub(super) fn read(listed: &ListedTool, entry: &Entry, mut given: JsonObject) -> Result<Vec<Option<Argument>>, String> {
    let tool = entry.tool;
    let mut errors = Vec::new();
    let mut values = Vec::with_capacity(tool.parameters.len());
    let shown = scalars(&given);
    for (index, parameter) in tool.parameters.iter().enumerate() {
        let is_fixed = rules::fixed(tool.rules, index).is_some();
        let given = if is_fixed { None } else { given.shift_remove(parameter.name) };
        let given = read_given(parameter, given).map_err(|error| vec![error]);
        match rules::checked(tool.rules, &entry.action, index, parameter, given) {
            Ok(value) => values.push(value),
            Err(found) => errors
                .extend(found.into_iter().map(|error| with_given(error.without_location(), shown.get(parameter.name)))),
        }
    }
    errors.extend(unknown("tool", given, || names(listed)));
    if errors.is_empty() { Ok(values) } else { Err(message(tool.name, &errors)) }
}

/// One text with everything that is wrong with an object that arguments are the properties of.
pub(crate) fn refusal(tool: &Tool, errors: Vec<ArgumentError>) -> String {
    let errors: Vec<ArgumentError> = errors.into_iter().map(ArgumentError::without_location).collect();
    message(tool.name, &errors)
}

/// The text about a call that is not made.
pub(crate) fn message(tool: &str, errors: &[ArgumentError]) -> String {
    format!("`{tool}` cannot be called with these arguments:{}", lines(errors))
}

/// A line for each thing that is wrong.
pub(crate) fn lines(errors: &[ArgumentError]) -> String {
    let lines: Vec<String> = errors.iter().map(|error| format!("\n- {error}")).collect();
    lines.concat()
}

/// The names of the arguments of a tool.
pub(crate) fn names(tool: &ListedTool) -> impl Iterator<Item = &str> {
    let properties = tool.input_schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(Map::keys).map(String::as_str)
}

/// What is wrong with arguments that a tool or prompt (`what`) does not have, of as many as anybody would read about.
pub(crate) fn unknown<'a, K: Iterator<Item = &'a str>>(
    what: &str,
    given: JsonObject,
    known: impl Fn() -> K,
) -> impl Iterator<Item = ArgumentError> {
    given.into_iter().take(MOST_FAULTS).map(move |(name, _)| {
        let detail = match (known().next(), nearest(&name, known())) {
            (None, _) => format!("is not an argument of this {what}; it has none: leave it out"),
            (_, Some(near)) => format!("is not an argument of this {what}; did you mean `{near}`?"),
            (_, None) => {
                let known = list(known());
                format!("is not an argument of this {what}; its arguments are {known}: rename it or leave it out")
            }
        };
        ArgumentError::new(name, None, detail)
    })
}

/// The values of arguments that a message can show: those without parts.
pub(crate) fn scalars(given: &JsonObject) -> JsonObject {
    let is_scalar = |value: &Value| match value {
        Value::Array(_) | Value::Object(_) => false,
        Value::String(text) => text.len() <= LONGEST_SHOWN,
        _ => true,
    };
    given.iter().filter(|(_, value)| is_scalar(value)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The longest text that is shown, in bytes.
const LONGEST_SHOWN: usize = 256;

/// An error with what was given, where it tells a rule and not yet the value.
pub(crate) fn with_given(error: ArgumentError, given: Option<&Value>) -> ArgumentError {
    let is_whole = error.pointer().is_none_or(str::is_empty);
    match given {
        Some(value) if is_whole && error.detail().starts_with("must ") && !error.detail().contains("not ") => {
            let found = Argument::from_value(value.clone()).describe();
            let detail = error.detail();
            let link = if detail.starts_with("must be ") { ", not" } else { "; given was" };
            let detail = format!("{detail}{link} {found}");
            error.with_detail(detail)
        }
        _ => error,
    }
}
