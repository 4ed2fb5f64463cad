//! The body of a request as bytes.

use std::error::Error;
use std::io;

use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use super::Problem;
use crate::Settings;

/// Reads a body, within the limits of the settings.
pub(crate) async fn collect(headers: &HeaderMap, body: Body, settings: &Settings) -> Result<Bytes, Problem> {
    let limit = settings.max_request_body;
    let too_large = || {
        let detail = format!("The body is larger than {limit} bytes.");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE).with_detail(detail)
    };
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let reading = tokio::time::timeout(settings.body_timeout, Limited::new(body, limit).collect());
    let Ok(read) = reading.await else {
        return Err(too_late());
    };
    match read {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST).with_detail("The body broke off.")),
    }
}

fn too_late() -> Problem {
    Problem::new(StatusCode::REQUEST_TIMEOUT).with_detail("The body did not arrive in time.")
}

/// What is said about a body that could not be read to its end.
pub(crate) fn broken_off(error: &(dyn Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return Problem::new(StatusCode::PAYLOAD_TOO_LARGE).with_detail("The body is too large.");
        }
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
            return too_late();
        }
        cause = error.source();
    }
    Problem::new(StatusCode::BAD_REQUEST).with_detail("The body broke off.")
}

/// Refuses a body that is compressed.
pub(crate) fn check_encoding(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get(CONTENT_ENCODING) {
        Some(encoding) if encoding != "identity" => {
            let detail = "The body must not be compressed.";
            Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE).with_detail(detail))
        }
        _ => Ok(()),
    }
}
