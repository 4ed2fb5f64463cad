//! A compiled capability as data: what the file says, resolved and checked.
//!
//! The compiler emits one [`Capability`] for each file. The runtime serves requests from it, and a program can read it
//! to list the routes, tools and upstreams that it contains.
//!
//! The types are plain data with public fields, so that they can be written as constants. They may gain fields in any
//! release of this crate: only generated code constructs them.

mod action;
mod authentication;
mod binary;
mod body;
mod control;
mod forward;
mod mcp;
mod method;
pub(crate) mod prose;
mod rules;
pub(crate) mod schemas;
mod skill;
mod steps;
mod tool_schema;

pub use action::{Action, Call, Content, Output, Part, Reference, Root, Source};
pub use authentication::{Authentication, CallerAuthentication, Introspection, OAuth2, ResourceServer};
pub use binary::Binary;
pub use body::{Body, Escape, FormPart, JsonTemplate};
pub use control::{Logs, Observability, Propagation};
pub use forward::Forward;
pub use mcp::{
    Annotations, Cache, CacheScope, Prompt, PromptArgument, PromptMessage, Resource, ResourceContent, Role, Tool,
};
pub use rules::{InputRule, Rule};
pub use skill::{Skill, SkillTool, SkillToolSource};
pub use steps::{Lookup, Mapping, Step, StepCall, StepKind, StepScript, Steps};

use crate::arguments::TypedArgument;
use crate::openapi::Style;
use crate::types::validate::Check;

/// A compiled capability file.
#[derive(Debug)]
pub struct Capability {
    /// The name of the generated module, made from the file's name: `platform_backups`.
    pub name: &'static str,
    /// `info.label` (in later versions of the format `info.display`), or the file's name where there is none.
    pub label: &'static str,
    /// `info.description`, empty where there is none.
    pub description: &'static str,
    /// `info.version`, or `0.0.0` where there is none.
    pub version: &'static str,
    /// `info.tags`.
    pub tags: &'static [&'static str],
    /// The variables of `binds` that something in the file refers to.
    pub binds: &'static [Bind],
    /// The upstreams, in the order of the file.
    pub consumes: &'static [Consumes],
    /// The consumed operations of all upstreams, in the order of the file.
    pub operations: &'static [Operation],
    /// The exposed surfaces, in the order of the file.
    pub exposes: &'static [Exposes],
    /// The JSON Schemas (2020-12) that those of values refer to as `#/components/schemas/…`, as JSON text, sorted by name.
    pub schemas: &'static [(&'static str, &'static str)],
}

/// A variable of `binds`: a value that the environment or a file supplies at start.
#[derive(Debug)]
pub struct Bind {
    /// The name that templates use: `{{PLANETSCALE_API_KEY}}` or `{{env.PLANETSCALE_API_KEY}}`.
    pub variable: &'static str,
    /// The environment variable that holds the value; of a bind with a `location` the one that is taken over the file.
    pub source_key: &'static str,
    /// Whether no client can do without it. Others are parameters of requests that go without them, or stand in base URIs.
    pub required: bool,
}

/// An upstream HTTP API: one entry of `consumes`.
#[derive(Debug)]
pub struct Consumes {
    /// The namespace that `call` refers to.
    pub namespace: &'static str,
    /// What the file says about it, empty where it says nothing.
    pub description: &'static str,
    /// The base URI of the file, without a trailing `/`. `None`: the file gives none and the environment must.
    pub base_uri: Option<&'static str>,
    /// The base URI in pieces, where bind variables stand in it; empty otherwise.
    pub base_uri_template: Template,
    /// The environment variable that overrides [`base_uri`](Self::base_uri): `PLATFORM_BACKUPS_BASE_URL`.
    pub base_url_variable: &'static str,
    /// How requests to this upstream are authenticated.
    pub authentication: Authentication,
}

/// Text with holes, filled when a request is built.
pub type Template = &'static [Piece];

/// A part of a [`Template`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that is sent as it is.
    Text(&'static str),
    /// The value of an operation's input, an index into [`Operation::inputs`].
    Input(usize),
    /// A part of an operation's input that is an object, or of an object in it: the input, and the names on the way.
    Field(usize, &'static [&'static str]),
    /// The value of a bind variable, an index into [`Capability::binds`].
    Bind(usize),
}

/// A consumed operation: one request to an upstream.
#[derive(Debug)]
pub struct Operation {
    /// The name in the file: `listbackups`.
    pub name: &'static str,
    /// What the file says about it, empty where it says nothing.
    pub description: &'static str,
    /// The upstream, an index into [`Capability::consumes`].
    pub consumes: usize,
    /// The HTTP method.
    pub method: Method,
    /// The path as the file writes it: `/databases/{databaseId}/backups`.
    pub path: &'static str,
    /// The path in pieces. Values of inputs are percent-encoded when they are put in.
    pub path_template: Template,
    /// What the caller supplies. A path input stands in [`path_template`](Self::path_template) as well.
    pub inputs: &'static [Parameter],
    /// What the file itself supplies.
    pub constants: &'static [Constant],
    /// What the body is made of, unless it is an input.
    pub body: Option<Body>,
    /// Whether a document says that a success has no content.
    pub is_empty: bool,
}

/// An HTTP method (RFC 9110, section 9) that a capability can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
}

impl Method {
    /// The method's name as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
        }
    }

    /// Whether a request changes nothing (RFC 9110, section 9.2.1).
    #[must_use]
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }

    /// Whether a request may be repeated without a further effect (RFC 9110, section 9.2.2).
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// Where a parameter travels in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path, or a part of one.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// The whole body, as JSON.
    Body,
    /// A property of the JSON object that the body of a surface's request is.
    Property,
    /// Nowhere by itself: templates of the operation take its value.
    Template,
}

/// An input of an operation, a route or a tool.
#[derive(Debug)]
pub struct Parameter {
    /// The name on the wire; for a tool, the name of the argument.
    pub name: &'static str,
    /// Where it travels. In a tool, where the upstream gets it.
    pub location: Location,
    /// The type of its value.
    pub r#type: Type,
    /// Whether a request without it is refused.
    pub required: bool,
    /// What it means, empty where the file does not say.
    pub description: &'static str,
    /// What the OpenAPI document of the upstream says about its value, where the file is joined with one.
    pub schema: Option<&'static Schema>,
}

/// What an OpenAPI document says about the value of a parameter.
#[derive(Debug)]
pub struct Schema {
    /// How it is written.
    pub style: Style,
    /// Whether elements and properties become parameters of their own.
    pub explode: bool,
    /// Whether reserved characters (RFC 3986, section 2.2) stay as they are where they can.
    pub allow_reserved: bool,
    /// Whether `name=` stands for an empty list.
    pub allow_empty: bool,
    /// Constraints of the value.
    pub checks: &'static [Check],
    /// The JSON Schema (2020-12) of the value, as JSON text; what it refers to stands in [`Capability::schemas`].
    pub json: &'static str,
    /// Makes a value to read into.
    pub blank: fn() -> TypedArgument,
}

impl Schema {
    /// Any JSON: what a table leaves out it takes from here.
    pub const ANY: Self = Self {
        style: Style::Json,
        explode: false,
        allow_reserved: false,
        allow_empty: false,
        checks: &[],
        json: "true",
        blank: TypedArgument::blank::<serde_json::Value>,
    };
}

/// The type of a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Type {
    /// Text.
    String,
    /// A whole number that fits 64 bits, signed.
    Integer,
    /// A finite double-precision number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A JSON array; in a query or header, repeated or comma-separated text.
    Array,
    /// A JSON object.
    Object,
    /// Any JSON value.
    Any,
}

/// A parameter whose value the file gives.
#[derive(Debug)]
pub struct Constant {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it travels: query, header or cookie.
    pub location: Location,
    /// Its value.
    pub value: Template,
}

/// An exposed surface: one entry of `exposes`.
#[derive(Debug)]
pub struct Exposes {
    /// The namespace of the file.
    pub namespace: &'static str,
    /// What the file says about it, empty where it says nothing.
    pub description: &'static str,
    /// The host name or address to listen on.
    pub address: &'static str,
    /// The port to listen on; 0 lets the system choose. A surface on standard input and output has none, nor has one whose
    /// file leaves it open.
    pub port: Option<u16>,
    /// The environment variable that overrides address and port: `PLATFORM_BACKUPS_REST_ADDR`. Empty on standard input and
    /// output.
    pub address_variable: &'static str,
    /// What callers must prove. `None`: nothing.
    pub authentication: Option<CallerAuthentication>,
    /// What is served there.
    pub surface: Surface,
    /// The OpenAPI document (3.0.3) of a REST surface, as JSON text; empty for others, and without the feature `rest`.
    pub document: &'static str,
    /// Resources of a REST surface whose requests are handed on to an upstream.
    pub forwards: &'static [Forward],
}

/// What an [`Exposes`] serves.
#[derive(Debug)]
#[non_exhaustive]
pub enum Surface {
    /// A REST interface.
    Rest {
        /// The routes, in the order of the file; a path and a method occur once.
        routes: &'static [Route],
    },
    /// An MCP server.
    Mcp {
        /// HTTP or standard input and output.
        transport: Transport,
        /// The tools, sorted by name.
        tools: &'static [Tool],
        /// The resources, in the order of the file; a URI belongs to one of them.
        resources: &'static [Resource],
        /// The prompts, in the order of the file, each with a name of its own.
        prompts: &'static [Prompt],
        /// How long clients may keep lists and contents of resources.
        cache: Cache,
    },
    /// A catalogue of skills.
    Skill {
        /// The skills, in the order of the file.
        skills: &'static [Skill],
    },
    /// What can be watched of the program while it runs.
    Control {
        /// Whether it is up (`/health/live`) and ready for requests (`/health/ready`).
        health: bool,
        /// What it is (`/status`).
        info: bool,
        /// How much it has to do, and how well that goes (`/metrics`).
        metrics: bool,
        /// What can be done with its log.
        logs: Logs,
        /// What becomes of traces and metrics.
        observability: Observability,
    },
}

impl Surface {
    /// The `type` of the surface in the file: `rest`, `mcp`, `skill` or `control`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Rest { .. } => "rest",
            Self::Mcp { .. } => "mcp",
            Self::Skill { .. } => "skill",
            Self::Control { .. } => "control",
        }
    }
}

/// How an MCP surface is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// Streamable HTTP at `/mcp`.
    Http,
    /// Standard input and output, one message a line.
    Stdio,
}

/// An exposed REST operation.
#[derive(Debug)]
pub struct Route {
    /// The name in the file.
    pub name: &'static str,
    /// What the file says about it, empty where it says nothing.
    pub description: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path as the file writes it: `/v1/databases/{databaseid}/backups`.
    pub path: &'static str,
    /// The path in pieces; an input is an index into [`parameters`](Self::parameters).
    pub path_template: Template,
    /// What a request may carry.
    pub parameters: &'static [Parameter],
    /// Rules for the values of its parameters.
    pub rules: &'static [InputRule],
    /// What it does.
    pub action: Action,
    /// What the answer is handed on as, where it is bytes.
    pub binary: Option<Binary>,
}
