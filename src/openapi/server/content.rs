//! Which content the body of a request is, and getting it.

use axum::body::Body;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use http_body_util::Limited;

use crate::Settings;
use crate::client::IdleBody;
use crate::openapi::serve::GivenBody;
use crate::openapi::{Api, MediaKind, Operation, Upload, select};
use crate::server::Problem;
use crate::server::{check_encoding, collect};

/// Reads a body, or prepares it to be streamed.
pub(super) async fn read(
    api: &'static Api,
    operation: &'static Operation,
    headers: &HeaderMap,
    body: Body,
    settings: &Settings,
) -> Result<GivenBody, Problem> {
    let media_type = headers.get(CONTENT_TYPE);
    let chosen = choose(api, operation, media_type.and_then(|media_type| media_type.to_str().ok()));
    let (Some((content, kind)), Some(media_type)) = (chosen, media_type) else {
        // What is empty is of no type.
        let bytes = collect(headers, body, settings).await?;
        return if bytes.is_empty() { Ok(GivenBody::Absent) } else { Err(unsupported(api, operation)) };
    };
    check_encoding(headers)?;
    if matches!(kind, MediaKind::Binary | MediaKind::Any | MediaKind::EventStream) {
        let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let body = Body::new(Limited::new(body, settings.max_request_body));
        let body = reqwest::Body::wrap_stream(body.into_data_stream());
        let upload = Upload::new(IdleBody::wrap(body, settings.body_timeout));
        let upload = upload.content_type(media_type.to_str().unwrap_or_default());
        let upload = match length {
            Some(length) => upload.length(length),
            None => upload,
        };
        return Ok(GivenBody::Stream(content, upload));
    }
    let bytes = collect(headers, body, settings).await?;
    // A text may be empty; JSON is never.
    let is_absent = bytes.is_empty() && !matches!(kind, MediaKind::Text | MediaKind::Xml);
    Ok(if is_absent { GivenBody::Absent } else { GivenBody::Bytes(content, media_type.clone(), bytes) })
}

/// The content for a media type, the most special one first.
fn choose(api: &'static Api, operation: &'static Operation, given: Option<&str>) -> Option<(usize, MediaKind)> {
    let given = given?;
    let contents = || {
        let contents = operation.bodies.iter().enumerate();
        contents.filter_map(|(at, index)| Some((at, api.bodies.get(usize::from(*index))?)))
    };
    if let Some((at, body)) = contents().find(|(_, body)| body.media_type == given) {
        return Some((at, body.kind));
    }
    let essence = select::essence(given);
    let fitting = contents().filter(|(_, body)| select::covers(body.media_type, body.kind, &essence));
    let best = fitting.min_by_key(|(_, body)| body.media_type.matches('*').count());
    best.map(|(at, body)| (at, body.kind))
}

fn unsupported(api: &'static Api, operation: &'static Operation) -> Problem {
    let known = operation.bodies.iter().filter_map(|index| api.bodies.get(usize::from(*index)));
    let known: Vec<_> = known.map(|body| format!("`{}`", body.media_type)).collect();
    let detail = format!("The body must be {}: say so with `Content-Type`.", known.join(" or "));
    let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).with_detail(detail);
    let types: Vec<_> = operation.bodies.iter().filter_map(|index| api.bodies.get(usize::from(*index))).collect();
    let types = types.iter().map(|body| body.media_type).collect::<Vec<_>>().join(", ");
    match HeaderValue::try_from(types) {
        Ok(types) => problem.with_header(http::header::ACCEPT, types),
        Err(_) => problem,
    }
}
