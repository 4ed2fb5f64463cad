//! Inputs of an operation as the parts of a request.

use std::collections::HashSet;

use http::header::ACCEPT;
use http::{HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;

use super::body::{self, EncodedBody};
use super::description::{Api, Location, MediaKind, Operation, Parameter, Style};
use super::escape::Escape;
use super::inputs::Inputs;
use super::plain::Plain;
use super::style;
use crate::ArgumentError;
use crate::client::{Encoded, RequestOptions, encode_path_text};
use crate::description::Location as Place;
use crate::types::{Direction, Typed, View, to_vec};

/// A request without its credentials.
pub(super) struct Draft {
    pub(super) parts: Encoded,
    pub(super) body: Option<EncodedBody>,
    pub(super) options: RequestOptions,
}

impl Draft {
    /// The same once more, for a request without a body.
    pub(super) fn again(&self) -> Self {
        Self { parts: self.parts.clone(), body: None, options: self.options.clone() }
    }
}

/// Encodes the inputs of an operation for a server whose paths begin with `base_path`.
pub(super) fn draft(
    api: &'static Api,
    operation: &'static Operation,
    base_path: &str,
    inputs: &mut dyn Inputs,
    mut options: RequestOptions,
) -> Result<Draft, ArgumentError> {
    let body = body::encode(inputs.body(), |index| api.bodies.get(usize::from(*operation.bodies.get(index)?)))
        .map_err(|error| ArgumentError::new("body", Some(Place::Body), error.to_string()))?;
    let mut parts = Encoded {
        path: path(api, operation, base_path, inputs)?,
        query: operation.query.to_owned(),
        headers: std::mem::take(&mut options.forwarded),
        cookies: String::new(),
        body: None,
    };
    for (index, parameter) in parameters(api, operation).enumerate() {
        if parameter.location == Location::Path {
            continue;
        }
        let Some(value) = value(inputs, index, parameter)? else { continue };
        push(&mut parts, parameter, &value)?;
    }
    if !options.query.is_empty() {
        parts.push_query(&options.query);
    }
    parts.headers.entry(ACCEPT).or_insert_with(|| accept(api, operation));
    Ok(Draft { parts, body, options })
}

fn parameters(api: &'static Api, operation: &'static Operation) -> impl Iterator<Item = &'static Parameter> {
    operation.parameters.iter().filter_map(|index| api.parameters.get(usize::from(*index)))
}

/// Writes a parameter that does not stand in the path.
fn push(parts: &mut Encoded, parameter: &Parameter, value: &Plain<'_>) -> Result<(), ArgumentError> {
    match parameter.location {
        Location::Header => header(parts, parameter, value)?,
        Location::Cookie => cookie(parts, parameter, value)?,
        Location::QueryString => query_string(parts, parameter, value),
        Location::Query | Location::Path => query(parts, parameter, value),
    }
    Ok(())
}

/// Writes a value of a parameter that does not stand in the path; nothing where it is absent.
pub(super) fn push_typed(parts: &mut Encoded, parameter: &Parameter, value: &dyn Typed) -> Result<(), ArgumentError> {
    match typed(value, parameter)? {
        Some(value) => push(parts, parameter, &value),
        None => Ok(()),
    }
}

/// A value as it stands in the path.
pub(super) fn inline_typed(parameter: &Parameter, value: &dyn Typed) -> Result<String, ArgumentError> {
    let value = typed(value, parameter)?.ok_or_else(|| refuse(parameter, "is required"))?;
    inline(parameter, &value)
}

/// The value of a parameter, `None` where it is absent. A `content` of JSON is text already.
fn value<'a>(
    inputs: &'a dyn Inputs,
    index: usize,
    parameter: &'static Parameter,
) -> Result<Option<Plain<'a>>, ArgumentError> {
    let field = inputs.field(index);
    let Some(foreign) = inputs.foreign(index).filter(|_| matches!(field.view(), View::Opaque)) else {
        return typed(field, parameter);
    };
    let value = Plain::foreign(foreign).map_err(|error| no_form(parameter, &error))?;
    match value.filter(|_| parameter.style == Style::Json) {
        Some(value) => Ok(Some(Plain::Text(value.to_value().to_string().into()))),
        value => Ok(value),
    }
}

/// A value whose type is known.
fn typed<'a>(field: &'a dyn Typed, parameter: &Parameter) -> Result<Option<Plain<'a>>, ArgumentError> {
    let value = Plain::new(field.view());
    if parameter.style != Style::Json || value.is_none() {
        return Ok(value);
    }
    let text = to_vec(field, Direction::Request).map_err(|error| no_form(parameter, &error))?;
    Ok(Some(Plain::Text(String::from_utf8(text).unwrap_or_default().into())))
}

fn no_form(parameter: &Parameter, error: &serde_json::Error) -> ArgumentError {
    refuse(parameter, format!("cannot be written: {error}"))
}

/// A value as it stands in the path.
fn inline(parameter: &Parameter, value: &Plain<'_>) -> Result<String, ArgumentError> {
    let escape = if parameter.allow_reserved { Escape::Path } else { Escape::All };
    let text = style::inline(parameter.name, value, parameter.style, parameter.explode, escape);
    if text.is_empty() || text == "." {
        return Err(refuse(parameter, if text.is_empty() { "must not be empty" } else { "must not be `.`" }));
    }
    Ok(text)
}

fn path(
    api: &'static Api,
    operation: &'static Operation,
    base_path: &str,
    inputs: &dyn Inputs,
) -> Result<String, ArgumentError> {
    let mut path = String::with_capacity(128);
    path.push_str(base_path);
    let mut rest = operation.path;
    let mut dots = None;
    while let Some((text, (index, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        path.push_str(&encode_path_text(text));
        rest = after;
        let Some((index, parameter)) =
            index.parse().ok().and_then(|index| Some((index, parameters(api, operation).nth(index)?)))
        else {
            continue;
        };
        let value = value(inputs, index, parameter)?.ok_or_else(|| refuse(parameter, "is required"))?;
        let text = inline(parameter, &value)?;
        if is_dots(&text) {
            dots = Some(parameter);
        }
        path.push_str(&text);
    }
    path.push_str(&encode_path_text(rest));
    // Dots are harmless beside other text in one segment, so the whole segment decides.
    if let Some(parameter) = dots
        && let Some(segment) = path.split('/').find(|segment| !segment.is_empty() && is_dots(segment))
    {
        return Err(refuse(parameter, format!("must not make the segment `{segment}` of a path")));
    }
    Ok(path)
}

/// Whether a text is one or two dots and no more, as they are or encoded: a URL takes both for a step in the path.
fn is_dots(text: &str) -> bool {
    matches!(&*percent_decode_str(text).collect::<Vec<u8>>(), b"." | b"..")
}

fn query(parts: &mut Encoded, parameter: &Parameter, value: &Plain<'_>) {
    let escape = if parameter.allow_reserved { Escape::Query } else { Escape::All };
    if matches!(parameter.style, Style::Json | Style::Text) {
        return parts.push_query(&style::encoded(parameter.name, &value.flat(), escape));
    }
    let before = parts.query.len();
    style::pairs(parameter.name, value, parameter.style, parameter.explode, escape, &mut |pair| parts.push_query(pair));
    if parameter.allow_empty && parts.query.len() == before {
        parts.push_query(&style::encoded(parameter.name, "", escape));
    }
}

fn query_string(parts: &mut Encoded, parameter: &Parameter, value: &Plain<'_>) {
    match (parameter.style, value) {
        (Style::Form, Plain::Object(_)) => {
            style::pairs("", value, Style::Form, true, Escape::Form, &mut |pair| parts.push_query(pair));
        }
        (Style::Json, value) => {
            let mut text = String::new();
            Escape::All.push(&value.flat(), &mut text);
            parts.push_query(&text);
        }
        (_, value) => {
            let mut text = String::new();
            Escape::Query.push(&value.flat(), &mut text);
            parts.push_query(&text);
        }
    }
}

fn header(parts: &mut Encoded, parameter: &Parameter, value: &Plain<'_>) -> Result<(), ArgumentError> {
    // A field without a value is a list of one empty text to many servers.
    if value.is_empty() && !parameter.required {
        return Ok(());
    }
    let text = match parameter.style {
        Style::Json | Style::Text => value.flat().into_owned(),
        _ => style::inline(parameter.name, value, Style::Simple, parameter.explode, Escape::Nothing),
    };
    let name = HeaderName::from_bytes(parameter.name.as_bytes());
    let name = name.map_err(|_| refuse(parameter, "is no name of a header"))?;
    let value = HeaderValue::from_bytes(text.as_bytes());
    let value = value.map_err(|_| refuse(parameter, "must not contain line breaks or other control characters"))?;
    parts.headers.insert(name, value);
    Ok(())
}

fn cookie(parts: &mut Encoded, parameter: &Parameter, value: &Plain<'_>) -> Result<(), ArgumentError> {
    let is_raw = parameter.style == Style::Cookie;
    let escape = if is_raw { Escape::Nothing } else { Escape::All };
    let before = parts.cookies.len();
    if matches!(parameter.style, Style::Json | Style::Text) {
        parts.push_cookie(&style::encoded(parameter.name, &value.flat(), escape));
    } else {
        style::pairs(parameter.name, value, Style::Form, parameter.explode, escape, &mut |pair| {
            parts.push_cookie(pair);
        });
    }
    let added = parts.cookies.get(before..).unwrap_or_default();
    let smuggles = is_raw && value_has(value, |byte| byte == b';' || byte.is_ascii_control());
    if smuggles || HeaderValue::from_bytes(added.as_bytes()).is_err() {
        return Err(refuse(parameter, "must not contain `;` or control characters"));
    }
    Ok(())
}

fn value_has(value: &Plain<'_>, test: fn(u8) -> bool) -> bool {
    match value {
        Plain::Text(value) | Plain::Literal(value) => value.bytes().any(test),
        Plain::List(items) => items.iter().any(|item| value_has(item, test)),
        Plain::Object(entries) => entries.iter().any(|(key, value)| key.bytes().any(test) || value_has(value, test)),
    }
}

/// What the document says about answers, and then anything: a server may know better.
fn accept(api: &'static Api, operation: &'static Operation) -> HeaderValue {
    let mut seen = HashSet::new();
    let mut text = String::new();
    let cases =
        operation.answers.iter().chain(operation.failures).filter_map(|index| api.cases.get(usize::from(*index)));
    for case in cases.filter(|case| case.kind != MediaKind::Empty && case.media_type != "*/*") {
        if seen.insert(case.media_type) {
            text.push_str(case.media_type);
            text.push_str(", ");
        }
    }
    text.push_str(if seen.is_empty() { "*/*" } else { "*/*;q=0.1" });
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("*/*"))
}

fn refuse(parameter: &Parameter, detail: impl Into<std::borrow::Cow<'static, str>>) -> ArgumentError {
    ArgumentError::new(parameter.name, Some(parameter.location.into()), detail)
}
