//! The body of a request as bytes.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use axum::body::Body;
use bytes::Bytes;
#[cfg(feature = "rest")]
use http::header::CONTENT_ENCODING;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::Problem;
use super::body::too_late;
use crate::Settings;

/// Reads a body, within the limits of the settings.
pub(crate) async fn collect(headers: &HeaderMap, body: Body, settings: &Settings) -> Result<Bytes, Problem> {
    check_length(headers, settings)?;
    let mut reading = pin!(Limited::new(body, settings.max_request_body).collect());
    // Most bodies are there already, and a timer costs as much as reading them.
    let read = match poll_fn(|context| Poll::Ready(reading.as_mut().poll(context))).await {
        Poll::Ready(read) => read,
        Poll::Pending => tokio::time::timeout(settings.body_timeout, reading).await.map_err(|_| too_late())?,
    };
    match read {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large(settings)),
        Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST).with_detail("The body broke off.")),
    }
}

/// Refuses a body that says itself that it is too large.
pub(crate) fn check_length(headers: &HeaderMap, settings: &Settings) -> Result<(), Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > settings.max_request_body) { Err(too_large(settings)) } else { Ok(()) }
}

fn too_large(settings: &Settings) -> Problem {
    let detail = format!("The body is larger than {} bytes.", settings.max_request_body);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE).with_detail(detail)
}

/// Refuses a body that is compressed.
#[cfg(feature = "rest")]
pub(crate) fn check_encoding(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => {
            let detail = "The body must not be compressed.";
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).with_detail(detail))
        }
        _ => Ok(()),
    }
}
