//! What a program gives so that the credentials of a security scheme can be checked.

pub mod kinds;

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use self::kinds::{Login, Readable, Text};
use super::oauth2::{Expected, Tokens};
use super::secret::Secret;
use crate::client::HttpClients;
use crate::config::{ConfigError, ConfigProblem};
use crate::{Problem, Settings, Value};

/// Which credentials of a security scheme a server accepts. The generated `Callers` has one for each scheme that an operation
/// demands, of the [kind](kinds) that the scheme is of.
///
/// ```
/// use capsmith::openapi::{Verifier, kinds};
/// use capsmith::{ExposeSecret, Value};
///
/// let key: Verifier = "s3cret".into();
/// let rotated: Verifier = Verifier::secrets(["old", "new"]);
/// let login: Verifier<kinds::Basic> = Verifier::login("ada", "s3cret");
/// let tokens = Verifier::issuer("https://id.example", "https://backups.example")?;
/// let sessions: Verifier = Verifier::check(async |session| {
///     Ok((session.expose_secret() == "open sesame").then(|| Value::from("ada")))
/// });
/// # Ok::<(), capsmith::ConfigError>(())
/// ```
///
/// Where a requirement lists scopes, or roles, the claims of the caller must have all of them in `scope` or `scp`; whoever knows a
/// fixed secret has them all. Handlers learn the claims by [`Context::claims`](crate::Context::claims).
///
/// A check may take as long as an exchange with an upstream: `read_timeout` of the server's [`Settings`], or `timeout` if that is
/// shorter. The caller then gets 503.
pub struct Verifier<K = Text> {
    accepts: Accepts,
    kind: PhantomData<fn() -> K>,
}

/// What a verifier of any kind accepts; generated code makes it.
#[derive(Clone, Default)]
pub struct Acceptance(pub(crate) Accepts);

type Checked = Pin<Box<dyn Future<Output = Result<Option<Value>, Problem>> + Send>>;

#[derive(Clone, Default)]
pub(crate) enum Accepts {
    #[default]
    Nobody,
    Unchecked,
    /// No operation of the document demands the scheme, which is one of ours.
    Undemanded,
    Secrets(Arc<[Secret]>),
    Login {
        username: String,
        password: SecretString,
    },
    Tokens(Arc<Tokens>),
    Check(Arc<dyn Fn(SecretString) -> Checked + Send + Sync>),
}

impl<K> Verifier<K> {
    fn new(accepts: Accepts) -> Self {
        Self { accepts, kind: PhantomData }
    }

    /// Accepts nobody. This is the default.
    #[must_use]
    pub fn nobody() -> Self {
        Self::new(Accepts::Nobody)
    }

    /// Accepts everybody, because what stands in front of the server (a gateway, a layer of its router) checks the scheme.
    /// The credentials stay in the request.
    #[must_use]
    pub fn unchecked() -> Self {
        Self::new(Accepts::Unchecked)
    }
}

impl<K: Readable> Verifier<K> {
    /// Accepts one token or key; for `basic`, user name and password with a colon between them. Blanks around it do not
    /// count, and nobody is accepted by an empty one.
    #[must_use]
    pub fn secret(secret: impl Into<SecretString>) -> Self {
        Self::secrets([secret])
    }

    /// Accepts each of several, as while one replaces another.
    #[must_use]
    pub fn secrets<S: Into<SecretString>>(secrets: impl IntoIterator<Item = S>) -> Self {
        let secrets = secrets.into_iter().map(Into::into).filter_map(|secret| {
            let secret = secret.expose_secret().trim();
            (!secret.is_empty()).then(|| Secret::new(secret))
        });
        Self::new(Accepts::Secrets(secrets.collect()))
    }

    /// Asks a function, which gets the credential (for `basic`, user name and password with a colon between them) and gives
    /// back the claims of whom it accepts, `None` for a credential that is wrong, or a problem where it cannot tell. A
    /// comparison in it should take the same time for all that is wrong.
    #[must_use]
    pub fn check<F, A>(check: F) -> Self
    where
        F: Fn(SecretString) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Option<Value>, Problem>> + Send + 'static,
    {
        Self::new(Accepts::Check(Arc::new(move |credential| Box::pin(check(credential)))))
    }
}

impl<K: Login> Verifier<K> {
    /// Accepts a user name and password. Nobody is accepted by an empty password.
    #[must_use]
    pub fn login(username: impl Into<String>, password: impl Into<SecretString>) -> Self {
        let password = password.into();
        if password.expose_secret().is_empty() {
            return Self::nobody();
        }
        Self::new(Accepts::Login { username: username.into(), password })
    }
}

impl Verifier {
    /// Accepts tokens that an authorization server has signed (RFC 9068) for an audience. Its metadata (RFC 8414, or OpenID
    /// Connect Discovery) and keys are fetched when the first token arrives, and again when they may have changed.
    ///
    /// # Errors
    ///
    /// Where the URL of the server is neither one of `https` nor of this machine, the audience is empty, or no HTTP client
    /// can be made.
    pub fn issuer(server: &str, audience: impl Into<String>) -> Result<Self, ConfigError> {
        Self::tokens("Verifier::issuer", server, audience.into(), None)
    }

    /// Accepts tokens that an authorization server calls active when it is asked (RFC 7662), with the name and secret of this
    /// server as its client. What the server leaves out of its answer it vouches for: where it does not name an audience, it must
    /// call nothing active that is for others.
    ///
    /// # Errors
    ///
    /// As [`issuer`](Self::issuer).
    pub fn introspection(
        server: &str,
        audience: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Result<Self, ConfigError> {
        let client = (client_id.into(), client_secret.into());
        Self::tokens("Verifier::introspection", server, audience.into(), Some(client))
    }

    /// The same, which believes for this long what the authorization server has said of a token, and does not ask again; by
    /// default it asks for every request. A token that is revoked stays good for as long, one that expires does not. As many as
    /// 4,096 tokens are remembered, by their hashes. It has no effect on verifiers that do not ask.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use capsmith::openapi::Verifier;
    ///
    /// let tokens = Verifier::introspection("https://id.example", "https://backups.example", "backups", "s3cret")?
    ///     .remembering(Duration::from_secs(30));
    /// # Ok::<(), capsmith::ConfigError>(())
    /// ```
    #[must_use]
    pub fn remembering(self, lifetime: Duration) -> Self {
        match self.accepts {
            Accepts::Tokens(tokens) => Self::new(Accepts::Tokens(Arc::new(tokens.remembering(lifetime)))),
            accepts => Self::new(accepts),
        }
    }

    fn tokens(
        name: &'static str,
        server: &str,
        audience: String,
        client: Option<(String, SecretString)>,
    ) -> Result<Self, ConfigError> {
        if audience.trim().is_empty() {
            return Err(ConfigProblem::EmptyCredential { namespace: name, what: "audience" }.into());
        }
        let settings = Settings::default();
        let clients = HttpClients::new(None, &settings);
        let expected = Expected { audience, scopes: Vec::new() };
        let tokens = Tokens::new(name, server, expected, client, &clients)?;
        Ok(Self::new(Accepts::Tokens(Arc::new(tokens))))
    }
}

/// As [`Verifier::secret`].
impl<K: Readable> From<&str> for Verifier<K> {
    fn from(secret: &str) -> Self {
        Self::secret(secret)
    }
}

/// As [`Verifier::secret`].
impl<K: Readable> From<String> for Verifier<K> {
    fn from(secret: String) -> Self {
        Self::secret(secret)
    }
}

/// As [`Verifier::secret`].
impl<K: Readable> From<SecretString> for Verifier<K> {
    fn from(secret: SecretString) -> Self {
        Self::secret(secret)
    }
}

impl<K> Clone for Verifier<K> {
    fn clone(&self) -> Self {
        Self::new(self.accepts.clone())
    }
}

impl<K> Default for Verifier<K> {
    fn default() -> Self {
        Self::nobody()
    }
}

impl Acceptance {
    /// Of a scheme that is none of the document's.
    #[must_use]
    pub fn undemanded() -> Self {
        Self(Accepts::Undemanded)
    }
}

impl<K> From<Verifier<K>> for Acceptance {
    fn from(verifier: Verifier<K>) -> Self {
        Self(verifier.accepts)
    }
}

/// Without any secret.
impl<K> fmt::Debug for Verifier<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Verifier({})", self.accepts.word())
    }
}

/// Without any secret.
impl fmt::Debug for Acceptance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Acceptance({})", self.0.word())
    }
}

impl Accepts {
    fn word(&self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Unchecked => "unchecked",
            Self::Undemanded => "undemanded",
            Self::Secrets(_) => "secrets",
            Self::Login { .. } => "login",
            Self::Tokens(_) => "tokens",
            Self::Check(_) => "check",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::kinds::Basic;
    use super::*;

    #[test]
    fn what_is_empty_accepts_nobody() {
        let verifier: Verifier = Verifier::secrets(["", " ", "a"]);
        assert!(matches!(verifier.accepts, Accepts::Secrets(secrets) if secrets.len() == 1));
        assert!(matches!(Verifier::<Basic>::login("ada", "").accepts, Accepts::Nobody));
        assert!(matches!(Verifier::<Text>::default().accepts, Accepts::Nobody));
    }

    #[test]
    fn an_authorization_server_must_be_one_to_be_trusted() {
        let error = Verifier::issuer("http://id.example", "us").unwrap_err();
        assert!(error.to_string().contains("`Verifier::issuer` is not usable"), "{error}");
        assert!(Verifier::issuer("https://id.example", " ").is_err());
        assert!(Verifier::introspection("id.example", "us", "me", "s3cret").is_err());
    }

    #[test]
    fn secrets_do_not_show() {
        for verifier in [Verifier::<Basic>::from("s3cret"), Verifier::login("ada", "s3cret")] {
            let shown = format!("{verifier:?} {:?}", Acceptance::from(verifier.clone()));
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}
