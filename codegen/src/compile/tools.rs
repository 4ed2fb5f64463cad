//! Lints about lists of tools that are too long for the agents that get them.

use crate::diagnostic::{Code, Diagnostic};
use crate::emit::openapi::ApiOptions;
use crate::emit::tool_list::{self, ToolLength};
use crate::emit::{EmitOptions, joined};
use crate::ir::Capability;
use crate::ir::api::Api;
use crate::openapi::{FileReport, Surface};
use crate::source::Span;

/// How long the list of an MCP surface's tools may be before there is a lint, in bytes: 128 KiB, as servers have it for the choice
/// between a list and a search.
pub const TOOL_LIST_BUDGET: usize = 128 * 1024;

/// As many tools are named.
const NAMED: usize = 5;

/// The lints about the surfaces of a capability.
pub(super) fn of_capability(capability: &Capability, options: &EmitOptions, budget: usize) -> Vec<Diagnostic> {
    if budget == usize::MAX {
        return Vec::new();
    }
    let surfaces = tool_list::of_capability(capability, &joined(capability, options));
    let lint = |(namespace, tools): &(&str, Vec<ToolLength>)| {
        let lint = lint(&format!("the tools of `{namespace}`"), tools, budget)?;
        Some(lint.help("declare only the tools that agents need, or spread them over several surfaces"))
    };
    surfaces.iter().filter_map(lint).collect()
}

/// The lint about the tools of a document.
pub(super) fn of_document(api: &Api, files: &[FileReport], options: &ApiOptions, budget: usize) -> Option<Diagnostic> {
    if budget == usize::MAX || !options.surfaces.has(Surface::Mcp) {
        return None;
    }
    let lint = lint("the tools of this document", &tool_list::of_document(api, files, options), budget)?;
    Some(lint.help("choose the operations that agents need by `tools`, such as `tools = [\"read-only\"]`"))
}

fn lint(what: &str, tools: &[ToolLength], budget: usize) -> Option<Diagnostic> {
    let bytes: usize = tools.iter().map(|tool| tool.bytes + 1).sum();
    if bytes <= budget {
        return None;
    }
    let mut largest: Vec<&ToolLength> = tools.iter().collect();
    largest.sort_by_key(|tool| (usize::MAX - tool.bytes, &tool.name));
    let largest: Vec<String> =
        largest.into_iter().take(NAMED).map(|ToolLength { name, bytes }| format!("`{name}` ({bytes})")).collect();
    let count = tools.len();
    let message = format!("the list of {what} has about {bytes} bytes, more than {budget}");
    let diagnostic = Diagnostic::new(Code::LongToolList, Span::new(0, 0), message)
        .label(format!("{count} tools"))
        .help(format!("the longest are {}", largest.join(", ")))
        .help(
            "agents get tools that search, describe and call in its place, unless `Settings::tool_list` says otherwise",
        );
    Some(diagnostic)
}
