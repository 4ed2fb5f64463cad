//! What stands behind an MCP surface.

use std::pin::Pin;

use rmcp::model::{CallToolResult, JsonObject, Tool as ListedTool, ToolAnnotations};

use crate::Context;
use crate::description::Annotations;

/// The tools of a surface, and what answers their calls.
pub(crate) trait Tools: Send + Sync + 'static {
    /// The tools in the form in which they are listed, sorted by name.
    fn listed(&self) -> &[ListedTool];

    /// The tags of the tool that stands at a position of the list: words by which it is found.
    fn tags(&self, _position: usize) -> &[String] {
        &[]
    }

    /// Calls the tool that stands at a position of the list, with the arguments of its own; `listed` is how agents see it, who
    /// may have further ones.
    fn call<'a>(&'a self, listed: &'a ListedTool, position: usize, given: JsonObject, context: Context) -> Called<'a>;
}

/// A tool at work.
pub(crate) type Called<'a> = Pin<Box<dyn Future<Output = CallToolResult> + Send + 'a>>;

/// A tool with what is known about its effects.
pub(crate) fn annotated(listed: ListedTool, hints: Annotations) -> ListedTool {
    if hints == Annotations::default() {
        return listed;
    }
    let Annotations { read_only, destructive, idempotent, open_world } = hints;
    listed.with_annotations(ToolAnnotations::from_raw(None, read_only, destructive, idempotent, open_world))
}
