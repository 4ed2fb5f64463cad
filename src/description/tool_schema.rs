//! The schemas of a tool's arguments and of its result.

use serde_json::{Map, Value, json};

use super::schemas::{self, Purpose};
use super::{Capability, Parameter, Rule, Tool, Type};

impl Tool {
    /// The JSON Schema (2020-12) of the arguments: an object with a property for each of the
    /// [`parameters`](Self::parameters), in their order, and no other. `capability` is the one that has the tool.
    #[must_use]
    pub fn input_schema(&self, capability: &Capability) -> Map<String, Value> {
        let properties: Map<String, Value> = self
            .arguments()
            .map(|(index, parameter)| {
                let mut property = property(parameter);
                self.rules
                    .iter()
                    .filter(|rule| rule.parameter == index)
                    .for_each(|rule| limit(&mut property, &rule.rule));
                (parameter.name.to_owned(), Value::Object(property))
            })
            .collect();
        let required: Vec<&str> =
            self.arguments().filter(|(_, parameter)| parameter.required).map(|(_, parameter)| parameter.name).collect();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.insert("additionalProperties".to_owned(), Value::Bool(false));
        schemas::complete(&mut schema, capability.schemas, Purpose::Arguments, usize::MAX);
        schema
    }

    /// The parameters that a caller gives a value, with their indices.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = (usize, &'static Parameter)> {
        let is_fixed =
            |index: usize| self.rules.iter().any(|rule| rule.parameter == index && matches!(rule.rule, Rule::Fixed(_)));
        self.parameters.iter().enumerate().filter(move |(index, _)| !is_fixed(*index))
    }

    /// The JSON Schema (2020-12) of the structured result, where the file or an OpenAPI document says what the tool answers with.
    /// It demands less than the document, since clients refuse results that break it: no property is required, no value
    /// limited. `capability` is the one that has the tool.
    #[must_use]
    pub fn output_schema(&self, capability: &Capability) -> Option<Map<String, Value>> {
        schemas::result(&schemas::parse(self.answer_schema?), capability.schemas, usize::MAX)
    }
}

fn property(parameter: &Parameter) -> Map<String, Value> {
    let mut property = parameter.schema.map(|schema| schemas::parse(schema.json)).unwrap_or_default();
    if parameter.schema.is_none()
        && let Some(name) = type_name(parameter.r#type)
    {
        property.insert("type".to_owned(), json!(name));
    }
    if !parameter.description.is_empty() {
        property.insert("description".to_owned(), json!(parameter.description));
    }
    property
}

/// Says in the schema of an argument what a rule demands, as far as JSON Schema has words for it.
fn limit(property: &mut Map<String, Value>, rule: &Rule) {
    let value = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (keyword, value) = match rule {
        // It says nothing about other types, whose text the rule is about.
        Rule::Pattern(pattern) if property.get("type").is_some_and(|name| name == "string") => {
            ("pattern", json!(pattern))
        }
        Rule::OneOf(values) => ("enum", values.iter().map(|text| value(text)).collect()),
        Rule::Default(text) => ("default", value(text)),
        Rule::Pattern(_) | Rule::Fixed(_) | Rule::Path(_) => return,
    };
    property.insert(keyword.to_owned(), value);
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
    use crate::description::{Action, Annotations, Location};

    const fn parameter(name: &'static str, r#type: Type, required: bool) -> Parameter {
        Parameter { name, location: Location::Query, r#type, required, description: "A \"value\".", schema: None }
    }

    static CAPABILITY: Capability = Capability {
        name: "",
        label: "",
        description: "",
        version: "",
        tags: &[],
        binds: &[],
        consumes: &[],
        operations: &[],
        exposes: &[],
        schemas: &[],
    };

    fn schema(parameters: &'static [Parameter]) -> String {
        let annotations = Annotations::default();
        let tool = Tool {
            name: "t",
            title: None,
            description: "",
            answer_schema: None,
            annotations,
            parameters,
            rules: &[],
            binary: None,
            action: Action::Mock(None),
        };
        Value::Object(tool.input_schema(&CAPABILITY)).to_string()
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
