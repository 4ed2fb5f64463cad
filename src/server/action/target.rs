//! The operation behind a route or a tool.

use serde_json::{Map, Value};

use super::scope::Scope;
use super::{Failure, composed};
use crate::arguments::{Argument, ArgumentError, Arguments};
use crate::client::{Client, check_segment};
use crate::description::{Call, Capability, Location, Parameter, Source};
use crate::openapi::serve::joined::accept;
use crate::server::Problem;

/// Which operation a route or tool calls, and where its inputs come from.
pub(crate) struct Target {
    pub(crate) operation: usize,
    /// Whether the operation changes nothing.
    pub(super) is_safe: bool,
    inputs: &'static [Parameter],
    /// The parameters of the surface.
    parameters: &'static [Parameter],
    given: &'static [Source],
    sources: Vec<Supply>,
    /// Whether an input is made of several values, or of what the caller has no hand in.
    is_composed: bool,
    /// For each parameter of the surface, whether the upstream gets its value in the path.
    in_path: Vec<bool>,
}

enum Supply {
    Parameter(usize),
    Constant(Argument),
    /// An object: its properties with the parameters that hold them.
    Properties(&'static [(&'static str, usize)]),
    /// Made of several values, or of what the caller has no hand in.
    Composed(&'static Source),
    Absent,
}

impl Target {
    pub(crate) fn new(capability: &'static Capability, call: &'static Call, parameters: &'static [Parameter]) -> Self {
        let Call { operation, arguments: given, .. } = *call;
        let called = capability.operations.get(operation);
        let inputs = called.map_or(&[][..], |operation| operation.inputs);
        let is_safe = called.is_some_and(|operation| operation.method.is_safe());
        let mut in_path: Vec<bool> = parameters.iter().map(|parameter| parameter.location == Location::Path).collect();
        for (input, source) in inputs.iter().zip(given) {
            if let (Location::Path, Source::Parameter(index)) = (input.location, source)
                && let Some(in_path) = in_path.get_mut(*index)
            {
                *in_path = true;
            }
        }
        let sources = given.iter().map(|source| match source {
            Source::Parameter(index) => Supply::Parameter(*index),
            // The compiler wrote this text.
            Source::Constant(text) => {
                serde_json::from_str(text).map_or(Supply::Absent, |value| Supply::Constant(Argument::from_value(value)))
            }
            Source::Properties(properties) => Supply::Properties(properties),
            composed @ (Source::Value(_) | Source::Template(_)) => Supply::Composed(composed),
            Source::Absent => Supply::Absent,
        });
        let sources = sources.collect();
        let is_composed = given.iter().any(composed::is_composed);
        Self { operation, is_safe, inputs, parameters, given, sources, is_composed, in_path }
    }

    /// Checks a value that the upstream gets in the path.
    pub(crate) fn check(&self, index: usize, parameter: &Parameter, value: &Argument) -> Result<(), ArgumentError> {
        if self.in_path.get(index).is_some_and(|in_path| *in_path) {
            check_segment(parameter, &value.to_text())
        } else {
            Ok(())
        }
    }

    /// The operation's arguments from the values of the surface's parameters.
    ///
    /// The values fit their parameters; an object that they are the properties of has rules of its own.
    pub(crate) fn arguments(
        &self,
        mut values: Vec<Option<Argument>>,
        client: Option<&Client>,
    ) -> Result<Arguments, Failure> {
        let scope = if self.is_composed { Scope::new(values.clone(), client)? } else { Scope::empty() };
        let mut arguments = Arguments::new(self.inputs);
        for (input, source) in self.sources.iter().enumerate() {
            let value = match source {
                Supply::Properties(properties) => match self.inputs.get(input) {
                    Some(parameter) => object(parameter, properties, &mut values).map_err(Failure::Inputs)?,
                    None => None,
                },
                Supply::Composed(source) => match self.inputs.get(input) {
                    Some(parameter) => composed::argument(parameter, source, self.parameters, &scope)?,
                    None => None,
                },
                Supply::Constant(value) => Some(value.clone()),
                Supply::Absent => None,
                Supply::Parameter(index) if self.is_used_after(*index, input) => values.get(*index).cloned().flatten(),
                Supply::Parameter(index) => values.get_mut(*index).and_then(Option::take),
            };
            arguments.set(input, value);
        }
        Ok(arguments)
    }

    /// The problem of a call as it is to be told.
    pub(crate) fn blame(&self, problem: Problem) -> Problem {
        if self.is_composed { composed::blame(problem, self.inputs, self.given) } else { problem }
    }

    fn is_used_after(&self, parameter: usize, input: usize) -> bool {
        self.sources[input + 1..].iter().any(|source| matches!(source, Supply::Parameter(index) if *index == parameter))
    }
}

/// The object of the properties that were given; `None` where none was, and none need be.
fn object(
    parameter: &'static Parameter,
    properties: &[(&'static str, usize)],
    values: &mut [Option<Argument>],
) -> Result<Option<Argument>, Vec<ArgumentError>> {
    let mut members = Map::new();
    for (name, index) in properties {
        let Some(value) = values.get_mut(*index).and_then(Option::take) else { continue };
        let json = value.into_json().to_value().map_err(|error| {
            let detail = format!("is no JSON: {error}");
            vec![ArgumentError::new(*name, None, detail)]
        })?;
        members.insert((*name).to_owned(), json);
    }
    if members.is_empty() && !parameter.required {
        return Ok(None);
    }
    accept(parameter, Argument::Json(Value::Object(members).into())).map(Some)
}
