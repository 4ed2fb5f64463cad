//! What an MCP surface offers: tools, resources and prompts.

use super::{Action, Binary, InputRule, Parameter, Template};

/// An exposed MCP tool.
#[derive(Debug)]
pub struct Tool {
    /// The name, `[A-Za-z0-9_-]{1,64}`, unique in its surface without regard to case.
    pub name: &'static str,
    /// A title for people.
    pub title: Option<&'static str>,
    /// What the tool does.
    pub description: &'static str,
    /// The JSON Schema (2020-12) of what the tool answers with, as JSON text, where the file or an OpenAPI document says it;
    /// what it refers to stands in [`Capability::schemas`](super::Capability::schemas).
    pub answer_schema: Option<&'static str>,
    /// What the file says about the tool's effects.
    pub annotations: Annotations,
    /// The arguments. One that has a [`Rule::Fixed`](super::Rule::Fixed) is not the caller's to give.
    pub parameters: &'static [Parameter],
    /// Rules for the values of its arguments.
    pub rules: &'static [InputRule],
    /// What it does.
    pub action: Action,
    /// What the answer is handed on as, where it is bytes.
    pub binary: Option<Binary>,
}

/// Hints about a tool's effects (MCP, `ToolAnnotations`). `None`: the file does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Annotations {
    /// The tool changes nothing.
    pub read_only: Option<bool>,
    /// The tool may destroy something.
    pub destructive: Option<bool>,
    /// Calling the tool twice has the effect of calling it once.
    pub idempotent: Option<bool>,
    /// The tool reaches beyond a closed set of things.
    pub open_world: Option<bool>,
}

/// How long clients may keep lists and contents of resources, and who may: `ttlMs` and `cacheScope` of MCP 2026-07-28.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cache {
    /// How long, in milliseconds. `None`: the file does not say, and what is kept is stale at once.
    pub milliseconds: Option<u64>,
    /// Who may. `None`: the file does not say, and nobody but the client that asked may.
    pub scope: Option<CacheScope>,
}

/// Who may keep lists and contents of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CacheScope {
    /// Anybody on the way, for everybody.
    Public,
    /// The client that asked, for itself.
    Private,
}

/// A resource of an MCP surface, or a template of resources.
#[derive(Debug)]
pub struct Resource {
    /// The name in the file.
    pub name: &'static str,
    /// A title for people.
    pub title: Option<&'static str>,
    /// What the file says about it, empty where it says nothing.
    pub description: &'static str,
    /// The URI; with variables a template (RFC 6570, level 1): `data://users/{user}/profile`.
    pub uri: &'static str,
    /// The URI in pieces; an input is an index into the parameters of the action.
    pub uri_template: Template,
    /// The media type that the file declares.
    pub media_type: Option<&'static str>,
    /// Whether contents are bytes, whatever they look like.
    pub is_binary: bool,
    /// What it contains.
    pub content: ResourceContent,
}

/// What a [`Resource`] contains.
#[derive(Debug)]
#[non_exhaustive]
pub enum ResourceContent {
    /// What an action answers.
    Action {
        /// First the variables of the URI, in their order. Those behind them are optional and have no value but that of a
        /// rule.
        parameters: &'static [Parameter],
        /// The rules for their values.
        rules: &'static [InputRule],
        /// The action.
        action: Action,
    },
    /// The files of a folder, a path of the machine as the file has it.
    Folder(&'static str),
}

/// A prompt of an MCP surface.
#[derive(Debug)]
pub struct Prompt {
    /// The name.
    pub name: &'static str,
    /// A title for people.
    pub title: Option<&'static str>,
    /// What the file says about it, empty where it says nothing.
    pub description: &'static str,
    /// The arguments, all of them texts.
    pub arguments: &'static [PromptArgument],
    /// The messages.
    pub messages: &'static [PromptMessage],
}

/// An argument of a [`Prompt`].
#[derive(Debug)]
pub struct PromptArgument {
    /// The name.
    pub name: &'static str,
    /// A title for people.
    pub title: Option<&'static str>,
    /// What it means, empty where the file does not say.
    pub description: &'static str,
    /// Whether there is no prompt without it.
    pub required: bool,
}

/// A message of a [`Prompt`].
#[derive(Debug)]
pub struct PromptMessage {
    /// Who says it.
    pub role: Role,
    /// The text; an input is an index into the prompt's arguments.
    pub content: Template,
}

/// Who says a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// The user.
    User,
    /// The model.
    Assistant,
}
