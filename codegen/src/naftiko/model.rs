//! The types of the model.

mod control;
mod details;
mod skill;

pub(crate) use self::control::*;
pub(crate) use self::details::*;
pub(crate) use self::skill::*;

use crate::ir::{Cache, Location, Method, Role, Type};
use crate::source::Span;

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A text with its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) value: &'a str,
    pub(crate) span: Span,
    /// Where the text begins, when it stands in the document as it is.
    pub(crate) start: Option<u32>,
}

impl Text<'_> {
    /// The place of a part of the text; of all of it where the part's is not known.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Span {
        let at = |offset: usize| u32::try_from(offset).ok();
        match (self.start, at(range.start), at(range.end)) {
            (Some(start), Some(from), Some(to)) => Span::new(start + from, start + to),
            _ => self.span,
        }
    }
}

/// A part that is not supported yet: the place of its key.
pub(crate) type Unread = Option<Span>;

/// The document (section 3.1 of the format).
#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    pub(crate) info: Info<'a>,
    pub(crate) binds: Vec<Binding<'a>>,
    /// What the document offers to files that import it.
    pub(crate) consumes: Vec<Consumes<'a>>,
    pub(crate) consumes_key: Unread,
    pub(crate) exposes: Unread,
    pub(crate) aggregates: Unread,
    pub(crate) capability: Option<Capability<'a>>,
}

/// `info` (section 3.2).
#[derive(Debug, Default)]
pub(crate) struct Info<'a> {
    pub(crate) label: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) tags: Vec<Text<'a>>,
    pub(crate) version: Option<Text<'a>>,
}

/// `capability` (section 3.3).
#[derive(Debug)]
pub(crate) struct Capability<'a> {
    pub(crate) key: Span,
    pub(crate) consumes: Vec<Consumes<'a>>,
    pub(crate) exposes: Vec<Exposes<'a>>,
    pub(crate) aggregates: Vec<Aggregate<'a>>,
}

/// An entry of `binds` (section 4).
#[derive(Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) namespace: Option<Text<'a>>,
    /// Where the values stand; absent: in the environment.
    pub(crate) location: Option<Text<'a>>,
    /// `false`: an import that leads nowhere, which was reported.
    pub(crate) is_known: bool,
    /// Variables with the names of their sources.
    pub(crate) keys: Vec<(Text<'a>, Text<'a>)>,
}

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
    pub(super) fn new(span: Span, scheme: Spanned<Scheme>) -> Self {
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

/// An entry of `exposes` (section 6).
#[derive(Debug)]
pub(crate) enum Exposes<'a> {
    Rest(Rest<'a>),
    Mcp(Mcp<'a>),
    Skill(Skills<'a>),
    Control(Control<'a>),
    /// Something that could not be imported, which was reported.
    Unreadable,
}

/// What all HTTP surfaces have.
#[derive(Debug)]
pub(crate) struct Adapter<'a> {
    pub(crate) namespace: Option<Text<'a>>,
    /// The namespace in the file that it is imported from, by which it refers to itself.
    pub(crate) own_namespace: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) address: Option<Text<'a>>,
    pub(crate) port: Option<Spanned<u16>>,
    /// Whether a port was given, be it a valid one or not.
    pub(crate) has_port: bool,
    /// What callers must prove.
    pub(crate) authentication: Option<Authentication<'a>>,
    pub(crate) max_binary_size: Option<Text<'a>>,
}

/// A REST surface (section 6.1).
#[derive(Debug)]
pub(crate) struct Rest<'a> {
    pub(crate) adapter: Adapter<'a>,
    pub(crate) resources: Vec<ExposedResource<'a>>,
}

/// A resource of a REST surface.
#[derive(Debug)]
pub(crate) struct ExposedResource<'a> {
    /// `label`, `display` or the name.
    pub(crate) label: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) tags: Vec<Text<'a>>,
    pub(crate) path: Option<Text<'a>>,
    pub(crate) input_parameters: Vec<ExposedInput<'a>>,
    pub(crate) operations: Vec<ExposedOperation<'a>>,
    pub(crate) forward: Option<Forwarding<'a>>,
}

/// An operation of a REST surface.
#[derive(Debug)]
pub(crate) struct ExposedOperation<'a> {
    pub(crate) method: Option<Spanned<Method>>,
    /// Instead of the resource's, beyond the schema.
    pub(crate) path: Option<Text<'a>>,
    pub(crate) label: Option<Text<'a>>,
    pub(crate) tags: Vec<Text<'a>>,
    pub(crate) action: Action<'a>,
    pub(crate) responses: Option<Responses<'a>>,
    pub(crate) response_binary: Option<BinaryResponse<'a>>,
}

/// An entry of `aggregates` (section 16).
#[derive(Debug)]
pub(crate) struct Aggregate<'a> {
    pub(crate) namespace: Option<Text<'a>>,
    /// The namespace in the file that it is imported from, by which its flows refer to their inputs.
    pub(crate) own_namespace: Option<Text<'a>>,
    /// `false`: an import that leads nowhere, which was reported.
    pub(crate) is_known: bool,
    pub(crate) flows: Vec<Flow<'a>>,
}

/// A flow, which earlier versions call a function: what operations and tools can refer to.
#[derive(Debug)]
pub(crate) struct Flow<'a> {
    pub(crate) action: Action<'a>,
    pub(crate) semantics: Semantics,
    pub(crate) output_media_type: Unread,
}

/// `semantics` with their places.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Semantics {
    pub(crate) safe: Option<Spanned<bool>>,
    pub(crate) idempotent: Option<Spanned<bool>>,
    pub(crate) cacheable: Option<Spanned<bool>>,
}

/// What REST operations, MCP tools and flows have in common.
#[derive(Clone, Debug)]
pub(crate) struct Action<'a> {
    pub(crate) span: Span,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) input_parameters: Vec<ExposedInput<'a>>,
    pub(crate) call: Option<Text<'a>>,
    pub(crate) with: Vec<With<'a>>,
    pub(crate) outputs: Option<Outputs<'a>>,
    pub(crate) steps: Option<Steps<'a>>,
    /// The flow that it takes what it does not say itself from.
    pub(crate) r#ref: Option<Text<'a>>,
    pub(crate) mappings: Option<Mappings<'a>>,
    /// Whether a key looks like a slip of `call`, which was reported.
    pub(crate) call_is_missing: bool,
}

/// An entry of `with` (section 8).
#[derive(Clone, Debug)]
pub(crate) struct With<'a> {
    pub(crate) key: Text<'a>,
    pub(crate) value: Text<'a>,
    /// The value as JSON; a text unless it is a bare number or truth value.
    pub(crate) json: serde_json::Value,
}

/// `steps` (section 9.1).
#[derive(Clone, Debug)]
pub(crate) struct Steps<'a> {
    pub(crate) key: Span,
    pub(crate) list: Vec<Step<'a>>,
}

/// A step.
#[derive(Clone, Debug)]
pub(crate) struct Step<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) kind: StepKind<'a>,
}

/// What a step does.
#[derive(Clone, Debug)]
pub(crate) enum StepKind<'a> {
    Call {
        call: Option<Text<'a>>,
        with: Vec<With<'a>>,
    },
    Lookup(Lookup<'a>),
    /// One that a program takes.
    Script,
}

/// A search in what another step gave.
#[derive(Clone, Debug)]
pub(crate) struct Lookup<'a> {
    pub(crate) index: Option<Text<'a>>,
    /// `match`
    pub(crate) field: Option<Text<'a>>,
    /// `lookupValue`
    pub(crate) value: Option<Text<'a>>,
    /// `outputParameters`
    pub(crate) fields: Vec<Text<'a>>,
}

/// `mappings` (section 9.4).
#[derive(Clone, Debug)]
pub(crate) struct Mappings<'a> {
    pub(crate) key: Span,
    pub(crate) list: Vec<Mapping<'a>>,
}

/// What stands at a place of the answer.
#[derive(Clone, Debug)]
pub(crate) struct Mapping<'a> {
    /// `targetName` or `target`
    pub(crate) target: Text<'a>,
    pub(crate) value: Text<'a>,
    /// The value as JSON; a text unless it is a bare number or truth value.
    pub(crate) json: serde_json::Value,
}

/// An input of a REST operation or an MCP tool (sections 6.2 and 7).
#[derive(Clone, Debug)]
pub(crate) struct ExposedInput<'a> {
    pub(crate) name: Text<'a>,
    /// Only in REST.
    pub(crate) place: Option<Spanned<Place>>,
    pub(crate) r#type: Option<Type>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) required: Option<bool>,
    pub(crate) pattern: Option<Text<'a>>,
    pub(crate) value: Option<InputValue<'a>>,
    /// Beyond the schema.
    pub(crate) default: Option<InputValue<'a>>,
    /// `enum`, beyond the schema.
    pub(crate) values: Option<Vec<InputValue<'a>>>,
    /// Where it travels, in the words of a dialect: `queryParameters.limit`.
    pub(crate) mapping: Option<Text<'a>>,
}

/// Exposed `outputParameters` (section 14).
#[derive(Clone, Debug)]
pub(crate) struct Outputs<'a> {
    pub(crate) key: Span,
    pub(crate) list: Vec<Output<'a>>,
}

/// An output: mapped, orchestrated or of a mock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Output<'a> {
    pub(crate) span: Span,
    pub(crate) name: Option<Text<'a>>,
    pub(crate) r#type: Option<Spanned<Type>>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) mapping: Option<Text<'a>>,
    pub(crate) value: Option<Text<'a>>,
    pub(crate) constant: Option<Constant>,
    pub(crate) properties: Option<Vec<Output<'a>>>,
    pub(crate) items: Option<Box<Output<'a>>>,
}

/// A constant with its place.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    pub(crate) json: serde_json::Value,
    pub(crate) span: Span,
}

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
