//! Parameters that are properties of the body.

use serde_json::{Map, Value};

use super::endpoint::Endpoint;
use super::inputs::Inputs;
use crate::Json;
use crate::arguments::{ArgumentError, read_given};
use crate::description::{Location, Parameter};

/// Gives the parameters their values. What the body has besides is refused, as undeclared parameters of the query are.
pub(crate) fn read(endpoint: &Endpoint, inputs: &mut Inputs, body: Result<Option<Json>, String>) {
    let mut members = match object(body) {
        Ok(members) => members,
        Err(detail) => {
            inputs.refuse(ArgumentError::new("body", Some(Location::Body), detail));
            return;
        }
    };
    for (index, parameter) in endpoint.parameters.iter().enumerate() {
        if parameter.location == Location::Property {
            let value = read_given(parameter, members.shift_remove(parameter.name));
            inputs.set(endpoint, index, value.map_err(|error| vec![error]));
        }
    }
    if endpoint.parameters.iter().any(|parameter| parameter.location == Location::Body) {
        return;
    }
    for name in members.into_iter().map(|(name, _)| name) {
        inputs.refuse(unknown(name, endpoint.parameters));
    }
}

fn object(body: Result<Option<Json>, String>) -> Result<Map<String, Value>, String> {
    let Some(json) = body? else { return Ok(Map::new()) };
    match json.to_value() {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err("must be a JSON object".to_owned()),
        Err(error) => Err(format!("must be JSON: {error}")),
    }
}

fn unknown(name: String, parameters: &[Parameter]) -> ArgumentError {
    let known = parameters.iter().filter(|parameter| parameter.location == Location::Property);
    let known: Vec<String> = known.map(|parameter| format!("`{}`", parameter.name)).collect();
    let detail = format!("is not a property of the body; its properties are {}", known.join(", "));
    ArgumentError::new(name, Some(Location::Body), detail)
}
