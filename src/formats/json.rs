//! JSON itself.

use serde_json::Value;

use super::FormatError;
use super::limits::{MAX_MEMORY, VALUE};

/// A text of fewer bytes cannot take too much memory: each value has two, itself and what separates it from the next.
const HARMLESS: usize = MAX_MEMORY / (VALUE / 2 + 1);

pub(super) fn read(bytes: &[u8]) -> Result<Value, FormatError> {
    // JSON is in UTF-8 (RFC 8259, section 8.1), whatever a media type says; some upstreams put a mark before it.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > HARMLESS && values(bytes).saturating_mul(VALUE).saturating_add(bytes.len()) > MAX_MEMORY {
        return Err(FormatError::TooLarge { limit: MAX_MEMORY });
    }
    serde_json::from_slice(bytes).map_err(|error| FormatError::Malformed {
        format: "JSON",
        line: u64::try_from(error.line()).ok(),
        message: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
    })
}

/// How many values there are at most: each stands behind one of these characters, but for the first.
fn values(bytes: &[u8]) -> usize {
    let (mut values, mut is_text) = (1, false);
    let mut bytes = bytes.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => is_text = !is_text,
            b'\\' if is_text => drop(bytes.next()),
            b',' | b'[' | b'{' if !is_text => values += 1,
            _ => {}
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_and_their_text_is_not() {
        for (text, expected) in
            [("7", 1), ("[]", 2), ("[1,2]", 3), (r#"{"a":[{"b":1},2]}"#, 5), (r#"[",,[{\",{",{}]"#, 4)]
        {
            assert_eq!(values(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn what_takes_too_much_memory_is_not_read() {
        let zeros = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
        assert_eq!(read(zeros(MAX_MEMORY / VALUE).as_bytes()), Err(FormatError::TooLarge { limit: MAX_MEMORY }));
        let text = format!("\"{}\"", ",".repeat(2 * HARMLESS));
        assert_eq!(read(text.as_bytes()).unwrap().as_str().map(str::len), Some(2 * HARMLESS));
    }
}
