//! What is said about bodies that do not arrive.

use std::error::Error;
use std::io;

use http::StatusCode;
use http_body_util::LengthLimitError;

use super::Problem;

/// What is said about a body that takes too long.
pub(crate) fn too_late() -> Problem {
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
