//! The tools of capability files, as their tables describe them.

use std::collections::HashMap;

use capsmith::Capability;
use capsmith::description::{Action, Annotations, InputRule, Location, Parameter, Rule, Schema, Tool, Type};
use serde_json::{Value, json};

use super::constants::{Constant, Constants};

/// The lists of tools of a generated module, one for each surface that has any.
pub(super) fn tools(constants: &Constants) -> Vec<Vec<Value>> {
    let Some(head) = constants.get("CAPABILITY", "Capability") else { return Vec::new() };
    let capability = Capability { schemas: head.field("schemas").list(pair), ..EMPTY };
    let parameters: HashMap<&str, Constant> = constants.all("Parameter").collect();
    let surfaces = constants.all("Tool").map(|(_, surface)| {
        surface.elements().iter().map(|constant| listed(&tool(constant, &parameters), &capability)).collect()
    });
    surfaces.collect()
}

const EMPTY: Capability = Capability {
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

fn pair(constant: &Constant) -> (&'static str, &'static str) {
    match constant.elements() {
        [name, schema] => (name.text().expect("a name"), schema.text().expect("a schema")),
        _ => panic!("a name and a schema"),
    }
}

fn listed(tool: &Tool, capability: &Capability) -> Value {
    let mut listed = json!({"name": tool.name, "description": tool.description});
    listed["inputSchema"] = tool.input_schema(capability).into();
    if let Some(schema) = tool.output_schema(capability) {
        listed["outputSchema"] = schema.into();
    }
    listed
}

fn tool(constant: &Constant, parameters: &HashMap<&str, Constant>) -> Tool {
    let find = |constant: &Constant| parameter(parameters.get(constant.name()).expect("a constant"));
    Tool {
        name: constant.field("name").text().unwrap_or_default(),
        title: None,
        description: constant.field("description").text().unwrap_or_default(),
        answer_schema: constant.field("answer_schema").inner().and_then(Constant::text),
        annotations: Annotations::default(),
        parameters: constant.field("parameters").list(find),
        rules: constant.field("rules").elements().iter().filter_map(rule).collect::<Vec<_>>().leak(),
        binary: None,
        action: Action::Mock(None),
    }
}

fn parameter(constant: &Constant) -> Parameter {
    let kind = match constant.field("r#type").name() {
        "String" => Type::String,
        "Integer" => Type::Integer,
        "Number" => Type::Number,
        "Boolean" => Type::Boolean,
        "Array" => Type::Array,
        "Object" => Type::Object,
        _ => Type::Any,
    };
    let schema = constant.field("schema").inner().map(|schema| {
        let json = schema.field("json").text().unwrap_or(Schema::ANY.json);
        &*Box::leak(Box::new(Schema { json, ..Schema::ANY }))
    });
    Parameter {
        name: constant.field("name").text().unwrap_or_default(),
        location: Location::Query,
        r#type: kind,
        required: constant.field("required").flag().unwrap_or_default(),
        description: constant.field("description").text().unwrap_or_default(),
        schema,
    }
}

/// A rule that shows in schemas. Where in a body a value goes does not.
fn rule(constant: &Constant) -> Option<InputRule> {
    let rule = constant.field("rule");
    let argument = rule.elements().first().unwrap_or(&Constant::Other);
    let text = || argument.text().unwrap_or_default();
    let rule = match rule.name() {
        "OneOf" => Rule::OneOf(argument.list(|value| value.text().unwrap_or_default())),
        "Pattern" => Rule::Pattern(text()),
        "Default" => Rule::Default(text()),
        "Fixed" => Rule::Fixed(text()),
        _ => return None,
    };
    Some(InputRule { parameter: constant.field("parameter").number().expect("an index").into(), rule })
}
