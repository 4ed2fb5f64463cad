//! What a program gives so that the credentials of a security scheme can be checked.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};

use super::oauth2::{Expected, Tokens};
use super::secret::Secret;
use crate::client::HttpClients;
use crate::config::{ConfigError, ConfigProblem};
use crate::{Problem, Settings, Value};

/// Which credentials of a security scheme a server accepts. The generated `Callers` has one for each scheme that an operation
/// demands.
///
/// ```
/// use capsmith::openapi::Verifier;
/// use capsmith::{ExposeSecret, Value};
///
/// let key = Verifier::from("s3cret");
/// let rotated = Verifier::secrets(["old", "new"]);
/// let login = Verifier::login("ada", "s3cret");
/// let tokens = Verifier::issuer("https://id.example", "https://backups.example")?;
/// let sessions = Verifier::check(async |session| {
///     Ok((session.expose_secret() == "open sesame").then(|| Value::from("ada")))
/// });
/// # Ok::<(), capsmith::ConfigError>(())
/// ```
///
/// Where a requirement lists scopes, or roles, the claims of the caller must have all of them in `scope` or `scp`; whoever knows a
/// fixed secret has them all. Handlers learn the claims by [`Context::claims`](crate::Context::claims).
#[derive(Clone, Default)]
pub struct Verifier(pub(crate) Accepts);

type Checked = Pin<Box<dyn Future<Output = Result<Option<Value>, Problem>> + Send>>;

#[derive(Clone, Default)]
pub(crate) enum Accepts {
    #[default]
    Nobody,
    Unchecked,
    Secrets(Arc<[Secret]>),
    Login {
        username: String,
        password: SecretString,
    },
    Tokens(Arc<Tokens>),
    Check(Arc<dyn Fn(SecretString) -> Checked + Send + Sync>),
}

impl Verifier {
    /// Accepts nobody. This is the default.
    #[must_use]
    pub fn nobody() -> Self {
        Self(Accepts::Nobody)
    }

    /// Accepts everybody, because what stands in front of the server (a gateway, a layer of its router) checks the scheme.
    /// The credentials stay in the request.
    #[must_use]
    pub fn unchecked() -> Self {
        Self(Accepts::Unchecked)
    }

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
        Self(Accepts::Secrets(secrets.collect()))
    }

    /// Accepts a user name and password, for the schemes `basic` and `digest`. Nobody is accepted by an empty password.
    #[must_use]
    pub fn login(username: impl Into<String>, password: impl Into<SecretString>) -> Self {
        let password = password.into();
        if password.expose_secret().is_empty() {
            return Self::nobody();
        }
        Self(Accepts::Login { username: username.into(), password })
    }

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
    /// server as its client.
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
        Ok(Self(Accepts::Tokens(Arc::new(tokens))))
    }

    /// Asks a function, which gets the credential (for `basic`, user name and password with a colon between them) and gives
    /// back the claims of whom it accepts, `None` for a credential that is wrong, or a problem where it cannot tell. A
    /// comparison in it should take the same time for all that is wrong. It cannot check `digest`.
    #[must_use]
    pub fn check<F, A>(check: F) -> Self
    where
        F: Fn(SecretString) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Option<Value>, Problem>> + Send + 'static,
    {
        Self(Accepts::Check(Arc::new(move |credential| Box::pin(check(credential)))))
    }
}

/// As [`Verifier::secret`].
impl From<&str> for Verifier {
    fn from(secret: &str) -> Self {
        Self::secret(secret)
    }
}

/// As [`Verifier::secret`].
impl From<String> for Verifier {
    fn from(secret: String) -> Self {
        Self::secret(secret)
    }
}

/// As [`Verifier::secret`].
impl From<SecretString> for Verifier {
    fn from(secret: SecretString) -> Self {
        Self::secret(secret)
    }
}

/// Without any secret.
impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Accepts::Nobody => "nobody",
            Accepts::Unchecked => "unchecked",
            Accepts::Secrets(_) => "secrets",
            Accepts::Login { .. } => "login",
            Accepts::Tokens(_) => "tokens",
            Accepts::Check(_) => "check",
        };
        write!(formatter, "Verifier({kind})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_accepts_nobody() {
        let Verifier(Accepts::Secrets(secrets)) = Verifier::secrets(["", " ", "a"]) else { panic!("no secrets") };
        assert_eq!(secrets.len(), 1);
        assert!(matches!(Verifier::login("ada", ""), Verifier(Accepts::Nobody)));
        assert!(matches!(Verifier::default(), Verifier(Accepts::Nobody)));
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
        for verifier in [Verifier::from("s3cret"), Verifier::login("ada", "s3cret")] {
            assert!(!format!("{verifier:?}").contains("s3cret"), "{verifier:?}");
        }
    }
}
