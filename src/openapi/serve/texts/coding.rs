use std::borrow::Cow;

use serde::de::Error as _;
use serde_json::Error;

use crate::rest::{NOT_UTF8, form_decode, percent_decode};

/// How texts are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::openapi::serve) enum Coding {
    /// Percent-encoding: paths and cookies.
    Percent,
    /// The same with `+` for blanks: queries and forms.
    Form,
    /// Not at all: headers, and the cookies of the style `cookie`.
    Plain,
}

impl Coding {
    pub(in crate::openapi::serve) fn decode(self, raw: &str) -> Result<Cow<'_, str>, Error> {
        let decoded = match self {
            Self::Percent => percent_decode(raw),
            Self::Form => form_decode(raw),
            Self::Plain => return Ok(Cow::Borrowed(raw)),
        };
        decoded.map_err(|_| Error::custom(NOT_UTF8))
    }
}
