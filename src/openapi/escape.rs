//! Which characters of values are percent-encoded.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::form_urlencoded::byte_serialize;

use crate::client::{IN_NO_PATH, IN_NO_URL, RESERVED};

/// What must be encoded in a query although reserved characters are allowed: what is in no URL, what ends the query,
/// and what would begin another pair or mean a blank.
const DELIMITERS: &AsciiSet = &IN_NO_URL.add(b'&').add(b'+');

/// The same for a path, in which `/` begins another segment.
const PATH_DELIMITERS: &AsciiSet = &IN_NO_PATH.add(b'/');

/// What ends the path of a URL, and what is in no URL.
const SERVER_DELIMITERS: &AsciiSet = &CONTROLS.add(b' ').add(b'#').add(b'?');

/// How values are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// Everything but unreserved characters.
    All,
    /// Reserved characters stay as they are where they can, and so does what is encoded already (RFC 6570, section
    /// 3.2.3).
    Query,
    /// As [`Query`](Self::Query), in a path.
    Path,
    /// `application/x-www-form-urlencoded` (WHATWG URL, section 5.2).
    Form,
    /// What could end a URL or its path, for the variables of a server.
    Server,
    /// Nothing.
    Nothing,
}

impl Escape {
    pub(super) fn push(self, text: &str, to: &mut String) {
        match self {
            Self::All => to.extend(utf8_percent_encode(text, RESERVED)),
            Self::Query => keep_triplets(text, DELIMITERS, to),
            Self::Path => keep_triplets(text, PATH_DELIMITERS, to),
            Self::Server => to.extend(utf8_percent_encode(text, SERVER_DELIMITERS)),
            Self::Form => to.extend(byte_serialize(text.as_bytes())),
            Self::Nothing => to.push_str(text),
        }
    }
}

fn keep_triplets(text: &str, set: &'static AsciiSet, to: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        to.extend(utf8_percent_encode(&rest[..at], set));
        let is_triplet =
            rest.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        to.push_str(if is_triplet { "%" } else { "%25" });
        rest = &rest[at + 1..];
    }
    to.extend(utf8_percent_encode(rest, set));
}
