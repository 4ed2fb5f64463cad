//! Values as the media types of answers have them.

use bytes::Bytes;
use http::HeaderValue;
use serde_json::Value;

use crate::openapi::{Case, MediaKind};

/// What separates the parts of a multipart answer.
const BOUNDARY: &str = "capsmith-mock";

/// A body with its media type.
pub(super) fn write(case: &Case, value: &Value) -> (Option<HeaderValue>, Bytes) {
    let json = || value.to_string();
    let plain = || value.as_str().map_or_else(json, str::to_owned);
    let body = match case.kind {
        MediaKind::Empty => return (None, Bytes::new()),
        MediaKind::Json => json(),
        MediaKind::EventStream => format!("data: {}\n\n", plain().replace('\n', "\ndata: ")),
        MediaKind::JsonLines => json() + "\n",
        MediaKind::Xml => xml(value),
        MediaKind::Form => form(value),
        MediaKind::Multipart => format!("--{BOUNDARY}\r\n\r\n{}\r\n--{BOUNDARY}--\r\n", plain()),
        MediaKind::Text | MediaKind::Binary | MediaKind::Any => plain(),
    };
    (media_type(case, value), body.into())
}

fn media_type(case: &Case, value: &Value) -> Option<HeaderValue> {
    let text = match case.media_type {
        range if range.contains('*') && (value.is_object() || value.is_array()) => "application/json",
        range if range.contains('*') && case.kind == MediaKind::Text => "text/plain",
        range if range.contains('*') => "application/octet-stream",
        multipart if case.kind == MediaKind::Multipart && !multipart.contains("boundary") => {
            return HeaderValue::try_from(format!("{multipart}; boundary={BOUNDARY}")).ok();
        }
        media_type => media_type,
    };
    HeaderValue::from_str(text).ok()
}

/// The example of the document, or an element that holds the value: what elements are called, nobody knows here.
fn xml(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.trim_start().starts_with('<') {
        return text;
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><value>{escaped}</value>")
}

fn form(value: &Value) -> String {
    let Value::Object(properties) = value else {
        return value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    };
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in properties {
        form.append_pair(name, &value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    form.finish()
}
