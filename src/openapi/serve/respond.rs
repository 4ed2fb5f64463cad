//! From a value to the body of an answer.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::Problem;
use crate::openapi::plain::Plain;
use crate::openapi::{Custom, MediaKind};
use crate::server::RawBody;
use crate::types::{Direction, Typed, View, to_vec};

/// A type that an answer can be written from, the counterpart of [`Answer`](crate::openapi::Answer): a generated type, a
/// list, a text, nothing, a stream, an enum of several answers.
pub trait Respond: Send + 'static {
    /// Which of the answers of an enum this is: the number that [`Answer::read`](crate::openapi::Answer::read) is told.
    fn variant(&self) -> usize {
        0
    }

    /// Writes the body as a media type means it.
    ///
    /// # Errors
    ///
    /// When the value has no such form, which is a mistake of the program: a problem with status 500.
    fn write(self, kind: MediaKind) -> Result<Written, Problem>;
}

/// A body, with the headers that belong to it.
pub struct Written {
    pub(super) body: RawBody,
    pub(super) headers: HeaderMap,
}

impl Written {
    fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self { body: RawBody::Bytes(bytes.into()), headers: HeaderMap::new() }
    }
}

impl<T: Typed + Send + 'static> Respond for T {
    fn write(self, kind: MediaKind) -> Result<Written, Problem> {
        write(&self, kind)
    }
}

/// What does not depend on the type.
fn write(value: &dyn Typed, kind: MediaKind) -> Result<Written, Problem> {
    let is_text = match kind {
        MediaKind::Text | MediaKind::Xml | MediaKind::Form => true,
        MediaKind::EventStream => matches!(value.view(), View::String(_)),
        _ => false,
    };
    if kind == MediaKind::Empty {
        return Ok(Written::bytes(Bytes::new()));
    }
    if is_text {
        let text = Plain::new(value.view()).map(|value| value.flat().into_owned());
        return Ok(Written::bytes(text.unwrap_or_default()));
    }
    match to_vec(value, Direction::Response) {
        Ok(text) => Ok(Written::bytes(text)),
        Err(error) => Err(no_form(&error)),
    }
}

fn no_form(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, "a handler's value has no JSON form");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
}

/// No body.
impl Respond for () {
    fn write(self, _: MediaKind) -> Result<Written, Problem> {
        Ok(Written::bytes(Bytes::new()))
    }
}

impl<T: serde::Serialize + Send + 'static> Respond for Custom<T> {
    fn write(self, kind: MediaKind) -> Result<Written, Problem> {
        match serde_json::to_value(&self.0) {
            Ok(value) => write(&value, kind),
            Err(error) => Err(no_form(&error)),
        }
    }
}
