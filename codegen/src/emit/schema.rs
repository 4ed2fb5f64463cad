//! JSON Schema (2020-12) of a tool's arguments.

use crate::ir::{Parameter, Type};

/// The schema as JSON text. Members come in a fixed order and properties in the order of the parameters.
///
/// The text is put together here, because the order of `serde_json`'s objects depends on a feature that any crate of a
/// build can turn on, and the output must not.
pub(super) fn input_schema(parameters: &[Parameter]) -> String {
    let mut members = vec![(String::from("type"), string("object"))];
    let properties =
        parameters.iter().map(|parameter| (parameter.name.clone(), property(parameter))).collect::<Vec<_>>();
    members.push((String::from("properties"), object(&properties)));
    let required = parameters
        .iter()
        .filter(|parameter| parameter.required)
        .map(|parameter| string(&parameter.name))
        .collect::<Vec<_>>();
    if !required.is_empty() {
        members.push((String::from("required"), format!("[{}]", required.join(","))));
    }
    members.push((String::from("additionalProperties"), String::from("false")));
    object(&members)
}

fn property(parameter: &Parameter) -> String {
    let mut members = Vec::new();
    if let Some(name) = type_name(parameter.r#type) {
        members.push((String::from("type"), string(name)));
    }
    members.push((String::from("description"), string(&parameter.description)));
    object(&members)
}

fn type_name(r#type: Type) -> Option<&'static str> {
    match r#type {
        Type::String => Some("string"),
        Type::Integer => Some("integer"),
        Type::Number => Some("number"),
        Type::Boolean => Some("boolean"),
        Type::Array => Some("array"),
        Type::Object => Some("object"),
        Type::Any => None,
    }
}

fn object(members: &[(String, String)]) -> String {
    let members = members.iter().map(|(name, value)| format!("{}:{value}", string(name))).collect::<Vec<_>>();
    format!("{{{}}}", members.join(","))
}

fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::input_schema;
    use crate::ir::{Location, Parameter, Type};

    fn parameter(name: &str, r#type: Type, required: bool) -> Parameter {
        Parameter {
            name: name.to_owned(),
            location: Location::Path,
            r#type,
            required,
            description: format!("The \"{name}\"."),
        }
    }

    #[test]
    fn order_follows_the_parameters() {
        let schema = input_schema(&[parameter("z", Type::String, true), parameter("a", Type::Any, false)]);
        assert_eq!(
            schema,
            r#"{"type":"object","properties":{"z":{"type":"string","description":"The \"z\"."},"a":{"description":"The \"a\"."}},"required":["z"],"additionalProperties":false}"#
        );
    }

    #[test]
    fn a_tool_without_arguments_has_an_empty_object() {
        assert_eq!(input_schema(&[]), r#"{"type":"object","properties":{},"additionalProperties":false}"#);
    }
}
