//! Percent-encoded texts of requests.

use std::borrow::Cow;
use std::str::Utf8Error;

use percent_encoding::percent_decode_str;

/// What is wrong with a text that cannot be decoded.
pub(crate) const NOT_UTF8: &str = "must be percent-encoded UTF-8";

/// Decodes percent-encoding (RFC 3986, section 2.1).
pub(crate) fn percent_decode(text: &str) -> Result<Cow<'_, str>, Utf8Error> {
    if text.contains('%') { percent_decode_str(text).decode_utf8() } else { Ok(Cow::Borrowed(text)) }
}

/// Decodes `application/x-www-form-urlencoded`, in which `+` is a blank.
pub(crate) fn form_decode(text: &str) -> Result<Cow<'_, str>, Utf8Error> {
    if text.contains('+') {
        percent_decode(&text.replace('+', " ")).map(|text| Cow::Owned(text.into_owned()))
    } else {
        percent_decode(text)
    }
}
