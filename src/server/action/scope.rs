//! The values that an action knows.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::Value;

use crate::arguments::Argument;
use crate::description::{Part, Reference};
use crate::server::Problem;

/// The values that an action knows, as JSON.
pub(crate) struct Scope {
    parameters: Vec<Option<Value>>,
}

impl Scope {
    pub(crate) fn new(values: Vec<Option<Argument>>) -> Result<Self, Problem> {
        let parameters = values.into_iter().map(|value| value.map(json).transpose());
        Ok(Self { parameters: parameters.collect::<Result<_, _>>()? })
    }

    /// The value that a reference leads to.
    pub(crate) fn get(&self, reference: &Reference) -> Option<&Value> {
        let value = self.parameters.get(reference.parameter)?.as_ref()?;
        reference.fields.iter().try_fold(value, |value, field| value.get(field))
    }

    /// A text with values in it.
    pub(crate) fn render(&self, parts: &[Part]) -> String {
        let text = |part: &Part| match part {
            Part::Text(text) => Cow::Borrowed(*text),
            Part::Value(reference) => self.get(reference).map_or(Cow::Borrowed(""), |value| text(value).into()),
        };
        parts.iter().map(text).collect()
    }
}

/// A value as a text: lists and objects as JSON, nothing as nothing.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn json(argument: Argument) -> Result<Value, Problem> {
    argument.into_json().to_value().map_err(|error| {
        let detail = format!("A value is nested too deeply, or a number too large: {error}");
        Problem::new(StatusCode::BAD_REQUEST).with_detail(detail)
    })
}
