//! The resolved program: what emission turns into tokens.
//!
//! Everything here has been checked. Names are valid Rust identifiers and collide with nothing in their scope, indices
//! are in range, routes and tools are unique, and every input of an operation has exactly one source in each surface
//! that calls it. Emission relies on that and cannot fail.

mod action;
pub mod api;
mod authentication;
mod body;
pub mod css;
pub mod json_path;
mod mcp;
mod path;
pub mod protobuf;
mod references;
mod rules;
mod steps;
mod surfaces;
pub mod types;

pub use self::action::{Action, Call, Content, Format, Output, Part, Reference, Root, Source};
pub use self::authentication::{Authentication, CallerAuthentication, Introspection, OAuth2, ResourceServer};
pub use self::body::{Body, Escape, FormPart, JsonTemplate};
pub use self::mcp::{Cache, CacheScope, Mcp, Prompt, PromptArgument, PromptMessage, Resource, ResourceContent, Role};
pub use self::path::{RustPath, RustPathError};
pub use self::rules::{InputRule, Rule};
pub use self::steps::{Lookup, Mapping, Script, Step, StepCall, StepKind, StepScript, Steps};
pub use self::surfaces::{
    Binary, Control, Exposes, Forward, Hints, Listen, Logs, Observability, Propagation, Route, Skill, SkillTool,
    SkillToolSource, Surface, Tool,
};

use self::api::{Api, ParameterEncoding};
use self::types::{Literal, TypeUse};

/// A capability, resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Capability {
    /// The module's name.
    pub module: RustName,
    /// `info.label`, `info.display` or the file's name.
    pub label: String,
    /// `info.description`, or empty.
    pub description: String,
    /// `info.version`, or `0.0.0`.
    pub version: String,
    /// `info.tags`.
    pub tags: Vec<String>,
    /// The bind variables that something refers to, in the order of the file.
    pub binds: Vec<Bind>,
    /// The files that binds with a `location` take their values from.
    pub bind_files: Vec<BindFile>,
    /// The upstreams, in the order of the file.
    pub upstreams: Vec<Upstream>,
    /// The consumed operations of all upstreams, in the order of the file.
    pub operations: Vec<Operation>,
    /// The scripts of steps, in the order in which routes and tools take them.
    pub scripts: Vec<Script>,
    /// The exposed surfaces, in the order of the file.
    pub exposes: Vec<Exposes>,
    /// What the operations are joined with of an OpenAPI document, and the types that this reaches.
    pub document: Option<Api>,
    /// The environment variable for the folder below which those of resources and skills are, where there are any.
    pub files_root: Option<String>,
    /// What the environment variables for the settings of servers begin with, before a `_`, where something listens.
    pub server_variables: Option<String>,
}

/// A Rust identifier: valid, not a keyword that cannot be raw, unique in its scope.
///
/// Keywords carry their `r#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RustName(String);

impl RustName {
    /// Wraps a name that the name allocator made.
    pub(crate) fn new(name: String) -> Self {
        Self(name)
    }

    /// The identifier, with `r#` where it needs one.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A bind variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Bind {
    /// The name in templates.
    pub variable: String,
    /// The environment variable that holds the value, or that is taken over the file.
    pub source_key: String,
    /// Where a file has the value.
    pub file: Option<BindKey>,
    /// The field of the generated `Config`.
    pub field: RustName,
    /// Whether nothing works without it. Others are optional parameters, or stand in base URIs, which are settings.
    pub required: bool,
}

/// A value in a file of binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindKey {
    /// The file, an index into [`Capability::bind_files`].
    pub file: usize,
    /// The key in it.
    pub key: String,
}

/// A file that holds the values of binds. The program reads it when it starts; the compiler never does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BindFile {
    /// The path: absolute, or from the working directory of the program.
    pub path: String,
    /// The environment variable that names another file.
    pub variable: String,
}

/// An upstream HTTP API.
#[derive(Clone, Debug, PartialEq)]
pub struct Upstream {
    /// The namespace.
    pub namespace: String,
    /// Its description, or empty.
    pub description: String,
    /// The base URI.
    pub base_uri: BaseUri,
    /// The environment variable that overrides the base URI.
    pub base_url_variable: String,
    /// The field of the generated `Config`.
    pub field: RustName,
    /// The credentials of every request.
    pub authentication: Authentication,
}

/// The beginning of an upstream's URIs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BaseUri {
    /// A setting that must be given.
    #[default]
    Unset,
    /// As it stands in the file, without a trailing `/`.
    Fixed(String),
    /// With bind variables, unless the setting is given.
    Template(Template),
}

impl BaseUri {
    /// The URI, where the file alone says it.
    #[must_use]
    pub fn fixed(&self) -> Option<&str> {
        match self {
            Self::Fixed(uri) => Some(uri),
            Self::Unset | Self::Template(_) => None,
        }
    }
}

/// Text with holes.
pub type Template = Vec<Piece>;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Literal text.
    Text(String),
    /// An input, by index: of the operation, or in a route's path of the route's parameters.
    Input(usize),
    /// A part of an input that is an object, or of an object in it: the input by index, and the names on the way.
    Field(usize, Vec<String>),
    /// A bind variable, an index into [`Capability::binds`].
    Bind(usize),
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// The method as it is sent.
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

    /// Whether requests change nothing (RFC 9110, section 9.2.1).
    #[must_use]
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Options)
    }
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
    /// The whole JSON body.
    Body,
    /// A property of the JSON object that the body of a surface's request is.
    Property,
    /// Nowhere by itself: templates of the operation take its value.
    Template,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Text.
    String,
    /// A signed 64-bit whole number.
    Integer,
    /// A finite double.
    Number,
    /// A truth value.
    Boolean,
    /// A JSON array.
    Array,
    /// A JSON object.
    Object,
    /// Any JSON value.
    Any,
}

impl Type {
    /// The name in the format.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
            Self::Any => "any",
        }
    }

    /// Whether some value is of both types.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) | (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => true,
            (left, right) => left == right,
        }
    }
}

/// A consumed operation, which is also a method of the client and of the handlers.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The name in the file.
    pub name: String,
    /// The name of the methods.
    pub method_name: RustName,
    /// The name of the inputs' type.
    pub type_name: RustName,
    /// The description, or empty.
    pub description: String,
    /// The upstream, an index into [`Capability::upstreams`].
    pub upstream: usize,
    /// The HTTP method.
    pub method: Method,
    /// The path as written.
    pub path: String,
    /// The path in pieces.
    pub path_template: Template,
    /// What the caller supplies: the path's variables in their order first, then the rest in the order of the file, the body last.
    pub inputs: Vec<Input>,
    /// What the file supplies.
    pub constants: Vec<Constant>,
    /// What the body is made of, unless it is an input.
    pub body: Option<Body>,
    /// What it answers with; `None`: any JSON.
    pub answer: Option<Answer>,
}

/// What an operation answers with, where a document says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON of a type of [`Capability::document`].
    Typed(TypeUse),
}

/// An input of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The parameter.
    pub parameter: Parameter,
    /// The field of the inputs' type, the positional argument and the setter of the request.
    pub field: RustName,
}

impl Input {
    /// Whether it is an argument of the client's method. Only what stands in the path is, so that a further parameter,
    /// even a required one, breaks no caller.
    #[must_use]
    pub fn is_positional(&self) -> bool {
        self.parameter.location == Location::Path
    }
}

/// A parameter of an operation, a route or a tool.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Parameter {
    /// The wire name, or the name of a tool's argument.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Its type.
    pub r#type: Type,
    /// Whether it must be there.
    pub required: bool,
    /// The description, never empty: made from the name and place where the file has none.
    pub description: String,
    /// What the OpenAPI document of the upstream says about its value.
    pub schema: Option<Schema>,
}

/// What an OpenAPI document says about a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Schema {
    /// The type, of [`Capability::document`].
    pub r#type: TypeUse,
    /// How it is written; a body and its properties as JSON.
    pub encoding: ParameterEncoding,
    /// Whether `name=` may stand for no value.
    pub allow_empty: bool,
    /// What its absence stands for.
    pub default: Option<Literal>,
}

/// A parameter whose value the file gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// The wire name.
    pub name: String,
    /// Query, header or cookie.
    pub location: Location,
    /// The value.
    pub value: Template,
}
