//! From bytes to text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use super::FormatError;

/// The text of bytes: in the encoding of their byte order mark, else in that of the media type's `charset`, else in the
/// one that the text itself declares, else in UTF-8.
pub(super) fn decode<'b>(
    bytes: &'b [u8],
    media_type: Option<&str>,
    declared: impl FnOnce(&[u8]) -> Option<String>,
) -> Result<Cow<'b, str>, FormatError> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => match media_type.and_then(charset).or_else(|| declared(bytes)) {
            Some(label) => (named(&label)?, bytes),
            None => (UTF_8, bytes),
        },
    };
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or(FormatError::NotEncoded(encoding.name()))
}

fn named(label: &str) -> Result<&'static Encoding, FormatError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| FormatError::UnknownCharset(label.chars().take(40).collect()))
}

/// The parameter `charset` of a media type.
fn charset(media_type: &str) -> Option<String> {
    let (_, value) = media_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], media_type: &str) -> Result<String, FormatError> {
        decode(bytes, Some(media_type), |_| None).map(Cow::into_owned)
    }

    #[test]
    fn marks_go_before_parameters_and_parameters_before_declarations() {
        assert_eq!(decoded("ä".as_bytes(), "text/csv").unwrap(), "ä");
        assert_eq!(decoded(b"\xe4", "text/csv; header=present; Charset=\"ISO-8859-1\"").unwrap(), "ä");
        assert_eq!(decoded(b"\xef\xbb\xbf\xc3\xa4", "text/csv; charset=iso-8859-1").unwrap(), "ä");
        assert_eq!(decoded(b"\xff\xfea\0", "text/csv").unwrap(), "a");
        assert_eq!(decode(b"\xe4", None, |_| Some("latin1".to_owned())).unwrap(), "ä");
    }

    #[test]
    fn what_cannot_be_decoded_is_refused() {
        assert_eq!(decoded(b"\xe4", "text/csv"), Err(FormatError::NotEncoded("UTF-8")));
        assert_eq!(decoded(b"a", "text/csv; charset=klingon"), Err(FormatError::UnknownCharset("klingon".to_owned())));
    }
}
