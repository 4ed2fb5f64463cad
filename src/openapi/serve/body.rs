//! Bodies of requests.

use bytes::Bytes;
use http::HeaderValue;
use indexmap::IndexMap;
use serde_json::{Error, Value};

use super::accept::{Accept, Place};
use super::claim::{Keys, keys};
use super::incoming::{Faults, REQUIRED, unfit};
use super::multipart;
use super::texts::{Coding, Members, Owned, Pair, Texts, Tree, pairs};
use crate::openapi::error::InputPlace;
use crate::openapi::{Api, Body, MediaKind, Operation, Part, Payload, Style, Upload};
use crate::types::shape::{Shape, Struct};
use crate::types::{Direction, Foreign, Slot, Typed, from_slice, from_texts, read_foreign};

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
    faults.all(target, &value, &error, InputPlace::Body, prefix);
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
    let own = properties_of(target);
    let exploded = own.map_or(Vec::new(), |own| exploded(target, own, parts));
    let mut properties = by_property(pairs(text, '&', Coding::Form), parts, own, &exploded);
    for name in own.map_or(Vec::new(), |own| empty_lists(target, own)) {
        properties.entry(name.to_owned()).or_default();
    }
    let properties = properties.iter().map(|(name, (part, pairs))| {
        let texts = property(name, *part, Owned { pairs, owner: 0 }, Coding::Form)?;
        Ok((name.as_str().into(), texts))
    });
    let properties = properties.collect::<Result<Vec<_>, Error>>();
    texts(target, properties.map(Texts::object), "", faults);
}

fn properties_of(target: &mut dyn Typed) -> Option<&'static Struct> {
    match target.slot() {
        Slot::Model(model) => match model.shape() {
            Shape::Struct(shape) => Some(shape),
            _ => None,
        },
        _ => None,
    }
}

/// The objects whose properties are pairs of their own.
fn exploded(
    target: &mut dyn Typed,
    own: &'static Struct,
    parts: &'static [Part],
) -> Vec<(&'static Part, &'static Struct)> {
    let Slot::Model(model) = target.slot() else { return Vec::new() };
    let parts = parts.iter().filter(|part| part.style == Some(Style::Form) && part.explode);
    let exploded = parts.filter_map(|part| {
        let index = own.find(part.name, 0)?;
        let keys = keys(model.field_mut(index).slot());
        // Looking into it has filled it.
        if let Slot::Optional(place) = model.field_mut(index).slot() {
            place.set_null();
        }
        match keys {
            Keys::Listed(shape) => Some((part, shape)),
            Keys::Any | Keys::None => None,
        }
    });
    exploded.collect()
}

/// The lists that must be there: there is no other way to write an empty one than to leave it out.
fn empty_lists(target: &mut dyn Typed, own: &'static Struct) -> Vec<&'static str> {
    let Slot::Model(model) = target.slot() else { return Vec::new() };
    let names = own.fields.iter().enumerate();
    names.filter(|(index, _)| matches!(model.field_mut(*index).slot(), Slot::List(_))).map(|(_, name)| *name).collect()
}

/// The pairs of each property, with what the document says about it.
fn by_property<'a>(
    pairs: impl Iterator<Item = Pair<'a>>,
    parts: &'static [Part],
    own: Option<&'static Struct>,
    exploded: &[(&'static Part, &'static Struct)],
) -> IndexMap<String, (Option<&'static Part>, Vec<Pair<'a>>)> {
    let mut properties: IndexMap<String, (Option<&'static Part>, Vec<Pair<'a>>)> = IndexMap::new();
    for pair in pairs {
        let mut deep = parts.iter().filter(|part| part.style == Some(Style::DeepObject));
        let deep = deep.find(|part| pair.name.strip_prefix(part.name).is_some_and(|rest| rest.starts_with('[')));
        let is_own = own.is_some_and(|own| own.find(&pair.name, 0).is_some());
        let holder = exploded.iter().find(|(_, shape)| !is_own && shape.find(&pair.name, 0).is_some());
        let deep = deep.or(holder.map(|(part, _)| *part));
        let name = deep.map_or(&*pair.name, |part| part.name).to_owned();
        let part = || deep.or_else(|| parts.iter().find(|part| part.name == pair.name));
        let (_, pairs) = properties.entry(name).or_insert_with(|| (part(), Vec::new()));
        pairs.push(Pair { owner: Some(0), ..pair });
    }
    properties
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
        Some(Part { style: Some(Style::Form), explode: true, .. }) => Ok(Texts::pairs(owned, coding)),
        Some(&Part { style: Some(style), explode: false, .. }) => {
            Ok(Texts::one(owned.only()?, Some(Members::new(style, false)), coding))
        }
        _ => Ok(Texts::values(owned.iter().map(|pair| pair.value).collect(), coding)),
    }
}
