//! Digest access authentication (RFC 7616): what both sides of an exchange compute.

mod parameters;

pub(crate) use parameters::{Parameters, quoted, schemes};

use ring::digest::{SHA256, SHA512_256, digest};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Md5,
    Sha256,
    Sha512T256,
}

impl Hash {
    const ALL: [(&'static str, Self); 3] =
        [("MD5", Self::Md5), ("SHA-256", Self::Sha256), ("SHA-512-256", Self::Sha512T256)];

    /// The name in headers.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, hash)| *hash == self).map_or("", |(name, _)| name)
    }

    /// Of texts, joined by colons.
    pub(crate) fn of(self, parts: &[&str]) -> String {
        let text = parts.join(":");
        match self {
            Self::Md5 => hex(&md5::compute(text).0),
            Self::Sha256 => hex(digest(&SHA256, text.as_bytes()).as_ref()),
            Self::Sha512T256 => hex(digest(&SHA512_256, text.as_bytes()).as_ref()),
        }
    }
}

/// How a digest is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Algorithm {
    pub(crate) hash: Hash,
    /// Whether the password is hashed once more with the nonces of a session (`-sess`).
    pub(crate) is_session: bool,
}

impl Algorithm {
    /// That of a name; without one it is MD5.
    pub(crate) fn parse(name: Option<&str>) -> Option<Self> {
        let name = name.unwrap_or("MD5");
        let is_session = name.get(name.len().saturating_sub(5)..).is_some_and(|end| end.eq_ignore_ascii_case("-sess"));
        let plain = if is_session { &name[..name.len() - 5] } else { name };
        let (_, hash) = Hash::ALL.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(plain))?;
        Some(Self { hash, is_session })
    }

    pub(crate) fn name(self) -> String {
        format!("{}{}", self.hash.name(), if self.is_session { "-sess" } else { "" })
    }
}

/// What a digest is made of, besides the password.
pub(crate) struct Exchange<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) nonce: &'a str,
    pub(crate) client_nonce: &'a str,
    /// The number of requests with this nonce, in eight digits; `None`: the server knows no `qop` (RFC 2069).
    pub(crate) count: Option<&'a str>,
    pub(crate) method: &'a str,
    pub(crate) uri: &'a str,
}

impl Exchange<'_> {
    /// The digest, where `login` is the hash of user name, realm and password (`qop=auth`).
    pub(crate) fn response(&self, login: &str) -> String {
        let Algorithm { hash, is_session } = self.algorithm;
        let session = is_session.then(|| hash.of(&[login, self.nonce, self.client_nonce]));
        let secret = session.as_deref().unwrap_or(login);
        let request = hash.of(&[self.method, self.uri]);
        match self.count {
            Some(count) => hash.of(&[secret, self.nonce, count, self.client_nonce, "auth", &request]),
            None => hash.of(&[secret, self.nonce, &request]),
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A text that nobody can foresee; `None`: the system has no randomness.
pub(crate) fn random() -> Option<String> {
    let mut bytes = [0; 16];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes).ok()?;
    Some(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of RFC 7616, section 3.9.1.
    #[test]
    fn digests_are_those_of_the_standard() {
        let response = |name: &str, expected: &str| {
            let algorithm = Algorithm::parse(Some(name)).unwrap();
            let login = algorithm.hash.of(&["Mufasa", "http-auth@example.org", "Circle of Life"]);
            let exchange = Exchange {
                algorithm,
                nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                client_nonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                count: Some("00000001"),
                method: "GET",
                uri: "/dir/index.html",
            };
            assert_eq!(exchange.response(&login), expected, "{name}");
        };
        response("MD5", "8ca523f5e9506fed4657c9700eebdbec");
        response("sha-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    /// The example of RFC 7616, section 3.9.2.
    #[test]
    fn user_names_are_hashed_as_in_the_standard() {
        let name = Hash::Sha512T256.of(&["J\u{e4}s\u{f8}n Doe", "api@example.org"]);
        assert_eq!(name.len(), 64);
        let algorithm = Algorithm { hash: Hash::Sha512T256, is_session: false };
        assert_eq!(Algorithm::parse(Some("SHA-512-256")), Some(algorithm));
    }

    /// The example of RFC 2617, section 3.5, as servers without `qop` and sessions have it.
    #[test]
    fn older_servers_and_sessions() {
        let exchange = |algorithm, count| Exchange {
            algorithm,
            nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
            client_nonce: "0a4f113b",
            count,
            method: "GET",
            uri: "/dir/index.html",
        };
        let login = Hash::Md5.of(&["Mufasa", "testrealm@host.com", "Circle Of Life"]);
        let plain = Algorithm::parse(None).unwrap();
        assert_eq!(exchange(plain, Some("00000001")).response(&login), "6629fae49393a05397450978507c4ef1");
        assert_eq!(exchange(plain, None).response(&login), "670fd8c2df070c60b045671b8b24ff02");
        let session = Algorithm::parse(Some("MD5-sess")).unwrap();
        assert_eq!(session.name(), "MD5-sess");
        assert_ne!(exchange(session, None).response(&login), "670fd8c2df070c60b045671b8b24ff02");
        assert_eq!(Algorithm::parse(Some("SHA-1")), None);
        assert_eq!(Algorithm::parse(Some("-sess")), None);
    }
}
