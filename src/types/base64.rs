//! `format: byte`: bytes that are base64 on the wire.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Bytes that are base64 text on the wire (RFC 4648, section 4).
///
/// Reading accepts the alphabet for URLs and missing padding as well, which servers send.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

/// Text that is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not base64")]
pub struct InvalidBase64;

/// Reads what servers send: padding may be missing, and bits that no byte needs are not looked at.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl Base64 {
    /// Reads base64 text; line breaks in it are skipped.
    ///
    /// # Errors
    ///
    /// [`InvalidBase64`] for characters outside the alphabets and for a length that no bytes have.
    pub fn decode(text: &str) -> Result<Self, InvalidBase64> {
        let is_plain = !text.contains(['-', '_', '\r', '\n']);
        let bytes = if is_plain { LENIENT.decode(text) } else { LENIENT.decode(plain(text)) };
        bytes.map(Self).map_err(|_| InvalidBase64)
    }

    /// The text on the wire, with padding.
    #[must_use]
    pub fn encode(&self) -> String {
        LENIENT.encode(&self.0)
    }
}

/// The text in the standard alphabet, without line breaks.
fn plain(text: &str) -> Vec<u8> {
    let kept = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n'));
    kept.map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => byte,
    })
    .collect()
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Base64").field(&self.encode()).finish()
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648_pass_both_ways() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            let value = Base64(bytes.as_bytes().to_vec());
            assert_eq!(value.encode(), text);
            assert_eq!(Base64::decode(text), Ok(value.clone()));
            assert_eq!(Base64::decode(text.trim_end_matches('=')), Ok(value));
        }
    }

    #[test]
    fn the_alphabet_for_urls_and_line_breaks_are_read() {
        assert_eq!(Base64::decode("-_8="), Base64::decode("+/8="));
        assert_eq!(Base64::decode("Zm9v\r\nYmFy\r\n"), Ok(Base64(b"foobar".to_vec())));
        assert_eq!(Base64::decode("Zg=\n="), Ok(Base64(b"f".to_vec())));
    }

    #[test]
    fn other_text_is_refused() {
        assert_eq!(Base64::decode("Z"), Err(InvalidBase64));
        assert_eq!(Base64::decode("Zm9v Yg"), Err(InvalidBase64));
        assert_eq!(Base64::decode("Zg==Zg=="), Err(InvalidBase64));
    }
}
