//! Answers that are handed on as bytes.

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::Limited;

use super::{Problem, RawBody, RawReply, UpstreamBody};
use crate::description::Binary;

/// Gives an answer the status and the media type of the file, and lets no more bytes pass than it may have. One that is no
/// success, and one without content, is handed on as it is.
pub(crate) fn hand_on(reply: RawReply, binary: &Binary) -> Result<RawReply, Problem> {
    let RawReply { mut status, mut headers, body } = reply;
    if !status.is_success() || matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT) {
        return Ok(RawReply { status, headers, body });
    }
    let limit = binary.max_size.unwrap_or(Binary::MAX_SIZE);
    let length = match &body {
        RawBody::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
        RawBody::Upstream(_) => announced(&headers),
    };
    if length.is_some_and(|length| length > limit) {
        let detail = format!("The upstream's answer is larger than {limit} bytes.");
        return Err(Problem::new(StatusCode::BAD_GATEWAY).with_detail(detail));
    }
    if let Some(declared) = binary.status.and_then(|status| StatusCode::from_u16(status).ok()) {
        status = declared;
    }
    describe(&mut headers, binary);
    let body = match body {
        RawBody::Bytes(bytes) => RawBody::Bytes(bytes),
        // What has no length is cut off, since the answer has begun when it turns out to be too large.
        RawBody::Upstream(UpstreamBody { body, deadline }) => {
            let body = reqwest::Body::wrap(Limited::new(body, usize::try_from(limit).unwrap_or(usize::MAX)));
            RawBody::Upstream(UpstreamBody { body, deadline })
        }
    };
    Ok(RawReply { status, headers, body })
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn describe(headers: &mut HeaderMap, binary: &Binary) {
    // The compiler has looked at it: it can be sent.
    if let Some(media_type) = binary.media_type.and_then(|text| HeaderValue::from_str(text).ok()) {
        headers.insert(CONTENT_TYPE, media_type);
    }
}
