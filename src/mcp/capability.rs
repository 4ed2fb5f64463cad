//! The tools of a capability.

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool as ListedTool};

use super::offers::Offers;
use super::resources::Resources;
use super::result::Subject;
use super::tools::{Called, Tools, annotated};
use super::{Handler, arguments, result};
use crate::Settings;
use crate::description::{Capability, Location, Surface, Tool};
use crate::server::{Action, Context, Dispatch, Failure};

impl Handler {
    /// The handler of a surface of a capability. `None` when the surface is not one of MCP.
    pub(crate) fn of_capability(
        capability: &'static Capability,
        index: usize,
        dispatch: Arc<dyn Dispatch>,
        settings: &Settings,
    ) -> Option<Self> {
        let exposes = capability.exposes.get(index)?;
        let Surface::Mcp { tools, resources, prompts, cache, .. } = &exposes.surface else { return None };
        let instructions = [exposes.description, capability.description].into_iter().find(|text| !text.is_empty());
        let info = Self::info(capability.name, capability.version, capability.label, instructions);
        #[cfg(feature = "control")]
        let meter = dispatch.tool_meter(index);
        let resources = Resources::new(capability, resources, Arc::clone(&dispatch), settings);
        let offering = (resources.is_some() || !prompts.is_empty()).then(|| Arc::clone(&dispatch));
        let tools = CapabilityTools::new(capability, tools, dispatch, settings);
        let offers = Offers { resources, prompts, cache: *cache, dispatch: offering };
        let handler = Self::new(exposes.namespace, info, tools, offers, settings);
        #[cfg(feature = "control")]
        if let Some(meter) = meter {
            handler.count(meter);
        }
        Some(handler)
    }
}

/// A tool, ready to be called.
pub(crate) struct Entry {
    pub(crate) tool: &'static Tool,
    pub(crate) action: Action,
    /// The arguments that say which thing is meant.
    identifiers: Vec<String>,
}

struct CapabilityTools {
    listed: Vec<ListedTool>,
    /// In the order of `listed`.
    entries: Vec<Entry>,
    dispatch: Arc<dyn Dispatch>,
    max_result: usize,
}

impl CapabilityTools {
    fn new(
        capability: &'static Capability,
        tools: &'static [Tool],
        dispatch: Arc<dyn Dispatch>,
        settings: &Settings,
    ) -> Self {
        let mut tools: Vec<&'static Tool> = tools.iter().collect();
        tools.sort_by_key(|tool| tool.name);
        let action = |tool: &'static Tool| Action::new(capability, &tool.action, tool.parameters, settings);
        Self {
            listed: tools.iter().map(|tool| listed(capability, tool)).collect(),
            entries: tools
                .iter()
                .map(|tool| Entry { tool, action: action(tool), identifiers: identifiers(tool) })
                .collect(),
            dispatch,
            max_result: settings.max_tool_result,
        }
    }
}

impl Tools for CapabilityTools {
    fn listed(&self) -> &[ListedTool] {
        &self.listed
    }

    fn call<'a>(&'a self, listed: &'a ListedTool, position: usize, given: JsonObject, context: Context) -> Called<'a> {
        Box::pin(async move {
            let Some((own, entry)) = self.listed.get(position).zip(self.entries.get(position)) else {
                return result::no_such_tool();
            };
            let values = match arguments::read(listed, entry, given) {
                Ok(values) => values,
                Err(text) => return result::error(text),
            };
            let subject = Subject { tool: own, identifiers: &entry.identifiers };
            match entry.action.perform(values, &*self.dispatch, context).await {
                Ok(reply) => match &entry.tool.binary {
                    Some(binary) => result::from_bytes(reply, subject, binary, self.max_result).await,
                    None => result::from_reply(reply, subject, self.max_result).await,
                },
                Err(Failure::Inputs(errors)) => result::error(arguments::refusal(entry.tool, errors)),
                Err(Failure::Problem(problem)) => result::from_problem(&problem, Some(subject)),
            }
        })
    }
}

fn identifiers(tool: &Tool) -> Vec<String> {
    let in_path = tool.arguments().filter(|(_, parameter)| parameter.location == Location::Path);
    in_path.map(|(_, parameter)| parameter.name.to_owned()).collect()
}

fn listed(capability: &Capability, tool: &'static Tool) -> ListedTool {
    let mut listed = ListedTool::new(tool.name, tool.description, Arc::new(tool.input_schema(capability)));
    if let Some(title) = tool.title {
        listed = listed.with_title(title);
    }
    if let Some(output_schema) = tool.output_schema(capability) {
        listed = listed.with_raw_output_schema(Arc::new(output_schema));
    }
    annotated(listed, tool.annotations)
}
