//! `format: byte`: bytes that are base64 on the wire.

use std::fmt;

/// Bytes that are base64 text on the wire (RFC 4648, section 4).
///
/// Reading accepts the alphabet for URLs and missing padding as well, which servers send.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

/// Text that is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not base64")]
pub struct InvalidBase64;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Base64 {
    /// Reads base64 text; line breaks in it are skipped.
    ///
    /// # Errors
    ///
    /// [`InvalidBase64`] for characters outside the alphabets and for a length that no bytes have.
    pub fn decode(text: &str) -> Result<Self, InvalidBase64> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
        let (mut bits, mut count) = (0_u32, 0_u32);
        let body = text.trim_end_matches(['=', '\r', '\n']);
        for byte in body.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')) {
            bits = bits << 6 | u32::from(sextet(byte).ok_or(InvalidBase64)?);
            count += 1;
            if count == 4 {
                bytes.extend_from_slice(&bits.to_be_bytes()[1..]);
                (bits, count) = (0, 0);
            }
        }
        match count {
            0 => {}
            2 => bytes.push((bits >> 4).to_be_bytes()[3]),
            3 => bytes.extend_from_slice(&(bits >> 2).to_be_bytes()[2..]),
            _ => return Err(InvalidBase64),
        }
        Ok(Self(bytes))
    }

    /// The text on the wire, with padding.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for chunk in self.0.chunks(3) {
            let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let index = bits >> (18 - 6 * place) & 63;
                text.push(if place <= chunk.len() { char::from(ALPHABET[index as usize]) } else { '=' });
            }
        }
        text
    }
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
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
