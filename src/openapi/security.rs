//! The credentials of an API, and which of them a request carries.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use url::Url;

use super::credential::{Credential, Kind};
use super::description::{Api, Operation, SecurityKind, SecurityScheme};
use super::error::TokenError;
use super::token::Tokens;
use crate::client::{Credentials, Encoded, authenticate, basic, bearer, cookie_pair, query_pair, sensitive};
use crate::config::{ConfigProblem, Settings};

/// A security scheme with its credential.
pub(super) enum Scheme {
    /// Nobody gave a credential.
    Absent,
    Fixed(Credentials),
    Tokens(Tokens),
}

impl Scheme {
    pub(super) fn new(
        api: &'static Api,
        scheme: &SecurityScheme,
        credential: Option<&Credential>,
        base: &Url,
        http: &reqwest::Client,
        settings: &Settings,
    ) -> Result<Self, ConfigProblem> {
        if scheme.kind == SecurityKind::MutualTls {
            // The connection proves it, or does not.
            return Ok(Self::Fixed(Credentials::None));
        }
        let Some(credential) = credential else { return Ok(Self::Absent) };
        if let (SecurityKind::ClientCredentials(url), Kind::Client(client)) = (scheme.kind, &credential.0) {
            let url =
                base.join(url).map_err(|_| ConfigProblem::InvalidTokenUrl { api: api.name, scheme: scheme.name })?;
            return Ok(Self::Tokens(Tokens::new(url, client.clone(), http.clone(), settings.read_timeout)));
        }
        match fixed(scheme.kind, &credential.0) {
            Some(credentials) => Ok(Self::Fixed(credentials)),
            None => Err(ConfigProblem::UnusableSecret { namespace: api.name, place: scheme.name }),
        }
    }
}

fn fixed(kind: SecurityKind, credential: &Kind) -> Option<Credentials> {
    let header = |value: Option<HeaderValue>| Some(Credentials::Header(AUTHORIZATION, value?));
    match (kind, credential) {
        (SecurityKind::Basic, Kind::Login { username, password }) => header(basic(username, password.expose_secret())),
        (SecurityKind::Basic, Kind::Secret(secret)) => {
            let (username, password) = secret.expose_secret().split_once(':')?;
            header(basic(username, password))
        }
        (_, Kind::Login { .. } | Kind::Client(_)) | (SecurityKind::MutualTls, _) => None,
        (kind, Kind::Secret(secret)) => {
            let secret = secret.expose_secret();
            match kind {
                SecurityKind::Http(scheme) => header(sensitive(&format!("{scheme} {secret}"))),
                SecurityKind::Header(name) => {
                    Some(Credentials::Header(HeaderName::from_bytes(name.as_bytes()).ok()?, sensitive(secret)?))
                }
                SecurityKind::Query(name) => Some(Credentials::Query(query_pair(name, secret))),
                SecurityKind::Cookie(name) => Some(Credentials::Cookie(cookie_pair(name, secret))),
                _ => header(bearer(secret)),
            }
        }
    }
}

/// The schemes that a request is to carry: those of the first alternative for which all credentials are there. `None`:
/// there is none, and the operation demands some.
pub(super) fn choose<'a>(schemes: &'a [Scheme], operation: &'static Operation) -> Option<Vec<&'a Scheme>> {
    let present = |index: &u16| schemes.get(usize::from(*index)).filter(|scheme| !matches!(scheme, Scheme::Absent));
    let mut alternatives = operation.security.iter().filter(|alternative| !alternative.is_empty());
    let chosen = alternatives.find_map(|alternative| alternative.iter().map(present).collect::<Option<Vec<_>>>());
    let is_optional =
        operation.security.iter().any(|alternative| alternative.is_empty()) || operation.security.is_empty();
    chosen.or_else(|| is_optional.then(Vec::new))
}

/// A token that a request carries.
pub(super) struct Used<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) scopes: &'static [&'static str],
    pub(super) header: HeaderValue,
}

/// Puts the credentials into a request. Gives the token that was used, if one was.
pub(super) async fn apply<'a>(
    schemes: &[&'a Scheme],
    operation: &'static Operation,
    parts: &mut Encoded,
) -> Result<Option<Used<'a>>, Arc<TokenError>> {
    let mut used = None;
    for scheme in schemes {
        match scheme {
            Scheme::Absent => {}
            Scheme::Fixed(credentials) => authenticate(parts, credentials),
            Scheme::Tokens(tokens) => {
                let header = tokens.header(operation.scopes).await?;
                parts.headers.insert(AUTHORIZATION, header.clone());
                used = Some(Used { tokens, scopes: operation.scopes, header });
            }
        }
    }
    Ok(used)
}
