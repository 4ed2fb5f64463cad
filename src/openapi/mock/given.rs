//! The inputs of a request as JSON and text.

use serde_json::{Map, Value};

use crate::openapi::plain::Plain;
use crate::openapi::{Inputs, Operation, PartValue, Parts, Payload};
use crate::types::{View, to_sent_value};

/// What a request says.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// The parameters as texts, in the order of [`Operation::parameters`].
    pub(super) parameters: Vec<Option<String>>,
    /// The body, unless it is a file.
    pub(super) body: Option<Value>,
}

impl Given {
    pub(super) fn new(operation: &Operation, inputs: &mut dyn Inputs) -> Self {
        let parameters = (0..operation.parameters.len()).map(|index| text(inputs, index)).collect();
        let body = match inputs.body() {
            Payload::Absent | Payload::Upload(..) => None,
            Payload::Typed(_, value) => to_sent_value(value.view()).ok(),
            Payload::Foreign(_, value) => value.write().ok(),
            Payload::Parts(_, parts) => Some(Value::Object(object(parts))),
        };
        Self { parameters, body }
    }

    /// The text of a parameter.
    pub(super) fn parameter(&self, index: usize) -> Option<&str> {
        self.parameters.get(index)?.as_deref()
    }

    /// A template whose variables are positions of parameters, with their values.
    pub(super) fn expand(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((before, (index, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            text.push_str(before);
            let value = index.parse().ok().and_then(|index| self.parameter(index)).unwrap_or_default();
            // A value must not look like two segments.
            text.push_str(&value.replace('%', "%25").replace('/', "%2F"));
            rest = after;
        }
        text + rest
    }
}

fn text(inputs: &dyn Inputs, index: usize) -> Option<String> {
    let plain = match inputs.field(index).view() {
        View::Opaque => Plain::foreign(inputs.foreign(index)?).ok()??,
        view => Plain::new(view)?,
    };
    Some(plain.flat().into_owned())
}

/// The parts that are no files.
fn object(parts: &mut dyn Parts) -> Map<String, Value> {
    let mut object = Map::new();
    for (index, name) in parts.names().iter().enumerate() {
        let value = match parts.part(index) {
            PartValue::Typed(value) => to_sent_value(value.view()).ok(),
            PartValue::Foreign(value) => value.write().ok(),
            PartValue::Absent | PartValue::Upload(_) | PartValue::Uploads(_) => None,
        };
        object.extend(value.filter(|value| !value.is_null()).map(|value| ((*name).to_owned(), value)));
    }
    object
}
