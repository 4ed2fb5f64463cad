//! From an answer to its type.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::description::{Api, MediaKind, Operation};
use super::error::{CallError, Failure};
use super::header;
use super::select::{self, Selected};
use crate::client::{DecodeCause, HeaderNames, StatusError};
use crate::types::{Direction, Slot, Typed, from_slice, from_value};
use crate::{ClientError, DecodeError, Response};

/// A type that an answer can be read into: a generated type, a list, a text, an enum of several answers.
pub trait Answer: Sized {
    /// Reads the answer. `variant` tells the answers of an enum apart.
    ///
    /// # Errors
    ///
    /// When the body does not fit.
    fn read(variant: usize, received: Received) -> Result<Self, ClientError>;
}

/// An answer before it has a type.
pub struct Received {
    pub(super) operation: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) kind: MediaKind,
    pub(super) content: Content,
}

pub(super) enum Content {
    Bytes(Bytes),
    /// A body that is streamed.
    Unread(Box<Response>),
}

/// Without the values of the headers and the body.
impl fmt::Debug for Received {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Received")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl Received {
    /// Reads the body.
    ///
    /// # Errors
    ///
    /// When it does not fit.
    pub fn read<T: Answer>(self) -> Result<T, ClientError> {
        T::read(0, self)
    }

    /// What is said of an answer that the operation does not have.
    #[must_use]
    pub fn unexpected(&self) -> ClientError {
        ClientError::UnexpectedContent { operation: self.operation, status: self.status }
    }

    /// Whether the body is a text that is not JSON.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, MediaKind::Text | MediaKind::Xml | MediaKind::Form)
    }

    /// Reads the body into a blank value.
    fn fill(self, target: &mut dyn Typed) -> Result<(), ClientError> {
        let Content::Bytes(body) = self.content else {
            return Err(self.unexpected());
        };
        let is_text = matches!(self.kind, MediaKind::Text | MediaKind::Xml | MediaKind::Form | MediaKind::EventStream);
        let outcome = if let (true, Slot::String(place)) = (is_text, target.slot()) {
            *place = String::from_utf8_lossy(&body).into_owned();
            Ok(())
        } else if matches!(self.kind, MediaKind::Text | MediaKind::Xml | MediaKind::Form) {
            // The text of an enum, or of what replaces a text; or JSON that its server does not call so.
            let text = Value::String(String::from_utf8_lossy(&body).into_owned());
            from_value(&text, target, Direction::Response)
                .or_else(|error| from_slice(&body, target, Direction::Response).map_err(|_| error))
        } else {
            let text: &[u8] = if body.is_empty() { b"null" } else { &body };
            from_slice(text, target, Direction::Response)
        };
        outcome.map_err(|error| {
            let cause = DecodeCause::Typed(error);
            ClientError::Decode(Box::new(DecodeError::new(self.operation, self.status, self.headers, body, cause)))
        })
    }
}

impl<T: Typed> Answer for T {
    fn read(_: usize, received: Received) -> Result<Self, ClientError> {
        let mut value = T::blank();
        received.fill(&mut value)?;
        Ok(value)
    }
}

/// Whatever the body is, it is not looked at.
impl Answer for () {
    fn read(_: usize, _: Received) -> Result<Self, ClientError> {
        Ok(())
    }
}

/// A body that is streamed.
impl Answer for Response {
    fn read(_: usize, received: Received) -> Result<Self, ClientError> {
        match received.content {
            Content::Unread(response) => Ok(*response),
            Content::Bytes(_) => {
                Err(ClientError::UnexpectedContent { operation: received.operation, status: received.status })
            }
        }
    }
}

/// An answer with its status and headers.
#[derive(Clone)]
#[non_exhaustive]
pub struct Answered<T> {
    operation: &'static str,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The answer itself.
    pub value: T,
}

impl<T> Answered<T> {
    /// The answer itself.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The value of a header as a number, a truth value, or any other type that can be parsed, such as a generated string
    /// enum; `None` where the answer does not have it.
    ///
    /// ```
    /// # use capsmith::openapi::*;
    /// # fn limits(answered: &Answered<()>) -> Result<(), capsmith::ClientError> {
    /// let left: Option<u64> = answered.header("X-RateLimit-Remaining")?;
    /// # drop(left);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ClientError::Header`] when it is not of that type.
    pub fn header<H: FromStr>(&self, name: &str) -> Result<Option<H>, ClientError> {
        header::one(self.operation, &self.headers, name)
    }

    /// The values of a header that is a list, in one field or in several.
    ///
    /// # Errors
    ///
    /// [`ClientError::Header`] when one is not of that type.
    pub fn header_list<H: FromStr>(&self, name: &str) -> Result<Vec<H>, ClientError> {
        header::list(self.operation, &self.headers, name)
    }
}

/// Without the values of the headers, which may hold cookies.
impl<T: fmt::Debug> fmt::Debug for Answered<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answered")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// How a call ended.
pub(super) struct Outcome {
    pub(super) variant: usize,
    pub(super) received: Received,
    /// For a failure: what it is without its type.
    pub(super) error: Option<Box<StatusError>>,
}

impl Outcome {
    pub(super) fn read<A: Answer, F: Answer>(self) -> Result<Answered<A>, CallError<F>> {
        let Some(status) = self.error else {
            let Received { operation, status, .. } = self.received;
            let headers = self.received.headers.clone();
            let value = A::read(self.variant, self.received)?;
            return Ok(Answered { operation, status, headers, value });
        };
        Err(match F::read(self.variant, self.received) {
            Ok(value) => CallError::Failure(Box::new(Failure { status, value })),
            // The status says more than that its body is not what the document says.
            Err(_) => CallError::Client(ClientError::Status(status)),
        })
    }
}

/// Finds out what an answer is, and reads it unless it is streamed.
pub(super) async fn outcome(
    api: &'static Api,
    operation: &'static Operation,
    response: Response,
) -> Result<Outcome, ClientError> {
    let (status, headers) = (response.status(), response.headers().clone());
    let received =
        |kind, content| Received { operation: operation.name, status, headers: headers.clone(), kind, content };
    match select::select(api, operation, status, &headers) {
        Selected::Answer(case) => {
            let is_streamed = matches!(
                case.kind,
                MediaKind::Binary
                    | MediaKind::Any
                    | MediaKind::Multipart
                    | MediaKind::EventStream
                    | MediaKind::JsonLines
            );
            let content = match case.kind {
                MediaKind::Empty => Content::Bytes(Bytes::new()),
                _ if is_streamed => Content::Unread(Box::new(response)),
                _ => Content::Bytes(response.bytes().await?),
            };
            Ok(Outcome { variant: usize::from(case.variant), received: received(case.kind, content), error: None })
        }
        Selected::Undeclared => Err(ClientError::UnexpectedContent { operation: operation.name, status }),
        Selected::Success => {
            let received = received(MediaKind::Empty, Content::Bytes(Bytes::new()));
            Ok(Outcome { variant: 0, received, error: None })
        }
        Selected::Failure(case) => {
            let error = response.status_error().await;
            match case.filter(|_| !error.is_truncated() && !error.body().is_empty()) {
                Some(case) => {
                    let received = received(case.kind, Content::Bytes(error.body().clone()));
                    Ok(Outcome { variant: usize::from(case.variant), received, error: Some(Box::new(error)) })
                }
                None => Err(ClientError::Status(Box::new(error))),
            }
        }
    }
}
