//! Digest access authentication with an upstream (RFC 7616).

use std::fmt;
use std::sync::{Mutex, PoisonError};

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::sensitive;
use crate::digest::{Algorithm, Exchange, Parameters, quoted, random, schemes};

/// A user name and password, and the challenge that is being answered.
pub(crate) struct Digest {
    username: String,
    password: SecretString,
    session: Mutex<Option<Session>>,
}

/// A challenge of the upstream, which holds for as many requests as it lets pass.
struct Session {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    /// Whether the upstream wants requests to be counted, as all have since RFC 2617.
    is_counted: bool,
    is_user_hashed: bool,
    client_nonce: String,
    count: u32,
}

impl Digest {
    pub(crate) fn new(username: String, password: SecretString) -> Self {
        Self { username, password, session: Mutex::default() }
    }

    /// The value of `Authorization`, if the upstream has given a challenge.
    pub(crate) fn header(&self, method: &Method, url: &Url) -> Option<HeaderValue> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let session = session.as_mut()?;
        session.count = session.count.checked_add(1)?;
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        sensitive(&session.answer(&self.username, self.password.expose_secret(), method.as_str(), &target))
    }

    /// Takes the challenge of an answer. `false`: it has none that can be answered.
    pub(crate) fn take_challenge(&self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        // The upstream lists those first that it likes best.
        let Some(session) = values.flat_map(schemes).find_map(|scheme| Session::new(&scheme)) else { return false };
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        true
    }
}

impl Session {
    fn new(challenge: &Parameters) -> Option<Self> {
        if !challenge.scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let qualities = challenge.get("qop");
        let is_counted = qualities.is_some();
        if qualities.is_some_and(|list| !list.split(',').any(|quality| quality.trim().eq_ignore_ascii_case("auth"))) {
            return None;
        }
        Some(Self {
            realm: challenge.get("realm")?.to_owned(),
            nonce: challenge.get("nonce")?.to_owned(),
            opaque: challenge.get("opaque").map(str::to_owned),
            algorithm: Algorithm::parse(challenge.get("algorithm"))?,
            is_counted,
            is_user_hashed: challenge.get("userhash").is_some_and(|flag| flag.eq_ignore_ascii_case("true")),
            // One for all requests of the session: servers disagree about which of several a session has.
            client_nonce: random()?,
            count: 0,
        })
    }

    fn answer(&self, username: &str, password: &str, method: &str, target: &str) -> String {
        let Self { realm, nonce, client_nonce, algorithm, .. } = self;
        let count = format!("{:08x}", self.count);
        let exchange = Exchange {
            algorithm: *algorithm,
            nonce,
            client_nonce,
            count: self.is_counted.then_some(count.as_str()),
            method,
            uri: target,
        };
        let response = exchange.response(&algorithm.hash.of(&[username, realm, password]));
        let mut fields = vec![self.user(username)];
        fields.push(format!("realm={}, uri={}, algorithm={}", quoted(realm), quoted(target), algorithm.name()));
        fields.push(format!("nonce={}, response=\"{response}\"", quoted(nonce)));
        if self.is_counted || algorithm.is_session {
            fields.push(format!("cnonce=\"{client_nonce}\""));
        }
        if self.is_counted {
            fields.push(format!("qop=auth, nc={count}"));
        }
        fields.extend(self.opaque.as_ref().map(|opaque| format!("opaque={}", quoted(opaque))));
        format!("Digest {}", fields.join(", "))
    }

    /// The user's name in the form that the upstream wants, or that a header can carry.
    fn user(&self, username: &str) -> String {
        if self.is_user_hashed {
            let name = self.algorithm.hash.of(&[username, &self.realm]);
            return format!("username=\"{name}\", userhash=true");
        }
        if username.is_ascii() {
            return format!("username={}", quoted(username));
        }
        format!("username*=UTF-8''{}", utf8_percent_encode(username, NON_ALPHANUMERIC))
    }
}

/// Without the user name, which is the key itself at services that want no password.
impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digest")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(challenge: &str, username: &str) -> Option<Parameters> {
        let digest = Digest::new(username.to_owned(), "secret".into());
        let url = Url::parse("https://api.example/a%20b?c=d").unwrap();
        assert!(digest.header(&Method::GET, &url).is_none());
        let headers = HeaderMap::from_iter([(WWW_AUTHENTICATE, challenge.parse().unwrap())]);
        digest.take_challenge(&headers).then(|| {
            digest.header(&Method::GET, &url).unwrap();
            let second = digest.header(&Method::GET, &url).unwrap();
            assert!(second.is_sensitive());
            schemes(second.to_str().unwrap()).remove(0)
        })
    }

    #[test]
    fn requests_are_counted() {
        let answer = answered("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int, auth\", opaque=\"o\"", "me").unwrap();
        let expected =
            [("nc", "00000002"), ("qop", "auth"), ("opaque", "o"), ("uri", "/a%20b?c=d"), ("algorithm", "MD5")];
        for (name, value) in expected {
            assert_eq!(answer.get(name), Some(value), "{name}");
        }
        let answer = answered("Digest realm=\"r\", nonce=\"n\"", "me").unwrap();
        assert_eq!((answer.get("nc"), answer.get("cnonce")), (None, None));
    }

    #[test]
    fn the_first_challenge_that_can_be_answered_is() {
        let several = "Basic realm=\"r\", Digest realm=\"r\", nonce=\"a\", algorithm=SHA3, Digest realm=\"r\", nonce=\"b\", \
                       algorithm=SHA-256-sess, qop=auth, Digest realm=\"r\", nonce=\"c\", qop=auth";
        let answer = answered(several, "me").unwrap();
        assert_eq!((answer.get("nonce"), answer.get("algorithm")), (Some("b"), Some("SHA-256-sess")));
        for unanswerable in
            ["Basic realm=\"r\"", "Digest realm=\"r\"", "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\""]
        {
            assert!(answered(unanswerable, "me").is_none(), "{unanswerable}");
        }
    }

    #[test]
    fn user_names_travel_as_headers_allow() {
        let challenge = "Digest realm=\"r\", nonce=\"n\", qop=auth";
        assert_eq!(answered(challenge, "J\u{e4}s").unwrap().get("username*"), Some("UTF-8''J%C3%A4s"));
        let hashed = answered(&format!("{challenge}, userhash=true"), "me").unwrap();
        assert_eq!(hashed.get("username").unwrap().len(), 32);
        assert_eq!(hashed.get("userhash"), Some("true"));
        assert_eq!(answered(challenge, "a\"b").unwrap().get("username"), Some("a\"b"));
    }
}
