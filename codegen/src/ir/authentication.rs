//! Credentials: ours for upstreams, and those of callers.

use super::{Location, Template};

/// Outbound credentials.
#[derive(Clone, Debug, PartialEq)]
pub enum Authentication {
    /// None.
    None,
    /// A bearer token.
    Bearer {
        /// The token.
        token: Template,
    },
    /// Basic authentication.
    Basic {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
    /// An API key.
    ApiKey {
        /// Header, query or cookie.
        placement: Location,
        /// The name of the header, query parameter or cookie.
        key: String,
        /// The key.
        value: Template,
    },
    /// Digest access authentication (RFC 7616).
    Digest {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
    /// A token for client credentials (RFC 6749, section 4.4).
    OAuth2(OAuth2),
}

impl Authentication {
    /// All its texts.
    pub(crate) fn templates(&mut self) -> Vec<&mut Template> {
        match self {
            Self::None => Vec::new(),
            Self::Bearer { token } => vec![token],
            Self::Basic { username, password } | Self::Digest { username, password } => vec![username, password],
            Self::ApiKey { value, .. } => vec![value],
            Self::OAuth2(oauth2) => oauth2.templates().collect(),
        }
    }
}

/// Where tokens come from, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuth2 {
    /// The URL that gives tokens; `None`: the metadata of the server say it.
    pub token_endpoint: Option<Template>,
    /// The authorization server.
    pub server: Option<Template>,
    /// The client's name.
    pub client_id: Template,
    /// The client's secret.
    pub client_secret: Template,
    /// The scopes that are asked for.
    pub scopes: Vec<Template>,
    /// For whom the token is (`audience`).
    pub audience: Option<Template>,
    /// For what the token is (RFC 8707).
    pub resource: Option<Template>,
}

impl OAuth2 {
    fn templates(&mut self) -> impl Iterator<Item = &mut Template> {
        let Self { token_endpoint, server, client_id, client_secret, scopes, audience, resource } = self;
        let optional = [token_endpoint, server, audience, resource].into_iter().flatten();
        optional.chain([client_id, client_secret]).chain(scopes)
    }
}

/// What callers of a surface must prove.
#[derive(Clone, Debug, PartialEq)]
pub enum CallerAuthentication {
    /// That they have a bearer token.
    Bearer {
        /// The token.
        token: Template,
    },
    /// That they know a user name and a password.
    Basic {
        /// The user name.
        username: Template,
        /// The password.
        password: Template,
    },
    /// That they have an API key.
    ApiKey {
        /// Header, query or cookie.
        placement: Location,
        /// The name of the header, query parameter or cookie.
        key: String,
        /// The key.
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

impl CallerAuthentication {
    /// All its texts.
    pub(crate) fn templates(&mut self) -> Vec<&mut Template> {
        match self {
            Self::Bearer { token } => vec![token],
            Self::Basic { username, password } | Self::Digest { username, password } => vec![username, password],
            Self::ApiKey { value, .. } => vec![value],
        }
    }
}
