//! JSON text that is carried without being parsed.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

/// A JSON document as text: known to be valid, parsed only when someone asks.
///
/// ```
/// use capsmith::Json;
/// use serde_json::json;
///
/// let body = Json::from(json!({"name": "nightly"}));
/// assert_eq!(body.as_str(), r#"{"name":"nightly"}"#);
/// assert!(Json::parse("{").is_err());
/// ```
#[derive(Clone)]
pub struct Json(Bytes);

impl Json {
    /// Checks JSON text (RFC 8259) and keeps it as it is. It may have 127 levels of lists and objects, as many as this crate
    /// reads into values: whoever gets the text must be able to read it, too.
    ///
    /// # Errors
    ///
    /// The first violation of the syntax, with line and column; more levels than there may be.
    pub fn parse(text: impl Into<Bytes>) -> Result<Self, serde_json::Error> {
        let bytes = text.into();
        match std::str::from_utf8(&bytes) {
            Ok(text) => serde_json::from_str::<IgnoredAny>(text)?,
            // The parser reports where the text stops being UTF-8 only when it builds strings.
            Err(_) => return Err(invalid_utf8(&bytes)),
        };
        if has_more_levels(&bytes, MAX_LEVELS) {
            return Err(serde::de::Error::custom(format_args!("there are more than {MAX_LEVELS} levels")));
        }
        Ok(Self(bytes))
    }

    /// The JSON form of a value.
    ///
    /// # Errors
    ///
    /// When the value has no JSON form, such as a map whose keys are not text.
    pub fn serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        Ok(Self(serde_json::to_vec(value)?.into()))
    }

    /// `null`.
    #[must_use]
    pub const fn null() -> Self {
        Self(Bytes::from_static(b"null"))
    }

    /// Reads the document into a type.
    ///
    /// # Errors
    ///
    /// When the document does not fit the type, with line and column.
    pub fn deserialize<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.0)
    }

    /// The document as a tree.
    ///
    /// # Errors
    ///
    /// When the document nests deeper than 128 levels or has a number that cannot be represented.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        self.deserialize()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Checked when the value was made, and not copied since.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The text as bytes, without a copy.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// The first character that is not blank, which tells the kind of the document.
    pub(crate) fn first(&self) -> u8 {
        self.0.iter().copied().find(|byte| !byte.is_ascii_whitespace()).unwrap_or_default()
    }
}

/// What `serde_json` reads into values.
const MAX_LEVELS: usize = 127;

/// Whether a valid text has lists and objects within each other deeper than `limit`.
fn has_more_levels(text: &[u8], limit: usize) -> bool {
    // Each level has a beginning and an end.
    if text.len() <= 2 * limit {
        return false;
    }
    let (mut level, mut bytes) = (0_usize, text.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => {
                while bytes.next().is_some_and(|byte| *byte != b'"' && (*byte != b'\\' || bytes.next().is_some())) {}
            }
            b'[' | b'{' if level == limit => return true,
            b'[' | b'{' => level += 1,
            b']' | b'}' => level = level.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Has the parser find the place of bytes that are not UTF-8.
fn invalid_utf8(bytes: &[u8]) -> serde_json::Error {
    match serde_json::from_slice::<Value>(bytes) {
        Err(error) => error,
        Ok(_) => serde::de::Error::custom("the text is not UTF-8"),
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(value.to_string().into())
    }
}

/// Equal as documents: blanks do not count, nor does the order of an object's members.
impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || matches!((self.to_value(), other.to_value()), (Ok(this), Ok(that)) if this == that)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Json({})", self.as_str())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reports_where_the_syntax_breaks() {
        let error = Json::parse("{\n  \"a\": trx\n}").unwrap_err();
        assert_eq!((error.line(), error.column()), (2, 10));
        assert!(Json::parse("").is_err());
        assert!(Json::parse("1 2").is_err());
        assert!(Json::parse(Bytes::from_static(b"\"\xff\"")).is_err());
    }

    #[test]
    fn levels_are_counted_and_not_brackets() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(Json::parse(nested(MAX_LEVELS)).unwrap().to_value().is_ok());
        assert!(Json::parse(nested(MAX_LEVELS + 1)).unwrap_err().to_string().contains("127 levels"));
        assert!(Json::parse(format!("[{}]", vec!["{}"; 500].join(","))).is_ok());
        let text = Json::from(json!(["[".repeat(500), "\"[{\\".repeat(500), nested(100)]));
        assert!(Json::parse(text.into_bytes()).is_ok());
        assert!(Json::parse(format!(r#"{{"a\\\"": {}}}"#, nested(MAX_LEVELS))).is_err());
    }

    #[test]
    fn keeps_the_text_and_compares_documents() {
        let document = Json::parse(r#" {"b": 1, "a": [1.0]} "#).unwrap();
        assert_eq!(document.as_str(), r#" {"b": 1, "a": [1.0]} "#);
        assert_eq!(document, Json::from(json!({"a": [1.0], "b": 1})));
        assert_ne!(document, Json::null());
        assert_eq!(document.first(), b'{');
    }
}
