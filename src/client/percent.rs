//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986, section 2.3).
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is in no URL, and `#`, which ends what is sent of one.
pub(crate) const IN_NO_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What cannot stand in the text of a path (RFC 3986, section 3.3), but for `%`: the file may have encoded it already.
pub(crate) const IN_NO_PATH: &AsciiSet = &IN_NO_URL.add(b'?');

/// Percent-encodes a value for a segment of a path.
pub(crate) fn encode_value(value: &str) -> Cow<'_, str> {
    // Most values need nothing, and that is quicker to see than to encode them.
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')) {
        return Cow::Borrowed(value);
    }
    utf8_percent_encode(value, RESERVED).into()
}

/// Percent-encodes what the text of a path may not contain.
pub(crate) fn encode_path_text(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, IN_NO_PATH).into()
}
