//! How long the lists of MCP tools are that come of a file.
//!
//! The runtime makes them from the tables when it is asked; what it will make of them is reckoned here from the texts that the
//! tables get. Names and descriptions count as they are, schemas by what the runtime adds and takes away on average. A test holds
//! the result against true lists.

mod definitions;
mod operation;

use std::collections::HashSet;

use self::definitions::{Definitions, Purpose, schema};
use super::openapi::ApiOptions;
use super::tables;
use super::values::Values;
use crate::ir::api::Api;
use crate::ir::{Capability, Surface};
use crate::openapi::FileReport;

/// The length of a tool in a list, in bytes of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ToolLength {
    pub(crate) name: String,
    pub(crate) bytes: usize,
}

/// What a tool has besides texts: the names of members, `additionalProperties` and annotations.
const FRAME: usize = 190;
/// What an argument has besides its name and its schema, and what its name takes once more where it is required.
const ARGUMENT: usize = 4;
const REQUIRED: usize = 3;
/// What a result has besides its schema.
const RESULT: usize = 16;

/// The tools of an OpenAPI document.
pub(crate) fn of_document(api: &Api, files: &[FileReport], options: &ApiOptions) -> Vec<ToolLength> {
    let (operations, schemas) = super::openapi::pieces(api, files, options);
    let definitions = Definitions::new(&schemas);
    let tools: Vec<_> = api.operations.iter().zip(&operations).filter(|(operation, _)| operation.is_tool).collect();
    let budget = definitions::of_result(tools.len());
    let length = |operation: &str| operation::length(operation, &definitions, budget);
    let tools = tools.into_iter().map(|(operation, text)| ToolLength {
        name: operation.name.as_str().to_owned(),
        bytes: FRAME + operation.name.as_str().len() + length(text),
    });
    tools.collect()
}

/// The tools of each MCP surface of a capability, with the namespace of the surface.
pub(crate) fn of_capability<'a>(capability: &'a Capability, joined: &ApiOptions) -> Vec<(&'a str, Vec<ToolLength>)> {
    let has_tools = |surface: &Surface| matches!(surface, Surface::Mcp(mcp) if !mcp.tools.is_empty());
    if !capability.exposes.iter().any(|exposes| has_tools(&exposes.surface)) {
        return Vec::new();
    }
    let values = Values::new(capability, joined);
    let texts = tables::ToolTexts::new(capability, &values);
    let definitions = Definitions::new(&texts.schemas);
    let mut surfaces = Vec::new();
    for (exposes, tools) in capability.exposes.iter().zip(&texts.surfaces) {
        let Surface::Mcp(mcp) = &exposes.surface else { continue };
        let lengths = mcp.tools.iter().zip(tools).map(|(tool, (arguments, result))| {
            let texts =
                tool.name.len() + tool.description.len() + tool.title.as_ref().map_or(0, |title| title.len() + 11);
            let mut seen = HashSet::new();
            let mut bytes = FRAME + texts;
            for (parameter, text) in tool.parameters.iter().zip(arguments) {
                let required = if parameter.required { parameter.name.len() + REQUIRED } else { 0 };
                bytes += parameter.name.len() + ARGUMENT + required + schema(text, Purpose::Arguments);
                bytes += definitions.referred(text, Purpose::Arguments, usize::MAX, &mut seen);
            }
            if let Some(result) = result {
                bytes += RESULT + definitions.result(result, usize::MAX);
            }
            ToolLength { name: tool.name.clone(), bytes }
        });
        surfaces.push((exposes.namespace.as_str(), lengths.collect()));
    }
    surfaces
}
