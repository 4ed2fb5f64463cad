//! The values that an action knows.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::{Map, Value};

use crate::arguments::Argument;
use crate::client::Client;
use crate::description::{Part, Reference, Root, Source};
use crate::jsonpath::QueryError;
use crate::server::Problem;

/// The values that an action knows, as JSON.
pub(crate) struct Scope<'c> {
    parameters: Vec<Option<Value>>,
    /// What the steps gave that are done.
    steps: Vec<Option<Value>>,
    /// Where bind variables are looked up.
    client: Option<&'c Client>,
}

impl<'c> Scope<'c> {
    pub(crate) fn new(values: Vec<Option<Argument>>, client: Option<&'c Client>) -> Result<Self, Problem> {
        let parameters = values.into_iter().map(|value| value.map(json).transpose());
        Ok(Self { parameters: parameters.collect::<Result<_, _>>()?, steps: Vec::new(), client })
    }

    /// No values.
    pub(crate) fn empty() -> Self {
        Self { parameters: Vec::new(), steps: Vec::new(), client: None }
    }

    /// Notes what a step gave.
    pub(crate) fn set_step(&mut self, step: usize, value: Value) {
        if self.steps.len() <= step {
            self.steps.resize(step + 1, None);
        }
        self.steps[step] = Some(value);
    }

    /// What a step gave.
    pub(crate) fn step(&self, step: usize) -> Option<&Value> {
        self.steps.get(step)?.as_ref()
    }

    /// The value that a reference leads to.
    pub(crate) fn get(&self, reference: &Reference) -> Result<Option<Cow<'_, Value>>, QueryError> {
        let root = match reference.root {
            Root::Parameter(index) => self.parameters.get(index).and_then(Option::as_ref),
            Root::Step(index) => self.step(index),
            Root::Bind(index) => {
                let text = self.client.and_then(|client| client.bind(index));
                return Ok(text.map(|text| Cow::Owned(Value::from(text))));
            }
        };
        let Some(root) = root else { return Ok(None) };
        if reference.path.is_singular() {
            return Ok(reference.path.locate(root).map(Cow::Borrowed));
        }
        Ok(Some(Cow::Owned(Value::Array(reference.path.copies(root)?))))
    }

    /// The value of a source; `None` where there is none.
    pub(crate) fn value(&self, source: &Source) -> Result<Option<Value>, QueryError> {
        Ok(match source {
            Source::Parameter(index) => self.parameters.get(*index).cloned().flatten(),
            // The compiler wrote this text.
            Source::Constant(json) => serde_json::from_str(json).ok(),
            Source::Value(reference) => self.get(reference)?.map(Cow::into_owned),
            Source::Template(parts) => self.complete(parts)?.map(Value::String),
            Source::Properties(properties) => {
                let given = properties.iter().filter_map(|(name, index)| {
                    Some(((*name).to_owned(), self.parameters.get(*index)?.as_ref()?.clone()))
                });
                let members: Map<String, Value> = given.collect();
                (!members.is_empty()).then_some(Value::Object(members))
            }
            Source::Absent => None,
        })
    }

    /// A text with values in it, absent ones as nothing.
    pub(crate) fn render(&self, parts: &[Part]) -> Result<String, QueryError> {
        let mut rendered = String::new();
        for part in parts {
            match part {
                Part::Text(text) => rendered.push_str(text),
                Part::Value(reference) => rendered.extend(self.get(reference)?.map(|value| text(&value))),
            }
        }
        Ok(rendered)
    }

    /// A text with values in it; `None` where one of them is absent.
    fn complete(&self, parts: &[Part]) -> Result<Option<String>, QueryError> {
        for part in parts {
            if let Part::Value(reference) = part
                && self.get(reference)?.is_none_or(|value| value.is_null())
            {
                return Ok(None);
            }
        }
        self.render(parts).map(Some)
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
