//! An HTTP API: what an OpenAPI document says, resolved.
//!
//! Names are valid Rust identifiers and collide with nothing in their scope, and indices are in range.

mod content;
mod pagination;
mod parameter;
mod security;
mod server;

pub use self::content::{Body, Content, Header, MediaKind, PartEncoding, Response, Status};
pub use self::pagination::{Items, Pagination};
pub use self::parameter::{Location, Parameter, ParameterEncoding, Style};
pub use self::security::{ClientCredentials, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme};
pub use self::server::{Server, ServerVariable};
use super::RustName;
use super::types::{Docs, Types};

/// An API.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// `info.title`, or the file's name.
    pub title: String,
    /// `info.description` or `info.summary`, or empty.
    pub description: String,
    /// `info.version`, or `0.0.0`.
    pub version: String,
    /// The servers of the whole document; never empty: `/` where the document has none.
    pub servers: Vec<Server>,
    /// The tags that the document describes, in its order.
    pub tags: Vec<Tag>,
    /// The security schemes, in the order of the document; then the unknown ones, in the order in which operations demand them.
    pub security_schemes: Vec<SecurityScheme>,
    /// The operations in the order of the document.
    pub operations: Vec<Operation>,
    /// The types that the operations reach.
    pub types: Types,
    /// How many operations the document describes that others call: webhooks.
    pub webhooks: usize,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The name.
    pub name: String,
    /// The description, or empty.
    pub description: String,
}

/// An operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `operationId`; `None` where the document has none or the same one elsewhere.
    pub id: Option<String>,
    /// The name of functions.
    pub name: RustName,
    /// The name of types.
    pub type_name: RustName,
    /// What the document says about it: `summary`, `description`, `deprecated`.
    pub docs: Docs,
    /// The tags.
    pub tags: Vec<String>,
    /// The method.
    pub method: Method,
    /// The path as the document writes it.
    pub path: String,
    /// The path in pieces; begins with `/`.
    pub template: Vec<Segment>,
    /// Query parameters that the path carries, decoded.
    pub constant_query: Vec<(String, String)>,
    /// The parameters: those of the path in the path's order first, then the others in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The body of requests.
    pub body: Option<Body>,
    /// The answers: statuses first, then ranges, then `default`; the document's order within.
    pub responses: Vec<Response>,
    /// Alternatives, of which one must be met; empty: no credentials are needed.
    pub security: Vec<SecurityRequirement>,
    /// The servers where they differ from the document's; else empty.
    pub servers: Vec<Server>,
    /// How to get further pages.
    pub pagination: Option<Pagination>,
    /// Whether an HTTP server can tell its requests from those of the operations before it. Where two differ in nothing that
    /// is sent, the first one is served.
    pub is_served: bool,
    /// Whether it is one of the tools of MCP.
    pub is_tool: bool,
    /// The name that a setting gives to the tool.
    pub tool_name: Option<String>,
}

/// A method.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// `QUERY`
    Query,
    /// A method of `additionalOperations`, written as it is sent.
    Other(String),
}

impl Method {
    /// The method as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(method) => method,
        }
    }
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Literal text, percent-encoded as the document has it.
    Text(String),
    /// A parameter, an index into [`Operation::parameters`].
    Parameter(usize),
}
