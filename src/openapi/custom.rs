//! Answers of types that this crate does not know.

use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::{Answer, Content, Received};
use super::inputs::IntoItems;
use crate::client::DecodeCause;
use crate::{ClientError, DecodeError};

/// An answer that is a type of yours, where a setting puts it in place of a schema: `types = { Id = "uuid::Uuid" }`.
///
/// ```
/// use capsmith::openapi::Custom;
///
/// let answer = Custom("0f4c");
/// assert_eq!(answer.len(), 4);
/// assert_eq!(answer.0, "0f4c");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Custom<T>(pub T);

impl<T> Deref for Custom<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Custom<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: DeserializeOwned> Answer for Custom<T> {
    fn read(_: usize, received: Received) -> Result<Self, ClientError> {
        let is_text = received.is_text();
        let Content::Bytes(body) = received.content else {
            return Err(ClientError::UnexpectedContent { operation: received.operation, status: received.status });
        };
        let json = || serde_json::from_slice(if body.is_empty() { b"null" } else { &body[..] });
        let value = if is_text {
            // A text that its server does not quote, or JSON that it does not call so.
            T::deserialize(Value::String(String::from_utf8_lossy(&body).into_owned()))
                .or_else(|error| json().map_err(|_| error))
        } else {
            json()
        };
        value.map(Self).map_err(|error| {
            let cause = DecodeCause::Json(error);
            ClientError::Decode(Box::new(DecodeError::new(
                received.operation,
                received.status,
                received.headers,
                body.clone(),
                cause,
            )))
        })
    }
}

impl<T, I: IntoItems<T>> IntoItems<T> for Custom<I> {
    fn into_items(self) -> Vec<T> {
        self.0.into_items()
    }
}
