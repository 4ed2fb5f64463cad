//! Contents of resources: text, or bytes in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use rmcp::ErrorData;
use rmcp::model::{ContentBlock, ResourceContents};
use serde_json::json;

use super::JSON;
use crate::description::Resource;
use crate::mcp::refusal;
use crate::mcp::result::{BROKE_OFF, TOO_SLOW, media_type};
use crate::server::{RawReply, Unreadable};

/// An action's answer as the content of a resource.
pub(super) async fn of_reply(
    reply: RawReply,
    resource: &Resource,
    uri: &str,
    limit: usize,
) -> Result<ResourceContents, ErrorData> {
    let RawReply { status, headers, body } = reply;
    let body = match body.read(limit).await {
        Ok(body) => body,
        Err(Unreadable::TooLarge) if status.is_success() => return Err(too_large(uri, limit)),
        Err(Unreadable::TooLarge) => bytes::Bytes::new(),
        Err(Unreadable::BrokeOff) => return Err(failed(uri, StatusCode::BAD_GATEWAY, BROKE_OFF.to_owned())),
        Err(Unreadable::TooSlow) => return Err(failed(uri, StatusCode::GATEWAY_TIMEOUT, TOO_SLOW.to_owned())),
    };
    if !status.is_success() {
        return Err(failed(uri, status, refusal::of_answer(status, &headers, &body, None)));
    }
    let sent = Some(media_type(&headers)).filter(|media_type| !media_type.is_empty());
    Ok(of_bytes(&body, resource.is_binary, resource.media_type.or(sent).or(Some(JSON)), uri))
}

/// Bytes as the content of a resource: text where they are, unless the resource is said to be binary.
pub(super) fn of_bytes(bytes: &[u8], is_binary: bool, media_type: Option<&str>, uri: &str) -> ResourceContents {
    match std::str::from_utf8(bytes) {
        Ok(text) if !is_binary => ResourceContents::text(text, uri).with_mime_type(media_type.unwrap_or("text/plain")),
        _ => {
            let media_type = media_type.unwrap_or("application/octet-stream");
            ResourceContents::blob(STANDARD.encode(bytes), uri).with_mime_type(media_type)
        }
    }
}

/// The content that a handler has set. A link is none, since it says only where there is some.
pub(super) fn of_blocks(blocks: Vec<ContentBlock>, uri: &str) -> Vec<ResourceContents> {
    let contents = blocks.into_iter().filter_map(|block| match block {
        ContentBlock::Text(text) => Some(ResourceContents::text(text.text, uri).with_mime_type("text/plain")),
        ContentBlock::Image(image) => Some(ResourceContents::blob(image.data, uri).with_mime_type(image.mime_type)),
        ContentBlock::Audio(audio) => Some(ResourceContents::blob(audio.data, uri).with_mime_type(audio.mime_type)),
        ContentBlock::Resource(embedded) => Some(embedded.resource),
        _ => None,
    });
    contents.collect()
}

/// What an agent is told about a resource that could not be had. An upstream that knows no such thing has no such resource.
pub(super) fn failed(uri: &str, status: StatusCode, text: String) -> ErrorData {
    let data = Some(json!({ "uri": uri, "status": status.as_u16() }));
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => ErrorData::resource_not_found(text, data),
        _ => ErrorData::internal_error(text, data),
    }
}

pub(super) fn too_large(uri: &str, limit: usize) -> ErrorData {
    ErrorData::internal_error(format!("`{uri}` has more than {limit} bytes."), Some(json!({ "uri": uri })))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, to_value};

    use super::*;

    fn content(bytes: &[u8], is_binary: bool, media_type: Option<&str>) -> Value {
        to_value(of_bytes(bytes, is_binary, media_type, "x:y")).unwrap()
    }

    #[test]
    fn bytes_are_text_where_they_can_be() {
        let text = json!({"uri": "x:y", "mimeType": "text/plain", "text": "\u{fc}"});
        assert_eq!(content("\u{fc}".as_bytes(), false, None), text);
        let blob = json!({"uri": "x:y", "mimeType": "application/octet-stream", "blob": "/w=="});
        assert_eq!(content(&[0xff], false, None), blob);
    }

    #[test]
    fn what_is_gone_is_a_resource_that_there_is_not() {
        let code = |status| failed("x:y", status, String::new()).code;
        let not_found = ErrorData::resource_not_found("", None).code;
        assert_eq!([404, 410].map(|status| code(StatusCode::from_u16(status).unwrap())), [not_found; 2]);
        for status in [StatusCode::FORBIDDEN, StatusCode::BAD_GATEWAY] {
            assert_ne!(code(status), not_found, "{status}");
        }
    }

    #[test]
    fn what_is_said_to_be_binary_is_bytes_whatever_it_looks_like() {
        let blob = json!({"uri": "x:y", "mimeType": "image/x-own", "blob": "dGV4dA=="});
        assert_eq!(content(b"text", true, Some("image/x-own")), blob);
    }
}
