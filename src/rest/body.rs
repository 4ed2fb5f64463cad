//! The JSON body of a request.

use axum::body::Body;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::arguments::{Argument, ArgumentError};
use crate::description::{Parameter, Type};
use crate::server::rules::Outcome;
use crate::server::{Problem, check_encoding, collect, is_json};
use crate::{Json, Settings};

/// Reads the body. What is wrong with its content is the text of an error beside those of other inputs; what is wrong
/// with its form is a problem of its own.
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: Body,
    settings: &Settings,
) -> Result<Result<Option<Json>, String>, Problem> {
    let bytes = collect(headers, body, settings).await?;
    if bytes.is_empty() {
        return Ok(Ok(None));
    }
    check_media_type(headers)?;
    Ok(Json::parse(bytes).map(Some).map_err(|error| format!("must be JSON: {error}")))
}

/// The body as the value of a parameter.
pub(crate) fn whole(parameter: &Parameter, body: Result<Option<Json>, String>) -> Outcome {
    match body {
        Ok(Some(json)) => check_type(parameter, json).map_err(|error| vec![error]),
        Ok(None) => Ok(None),
        Err(detail) => Err(vec![ArgumentError::of(parameter, detail)]),
    }
}

/// Only JSON is taken, and not compressed.
fn check_media_type(headers: &HeaderMap) -> Result<(), Problem> {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_json(media_type) {
        let detail = "The body must be JSON: send it with `Content-Type: application/json`.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).with_detail(detail));
    }
    check_encoding(headers)
}

fn check_type(parameter: &Parameter, json: Json) -> Result<Option<Argument>, ArgumentError> {
    let first = json.first();
    let (fits, expected) = match parameter.r#type {
        Type::Object => (first == b'{', "a JSON object"),
        Type::Array => (first == b'[', "a JSON array"),
        Type::String => (first == b'"', "a JSON string"),
        Type::Boolean => (matches!(first, b't' | b'f'), "`true` or `false`"),
        Type::Number | Type::Integer => (matches!(first, b'-' | b'0'..=b'9'), "a number"),
        Type::Any => (true, ""),
    };
    if fits {
        Ok(Some(Argument::Json(json)))
    } else {
        Err(ArgumentError::wrong_type(parameter, expected, &Argument::Json(json).describe()))
    }
}
