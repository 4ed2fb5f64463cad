//! Templates with the bind variables filled in, once, when the client is built.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::arguments::Arguments;
use crate::config::Values;
use crate::description::{Piece, Template};

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What cannot stand in the text of a path (RFC 3986, section 3.3), but for `%`: the file may have encoded it already.
const PATH_TEXT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Percent-encodes a value for a segment of a path.
pub(crate) fn encode_value(value: &str) -> Cow<'_, str> {
    // Most values need nothing, and that is quicker to see than to encode them.
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')) {
        return Cow::Borrowed(value);
    }
    utf8_percent_encode(value, VALUE).into()
}

/// Percent-encodes what the text of a path may not contain.
pub(crate) fn encode_path_text(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, PATH_TEXT).into()
}

/// A template that only inputs are missing from.
#[derive(Clone, Debug)]
pub(crate) struct Bound(pub(crate) Vec<BoundPiece>);

#[derive(Clone, Debug)]
pub(crate) enum BoundPiece {
    Text(String),
    Input(usize),
}

impl Bound {
    /// Fills a template; `None` when a secret is absent.
    pub(crate) fn plain(template: Template, values: &Values) -> Option<Self> {
        Self::fill(template, values, |text| Cow::Borrowed(text), |value| Cow::Borrowed(value))
    }

    /// Fills the template of a path; `None` when a secret is absent.
    pub(crate) fn path(template: Template, values: &Values) -> Option<Self> {
        Self::fill(template, values, encode_path_text, encode_value)
    }

    fn fill(
        template: Template,
        values: &Values,
        encode_text: fn(&str) -> Cow<'_, str>,
        encode_bind: fn(&str) -> Cow<'_, str>,
    ) -> Option<Self> {
        let mut pieces: Vec<BoundPiece> = Vec::with_capacity(template.len());
        for piece in template {
            let text = match *piece {
                Piece::Text(text) => encode_text(text),
                Piece::Bind(bind) => encode_bind(values.secret(bind)?),
                Piece::Input(input) => {
                    pieces.push(BoundPiece::Input(input));
                    continue;
                }
            };
            match pieces.last_mut() {
                Some(BoundPiece::Text(last)) => last.push_str(&text),
                _ => pieces.push(BoundPiece::Text(text.into_owned())),
            }
        }
        Some(Self(pieces))
    }

    /// The text, if no input is part of it.
    pub(crate) fn fixed(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [BoundPiece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with the inputs, as they are; `None` when one is absent.
    pub(crate) fn render(&self, arguments: &Arguments) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                BoundPiece::Text(part) => text.push_str(part),
                BoundPiece::Input(input) => text.push_str(&arguments.get(*input)?.to_text()),
            }
        }
        Some(text)
    }
}
