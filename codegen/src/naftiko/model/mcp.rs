//! What an MCP surface offers (section 6.2).

use super::{Action, Adapter, Spanned, Text};
use crate::ir::{Cache, Role};

/// An MCP surface (section 6.2).
#[derive(Debug)]
pub(crate) struct Mcp<'a> {
    pub(crate) adapter: Adapter<'a>,
    pub(crate) is_stdio: bool,
    pub(crate) tools: Vec<McpTool<'a>>,
    pub(crate) resources: Vec<McpResource<'a>>,
    pub(crate) prompts: Vec<McpPrompt<'a>>,
    pub(crate) cache: Cache,
}

/// A resource of an MCP surface.
#[derive(Debug)]
pub(crate) struct McpResource<'a> {
    pub(crate) label: Option<Text<'a>>,
    pub(crate) uri: Option<Text<'a>>,
    pub(crate) mime_type: Option<Text<'a>>,
    pub(crate) binary: bool,
    /// The folder whose files it is; without, the action makes it.
    pub(crate) location: Option<Text<'a>>,
    pub(crate) action: Action<'a>,
}

/// A prompt of an MCP surface.
#[derive(Debug)]
pub(crate) struct McpPrompt<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) label: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) arguments: Vec<PromptArgument<'a>>,
    pub(crate) messages: Vec<PromptMessage<'a>>,
}

/// An argument of a prompt.
#[derive(Debug)]
pub(crate) struct PromptArgument<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) label: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) required: Option<bool>,
}

/// A message of a prompt.
#[derive(Debug)]
pub(crate) struct PromptMessage<'a> {
    pub(crate) role: Role,
    pub(crate) content: Text<'a>,
}

/// A tool.
#[derive(Debug)]
pub(crate) struct McpTool<'a> {
    pub(crate) label: Option<Text<'a>>,
    pub(crate) action: Action<'a>,
    pub(crate) hints: McpHints,
}

/// `hints` with their places.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct McpHints {
    pub(crate) read_only: Option<Spanned<bool>>,
    pub(crate) destructive: Option<Spanned<bool>>,
    pub(crate) idempotent: Option<Spanned<bool>>,
    pub(crate) open_world: Option<Spanned<bool>>,
}
