use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// The key by which an MCP surface recognises what it has given to a client to keep (`requestState`, MCP 2026-07-28).
///
/// ```
/// use capsmith::RequestStateKey;
///
/// assert!(RequestStateKey::new("too short").is_none());
/// ```
#[derive(Clone)]
pub struct RequestStateKey(SecretString);

impl RequestStateKey {
    /// How many bytes it has at least.
    pub const MIN_LENGTH: usize = 32;

    /// A key. `None`: it has less than [`MIN_LENGTH`](Self::MIN_LENGTH) bytes, which can be guessed.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Option<Self> {
        let key = key.into();
        (key.len() >= Self::MIN_LENGTH).then(|| Self(key.into()))
    }

    #[cfg(feature = "mcp")]
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for RequestStateKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// Without the key.
impl fmt::Debug for RequestStateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RequestStateKey(…)")
    }
}
