//! A handler's answer as the result of a tool.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use rmcp::model::{CallToolResult, ContentBlock, ResourceContents, Tool as ListedTool};
use serde_json::{Map, Value, json};

use super::refusal;
use crate::description::Binary;
use crate::server::{Problem, RawReply, Unreadable, is_json};

/// What an agent is told about an answer without an end.
pub(super) const BROKE_OFF: &str = "The upstream's answer broke off. Try again.";

/// What is said of an answer that takes too long.
pub(super) const TOO_SLOW: &str = "The upstream's answer did not end in time. Try again later, or ask for less.";

/// A result that tells the agent what went wrong.
pub(crate) fn error(text: String) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}

/// What a result is about: a tool, and those of its arguments that say which thing is meant.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) tool: &'a ListedTool,
    pub(crate) identifiers: &'a [String],
}

/// The result for a position that a list of tools does not have.
pub(crate) fn no_such_tool() -> CallToolResult {
    from_problem(&Problem::new(StatusCode::NOT_IMPLEMENTED), None)
}

/// What a handler gives back instead of an answer.
pub(crate) fn from_problem(problem: &Problem, subject: Option<Subject<'_>>) -> CallToolResult {
    error(refusal::of_problem(problem, subject))
}

/// A result with the content that a handler has set: in the place of what was made of the handler's value, or behind the text
/// of what went wrong.
pub(super) fn with_content(mut result: CallToolResult, content: Option<Vec<ContentBlock>>) -> CallToolResult {
    let Some(content) = content else { return result };
    if result.is_error == Some(true) {
        result.content.extend(content);
        return result;
    }
    result.content = content;
    // A handler that has nothing else to give gives null.
    result.structured_content.take_if(|value| *value == json!({ "result": null }));
    result
}

/// Reads an answer that is bytes, whatever they are: an image, a sound, or a resource that is part of the result.
pub(crate) async fn from_bytes(reply: RawReply, subject: Subject<'_>, binary: &Binary, limit: usize) -> CallToolResult {
    if !reply.status.is_success() {
        return from_reply(reply, subject, limit).await;
    }
    let limit = binary.max_size.map_or(limit, |size| usize::try_from(size).unwrap_or(usize::MAX));
    let media_type = binary.media_type.unwrap_or_else(|| media_type(&reply.headers)).to_owned();
    let body = match reply.body.read(limit).await {
        Ok(body) if body.is_empty() => return CallToolResult::success(Vec::new()),
        Ok(body) => body,
        Err(Unreadable::TooLarge) => return error(too_large(subject.tool, limit)),
        Err(Unreadable::BrokeOff) => return error(BROKE_OFF.to_owned()),
        Err(Unreadable::TooSlow) => return error(TOO_SLOW.to_owned()),
    };
    let essence = essence(&media_type);
    if let Some(content) = media(&body, essence) {
        return CallToolResult::success(vec![content]);
    }
    let uri = format!("capsmith:{}/answer", subject.tool.name);
    let essence = if essence.is_empty() { "application/octet-stream" } else { essence };
    let resource = ResourceContents::blob(STANDARD.encode(&body), uri).with_mime_type(essence);
    CallToolResult::success(vec![ContentBlock::resource(resource)])
}

/// Reads an answer and makes structured content of JSON, and other content of the rest.
pub(crate) async fn from_reply(reply: RawReply, subject: Subject<'_>, limit: usize) -> CallToolResult {
    let RawReply { status, headers, body } = reply;
    let body = match body.read(limit).await {
        Ok(body) => body,
        Err(Unreadable::TooLarge) if status.is_success() => return error(too_large(subject.tool, limit)),
        Err(Unreadable::TooLarge) => Bytes::new(),
        Err(Unreadable::BrokeOff) => return error(BROKE_OFF.to_owned()),
        Err(Unreadable::TooSlow) => return error(TOO_SLOW.to_owned()),
    };
    if !status.is_success() {
        return error(refusal::of_answer(status, &headers, &body, Some(subject)));
    }
    if body.is_empty() {
        return structured(json!({"result": null}), None);
    }
    let media_type = media_type(&headers);
    if media_type.is_empty() || is_json(media_type) {
        match serde_json::from_slice(&body) {
            Ok(Value::Object(members)) => return structured(Value::Object(members), Some(&body)),
            Ok(value) => return structured(json!({"result": value}), None),
            // Announced as JSON, but not JSON: content like any other.
            Err(_) => {}
        }
    }
    other_content(&body, media_type)
}

/// An object as structured content, and the same JSON as text for clients that read only that.
fn structured(value: Value, text: Option<&[u8]>) -> CallToolResult {
    let text = match text.and_then(|text| std::str::from_utf8(text).ok()) {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
    result.structured_content = Some(value);
    result
}

fn other_content(body: &Bytes, media_type: &str) -> CallToolResult {
    if let Some(content) = media(body, essence(media_type)) {
        return CallToolResult::success(vec![content]);
    }
    match std::str::from_utf8(body) {
        Ok(text) => CallToolResult::success(vec![ContentBlock::text(text)]),
        Err(_) => error(format!(
            "The upstream answered with {} bytes of `{media_type}`, which the result of a tool cannot carry.",
            body.len()
        )),
    }
}

/// A picture or a sound.
fn media(body: &[u8], essence: &str) -> Option<ContentBlock> {
    if essence.starts_with("image/") && essence != "image/svg+xml" {
        return Some(ContentBlock::image(STANDARD.encode(body), essence));
    }
    essence.starts_with("audio/").then(|| ContentBlock::audio(STANDARD.encode(body), essence))
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn too_large(tool: &ListedTool, limit: usize) -> String {
    let members = |keyword: &str| tool.input_schema.get(keyword);
    let required = members("required").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let names = members("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let optional = names.filter(|name| required.iter().all(|required| required != name.as_str()));
    let optional: Vec<String> = optional.map(|name| format!("`{name}`")).collect();
    let mut text = format!("The answer is larger than {limit} bytes. Ask for less");
    if !optional.is_empty() {
        text.push_str(", for example by ");
        text.push_str(&optional.join(", "));
    }
    text.push('.');
    text
}

pub(super) fn media_type(headers: &HeaderMap) -> &str {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
