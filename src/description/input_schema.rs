//! The schema of a tool's arguments.

use serde_json::{Map, Value, json};

use super::{Parameter, Tool, Type};

impl Tool {
    /// The JSON Schema (2020-12) of the arguments: an object with a property for each of the
    /// [`parameters`](Self::parameters), in their order, and no other.
    #[must_use]
    pub fn input_schema(&self) -> Map<String, Value> {
        let properties: Map<String, Value> =
            self.parameters.iter().map(|parameter| (parameter.name.to_owned(), property(parameter))).collect();
        let required: Vec<&str> =
            self.parameters.iter().filter(|parameter| parameter.required).map(|parameter| parameter.name).collect();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
        schema
    }
}

fn property(parameter: &Parameter) -> Value {
    let mut property = Map::new();
    if let Some(name) = type_name(parameter.r#type) {
        property.insert("type".to_owned(), json!(name));
    }
    if !parameter.description.is_empty() {
        property.insert("description".to_owned(), json!(parameter.description));
    }
    Value::Object(property)
}

/// The name that JSON Schema has for a type; `None`: it has no name for any value.
const fn type_name(r#type: Type) -> Option<&'static str> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::{Annotations, Location};

    const fn parameter(name: &'static str, r#type: Type, required: bool) -> Parameter {
        Parameter { name, location: Location::Query, r#type, required, description: "A \"value\".", schema: None }
    }

    fn schema(parameters: &'static [Parameter]) -> String {
        let annotations = Annotations::default();
        let tool = Tool {
            name: "t",
            title: None,
            description: "",
            output_schema: None,
            annotations,
            parameters,
            operation: 0,
            arguments: &[],
        };
        Value::Object(tool.input_schema()).to_string()
    }

    #[test]
    fn order_follows_the_parameters() {
        const PARAMETERS: &[Parameter] = &[parameter("z", Type::String, true), parameter("a", Type::Any, false)];
        let expected = concat!(
            r#"{"type":"object","properties":{"z":{"type":"string","description":"A \"value\"."},"#,
            r#""a":{"description":"A \"value\"."}},"required":["z"],"additionalProperties":false}"#,
        );
        assert_eq!(schema(PARAMETERS), expected);
    }

    #[test]
    fn a_tool_without_arguments_takes_an_empty_object() {
        assert_eq!(schema(&[]), r#"{"type":"object","properties":{},"additionalProperties":false}"#);
    }
}
