//! What operations, tools and flows do, take and give (sections 6 to 9, 14 and 16).

use super::{InputValue, Place, Spanned, Text, Unread};
use crate::ir::Type;
use crate::source::Span;

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
    /// Whether there are others that could not be read, which was reported.
    pub(crate) is_open: bool,
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
    Call { call: Option<Text<'a>>, with: Vec<With<'a>> },
    Lookup(Lookup<'a>),
    Script(Script<'a>),
}

/// What a program does whose language is none of the format's.
#[derive(Clone, Debug)]
pub(crate) struct Script<'a> {
    pub(crate) file: Option<Text<'a>>,
    /// The folder of the file.
    pub(crate) location: Option<Text<'a>>,
    pub(crate) with: Vec<With<'a>>,
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
