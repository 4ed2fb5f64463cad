//! Digest access authentication of callers (RFC 7616).

use std::time::Instant;

use axum::extract::{OriginalUri, Request};
use http::{Extensions, Uri};
use secrecy::{ExposeSecret as _, SecretString};
use subtle::ConstantTimeEq as _;

use super::given;
use super::guard::{MISSING, WRONG, unauthorized};
use super::nonces::{Nonces, Use};
use crate::Problem;
use crate::digest::{Algorithm, Exchange, Hash, Parameters, quoted, schemes};

/// The hashes that are offered, the better one first. All clients know the other.
const OFFERED: [Hash; 2] = [Hash::Sha256, Hash::Md5];

pub(crate) const STALE: &str = "The digest is made with a nonce that cannot be used any more.";

/// What an answer to a challenge is worth.
pub(crate) enum Proof {
    Right,
    Wrong,
    /// Whoever made it knows the password, but its nonce cannot be used any more.
    Stale,
}

/// A user name and password, and the nonces that have been given out.
pub(crate) struct Digest {
    realm: &'static str,
    username: String,
    /// For each of [`OFFERED`], the hash of user name, realm and password.
    logins: [SecretString; 2],
    nonces: Nonces,
}

impl Digest {
    /// `None`: the system has no randomness.
    pub(crate) fn new(realm: &'static str, username: String, password: &str) -> Option<Self> {
        let login = |hash: Hash| SecretString::from(hash.of(&[&username, realm, password]));
        let logins = OFFERED.map(login);
        Some(Self { realm, username, logins, nonces: Nonces::new()? })
    }

    pub(super) fn admit(&self, request: &mut Request) -> Result<(), Problem> {
        let method = request.method().as_str().to_owned();
        let target = target(request.uri(), request.extensions());
        let Some(given) = given::take_authorization(request, "Digest") else {
            return Err(unauthorized(MISSING, &self.challenges(false)));
        };
        match self.check(&given, &method, &target) {
            Proof::Right => Ok(()),
            Proof::Wrong => Err(unauthorized(WRONG, &self.challenges(false))),
            Proof::Stale => Err(unauthorized(STALE, &self.challenges(true))),
        }
    }

    /// Checks what follows the name of the scheme in a request for a target.
    pub(crate) fn check(&self, given: &str, method: &str, target: &str) -> Proof {
        let answer = schemes(&format!("Digest {given}"));
        let Some(answer) = answer.first().filter(|answer| self.is_right(answer, method, target)) else {
            return Proof::Wrong;
        };
        let count = answer.get("nc").and_then(|count| u32::from_str_radix(count, 16).ok());
        let nonce = answer.get("nonce").unwrap_or_default();
        match count.map_or(Use::Stale, |count| self.nonces.take(nonce, count, Instant::now())) {
            Use::First => Proof::Right,
            Use::Stale => Proof::Stale,
        }
    }

    /// Whether an answer knows the password and is about this request.
    fn is_right(&self, answer: &Parameters, method: &str, target: &str) -> bool {
        let get = |name| answer.get(name).unwrap_or_default();
        let Some(algorithm) = Algorithm::parse(answer.get("algorithm")) else { return false };
        let offered = OFFERED.iter().position(|hash| *hash == algorithm.hash);
        let Some(login) = offered.and_then(|index| self.logins.get(index)) else { return false };
        let is_named = if get("userhash").eq_ignore_ascii_case("true") {
            get("username") == algorithm.hash.of(&[&self.username, self.realm])
        } else {
            self.is_user(answer)
        };
        let exchange = Exchange {
            algorithm,
            nonce: get("nonce"),
            client_nonce: get("cnonce"),
            count: Some(get("nc")),
            method,
            uri: get("uri"),
        };
        let response = exchange.response(login.expose_secret());
        let is_answered: bool = response.as_bytes().ct_eq(get("response").to_ascii_lowercase().as_bytes()).into();
        let is_meant = get("uri") == target && get("realm") == self.realm && get("qop").eq_ignore_ascii_case("auth");
        is_answered && is_named && is_meant && !get("cnonce").is_empty()
    }

    fn is_user(&self, answer: &Parameters) -> bool {
        let extended = answer.get("username*").and_then(|value| value.split_once("''"));
        match extended {
            Some((_, encoded)) => percent_encoding::percent_decode_str(encoded).eq(self.username.bytes()),
            None => answer.get("username") == Some(&self.username),
        }
    }

    /// A challenge for each hash, with one nonce for both.
    pub(crate) fn challenges(&self, is_stale: bool) -> [String; 2] {
        let (realm, nonce) = (quoted(self.realm), self.nonces.give(Instant::now()));
        let stale = if is_stale { ", stale=true" } else { "" };
        OFFERED.map(|hash: Hash| {
            let algorithm = hash.name();
            format!(
                "Digest realm={realm}, qop=\"auth\", algorithm={algorithm}, nonce=\"{nonce}\", charset=UTF-8{stale}"
            )
        })
    }
}

/// The target of a request as its caller wrote it.
pub(crate) fn target(uri: &Uri, extensions: &Extensions) -> String {
    let uri = extensions.get::<OriginalUri>().map_or(uri, |uri| &uri.0);
    uri.path_and_query().map_or_else(|| uri.to_string(), ToString::to_string)
}
