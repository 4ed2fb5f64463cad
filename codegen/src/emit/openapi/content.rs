//! What bodies are in Rust: those of answers here, those of requests in [`payload`](super::payload).

use proc_macro2::TokenStream;
use quote::quote;

use super::types::{At, Plan};
use crate::ir::api::{Content, MediaKind};
use crate::ir::types::{EnumBase, Kind, Literal, StringFormat, TypeUse};

/// What holds a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Held {
    /// There is no body.
    Nothing,
    /// A value of a type.
    Typed(TypeUse),
    /// Any JSON.
    Value,
    /// A text.
    Text,
    /// An answer that is not read, or bytes to be sent.
    Bytes,
    /// Server-sent events.
    Events(Option<TypeUse>),
    /// Values, one a line.
    Lines(Option<TypeUse>),
}

/// What a type says about the bytes of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing: the document has no type.
    Unknown,
    /// Any JSON.
    Any,
    /// A text.
    Text,
    /// Bytes, or a text that encodes them.
    Bytes,
    /// Numbers, truth values, enums, and types of users, which may be anything.
    Scalar,
    /// Objects and lists.
    Structured,
}

impl Form {
    pub(super) fn of(plan: &Plan<'_>, usage: Option<TypeUse>) -> Self {
        let Some(usage) = usage else { return Self::Unknown };
        match plan.kind(usage.id) {
            Kind::Any => Self::Any,
            Kind::String(StringFormat::Binary | StringFormat::Base64, _) => Self::Bytes,
            Kind::String(..) => Self::Text,
            Kind::Null
            | Kind::Boolean
            | Kind::Integer(..)
            | Kind::Number(..)
            | Kind::Enum(_)
            | Kind::Constant(_)
            | Kind::Foreign(_) => Self::Scalar,
            _ => Self::Structured,
        }
    }
}

/// How the body of an answer is read, and what holds it.
pub(super) fn answer(plan: &Plan<'_>, content: &Content) -> (MediaKind, Held) {
    let form = Form::of(plan, content.r#type);
    let typed = content.r#type.map_or(Held::Value, Held::Typed);
    match (content.kind, form) {
        (MediaKind::Json, _) => (MediaKind::Json, typed),
        // Servers that write no text for a list or an object mean JSON.
        (MediaKind::Text, Form::Structured) | (MediaKind::Any, Form::Structured | Form::Any | Form::Scalar) => {
            (MediaKind::Json, typed)
        }
        (MediaKind::Text, Form::Scalar) => (MediaKind::Text, typed),
        (MediaKind::Any, Form::Text) if content.media_type == "*/*" => (MediaKind::Text, Held::Text),
        (MediaKind::Binary, Form::Structured) if is_vendor(&content.media_type) => (MediaKind::Json, typed),
        (MediaKind::Text | MediaKind::Xml | MediaKind::Form, _) => (content.kind, Held::Text),
        (MediaKind::EventStream, _) => (content.kind, Held::Events(content.item)),
        (MediaKind::JsonLines, _) => (content.kind, Held::Lines(content.item)),
        (MediaKind::Binary | MediaKind::Any | MediaKind::Multipart, _) => (content.kind, Held::Bytes),
    }
}

/// Whether a media type is one that somebody made up, and that is JSON if its schema is an object.
pub(super) fn is_vendor(media_type: &str) -> bool {
    media_type.split_once('/').is_some_and(|(_, subtype)| subtype.trim_start().starts_with("vnd."))
}

impl Held {
    /// The type that a whole answer is read into.
    pub(super) fn result_type(self, plan: &Plan<'_>, at: At) -> TokenStream {
        match self {
            Self::Typed(usage) => read_type(plan, usage, at),
            held => held.answer_type(plan, at),
        }
    }

    /// Whether the runtime does not know the type.
    pub(super) fn is_foreign(self, plan: &Plan<'_>) -> bool {
        match self {
            Self::Typed(usage) | Self::Lines(Some(usage)) => plan.is_foreign(usage),
            _ => false,
        }
    }

    /// The type as it is written for an answer.
    pub(super) fn answer_type(self, plan: &Plan<'_>, at: At) -> TokenStream {
        let runtime = plan.runtime;
        let item = |item: Option<TypeUse>| item.map(|item| read_type(plan, item, at));
        match self {
            Self::Nothing => quote! { () },
            Self::Typed(usage) => plan.usage(usage, at),
            Self::Value => quote! { #runtime::types::Value },
            Self::Text => quote! { ::std::string::String },
            Self::Bytes => quote! { #runtime::Response },
            Self::Events(event) => {
                let item = item(event).unwrap_or_else(|| quote! { ::std::string::String });
                quote! { #runtime::openapi::Events<#item> }
            }
            Self::Lines(line) => {
                let item = item(line).unwrap_or_else(|| quote! { #runtime::types::Value });
                quote! { #runtime::openapi::Lines<#item> }
            }
        }
    }

    /// Equal for what is the same type in Rust.
    pub(super) fn key(self, plan: &Plan<'_>) -> String {
        match self {
            Self::Typed(usage) if is_nominal(plan, usage) => {
                format!("{}{}{}", usage.id.index(), usage.nullable, usage.boxed)
            }
            held => held.answer_type(plan, At::Beside).to_string(),
        }
    }

    /// A name for what is held, to make other names of.
    pub(super) fn label(self, plan: &Plan<'_>) -> String {
        match self {
            Self::Nothing => "Nothing".to_owned(),
            Self::Typed(usage) => label(plan, usage, 0),
            Self::Value => "Json".to_owned(),
            Self::Text => "Text".to_owned(),
            Self::Bytes => "Bytes".to_owned(),
            Self::Events(_) => "Events".to_owned(),
            Self::Lines(_) => "Lines".to_owned(),
        }
    }
}

/// A type that the runtime reads into; one that it does not know is wrapped.
fn read_type(plan: &Plan<'_>, usage: TypeUse, at: At) -> TokenStream {
    let (runtime, r#type) = (plan.runtime, plan.usage(usage, at));
    if plan.is_foreign(usage) {
        return quote! { #runtime::openapi::Custom<#r#type> };
    }
    r#type
}

/// Whether a type is one of its own in Rust, not another name of one.
pub(super) fn is_nominal(plan: &Plan<'_>, usage: TypeUse) -> bool {
    let has_name = plan.get(usage.id).name.is_some();
    has_name
        && match plan.kind(usage.id) {
            Kind::Struct(_) | Kind::Union(_) | Kind::Tuple(_) | Kind::Constant(Literal::String(_)) => true,
            Kind::Enum(shape) => shape.base == EnumBase::String,
            _ => false,
        }
}

/// Lists of lists are called so, up to a depth that no document needs.
fn label(plan: &Plan<'_>, usage: TypeUse, depth: usize) -> String {
    let name = plan.get(usage.id).name.as_ref().map(|name| name.name.as_str().trim_start_matches("r#"));
    match (name, plan.kind(usage.id)) {
        (Some(name), _) => name.to_owned(),
        (None, Kind::Array(array)) if depth < 3 => format!("{}List", label(plan, array.items, depth + 1)),
        (None, Kind::Map(map)) if depth < 3 => format!("{}Map", label(plan, map.values, depth + 1)),
        (None, Kind::Boolean) => "Boolean".to_owned(),
        (None, Kind::Integer(..)) => "Integer".to_owned(),
        (None, Kind::Number(..)) => "Number".to_owned(),
        (None, Kind::String(..)) => "Text".to_owned(),
        (None, _) => "Json".to_owned(),
    }
}
