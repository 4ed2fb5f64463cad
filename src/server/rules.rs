//! Rules of the file for the values that a route or tool takes.

use serde_json::Value;

use super::Action;
use crate::arguments::{Argument, ArgumentError};
use crate::description::{InputRule, Parameter, Rule};
#[cfg(feature = "rest")]
use crate::jsonpath::JsonPath;
use crate::openapi::serve::joined::accept;

/// What came of a parameter; `None`: nothing was given for it.
pub(crate) type Outcome = Result<Option<Argument>, Vec<ArgumentError>>;

/// What comes of what a caller gave for a parameter of an action: by the rules of the file, by where the action sends it, and
/// by its schema.
pub(crate) fn checked(
    rules: &[InputRule],
    action: &Action,
    index: usize,
    parameter: &'static Parameter,
    given: Outcome,
) -> Outcome {
    let Some(value) = apply(rules, index, parameter, given)? else { return Ok(None) };
    action.check(index, parameter, &value).map_err(|error| vec![error])?;
    accept(parameter, value).map(Some)
}

/// A value of the file in the place of what was given, or an error where that breaks a rule.
fn apply(rules: &[InputRule], index: usize, parameter: &Parameter, given: Outcome) -> Outcome {
    if let Some(value) = fixed(rules, index) {
        return Ok(Some(value));
    }
    match given? {
        None => Ok(of(rules, index).find_map(|rule| match rule {
            Rule::Default(text) => value(text),
            _ => None,
        })),
        Some(value) => {
            let errors: Vec<_> = of(rules, index).filter_map(|rule| broken(rule, parameter, &value)).collect();
            if errors.is_empty() { Ok(Some(value)) } else { Err(errors) }
        }
    }
}

/// The value that a parameter has, whatever a caller gives.
pub(crate) fn fixed(rules: &[InputRule], index: usize) -> Option<Argument> {
    of(rules, index).find_map(|rule| match rule {
        Rule::Fixed(text) => value(text),
        _ => None,
    })
}

/// The path into the body by which a parameter is found.
#[cfg(feature = "rest")]
pub(crate) fn path(rules: &'static [InputRule], index: usize) -> Option<&'static JsonPath> {
    of(rules, index).find_map(|rule| match rule {
        Rule::Path(path) => Some(path),
        _ => None,
    })
}

fn of(rules: &[InputRule], index: usize) -> impl Iterator<Item = &Rule> {
    rules.iter().filter(move |rule| rule.parameter == index).map(|rule| &rule.rule)
}

/// A value that the compiler wrote.
fn value(text: &str) -> Option<Argument> {
    serde_json::from_str(text).ok().map(Argument::from_value)
}

/// What is wrong with a value, and what to send instead.
fn broken(rule: &Rule, parameter: &Parameter, value: &Argument) -> Option<ArgumentError> {
    let expected = match rule {
        #[cfg(feature = "patterns")]
        Rule::Pattern(pattern) => {
            if crate::types::validate::matches_pattern(pattern, &value.to_text()) {
                return None;
            }
            format!("text that matches the pattern `{pattern}`")
        }
        Rule::OneOf(values) => {
            let given = value.clone().into_json().to_value().ok()?;
            let mut known = values.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok());
            if known.any(|known| known == given) {
                return None;
            }
            let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
            format!("one of {}", values.join(", "))
        }
        _ => return None,
    };
    Some(ArgumentError::wrong_type(parameter, &expected, &value.describe()))
}
