//! The arguments of a call, checked against the tool's parameters before anything is sent.

use rmcp::model::JsonObject;

use super::capability::Entry;
use crate::arguments::{Argument, ArgumentError, read_given};
use crate::description::Tool;
use crate::server::rules;
use crate::types::validate::MOST_FAULTS;

/// The values of the tool's parameters, or one text with everything that is wrong and how to mend it.
pub(crate) fn read(entry: &Entry, mut given: JsonObject) -> Result<Vec<Option<Argument>>, String> {
    let tool = entry.tool;
    let mut errors = Vec::new();
    let mut values = Vec::with_capacity(tool.parameters.len());
    for (index, parameter) in tool.parameters.iter().enumerate() {
        let is_fixed = rules::fixed(tool.rules, index).is_some();
        let given = if is_fixed { None } else { given.shift_remove(parameter.name) };
        let given = read_given(parameter, given).map_err(|error| vec![error]);
        match rules::checked(tool.rules, &entry.action, index, parameter, given) {
            Ok(value) => values.push(value),
            Err(found) => errors.extend(found.into_iter().map(ArgumentError::without_location)),
        }
    }
    errors.extend(unknown("tool", given, || tool.arguments().map(|(_, parameter)| parameter.name)));
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

/// What is wrong with arguments that a tool or prompt (`what`) does not have, of as many as anybody would read about.
pub(crate) fn unknown<'a, K: Iterator<Item = &'a str>>(
    what: &str,
    given: JsonObject,
    known: impl Fn() -> K,
) -> impl Iterator<Item = ArgumentError> {
    given.into_iter().take(MOST_FAULTS).map(move |(name, _)| {
        let known: Vec<String> = known().map(|name| format!("`{name}`")).collect();
        let detail = if known.is_empty() {
            format!("is not an argument of this {what}; it has none: leave it out")
        } else {
            let known = known.join(", ");
            format!("is not an argument of this {what}; its arguments are {known}: rename it or leave it out")
        };
        ArgumentError::new(name, None, detail)
    })
}
