//! Answers that are made of others.

use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_TYPE, ETAG, LAST_MODIFIED,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use super::outputs::{Fault, evaluate};
use super::scope::Scope;
use crate::Json;
use crate::description::{Output, Type};
use crate::formats::{self, Format};
use crate::server::reply::Unreadable;
use crate::server::{Problem, RawBody, RawReply};

/// What answers are made into.
pub(crate) struct Shape {
    pub(crate) outputs: &'static [Output],
    /// What the upstream's answers are.
    pub(crate) format: Format,
    /// The most bytes of them.
    pub(crate) limit: usize,
}

/// Makes an answer into the first of its outputs that is not null. One that is no success is handed on as it is, and so
/// is one without content.
pub(crate) async fn shape(reply: RawReply, shape: &Shape, scope: &Scope<'_>) -> Result<RawReply, Problem> {
    let RawReply { status, mut headers, body } = reply;
    if !status.is_success() {
        return Ok(RawReply { status, headers, body });
    }
    let bytes = read(body, shape.limit).await?;
    let Some(document) = document(status, &headers, &bytes, &shape.format)? else {
        return Ok(RawReply { status, headers, body: RawBody::Bytes(bytes) });
    };
    let answer = first(shape.outputs, &document, scope).map_err(|fault| problem(StatusCode::BAD_GATEWAY, &fault))?;
    describe(&mut headers);
    Ok(RawReply { status, headers, body: RawBody::Bytes(Json::from(answer).into_bytes()) })
}

/// An upstream's answer as a whole.
pub(crate) async fn read(body: RawBody, limit: usize) -> Result<Bytes, Problem> {
    body.read(limit).await.map_err(|error| match error {
        Unreadable::TooLarge => bad_gateway("The upstream's answer is too large."),
        Unreadable::BrokeOff => bad_gateway("The exchange with the upstream broke off."),
        Unreadable::TooSlow => {
            Problem::new(StatusCode::GATEWAY_TIMEOUT).with_detail("The upstream's answer did not end in time.")
        }
    })
}

/// What an upstream's answer says, as JSON; `None`: nothing.
pub(crate) fn document(
    status: StatusCode,
    headers: &HeaderMap,
    bytes: &[u8],
    format: &Format,
) -> Result<Option<Value>, Problem> {
    if bytes.is_empty() && (status == StatusCode::NO_CONTENT || !format.can_be_empty()) {
        return Ok(None);
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let document = formats::to_json(format, bytes, media_type);
    document.map(Some).map_err(|error| bad_gateway(&format!("The upstream's answer is {error}.")))
}

fn first(outputs: &'static [Output], document: &Value, scope: &Scope<'_>) -> Result<Value, Fault> {
    for output in outputs {
        let value = evaluate(output, document, scope)?;
        if !value.is_null() {
            return Ok(value);
        }
    }
    Ok(Value::Null)
}

/// Takes out what the headers say about content that is no longer there.
fn describe(headers: &mut HeaderMap) {
    const OF_CONTENT: [HeaderName; 8] = [
        ACCEPT_RANGES,
        CONTENT_DISPOSITION,
        CONTENT_ENCODING,
        CONTENT_LANGUAGE,
        CONTENT_LENGTH,
        CONTENT_RANGE,
        ETAG,
        LAST_MODIFIED,
    ];
    const OF_CONTENT_TOO: [&str; 4] = ["content-digest", "repr-digest", "digest", "content-md5"];
    for name in OF_CONTENT.iter().map(HeaderName::as_str).chain(OF_CONTENT_TOO) {
        headers.remove(name);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
}

fn bad_gateway(detail: &str) -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY).with_detail(detail.to_owned())
}

/// The problem of an output without a value. It was a caller who gave what does not fit, or an upstream.
pub(crate) fn problem(status: StatusCode, fault: &Fault) -> Problem {
    let (output, detail) = match fault {
        Fault::Misfit { output, expected, found } => (output, format!("is {found} and not {}", article(*expected))),
        Fault::Query { output, error } => (output, format!("cannot be found: {error}")),
    };
    let subject = match *output {
        "" => "The answer".to_owned(),
        output => format!("The output `{output}`"),
    };
    Problem::new(status).with_detail(format!("{subject} {detail}."))
}

fn article(r#type: Type) -> &'static str {
    match r#type {
        Type::String => "a text",
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "a truth value",
        Type::Array => "an array",
        Type::Object => "an object",
        Type::Any => "any value",
    }
}
