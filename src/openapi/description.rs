//! An API as data: what its OpenAPI document says, resolved and checked.
//!
//! Values that occur more than once in a document (parameters, bodies, answers) stand once in the tables of [`Api`];
//! operations name them by index. They are plain data with public fields, so that they can be written as constants, and
//! may gain fields in any release of this crate: only generated code constructs them.

use crate::description;
use crate::types::validate::Check;

/// A compiled OpenAPI document.
#[derive(Debug)]
pub struct Api {
    /// The name of the generated module.
    pub name: &'static str,
    /// `info.title`.
    pub title: &'static str,
    /// `info.description`, empty where there is none.
    pub description: &'static str,
    /// `info.version`.
    pub version: &'static str,
    /// The servers: first the one of the document, then those that operations have of their own.
    pub servers: &'static [Server],
    /// The security schemes, in the order of the document; those that it does not define stand last.
    pub security_schemes: &'static [SecurityScheme],
    /// The distinct requirements of security schemes.
    pub requirements: &'static [Requirement],
    /// The distinct parameters of all operations.
    pub parameters: &'static [Parameter],
    /// The distinct contents of request bodies.
    pub bodies: &'static [Body],
    /// The distinct answers.
    pub cases: &'static [Case],
    /// The operations, in the order of the document.
    pub operations: &'static [Operation],
}

#[cfg(feature = "client")]
impl Api {
    /// The security scheme of one of [`requirements`](Self::requirements).
    pub(super) fn scheme_of(&self, requirement: u16) -> Option<&'static SecurityScheme> {
        let requirement = self.requirements.get(usize::from(requirement))?;
        self.security_schemes.get(usize::from(requirement.scheme))
    }
}

/// A server.
#[derive(Debug)]
pub struct Server {
    /// The URL with the defaults of its variables; empty where one has no default, and where the URL is relative.
    pub url: &'static str,
    /// The environment variable that overrides it.
    pub variable: &'static str,
}

/// A security scheme.
#[derive(Debug)]
pub struct SecurityScheme {
    /// The key in the document.
    pub name: &'static str,
    /// What it is.
    pub kind: SecurityKind,
    /// The environment variables that its credential is read from: alternatives, each of variables that are needed
    /// together.
    pub variables: &'static [&'static [&'static str]],
}

/// What an operation demands of a security scheme.
#[derive(Debug)]
pub struct Requirement {
    /// An index into [`Api::security_schemes`].
    pub scheme: u16,
    /// The OAuth 2 scopes, or the roles, that the credential must have.
    pub scopes: &'static [&'static str],
}

/// How callers prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityKind {
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// Another scheme of `Authorization`, by its name; the credentials follow it as they are.
    Http(&'static str),
    /// A key in a header of this name.
    Header(&'static str),
    /// A key in a query parameter of this name.
    Query(&'static str),
    /// A key in a cookie of this name.
    Cookie(&'static str),
    /// A bearer token that this URL, absolute or relative to the server, gives for client credentials (RFC 6749,
    /// section 4.4).
    ClientCredentials(&'static str),
    /// A client certificate, which the HTTP client brings.
    MutualTls,
    /// The document does not define the scheme, or not as it can be used: clients have nothing to send, and servers accept
    /// nobody by it unless what stands in front of them checks it.
    Unknown,
}

#[cfg(feature = "__server")]
impl SecurityKind {
    /// Whether a parameter of an operation is the credential.
    pub(super) fn is_carried_by(self, parameter: &Parameter) -> bool {
        match (self, parameter.location) {
            (Self::Header(name), Location::Header) => name.eq_ignore_ascii_case(parameter.name),
            (Self::Query(name), Location::Query) | (Self::Cookie(name), Location::Cookie) => name == parameter.name,
            _ => false,
        }
    }
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`, or method and path where there is none.
    pub name: &'static str,
    /// The method as it is sent.
    pub method: &'static str,
    /// The path; `{1}` stands for the second of [`parameters`](Self::parameters). Begins with `/`.
    pub path: &'static str,
    /// Constant pairs of the query, encoded: `a=b&c=d`.
    pub query: &'static str,
    /// Indices into [`Api::parameters`].
    pub parameters: &'static [u16],
    /// The contents that the request may have, indices into [`Api::bodies`].
    pub bodies: &'static [u16],
    /// The answers that are a success, indices into [`Api::cases`].
    pub answers: &'static [u16],
    /// The answers that are failures with a body, indices into [`Api::cases`].
    pub failures: &'static [u16],
    /// Alternatives, each of indices into [`Api::requirements`] that are to be met together. Empty: no credentials are
    /// sent.
    pub security: &'static [&'static [u16]],
    /// Whether an HTTP server can tell its requests from those of the other operations.
    pub is_served: bool,
    /// Whether it is one of the tools of MCP.
    pub is_tool: bool,
    /// The name of the tool; empty: it is made from [`name`](Self::name).
    pub tool: &'static str,
    /// An index into [`Api::servers`].
    pub server: u16,
    /// How to get further pages.
    pub pagination: Option<Pagination>,
}

impl Operation {
    /// A `GET` of nothing: what a table leaves out it takes from here.
    pub const EMPTY: Self = Self {
        name: "",
        method: "GET",
        path: "/",
        query: "",
        parameters: &[],
        bodies: &[],
        answers: &[],
        failures: &[],
        security: &[],
        is_served: true,
        is_tool: true,
        tool: "",
        server: 0,
        pagination: None,
    };

    /// Whether a request may be repeated without a further effect (RFC 9110, section 9.2.2).
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        matches!(self.method, "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY")
    }
}

/// A parameter.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "the document has as many flags")]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub location: Location,
    /// How it is written.
    pub style: Style,
    /// Whether elements and properties become parameters of their own.
    pub explode: bool,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Whether reserved characters (RFC 3986, section 2.2) stay as they are where they can.
    pub allow_reserved: bool,
    /// Whether `name=` stands for an empty list.
    pub allow_empty: bool,
    /// Constraints of the value.
    pub checks: &'static [Check],
}

impl Parameter {
    /// What a parameter of the path mostly is.
    pub const PATH: Self = Self {
        name: "",
        location: Location::Path,
        style: Style::Simple,
        explode: false,
        required: true,
        allow_reserved: false,
        allow_empty: false,
        checks: &[],
    };
    /// What a parameter of the query mostly is.
    pub const QUERY: Self =
        Self { location: Location::Query, style: Style::Form, explode: true, required: false, ..Self::PATH };
    /// What a header mostly is.
    pub const HEADER: Self = Self { location: Location::Header, required: false, ..Self::PATH };
    /// What a cookie mostly is.
    pub const COOKIE: Self = Self { location: Location::Cookie, ..Self::QUERY };
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// The path.
    Path,
    /// The query.
    Query,
    /// The query as a whole.
    QueryString,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

impl From<Location> for description::Location {
    fn from(location: Location) -> Self {
        match location {
            Location::Path => Self::Path,
            Location::Query | Location::QueryString => Self::Query,
            Location::Header => Self::Header,
            Location::Cookie => Self::Cookie,
        }
    }
}

/// How a parameter or a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `a,b` (RFC 6570, section 3.2.2).
    Simple,
    /// `.a.b` (RFC 6570, section 3.2.5).
    Label,
    /// `;name=a` (RFC 6570, section 3.2.7).
    Matrix,
    /// `name=a&name=b` (RFC 6570, section 3.2.8).
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[key]=a`
    DeepObject,
    /// `name=a; name=b`, unescaped.
    Cookie,
    /// JSON text, where the document gives the parameter a `content`.
    Json,
    /// The value as text, likewise.
    Text,
}

/// A content of request bodies.
#[derive(Debug)]
pub struct Body {
    /// The media type or range.
    pub media_type: &'static str,
    /// What it means.
    pub kind: MediaKind,
    /// Properties of forms and parts that are not written as their type suggests, or have constraints that their type
    /// does not know.
    pub parts: &'static [Part],
    /// Constraints of the body as a whole that its type does not know, as the length of a list.
    pub checks: &'static [Check],
}

impl Body {
    /// What a body mostly is.
    pub const DEFAULT: Self = Self { media_type: "application/json", kind: MediaKind::Json, parts: &[], checks: &[] };
}

/// What a media type means to a reader or writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// There is no body.
    Empty,
    /// JSON and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`
    Multipart,
    /// `text/event-stream`
    EventStream,
    /// A JSON value a line.
    JsonLines,
    /// XML, passed on as text.
    Xml,
    /// Other texts.
    Text,
    /// Bytes.
    Binary,
    /// A range such as `*/*`.
    Any,
}

/// How a property of a form or a part of a multipart body is written.
#[derive(Debug)]
pub struct Part {
    /// The property on the wire.
    pub name: &'static str,
    /// The media type; empty: by the type.
    pub content_type: &'static str,
    /// The style; `None`: by the type.
    pub style: Option<Style>,
    /// Whether elements and properties become pairs of their own.
    pub explode: bool,
    /// Whether reserved characters stay as they are where they can.
    pub allow_reserved: bool,
    /// Headers of the part whose values the document fixes (`const`, an `enum` of one).
    pub headers: &'static [(&'static str, &'static str)],
    /// Constraints of the value, for the parts of a multipart body.
    pub checks: &'static [Check],
}

impl Part {
    /// What a part mostly is.
    pub const DEFAULT: Self = Self {
        name: "",
        content_type: "",
        style: None,
        explode: true,
        allow_reserved: false,
        headers: &[],
        checks: &[],
    };
}

/// One of the answers to an operation.
#[derive(Debug)]
pub struct Case {
    /// For which statuses.
    pub status: Status,
    /// The media type or range of the body, empty where there is none.
    pub media_type: &'static str,
    /// What it means.
    pub kind: MediaKind,
    /// What [`Answer::read`](super::Answer::read) is told.
    pub variant: u16,
}

/// The statuses of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// One.
    Code(u16),
    /// A hundred, by its first digit.
    Range(u8),
    /// All for which nothing else stands.
    Default,
}

/// How to get further pages. Numbers are positions in [`Operation::parameters`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pagination {
    /// By a page's number.
    Page {
        /// The parameter with the number.
        page: usize,
        /// The parameter with the size of pages.
        size: Option<usize>,
        /// The number of the first page.
        first: u64,
    },
    /// By a number of items that are passed over.
    Offset {
        /// The parameter with the number.
        offset: usize,
        /// The parameter with the size of pages.
        limit: Option<usize>,
    },
    /// By what the answer gives for the next page.
    Cursor {
        /// The parameter that takes it.
        cursor: usize,
        /// The properties that lead to it in the answer.
        next: &'static [&'static str],
    },
    /// By a URL in the answer.
    NextUrl {
        /// The properties that lead to it in the answer.
        next: &'static [&'static str],
    },
    /// By the header `Link` (RFC 8288).
    Link,
}
