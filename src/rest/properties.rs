//! Parameters that are properties of the body.

use serde_json::{Map, Value};

use super::endpoint::Endpoint;
use super::inputs::Inputs;
use crate::Json;
use crate::arguments::{ArgumentError, read_given};
use crate::description::{Location, Parameter};
use crate::jsonpath::JsonPath;
use crate::server::rules;
use crate::types::validate::MOST_FAULTS;

/// Gives the parameters their values. What the body has besides is refused, as undeclared parameters of the query are.
pub(crate) fn read(endpoint: &Endpoint, inputs: &mut Inputs, body: Result<Option<Json>, String>) {
    let has_paths = read_paths(endpoint, inputs, &body);
    let is_plain = |index: usize| rules::path(endpoint.rules, index).is_none();
    let mut parameters = endpoint.parameters.iter().enumerate();
    if has_paths && !parameters.any(|(index, parameter)| parameter.location == Location::Property && is_plain(index)) {
        return;
    }
    let mut members = match object(body) {
        Ok(members) => members,
        Err(detail) => {
            inputs.refuse(ArgumentError::new("body", Some(Location::Body), detail));
            return;
        }
    };
    for (index, parameter) in endpoint.parameters.iter().enumerate() {
        if parameter.location == Location::Property && is_plain(index) {
            let value = read_given(parameter, members.shift_remove(parameter.name));
            inputs.set(endpoint, index, value.map_err(|error| vec![error]));
        }
    }
    // Paths may lead to whatever else the body has.
    if has_paths || endpoint.parameters.iter().any(|parameter| parameter.location == Location::Body) {
        return;
    }
    for name in members.into_iter().map(|(name, _)| name).take(MOST_FAULTS) {
        inputs.refuse(unknown(name, endpoint.parameters));
    }
}

/// Gives those parameters their values that are found by paths; `false`: there are none.
fn read_paths(endpoint: &Endpoint, inputs: &mut Inputs, body: &Result<Option<Json>, String>) -> bool {
    let mut document: Option<Result<Value, String>> = None;
    for (index, parameter) in endpoint.parameters.iter().enumerate() {
        let Some(path) = rules::path(endpoint.rules, index) else { continue };
        let document = document.get_or_insert_with(|| match body {
            Ok(Some(json)) => json.to_value().map_err(|error| format!("must be JSON: {error}")),
            Ok(None) => Ok(Value::Null),
            Err(detail) => Err(detail.clone()),
        });
        let found = document.as_ref().map_err(Clone::clone).and_then(|document| select(path, document));
        let value = match found {
            Ok(found) => read_given(parameter, found),
            Err(detail) => Err(ArgumentError::of(parameter, detail)),
        };
        inputs.set(endpoint, index, value.map_err(|error| vec![error]));
    }
    document.is_some()
}

/// What a path selects: a value, or a list of all where it can select several. Null is as good as nothing.
fn select(path: &'static JsonPath, document: &Value) -> Result<Option<Value>, String> {
    if path.is_singular() {
        return Ok(path.locate(document).filter(|value| !value.is_null()).cloned());
    }
    let found = path.copies(document).map_err(|error| format!("cannot be found: {error}"))?;
    Ok((!found.is_empty()).then_some(Value::Array(found)))
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
