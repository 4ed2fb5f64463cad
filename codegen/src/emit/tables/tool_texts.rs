//! What the tables say about the arguments and results of tools, as text.

use proc_macro2::Literal;
use syn::Lit;

use super::schema::Schemas;
use super::surfaces;
use crate::emit::values::Values;
use crate::ir::{Capability, Parameter, Surface};

/// The schemas of a tool's arguments and of its result.
pub(in crate::emit) type ToolText = (Vec<String>, Option<String>);

/// The schemas of a capability's tools.
pub(in crate::emit) struct ToolTexts {
    /// One for each surface; empty for those that are not of MCP.
    pub(in crate::emit) surfaces: Vec<Vec<ToolText>>,
    /// Those that the others refer to, by name.
    pub(in crate::emit) schemas: Vec<(String, String)>,
}

impl ToolTexts {
    pub(in crate::emit) fn new(capability: &Capability, values: &Values<'_>) -> Self {
        let schemas = Schemas::new(capability, values);
        let surfaces = capability.exposes.iter().map(|exposes| match &exposes.surface {
            Surface::Mcp(mcp) => {
                let tools = mcp.tools.iter().map(|tool| {
                    let arguments = tool.parameters.iter().map(|parameter| argument(parameter, &schemas)).collect();
                    let answer = surfaces::answer(&tool.action, capability, &schemas);
                    (arguments, answer.filter(|_| tool.binary.is_none()).map(text))
                });
                tools.collect()
            }
            Surface::Rest(_) | Surface::Skill(_) | Surface::Control(_) => Vec::new(),
        });
        Self { surfaces: surfaces.collect(), schemas: schemas.referred() }
    }
}

fn argument(parameter: &Parameter, schemas: &Schemas<'_>) -> String {
    let schema = parameter.schema.as_ref().and_then(|schema| schemas.json(schema));
    let mut text = schema.unwrap_or_else(|| format!("{{\"type\":\"{}\"}}", parameter.r#type.as_str()));
    if !parameter.description.is_empty() {
        text.push_str("\"description\":\"\",");
        text.push_str(&parameter.description);
    }
    text
}

fn text(literal: Literal) -> String {
    match Lit::new(literal) {
        Lit::Str(text) => text.value(),
        _ => String::new(),
    }
}
