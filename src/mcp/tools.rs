//! The tools of a surface in the form in which they are listed, made once.

use std::sync::Arc;

use rmcp::model::{Tool as ListedTool, ToolAnnotations};

use crate::description::{Annotations, Capability, Tool};
use crate::server::Target;

/// A tool, ready to be listed and called.
pub(crate) struct Entry {
    pub(crate) tool: &'static Tool,
    pub(crate) listed: ListedTool,
    pub(crate) target: Target,
}

/// All tools, sorted by name.
pub(crate) fn entries(capability: &'static Capability, tools: &'static [Tool]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = tools
        .iter()
        .map(|tool| Entry {
            tool,
            listed: listed(capability, tool),
            target: Target::new(capability, tool.operation, tool.arguments, tool.parameters),
        })
        .collect();
    entries.sort_by_key(|entry| entry.tool.name);
    entries
}

fn listed(capability: &Capability, tool: &'static Tool) -> ListedTool {
    let mut listed = ListedTool::new(tool.name, tool.description, Arc::new(tool.input_schema(capability)));
    if let Some(title) = tool.title {
        listed = listed.with_title(title);
    }
    if let Some(output_schema) = tool.output_schema(capability) {
        listed = listed.with_raw_output_schema(Arc::new(output_schema));
    }
    match annotations(tool.annotations) {
        Some(annotations) => listed.with_annotations(annotations),
        None => listed,
    }
}

fn annotations(hints: Annotations) -> Option<ToolAnnotations> {
    (hints != Annotations::default()).then(|| {
        ToolAnnotations::from_raw(None, hints.read_only, hints.destructive, hints.idempotent, hints.open_world)
    })
}
