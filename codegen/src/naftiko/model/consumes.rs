//! What a capability consumes (section 5).

use super::{Outputs, Spanned, Text, Tunnel};
use crate::ir::{Location, Method, Type};
use crate::source::Span;

/// An entry of `consumes` (section 5).
#[derive(Debug)]
pub(crate) enum Consumes<'a> {
    Http(Box<Http<'a>>),
    /// Something that could not be read or imported, which was reported.
    Unreadable,
}

/// An upstream HTTP API (section 5.1).
#[derive(Debug)]
pub(crate) struct Http<'a> {
    /// The path of the file that it stands in, as its imports take it.
    pub(crate) path: &'a str,
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) base_uri: Option<Text<'a>>,
    pub(crate) input_parameters: Vec<ConsumedInput<'a>>,
    pub(crate) authentication: Option<Authentication<'a>>,
    pub(crate) resources: Vec<ConsumedResource<'a>>,
    pub(crate) tunnel: Option<Tunnel>,
}

/// A resource of an upstream (section 5.2).
#[derive(Debug)]
pub(crate) struct ConsumedResource<'a> {
    pub(crate) name: Option<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) input_parameters: Vec<ConsumedInput<'a>>,
    pub(crate) operations: Vec<ConsumedOperation<'a>>,
}

/// An operation of an upstream (section 5.3).
#[derive(Debug)]
pub(crate) struct ConsumedOperation<'a> {
    pub(crate) name: Option<Text<'a>>,
    pub(crate) method: Option<Spanned<Method>>,
    /// Instead of the resource's, beyond the schema.
    pub(crate) path: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) input_parameters: Vec<ConsumedInput<'a>>,
    pub(crate) body: Option<Body<'a>>,
    pub(crate) raw_format: Option<Spanned<RawFormat>>,
    pub(crate) output_schema: Option<Text<'a>>,
    /// What steps keep of the answer (section 5.8).
    pub(crate) outputs: Option<Outputs<'a>>,
    pub(crate) output_media_type: Option<Text<'a>>,
    pub(crate) max_binary_size: Option<Text<'a>>,
}

/// A parameter of consumed operations (section 5.4).
#[derive(Clone, Debug)]
pub(crate) struct ConsumedInput<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) place: Spanned<Place>,
    /// Beyond the schema.
    pub(crate) r#type: Option<Type>,
    /// Beyond the schema.
    pub(crate) description: Option<Text<'a>>,
    /// Beyond the schema.
    pub(crate) required: Option<bool>,
    pub(crate) value: Option<Text<'a>>,
}

/// `in`: where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Request(Location),
    Environment,
}

/// A request body (section 5.5).
#[derive(Debug)]
pub(crate) struct Body<'a> {
    pub(crate) key: Span,
    /// Without, it only says that there is one, of JSON.
    pub(crate) content: Option<BodyContent<'a>>,
}

/// What a request body contains.
#[derive(Debug)]
pub(crate) enum BodyContent<'a> {
    /// A text without a type, or text of JSON.
    Plain(Text<'a>),
    Json(Json<'a>),
    Text(TextKind, Text<'a>),
    Form(Vec<(Text<'a>, Text<'a>)>),
    Multipart(Vec<BodyPart<'a>>),
}

/// The kind of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    Text,
    Xml,
    Sparql,
    /// `application/x-www-form-urlencoded`, written as a whole.
    Form,
    /// Anything.
    Raw,
}

/// JSON, written as a tree.
#[derive(Debug)]
pub(crate) enum Json<'a> {
    Scalar(Text<'a>, serde_json::Value),
    Array(Vec<Json<'a>>),
    Object(Vec<(Text<'a>, Json<'a>)>),
}

/// A part of a multipart body.
#[derive(Debug)]
pub(crate) struct BodyPart<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) value: Text<'a>,
    pub(crate) file_name: Option<Text<'a>>,
    pub(crate) content_type: Option<Text<'a>>,
}

/// `outputRawFormat` (section 5.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RawFormat {
    Json,
    Xml,
    Avro,
    Protobuf,
    Csv,
    Tsv,
    Psv,
    Yaml,
    Html,
    Markdown,
    Binary,
}

/// Credentials (section 5.6).
#[derive(Debug)]
pub(crate) struct Authentication<'a> {
    pub(crate) span: Span,
    pub(crate) scheme: Spanned<Scheme>,
    pub(crate) token: Option<Text<'a>>,
    pub(crate) username: Option<Text<'a>>,
    pub(crate) password: Option<Text<'a>>,
    pub(crate) key: Option<Text<'a>>,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) placement: Option<Spanned<Location>>,
    pub(crate) oauth2: OAuth2<'a>,
}

impl Authentication<'_> {
    /// Credentials of a type, of which nothing else is known yet.
    pub(in crate::naftiko) fn new(span: Span, scheme: Spanned<Scheme>) -> Self {
        let (token, username, password) = (None, None, None);
        let (key, value, placement) = (None, None, None);
        Self { span, scheme, token, username, password, key, value, placement, oauth2: OAuth2::default() }
    }
}

/// What credentials of the type `oauth2` have besides.
#[derive(Debug, Default)]
pub(crate) struct OAuth2<'a> {
    pub(crate) server: Option<Text<'a>>,
    pub(crate) token_endpoint: Option<Text<'a>>,
    pub(crate) resource: Option<Text<'a>>,
    pub(crate) audience: Option<Text<'a>>,
    pub(crate) scopes: Vec<Text<'a>>,
    pub(crate) validation: Option<Spanned<Validation>>,
    /// Beyond the schema.
    pub(crate) client_id: Option<Text<'a>>,
    /// Beyond the schema.
    pub(crate) client_secret: Option<Text<'a>>,
}

/// How tokens of callers are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validation {
    Keys,
    Introspection,
}

/// The type of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Basic,
    Bearer,
    ApiKey,
    Digest,
    OAuth2,
}
