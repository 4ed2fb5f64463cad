use std::fmt;

use secrecy::SecretString;

/// What proves to a server who calls: the value of a security scheme.
///
/// ```
/// use capsmith::openapi::Credential;
///
/// let token = Credential::from("a bearer token, an API key");
/// let login = Credential::login("user", "password");
/// let client = Credential::client("client-id", "client-secret").scopes(["backups:read"]);
/// # drop((token, login, client));
/// ```
#[derive(Clone, Debug)]
pub struct Credential(pub(super) Kind);

#[derive(Clone)]
pub(super) enum Kind {
    Secret(SecretString),
    Login { username: String, password: SecretString },
    Client(ClientSecret),
}

/// Without the user name, which is the key itself at services that want no password.
impl fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret(_) => formatter.write_str("Secret"),
            Self::Login { .. } => formatter.write_str("Login"),
            Self::Client(client) => client.fmt(formatter),
        }
    }
}

/// What the client credentials flow needs.
#[derive(Clone, Debug)]
pub(super) struct ClientSecret {
    pub(super) id: String,
    pub(super) secret: SecretString,
    /// `None`: those of the operation.
    pub(super) scopes: Option<Vec<String>>,
    pub(super) in_body: bool,
}

impl Credential {
    /// A bearer token, an API key, or what follows the name of another scheme in `Authorization`.
    #[must_use]
    pub fn secret(secret: impl Into<SecretString>) -> Self {
        Self(Kind::Secret(secret.into()))
    }

    /// User name and password (RFC 7617).
    #[must_use]
    pub fn login(username: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self(Kind::Login { username: username.into(), password: password.into() })
    }

    /// Client credentials (RFC 6749, section 4.4), for which the server of the scheme gives tokens. A token is kept
    /// until shortly before it expires, one for each set of scopes. When a server does not accept it (401), the request
    /// is sent once more with a new one, unless its body was a stream.
    #[must_use]
    pub fn client(id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        let client = ClientSecret { id: id.into(), secret: secret.into(), scopes: None, in_body: false };
        Self(Kind::Client(client))
    }

    /// Asks for tokens with these scopes; by default with those that the document demands for the operation. With an
    /// empty list the server decides. Only client credentials have any.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        if let Kind::Client(client) = &mut self.0 {
            client.scopes = Some(scopes.into_iter().map(Into::into).collect());
        }
        self
    }

    /// Sends client credentials in the body of the request for a token, not as basic authentication, for servers that
    /// know only that.
    #[must_use]
    pub fn in_body(mut self) -> Self {
        if let Kind::Client(client) = &mut self.0 {
            client.in_body = true;
        }
        self
    }
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Self::secret(secret)
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        Self::secret(secret)
    }
}

impl From<SecretString> for Credential {
    fn from(secret: SecretString) -> Self {
        Self::secret(secret)
    }
}
