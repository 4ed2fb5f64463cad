//! How callers prove who they are.

use super::Location;
use crate::ir::RustName;

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The key in the document.
    pub wire: String,
    /// The name in Rust.
    pub name: RustName,
    /// The description, or empty.
    pub description: String,
    /// What it is.
    pub kind: SecurityKind,
}

/// How callers prove who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Basic`
    Basic,
    /// `Authorization: Bearer`
    Bearer {
        /// `bearerFormat`, or empty.
        format: String,
    },
    /// Another scheme of `Authorization`, with the scheme's name; the credentials are given as they are.
    Http(String),
    /// A key.
    ApiKey {
        /// Where it travels: query, header or cookie.
        location: Location,
        /// The name of the parameter.
        key: String,
    },
    /// OAuth 2; a bearer token, however it is got.
    Oauth2 {
        /// The client credentials flow, which needs no person.
        client_credentials: Option<ClientCredentials>,
    },
    /// OpenID Connect; a bearer token.
    OpenIdConnect {
        /// The address of the provider's description.
        url: String,
    },
    /// Client certificates.
    MutualTls,
    /// Nobody knows: the document demands the scheme, and does not define it or not as it can be used.
    Unknown,
}

/// The client credentials flow of OAuth 2 (RFC 6749, section 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCredentials {
    /// Where tokens are given, absolute or relative to the server.
    pub token_url: String,
    /// The scopes that exist, with their descriptions.
    pub scopes: Vec<(String, String)>,
}

/// Schemes that are demanded together. An empty list: no credentials are needed.
pub type SecurityRequirement = Vec<RequiredScheme>;

/// A scheme that is demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredScheme {
    /// An index into [`Api::security_schemes`](super::Api::security_schemes).
    pub scheme: usize,
    /// The scopes or roles that are demanded.
    pub scopes: Vec<String>,
}
