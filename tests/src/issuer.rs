//! An authorization server, and the tokens that it signs.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use capsmith::Value;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
    RSA_PKCS1_SHA256, RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
};
use serde_json::json;

use crate::recorder::{Answer, Recorder};

/// What signs tokens.
pub enum Signer {
    /// ES256
    P256(EcdsaKeyPair),
    /// ES384
    P384(EcdsaKeyPair),
    /// `EdDSA`
    Ed25519(Ed25519KeyPair),
    /// A key with the name of its algorithm.
    Rsa(Box<RsaKeyPair>, &'static str, &'static dyn RsaEncoding),
}

impl Signer {
    /// A key of the curve P-256.
    pub fn p256() -> Self {
        let (method, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(method, &random).unwrap();
        Self::P256(EcdsaKeyPair::from_pkcs8(method, key.as_ref(), &random).unwrap())
    }

    /// A key of the curve P-384.
    pub fn p384() -> Self {
        let (method, random) = (&ECDSA_P384_SHA384_FIXED_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(method, &random).unwrap();
        Self::P384(EcdsaKeyPair::from_pkcs8(method, key.as_ref(), &random).unwrap())
    }

    /// A key of the curve Ed25519.
    pub fn ed25519() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Ed25519(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap())
    }

    /// Keys of RSA, made by OpenSSL; none where it is not installed.
    pub fn rsa() -> Vec<Self> {
        let mut command = std::process::Command::new("openssl");
        command.args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-outform", "DER"]);
        let Some(output) = command.output().ok().filter(|output| output.status.success()) else {
            eprintln!("openssl is not installed");
            return Vec::new();
        };
        // Versions of OpenSSL disagree about the form.
        let read = || RsaKeyPair::from_pkcs8(&output.stdout).or_else(|_| RsaKeyPair::from_der(&output.stdout));
        let key = || Box::new(read().unwrap());
        vec![Self::Rsa(key(), "RS256", &RSA_PKCS1_SHA256), Self::Rsa(key(), "PS512", &RSA_PSS_SHA512)]
    }

    /// What tokens say they are signed by.
    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::P256(_) => "ES256",
            Self::P384(_) => "ES384",
            Self::Ed25519(_) => "EdDSA",
            Self::Rsa(_, name, _) => name,
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::P256(key) | Self::P384(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Self::Ed25519(key) => key.sign(message).as_ref().to_vec(),
            Self::Rsa(key, _, encoding) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(*encoding, &random, message, &mut signature).unwrap();
                signature
            }
        }
    }

    /// The public key as servers publish it.
    pub fn public(&self, id: &str) -> Value {
        let point = |key: &EcdsaKeyPair, curve: &str| {
            let point = key.public_key().as_ref()[1..].to_vec();
            let (x, y) = point.split_at(point.len() / 2);
            json!({"kty": "EC", "crv": curve, "x": encoded(x), "y": encoded(y), "kid": id})
        };
        match self {
            Self::P256(key) => point(key, "P-256"),
            Self::P384(key) => point(key, "P-384"),
            Self::Ed25519(key) => {
                json!({"kty": "OKP", "crv": "Ed25519", "x": encoded(key.public_key().as_ref()), "kid": id})
            }
            Self::Rsa(key, name, _) => {
                let public = key.public();
                let public = ring::rsa::PublicKeyComponents::<Vec<u8>>::from(public);
                json!({"kty": "RSA", "n": encoded(&public.n), "e": encoded(&public.e), "kid": id, "alg": name, "use": "sig"})
            }
        }
    }

    /// A signed token.
    pub fn token(&self, id: &str, claims: &Value) -> String {
        self.token_with(&json!({"alg": self.algorithm(), "kid": id, "typ": "at+jwt"}), claims)
    }

    /// The same with a header of any kind.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encoded(header.to_string().as_bytes()), encoded(claims.to_string().as_bytes()));
        let signature = encoded(&self.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }
}

/// Bytes as tokens have them.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A server that gives out keys, and says what tokens are.
pub struct Issuer {
    /// What it is asked.
    pub recorder: Recorder,
    /// The keys that it publishes.
    pub keys: Arc<Mutex<Vec<Value>>>,
    /// What it says of a token.
    pub said: Arc<Mutex<Option<Value>>>,
}

impl Issuer {
    /// One with these keys.
    pub async fn new(keys: Vec<Value>) -> Self {
        let url = Arc::new(Mutex::new(String::new()));
        let (keys, said) = (Arc::new(Mutex::new(keys)), Arc::new(Mutex::new(None)));
        let (own, published, says) = (Arc::clone(&url), Arc::clone(&keys), Arc::clone(&said));
        let recorder = Recorder::new(move |request| {
            let url = own.lock().unwrap();
            let answer = match request.target.as_str() {
                "/.well-known/oauth-authorization-server/tenant" => json!({
                    "issuer": format!("{url}/tenant"),
                    "jwks_uri": format!("{url}/keys"),
                    "introspection_endpoint": format!("{url}/introspect"),
                }),
                "/keys" => json!({"keys": *published.lock().unwrap()}),
                "/introspect" => match says.lock().unwrap().clone() {
                    Some(said) => said,
                    None => return Answer::status(500),
                },
                _ => return Answer::status(404),
            };
            Answer::json(answer.to_string()).after(Duration::from_millis(20))
        })
        .await;
        recorder.url().clone_into(&mut url.lock().unwrap());
        Self { recorder, keys, said }
    }

    /// Who it is.
    pub fn name(&self) -> String {
        format!("{}/tenant", self.recorder.url())
    }

    /// The claims of a token that is accepted.
    pub fn claims(&self) -> Value {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        json!({
            "iss": self.name(),
            "aud": ["other", "https://things.example/mcp"],
            "sub": "somebody",
            "exp": now + 600,
            "nbf": now - 1,
            "scope": "read other things",
        })
    }

    /// How often it was asked for a path.
    pub fn asked(&self, target: &str) -> usize {
        self.recorder.targets().iter().filter(|found| *found == target).count()
    }
}
