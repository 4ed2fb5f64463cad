//! Public keys of an authorization server (RFC 7517, RFC 7518), and signatures.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512,
    RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use serde_json::Value;

/// As many keys of a server as are looked at.
const MAX_KEYS: usize = 64;

/// How a token is signed: by a private key, never by a secret that both sides know.
#[derive(Clone, Copy)]
pub(super) struct Algorithm {
    name: &'static str,
    method: Method,
}

#[derive(Clone, Copy)]
enum Method {
    Rsa(&'static RsaParameters),
    Curve(Curve, &'static dyn VerificationAlgorithm),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Curve {
    P256,
    P384,
    Ed25519,
}

const ALGORITHMS: [Algorithm; 10] = [
    Algorithm { name: "RS256", method: Method::Rsa(&RSA_PKCS1_2048_8192_SHA256) },
    Algorithm { name: "RS384", method: Method::Rsa(&RSA_PKCS1_2048_8192_SHA384) },
    Algorithm { name: "RS512", method: Method::Rsa(&RSA_PKCS1_2048_8192_SHA512) },
    Algorithm { name: "PS256", method: Method::Rsa(&RSA_PSS_2048_8192_SHA256) },
    Algorithm { name: "PS384", method: Method::Rsa(&RSA_PSS_2048_8192_SHA384) },
    Algorithm { name: "PS512", method: Method::Rsa(&RSA_PSS_2048_8192_SHA512) },
    Algorithm { name: "ES256", method: Method::Curve(Curve::P256, &ECDSA_P256_SHA256_FIXED) },
    Algorithm { name: "ES384", method: Method::Curve(Curve::P384, &ECDSA_P384_SHA384_FIXED) },
    Algorithm { name: "EdDSA", method: Method::Curve(Curve::Ed25519, &ED25519) },
    Algorithm { name: "Ed25519", method: Method::Curve(Curve::Ed25519, &ED25519) },
];

impl Algorithm {
    pub(super) fn parse(name: &str) -> Option<Self> {
        ALGORITHMS.into_iter().find(|algorithm| algorithm.name == name)
    }
}

/// A key that signatures can be checked with.
pub(super) struct Key {
    id: Option<String>,
    /// The only algorithm that the key is for.
    algorithm: Option<String>,
    material: Material,
}

enum Material {
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    Curve(Curve, Vec<u8>),
}

/// The keys of a document that can be used here. `None`: it is no list of keys.
pub(super) fn read(document: &[u8]) -> Option<Vec<Key>> {
    let document: Value = serde_json::from_slice(document).ok()?;
    let keys = document.get("keys")?.as_array()?;
    Some(keys.iter().take(MAX_KEYS).filter_map(Key::read).collect())
}

impl Key {
    fn read(key: &Value) -> Option<Self> {
        let text = |name: &str| key.get(name).and_then(Value::as_str);
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?.trim_end_matches('=')).ok();
        let operations = key.get("key_ops").and_then(Value::as_array);
        let verifies =
            operations.is_none_or(|operations| operations.iter().any(|operation| operation.as_str() == Some("verify")));
        if text("use").is_some_and(|usage| usage != "sig") || !verifies {
            return None;
        }
        let material = match (text("kty")?, text("crv")) {
            ("RSA", _) => Material::Rsa { modulus: without_zeros(bytes("n")?), exponent: without_zeros(bytes("e")?) },
            ("EC", Some("P-256")) => Material::Curve(Curve::P256, point(&bytes("x")?, &bytes("y")?)),
            ("EC", Some("P-384")) => Material::Curve(Curve::P384, point(&bytes("x")?, &bytes("y")?)),
            ("OKP", Some("Ed25519")) => Material::Curve(Curve::Ed25519, bytes("x")?),
            _ => return None,
        };
        Some(Self { id: text("kid").map(str::to_owned), algorithm: text("alg").map(str::to_owned), material })
    }

    /// Whether a token with this header may be signed with the key. Its kind decides, not what the token says.
    pub(super) fn fits(&self, id: Option<&str>, algorithm: Algorithm) -> bool {
        let is_of_kind = match (&self.material, algorithm.method) {
            (Material::Rsa { .. }, Method::Rsa(_)) => true,
            (Material::Curve(own, _), Method::Curve(wanted, _)) => *own == wanted,
            _ => false,
        };
        let is_meant = self.algorithm.as_deref().is_none_or(|own| own == algorithm.name);
        let is_named = id.is_none_or(|id| self.id.as_deref().is_none_or(|own| own == id));
        is_of_kind && is_meant && is_named
    }

    pub(super) fn verify(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match (&self.material, algorithm.method) {
            (Material::Rsa { modulus, exponent }, Method::Rsa(parameters)) => {
                RsaPublicKeyComponents { n: modulus, e: exponent }.verify(parameters, message, signature).is_ok()
            }
            (Material::Curve(own, point), Method::Curve(wanted, method)) if *own == wanted => {
                UnparsedPublicKey::new(method, point).verify(message, signature).is_ok()
            }
            _ => false,
        }
    }
}

fn without_zeros(bytes: Vec<u8>) -> Vec<u8> {
    bytes.into_iter().skip_while(|byte| *byte == 0).collect()
}

/// A point in the form that is not compressed (SEC 1, section 2.3.3).
fn point(x: &[u8], y: &[u8]) -> Vec<u8> {
    [&[4], x, y].concat()
}
