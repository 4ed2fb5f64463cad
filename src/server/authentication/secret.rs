use std::fmt;

use ring::digest::{SHA256, digest};
use subtle::ConstantTimeEq as _;

/// What a caller must know. How long a comparison takes says nothing about it, not even its length: hashes are compared.
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn new(text: &str) -> Self {
        Self(hash(text.as_bytes()))
    }

    pub(crate) fn is(&self, given: &[u8]) -> bool {
        self.0.ct_eq(&hash(given)).into()
    }
}

/// A hash that tells nothing of what it is of.
pub(super) fn hash(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}
