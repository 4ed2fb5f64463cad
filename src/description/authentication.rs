use super::{Location, Template};

/// Credentials that every request to an upstream carries.
#[derive(Debug)]
#[non_exhaustive]
pub enum Authentication {
    /// No credentials.
    None,
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer {
        /// The token.
        token: Template,
    },
    /// `Authorization: Basic …` (RFC 7617).
    Basic {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
    /// An API key in a header, a query parameter or a cookie.
    ApiKey {
        /// Header, query or cookie.
        placement: Location,
        /// The name of the header, query parameter or cookie.
        key: &'static str,
        /// The key itself.
        value: Template,
    },
    /// A user name and password that do not travel: digests of them do (RFC 7616), once the upstream has asked for them.
    Digest {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
    /// A token for client credentials (RFC 6749, section 4.4). It is kept until shortly before it expires, and a request
    /// that is answered with 401 is sent once more with a new one.
    OAuth2(OAuth2),
}

/// What callers of a surface must prove.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallerAuthentication {
    /// That they have a token: `Authorization: Bearer …` (RFC 6750).
    Bearer {
        /// The token.
        token: Template,
    },
    /// That they know a user name and a password: `Authorization: Basic …` (RFC 7617).
    Basic {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
    /// That they have a key, in a header, a query parameter or a cookie.
    ApiKey {
        /// Header, query or cookie.
        placement: Location,
        /// The name of the header, query parameter or cookie.
        key: &'static str,
        /// The key itself.
        value: Template,
    },
    /// That they know a user name and a password, by digests of them (RFC 7616).
    Digest {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
}

/// Where tokens come from, and for whom.
#[derive(Debug)]
pub struct OAuth2 {
    /// The URL that gives tokens. `None`: the metadata of the server (RFC 8414) say it when the first token is needed.
    pub token_endpoint: Option<Template>,
    /// The authorization server.
    pub server: Option<Template>,
    /// The client's name.
    pub client_id: Template,
    /// The client's secret.
    pub client_secret: Template,
    /// The scopes that are asked for.
    pub scopes: &'static [Template],
    /// For whom the token is.
    pub audience: Option<Template>,
    /// For what the token is (RFC 8707).
    pub resource: Option<Template>,
}
