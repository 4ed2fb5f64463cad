//! Signed tokens (RFC 7519, RFC 7515).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::keys::{Algorithm, Key};
use super::refusal::Refusal;

/// As long as a token may be.
const MAX_LENGTH: usize = 16 * 1024;

pub(super) const UNKNOWN_KEY: Refusal = Refusal::Invalid("it is signed with an unknown key");

/// A token whose signature has not been checked, so that its claims cannot be read yet.
pub(super) struct Token<'t> {
    algorithm: Algorithm,
    key: Option<String>,
    /// What is signed.
    message: &'t str,
    claims: &'t str,
    signature: Vec<u8>,
}

impl<'t> Token<'t> {
    pub(super) fn parse(text: &'t str) -> Result<Self, Refusal> {
        if text.len() > MAX_LENGTH {
            return Err(Refusal::Invalid("it is too long"));
        }
        Self::read(text).ok_or(Refusal::Invalid("it is no signed token of a kind that is accepted"))
    }

    fn read(text: &'t str) -> Option<Self> {
        let (message, signature) = text.rsplit_once('.')?;
        let (header, claims) = message.split_once('.')?;
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        let word = |name: &str| header.get(name).and_then(Value::as_str);
        let kind = word("typ").map(str::to_ascii_lowercase);
        let is_access_token =
            kind.is_none_or(|kind| matches!(kind.trim_start_matches("application/"), "jwt" | "at+jwt"));
        // An extension that must be understood is not (RFC 7515, section 4.1.11).
        if claims.contains('.') || !is_access_token || header.get("crit").is_some() {
            return None;
        }
        Some(Self {
            algorithm: Algorithm::parse(word("alg")?)?,
            key: word("kid").map(str::to_owned),
            message,
            claims,
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    pub(super) fn may_be_signed_by(&self, keys: &[Key]) -> bool {
        keys.iter().any(|key| key.fits(self.key.as_deref(), self.algorithm))
    }

    /// The claims, if one of the keys has signed them.
    pub(super) fn verify(&self, keys: &[Key]) -> Result<Value, Refusal> {
        if !self.may_be_signed_by(keys) {
            return Err(UNKNOWN_KEY);
        }
        let mut keys = keys.iter().filter(|key| key.fits(self.key.as_deref(), self.algorithm));
        if !keys.any(|key| key.verify(self.algorithm, self.message.as_bytes(), &self.signature)) {
            return Err(Refusal::Invalid("its signature is wrong"));
        }
        let claims = URL_SAFE_NO_PAD.decode(self.claims).ok().and_then(|claims| serde_json::from_slice(&claims).ok());
        claims.filter(Value::is_object).ok_or(Refusal::Invalid("it has no claims"))
    }
}
