//! Bodies of requests.

use bytes::Bytes;
use http::HeaderValue;
use indexmap::IndexMap;
use serde_json::{Error, Value};

use super::accept::{Accept, Place};
use super::incoming::{Faults, REQUIRED, unfit};
use super::multipart;
use super::texts::{Coding, Members, Owned, Pair, Texts, Tree, pairs};
use crate::openapi::error::InputPlace;
use crate::openapi::{Api, Body, MediaKind, Operation, Part, Payload, Style, Upload};
use crate::types::{
    Direction, Foreign, ReadError, Slot, Typed, faults as all_faults, from_slice, from_texts, read_foreign,
};

/// The body of a request.
pub(crate) enum GivenBody {
    Absent,
    /// A content, by its position in [`Operation::bodies`], with its media type.
    Bytes(usize, HeaderValue, Bytes),
    Stream(usize, Upload),
}

pub(super) fn fill(
    api: &'static Api,
    operation: &'static Operation,
    body: GivenBody,
    inputs: &mut dyn Accept,
    faults: &mut Faults,
) {
    match body {
        GivenBody::Absent => {
            if !matches!(inputs.body(), Payload::Absent) {
                faults.at(InputPlace::Body, String::new(), REQUIRED);
            }
        }
        GivenBody::Stream(content, given) => match inputs.body_mut(content) {
            Place::Upload(target) => *target = given,
            _ => faults.at(InputPlace::Body, String::new(), "cannot be taken as a stream"),
        },
        GivenBody::Bytes(content, media_type, bytes) => {
            let described = operation.bodies.get(content).and_then(|index| api.bodies.get(usize::from(*index)));
            let Some(described) = described else { return };
            match inputs.body_mut(content) {
                Place::Absent => {}
                Place::Typed(target) => {
                    typed(target, described, &bytes, faults);
                    let is_null = matches!(inputs.body(), Payload::Absent);
                    if is_null {
                        faults.at(InputPlace::Body, String::new(), "must not be null");
                    }
                }
                Place::Foreign(target) => foreign(target, described, &bytes, faults),
                Place::Upload(target) => {
                    *target = Upload::new(bytes).content_type(media_type.to_str().unwrap_or_default());
                }
                Place::Parts(target) => multipart::fill(target, described.parts, &media_type, &bytes, faults),
            }
        }
    }
}

fn typed(target: &mut dyn Typed, described: &'static Body, bytes: &Bytes, faults: &mut Faults) {
    match described.kind {
        MediaKind::Form => form(target, described.parts, bytes, faults),
        MediaKind::Text | MediaKind::Xml | MediaKind::Any | MediaKind::Binary => text(target, bytes, "", faults),
        MediaKind::JsonLines => json(target, &lines(bytes), "", faults),
        _ => json(target, bytes, "", faults),
    }
}

fn foreign(target: &mut dyn Foreign, described: &'static Body, bytes: &Bytes, faults: &mut Faults) {
    let value = match described.kind {
        MediaKind::Text | MediaKind::Xml | MediaKind::Any | MediaKind::Binary => {
            Ok(Value::String(String::from_utf8_lossy(bytes).into_owned()))
        }
        MediaKind::Form => {
            let mut value = Value::Null;
            form(&mut value, described.parts, bytes, faults);
            Ok(value)
        }
        _ => serde_json::from_slice(bytes),
    };
    if let Err(error) = value.and_then(|value| read_foreign(target, &value)) {
        faults.at(InputPlace::Body, String::new(), unfit(&error));
    }
}

/// Reads JSON, at once into its type. What is wrong is looked for in a second reading.
pub(super) fn json(target: &mut dyn Typed, bytes: &[u8], prefix: &str, faults: &mut Faults) {
    let Err(error) = from_slice(bytes, target, Direction::Request) else { return };
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(error) => {
            return faults.at(InputPlace::Body, prefix.to_owned(), format!("must be JSON: {error}"));
        }
    };
    all(target, &value, &error, InputPlace::Body, prefix, faults);
}

/// Adds everything in a value that does not fit; `error` is what a reading that stops there has found.
pub(super) fn all(
    target: &mut dyn Typed,
    value: &Value,
    error: &ReadError,
    place: InputPlace,
    prefix: &str,
    faults: &mut Faults,
) {
    let mut found = all_faults(value, target);
    if found.is_empty() {
        found.push((error.pointer().to_owned(), error.reason().to_string()));
    }
    for (pointer, reason) in found {
        let is_demand = reason.starts_with("is ") || reason.starts_with("must ");
        let detail = if is_demand { reason } else { unfit(&reason) };
        faults.at(place, format!("{prefix}{pointer}"), detail);
    }
}

/// The values of lines as one list.
fn lines(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r'));
    let lines: Vec<_> = lines.filter(|line| !line.iter().all(u8::is_ascii_whitespace)).collect();
    [b"[".as_slice(), &lines.join(&b','), b"]"].concat()
}

pub(super) fn text(target: &mut dyn Typed, bytes: &[u8], prefix: &str, faults: &mut Faults) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return faults.at(InputPlace::Body, prefix.to_owned(), "must be UTF-8");
    };
    if let Slot::String(place) = target.slot() {
        text.clone_into(place);
        return;
    }
    texts(target, Ok(Texts::one(text, None, Coding::Plain)), prefix, faults);
}

pub(super) fn texts(target: &mut dyn Typed, texts: Result<Texts<'_>, Error>, prefix: &str, faults: &mut Faults) {
    match texts {
        Err(error) => faults.at(InputPlace::Body, prefix.to_owned(), error.to_string()),
        Ok(texts) => {
            if let Err(error) = from_texts(texts, target) {
                faults.at(InputPlace::Body, format!("{prefix}{}", error.pointer()), unfit(error.reason()));
            }
        }
    }
}

/// Reads `application/x-www-form-urlencoded`: the inverse of what the client writes.
fn form(target: &mut dyn Typed, parts: &'static [Part], bytes: &[u8], faults: &mut Faults) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return faults.at(InputPlace::Body, String::new(), "must be percent-encoded UTF-8");
    };
    let mut pairs: Vec<_> = pairs(text, '&', Coding::Form).collect();
    let names = own(&mut pairs, parts);
    let properties = names.iter().enumerate().map(|(owner, (name, part))| {
        let texts = property(name, *part, Owned { pairs: &pairs, owner }, Coding::Form)?;
        Ok((name.as_str().into(), texts))
    });
    let properties = properties.collect::<Result<Vec<_>, Error>>();
    texts(target, properties.map(Texts::object), "", faults);
}

/// Gives each pair to its property: the names of these, with what the document says about them.
pub(super) fn own(pairs: &mut [Pair<'_>], parts: &'static [Part]) -> Vec<(String, Option<&'static Part>)> {
    let mut names: IndexMap<String, Option<&'static Part>> = IndexMap::new();
    for pair in pairs {
        let deep = parts.iter().filter(|part| part.style == Some(Style::DeepObject));
        let deep =
            deep.into_iter().find(|part| pair.name.strip_prefix(part.name).is_some_and(|rest| rest.starts_with('[')));
        let name = deep.map_or(&*pair.name, |part| part.name);
        let index = names.get_index_of(name).unwrap_or_else(|| {
            let part = deep.or_else(|| parts.iter().find(|part| part.name == name));
            names.insert_full(name.to_owned(), part).0
        });
        pair.owner = Some(index);
    }
    names.into_iter().collect()
}

/// The texts of a property.
pub(super) fn property<'a>(
    name: &str,
    part: Option<&Part>,
    owned: Owned<'a>,
    coding: Coding,
) -> Result<Texts<'a>, Error> {
    match part {
        Some(part) if part.content_type.contains("json") => Ok(Texts::json(owned.only()?, coding)),
        Some(Part { style: Some(Style::DeepObject), .. }) => Ok(Texts::tree(Tree::new(owned, name)?, coding)),
        Some(&Part { style: Some(style), explode: false, .. }) => {
            Ok(Texts::one(owned.only()?, Some(Members::new(style, false)), coding))
        }
        _ => Ok(Texts::values(owned.iter().map(|pair| pair.value).collect(), coding)),
    }
}
