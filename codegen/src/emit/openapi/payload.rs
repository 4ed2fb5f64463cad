//! What the body of a request is in Rust.

use std::collections::{HashMap, HashSet};

use super::content::{Form, Held, is_nominal, is_vendor};
use super::outcome::kind_name;
use super::outline::apart;
use super::types::Plan;
use crate::ir::RustName;
use crate::ir::api::{Content, MediaKind, Operation, PartEncoding};
use crate::ir::types::{Docs, Field, Kind, StringFormat, Struct, TypeUse};
use crate::names::{Allocator, NameKind};

/// The body of an operation's requests.
pub(super) struct Payload<'a> {
    /// The field of the inputs.
    pub(super) field: RustName,
    pub(super) required: bool,
    pub(super) description: &'a str,
    /// One, or the variants of an enum.
    pub(super) forms: Vec<Filled<'a>>,
    /// The enum in `bodies`, where there are several forms.
    pub(super) choice: Option<RustName>,
}

/// A form of a body.
pub(super) struct Filled<'a> {
    pub(super) content: &'a Content,
    pub(super) kind: MediaKind,
    pub(super) held: Held,
    /// Instead of `held`, a struct in `bodies`.
    pub(super) parts: Option<Parts<'a>>,
    /// The variant, where there are several forms.
    pub(super) variant: RustName,
    /// Whether a value of the form's type becomes this form: where several forms have the type, the first one.
    pub(super) converts: bool,
}

/// A multipart body.
pub(super) struct Parts<'a> {
    pub(super) name: RustName,
    pub(super) list: Vec<Part<'a>>,
}

/// A part of a multipart body.
pub(super) struct Part<'a> {
    pub(super) name: RustName,
    /// The method that sets it, if it is optional.
    pub(super) setter: RustName,
    pub(super) wire: &'a str,
    pub(super) required: bool,
    pub(super) value: PartValue,
    pub(super) docs: &'a Docs,
}

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartValue {
    /// A file.
    Upload,
    /// Several files.
    Uploads,
    /// A value.
    Typed(TypeUse),
}

/// The body of an operation; `taken` are the names of its parameters.
pub(super) fn payload<'a>(
    plan: &Plan<'a>,
    operation: &'a Operation,
    taken: &HashSet<&str>,
    names: &mut Allocator,
) -> Option<Payload<'a>> {
    let body = operation.body.as_ref()?;
    let mut forms = forms(plan, &body.contents);
    let owner = operation.type_name.as_str().trim_start_matches("r#");
    let is_choice = forms.len() > 1;
    for form in forms.iter_mut().filter(|form| form.kind == MediaKind::Multipart) {
        let suffix = if is_choice { "Multipart" } else { "Body" };
        form.parts = form
            .content
            .r#type
            .and_then(|usage| parts(plan, usage, &form.content.encodings))
            .map(|list| Parts { name: names.unique(format!("{owner}{suffix}")), list });
        form.converts |= form.parts.is_some();
    }
    Some(Payload {
        field: field_name(taken),
        required: body.required,
        description: &body.description,
        choice: is_choice.then(|| names.unique(format!("{owner}Body"))),
        forms,
    })
}

/// The forms of a body, each once.
fn forms<'a>(plan: &Plan<'a>, contents: &'a [Content]) -> Vec<Filled<'a>> {
    let mut names = Allocator::default();
    let (mut seen, mut converted) = (HashSet::new(), HashSet::new());
    let has_json = contents.iter().any(|content| content.kind == MediaKind::Json);
    let mut forms = Vec::new();
    for content in contents {
        let (kind, held) = request(plan, content);
        let key = held.key(plan);
        // XML is what JSON says once more, and comes without a type. `text/json` and its like say nothing new.
        if has_json && kind == MediaKind::Xml || !seen.insert((kind, key.clone())) {
            continue;
        }
        let is_own = matches!(held, Held::Typed(usage) if is_nominal(plan, usage) && !usage.nullable && !usage.boxed);
        let converts = is_own && converted.insert(key);
        let variant = names.name(kind_name(kind), NameKind::Variant);
        forms.push(Filled { content, kind, held, parts: None, variant, converts });
    }
    forms
}

/// `body`, or what is free instead.
fn field_name(taken: &HashSet<&str>) -> RustName {
    let mut name = "body".to_owned();
    if taken.contains(&*name) {
        "request_body".clone_into(&mut name);
    }
    while taken.contains(&*name) {
        name.push('_');
    }
    RustName::new(name)
}

/// How the body of a request is written, and what holds it. `Bytes` is an upload.
fn request(plan: &Plan<'_>, content: &Content) -> (MediaKind, Held) {
    let form = Form::of(plan, content.r#type);
    let typed = content.r#type.map_or(Held::Value, Held::Typed);
    match (content.kind, form) {
        (MediaKind::Json | MediaKind::Form, _) => (content.kind, typed),
        (MediaKind::Any, Form::Structured | Form::Any | Form::Scalar) | (MediaKind::Text, Form::Structured) => {
            (MediaKind::Json, typed)
        }
        (MediaKind::Binary, Form::Structured) if is_vendor(&content.media_type) => (MediaKind::Json, typed),
        (MediaKind::Text, Form::Scalar) => (MediaKind::Text, typed),
        (MediaKind::Text | MediaKind::Xml, _) | (MediaKind::Any, Form::Text) => (content.kind, Held::Text),
        (MediaKind::JsonLines, _) => (content.kind, Held::Lines(content.item)),
        (MediaKind::Binary | MediaKind::Any | MediaKind::EventStream | MediaKind::Multipart, _) => {
            (content.kind, Held::Bytes)
        }
    }
}

/// The parts of a multipart body. `None`: its type has no properties that are known.
fn parts<'a>(plan: &Plan<'a>, usage: TypeUse, encodings: &'a [PartEncoding]) -> Option<Vec<Part<'a>>> {
    let shapes = structs(plan, usage)?;
    let fields = || shapes.iter().flat_map(|shape| &shape.fields);
    // How many of the structs demand it.
    let mut demands: HashMap<&str, usize> = HashMap::new();
    for field in fields().filter(|field| field.required) {
        *demands.entry(&field.wire).or_default() += 1;
    }
    let content_type = |encoding: &'a PartEncoding| Some((&*encoding.property, &**encoding.content_types.first()?));
    let content_types: HashMap<&str, &str> = encodings.iter().filter_map(content_type).collect();
    let mut names = Allocator::default();
    let mut seen = HashSet::new();
    let mut list: Vec<Part<'a>> = Vec::new();
    for field in fields().filter(|field| !field.read_only && seen.insert(field.wire.as_str())) {
        let name = names.unique(field.name.as_str().trim_start_matches("r#").to_owned());
        let is_demanded = demands.get(field.wire.as_str()) == Some(&shapes.len());
        list.push(Part {
            setter: name.clone(),
            name,
            wire: &field.wire,
            required: !field.r#type.nullable && field.default.is_none() && is_demanded,
            value: part_value(plan, field, content_types.get(field.wire.as_str()).copied().unwrap_or_default()),
            docs: &field.docs,
        });
    }
    let fields: HashSet<String> = list.iter().map(|part| part.name.as_str().to_owned()).collect();
    let fields = fields.iter().map(String::as_str).collect();
    for part in &mut list {
        part.setter = apart(&part.name, &["new"], &fields);
    }
    Some(list)
}

/// The structs that a body may be.
fn structs<'a>(plan: &Plan<'a>, usage: TypeUse) -> Option<Vec<&'a Struct>> {
    match plan.kind(usage.id) {
        Kind::Struct(shape) => Some(vec![shape]),
        Kind::Union(shape) => {
            let variant = |usage: TypeUse| match plan.kind(usage.id) {
                Kind::Struct(shape) => Some(shape),
                _ => None,
            };
            shape.variants.iter().map(|found| variant(found.r#type)).collect()
        }
        _ => None,
    }
}

/// `media_type`: that of the part, empty where the document gives none.
fn part_value(plan: &Plan<'_>, field: &Field, media_type: &str) -> PartValue {
    let is_text = media_type.is_empty() || media_type.contains("json") || media_type.starts_with("text/");
    let is_binary = |usage: TypeUse| match plan.kind(usage.id) {
        Kind::String(StringFormat::Binary, _) => true,
        Kind::Any => !is_text,
        Kind::String(StringFormat::Plain, _) => ["image/", "audio/", "video/", "application/octet-stream"]
            .iter()
            .any(|prefix| media_type.starts_with(prefix)),
        _ => false,
    };
    match plan.kind(field.r#type.id) {
        _ if is_binary(field.r#type) => PartValue::Upload,
        Kind::Array(array) if is_binary(array.items) => PartValue::Uploads,
        _ => PartValue::Typed(field.r#type),
    }
}
