//! Bodies of requests.

use http::HeaderValue;

use super::description::{Body, MediaKind, Part, Style};
use super::escape::Escape;
use super::inputs::Payload;
use super::plain::Plain;
use super::{multipart, style};
use crate::types::{Direction, Slot, Typed, View, to_vec};

/// A body as it is sent.
pub(super) struct EncodedBody {
    pub(super) body: reqwest::Body,
    /// The number of bytes of a stream, if it is known.
    pub(super) length: Option<u64>,
    pub(super) content_type: HeaderValue,
    pub(super) is_multipart: bool,
}

/// Why a body cannot be written; the end of a sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum BodyError {
    #[error("has no JSON form: {0}")]
    Json(#[from] serde_json::Error),
    #[error("has a media type with characters that a header cannot carry")]
    MediaType,
}

/// Encodes a body; `content` finds the description of a content by its position.
pub(super) fn encode(
    payload: Payload<'_>,
    content: impl Fn(usize) -> Option<&'static Body>,
) -> Result<Option<EncodedBody>, BodyError> {
    let undescribed = Body { media_type: "application/octet-stream", kind: MediaKind::Binary, ..Body::DEFAULT };
    Ok(match payload {
        Payload::Absent => None,
        Payload::Typed(index, value) => match content(index) {
            Some(content) => typed(value, content)?,
            None => None,
        },
        Payload::Foreign(index, value) => match content(index) {
            Some(content) => typed(&value.write()?, content)?,
            None => None,
        },
        Payload::Upload(index, upload) => {
            let content = content(index).unwrap_or(&undescribed);
            let upload = upload.take();
            let declared = if content.media_type.contains('*') { undescribed.media_type } else { content.media_type };
            let content_type = media_type(upload.content_type.as_deref().unwrap_or(declared))?;
            Some(EncodedBody { body: upload.body, length: upload.length, content_type, is_multipart: false })
        }
        Payload::Parts(index, parts) => {
            Some(multipart::encode(parts, content(index).map_or(&[], |content| content.parts))?)
        }
    })
}

fn media_type(text: &str) -> Result<HeaderValue, BodyError> {
    HeaderValue::from_str(text).map_err(|_| BodyError::MediaType)
}

fn typed(value: &dyn Typed, content: &Body) -> Result<Option<EncodedBody>, BodyError> {
    let is_text = matches!(content.kind, MediaKind::Text | MediaKind::Xml | MediaKind::Any | MediaKind::Binary);
    let body = match content.kind {
        MediaKind::Form => form(value, content.parts).into_bytes(),
        MediaKind::JsonLines => lines(value)?,
        _ if is_text => match Plain::new(value.view()) {
            Some(value) => value.flat().into_owned().into_bytes(),
            None => return Ok(None),
        },
        _ => to_vec(value, Direction::Request)?,
    };
    let content_type = match content.media_type {
        "text/plain" => "text/plain; charset=utf-8",
        range if range.contains('*') => {
            if is_text {
                "text/plain; charset=utf-8"
            } else {
                "application/json"
            }
        }
        media_type => media_type,
    };
    Ok(Some(EncodedBody {
        body: body.into(),
        length: None,
        content_type: media_type(content_type)?,
        is_multipart: false,
    }))
}

/// A property is a text, a list is repeated, an object is JSON, unless the document says otherwise.
fn form(value: &dyn Typed, parts: &[Part]) -> String {
    let mut text = String::new();
    let mut push = |pair: &str| {
        text.push_str(if text.is_empty() { "" } else { "&" });
        text.push_str(pair);
    };
    // A list or a text has no names to be sent by.
    let Some(Plain::Object(properties)) = Plain::new(value.view()) else { return text };
    for (name, value) in &properties {
        let part = parts.iter().find(|part| part.name == name).unwrap_or(&Part::DEFAULT);
        let escape = if part.allow_reserved { Escape::Query } else { Escape::Form };
        match (part.style, value) {
            (Some(style), value) => style::pairs(name, value, style, part.explode, escape, &mut push),
            (None, _) if part.content_type.contains("json") => {
                push(&style::encoded(name, &value.to_value().to_string(), escape));
            }
            (None, Plain::Object(_)) => push(&style::encoded(name, &value.flat(), escape)),
            (None, value) => style::pairs(name, value, Style::Form, true, escape, &mut push),
        }
    }
    text
}

fn lines(value: &dyn Typed) -> Result<Vec<u8>, serde_json::Error> {
    let View::List(list) = value.view() else { return to_vec(value, Direction::Request) };
    let mut text = Vec::new();
    for view in (0..list.len()).filter_map(|index| list.get(index)) {
        text.extend(json(view)?);
        text.push(b'\n');
    }
    Ok(text)
}

/// A part of a value as JSON.
pub(super) fn json(view: View<'_>) -> Result<Vec<u8>, serde_json::Error> {
    to_vec(&Seen(view), Direction::Request)
}

/// A part of a value as a value of its own.
struct Seen<'a>(View<'a>);

impl Typed for Seen<'_> {
    fn blank() -> Self {
        Self(View::Opaque)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Opaque
    }

    fn view(&self) -> View<'_> {
        self.0
    }
}
