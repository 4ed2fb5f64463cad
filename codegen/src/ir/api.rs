//! An HTTP API: what an OpenAPI document says, resolved.
//!
//! Names are valid Rust identifiers and collide with nothing in their scope, and indices are in range.

use super::RustName;
use super::types::{Docs, Excerpt, Literal, TypeUse, Types};

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
    /// The security schemes, in the order of the document.
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

/// A base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL with `{variables}` and without a trailing `/`; relative where the document says so, and empty for `/`.
    pub url: String,
    /// The description, or empty.
    pub description: String,
    /// The variables in the URL, in its order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name in the URL.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// The value where none is given; `None`: one must be given.
    pub default: Option<String>,
    /// The values that are allowed; empty: any.
    pub values: Vec<String>,
    /// The description, or empty.
    pub description: String,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The key in the document.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// The description, or empty.
    pub description: String,
    /// What it is.
    pub kind: SecurityKind,
}

/// How callers prove who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Basic`
    Basic,
    /// `Authorization: Bearer`
    Bearer {
        /// `bearerFormat`, or empty.
        format: String,
    },
    /// Another scheme of `Authorization`, with the scheme's name; the credentials are given as they are.
    Http(String),
    /// A key.
    ApiKey {
        /// Where it travels: query, header or cookie.
        location: Location,
        /// The name of the parameter.
        key: String,
    },
    /// OAuth 2; a bearer token, however it is got.
    Oauth2 {
        /// The client credentials flow, which needs no person.
        client_credentials: Option<ClientCredentials>,
    },
    /// OpenID Connect; a bearer token.
    OpenIdConnect {
        /// The address of the provider's description.
        url: String,
    },
    /// Client certificates.
    MutualTls,
}

/// The client credentials flow of OAuth 2 (RFC 6749, section 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCredentials {
    /// Where tokens are given, absolute or relative to the server.
    pub token_url: String,
    /// The scopes that exist, with their descriptions.
    pub scopes: Vec<(String, String)>,
}

/// Schemes that are demanded together. An empty list: no credentials are needed.
pub type SecurityRequirement = Vec<RequiredScheme>;

/// A scheme that is demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredScheme {
    /// An index into [`Api::security_schemes`].
    pub scheme: usize,
    /// The scopes or roles that are demanded.
    pub scopes: Vec<String>,
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

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be given.
    pub required: bool,
    /// How it is written.
    pub encoding: ParameterEncoding,
    /// The type.
    pub r#type: TypeUse,
    /// What its absence stands for; fits the type.
    pub default: Option<Literal>,
    /// Whether `name=` may stand for no value.
    pub allow_empty: bool,
    /// What the document says about it.
    pub docs: Docs,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// The path.
    Path,
    /// The query string.
    Query,
    /// The query string as a whole.
    QueryString,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// How a parameter is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ParameterEncoding {
    /// By a style.
    Style {
        /// The style.
        style: Style,
        /// Whether elements and properties become parameters of their own.
        explode: bool,
        /// Whether reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As text of a media type.
    Content(MediaKind),
}

/// The styles of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie`
    Cookie,
}

/// The body of requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// The description, or empty.
    pub description: String,
    /// The forms it may have, in the order of the document; never empty.
    pub contents: Vec<Content>,
}

/// A form of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The media type or range as the document writes it, without blanks around.
    pub media_type: String,
    /// What that means.
    pub kind: MediaKind,
    /// The type; `None`: the document does not say.
    pub r#type: Option<TypeUse>,
    /// The type of each item of a stream.
    pub item: Option<TypeUse>,
    /// How the properties of forms are written; those that are not listed by default.
    pub encodings: Vec<PartEncoding>,
    /// The first example.
    pub example: Option<Excerpt>,
}

/// What a media type means to a reader or writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MediaKind {
    /// JSON and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// `text/event-stream`
    EventStream,
    /// A JSON value a line: `application/jsonl`, `application/x-ndjson` and their like.
    JsonLines,
    /// XML and `+xml`; passed on as text.
    Xml,
    /// Other texts.
    Text,
    /// Bytes: `application/octet-stream` and whatever else is none of these.
    Binary,
    /// A range such as `*/*` or `image/*`.
    Any,
}

/// How a property of a form or a part of a multipart body is written.
#[derive(Clone, Debug, PartialEq)]
pub struct PartEncoding {
    /// The property on the wire.
    pub property: String,
    /// `contentType`: the media types of the part; empty: by the type.
    pub content_types: Vec<String>,
    /// The style, where the document has one.
    pub style: Option<(Style, bool)>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Headers of the part.
    pub headers: Vec<Header>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// For which statuses.
    pub status: Status,
    /// The description, or empty.
    pub description: String,
    /// The forms of its body; empty: there is none.
    pub contents: Vec<Content>,
    /// Its headers.
    pub headers: Vec<Header>,
}

/// The statuses of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One.
    Code(u16),
    /// A hundred, by its first digit: `4XX`.
    Range(u8),
    /// All for which nothing else stands.
    Default,
}

/// A header of an answer or a part.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// Whether it must be there.
    pub required: bool,
    /// Whether objects are written as `key=value` (style `simple`).
    pub explode: bool,
    /// The type.
    pub r#type: TypeUse,
    /// What the document says about it.
    pub docs: Docs,
}

/// How to get further pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pagination {
    /// By a page's number.
    Page {
        /// The parameter with the number, an index into [`Operation::parameters`].
        page: usize,
        /// The parameter with the size of pages.
        size: Option<usize>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By a number of items that are passed over.
    Offset {
        /// The parameter with the number.
        offset: usize,
        /// The parameter with the size of pages.
        limit: Option<usize>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By what the answer gives for the next page.
    Cursor {
        /// The parameter that takes it.
        cursor: usize,
        /// The properties that lead to it in the answer.
        next: Vec<String>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By a URL in the answer.
    NextUrl {
        /// The properties that lead to it in the answer.
        next: Vec<String>,
        /// Where the items are in the answer.
        items: Items,
    },
    /// By the header `Link` (RFC 8288).
    Link {
        /// Where the items are in the answer.
        items: Items,
    },
}

/// Where the items of a page are: the property that holds them; `None`: the answer itself.
pub type Items = Option<String>;
