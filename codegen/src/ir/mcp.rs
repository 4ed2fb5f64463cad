//! What an MCP surface offers beside tools: resources and prompts.

use super::{Action, InputRule, Parameter, Template, Tool};

/// An MCP surface.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mcp {
    /// The tools, sorted by name.
    pub tools: Vec<Tool>,
    /// The resources, in the order of the file.
    pub resources: Vec<Resource>,
    /// The prompts, in the order of the file.
    pub prompts: Vec<Prompt>,
    /// How long clients may keep lists and contents.
    pub cache: Cache,
}

impl Mcp {
    /// What tools and resources do.
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        let made = self.resources.iter().filter_map(|resource| match &resource.content {
            ResourceContent::Action { action, .. } => Some(&**action),
            ResourceContent::Folder(_) => None,
        });
        self.tools.iter().map(|tool| &tool.action).chain(made)
    }

    /// Visits what tools and resources do.
    pub(crate) fn for_each_action(&mut self, visit: &mut dyn FnMut(&mut Action)) {
        self.tools.iter_mut().for_each(|tool| visit(&mut tool.action));
        for resource in &mut self.resources {
            if let ResourceContent::Action { action, .. } = &mut resource.content {
                visit(action);
            }
        }
    }

    /// The rules for the values of tools and resources.
    pub fn rules(&self) -> impl Iterator<Item = &InputRule> {
        let of_resources = self.resources.iter().flat_map(|resource| match &resource.content {
            ResourceContent::Action { rules, .. } => rules.as_slice(),
            ResourceContent::Folder(_) => &[],
        });
        self.tools.iter().flat_map(|tool| &tool.rules).chain(of_resources)
    }

    /// The parameters of tools and resources.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        let of_resources = self.resources.iter().flat_map(|resource| match &resource.content {
            ResourceContent::Action { parameters, .. } => parameters.as_slice(),
            ResourceContent::Folder(_) => &[],
        });
        self.tools.iter().flat_map(|tool| &tool.parameters).chain(of_resources)
    }
}

/// How long clients may keep lists and contents of resources, and who may (`ttlMs`, `cacheScope`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cache {
    /// How long, in milliseconds.
    pub milliseconds: Option<u64>,
    /// Who may.
    pub scope: Option<CacheScope>,
}

/// Who may keep lists and contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CacheScope {
    /// Anybody on the way, for everybody.
    Public,
    /// The client that asked, for itself.
    Private,
}

/// A resource, or a template of resources.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The name in the file.
    pub name: String,
    /// `label` or `display`.
    pub title: Option<String>,
    /// The description, or empty.
    pub description: String,
    /// The URI as a template of RFC 6570.
    pub uri: String,
    /// The URI in pieces; inputs are indices into the parameters of the action.
    pub uri_template: Template,
    /// The media type that the file declares.
    pub media_type: Option<String>,
    /// Whether contents are bytes, whatever they look like.
    pub is_binary: bool,
    /// What it contains.
    pub content: ResourceContent,
}

/// What a resource contains.
#[derive(Clone, Debug, PartialEq)]
pub enum ResourceContent {
    /// What an action answers.
    Action {
        /// First the variables of the URI. Those behind them are optional and have no value but that of a rule.
        parameters: Vec<Parameter>,
        /// The rules for their values.
        rules: Vec<InputRule>,
        /// The action.
        action: Box<Action>,
    },
    /// The files of a folder, which is read at run time.
    Folder(String),
}

/// A prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// The name.
    pub name: String,
    /// `label` or `display`.
    pub title: Option<String>,
    /// The description, or empty.
    pub description: String,
    /// The arguments.
    pub arguments: Vec<PromptArgument>,
    /// The messages.
    pub messages: Vec<PromptMessage>,
}

/// An argument of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptArgument {
    /// The name.
    pub name: String,
    /// `label` or `display`.
    pub title: Option<String>,
    /// The description, or empty.
    pub description: String,
    /// Whether there is no prompt without it.
    pub required: bool,
}

/// A message of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptMessage {
    /// Who says it.
    pub role: Role,
    /// The text; inputs are indices into the arguments.
    pub content: Template,
}

/// Who says a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The user.
    User,
    /// The model.
    Assistant,
}
