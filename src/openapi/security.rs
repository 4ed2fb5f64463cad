//! The credentials of an API, and which of them a request carries.

use std::sync::Arc;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use url::Url;

use super::credential::{Credential, Kind};
use super::description::{Api, Operation, Requirement, SecurityKind, SecurityScheme};
use super::error::TokenError;
use super::token::Tokens;
use crate::client::{Credentials, Encoded, HttpClients, authenticate, basic, bearer, cookie, query_pair, sensitive};
use crate::config::{ConfigProblem, Settings};

/// A security scheme with its credential.
pub(super) enum Scheme {
    /// Nobody gave a credential.
    Absent,
    Fixed(Credentials),
    Tokens(Box<Tokens>),
}

impl Scheme {
    pub(super) fn new(
        api: &'static Api,
        scheme: &SecurityScheme,
        credential: Option<&Credential>,
        base: &Url,
        clients: &HttpClients<'_>,
        settings: &Settings,
    ) -> Result<Self, ConfigProblem> {
        if scheme.kind == SecurityKind::MutualTls {
            // The connection proves it, or does not.
            return Ok(Self::Fixed(Credentials::None));
        }
        let Some(credential) = credential else { return Ok(Self::Absent) };
        if let (SecurityKind::ClientCredentials(url), Kind::Client(client)) = (scheme.kind, &credential.0) {
            let url = base.join(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
            let url = url.ok_or(ConfigProblem::InvalidTokenUrl { api: api.name, scheme: scheme.name })?;
            let http = clients.for_url(&url)?;
            let tokens = Tokens::new(url, client.clone(), http, settings.read_timeout);
            return Ok(Self::Tokens(Box::new(tokens)));
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
        (_, Kind::Login { .. } | Kind::Client(_)) | (SecurityKind::MutualTls | SecurityKind::Unknown, _) => None,
        (kind, Kind::Secret(secret)) => {
            let secret = secret.expose_secret();
            match kind {
                SecurityKind::Http(scheme) => header(sensitive(&format!("{scheme} {secret}"))),
                SecurityKind::Header(name) => {
                    Some(Credentials::Header(HeaderName::from_bytes(name.as_bytes()).ok()?, sensitive(secret)?))
                }
                SecurityKind::Query(name) => Some(Credentials::Query(query_pair(name, secret))),
                SecurityKind::Cookie(name) => cookie(name, secret),
                _ => header(bearer(secret)),
            }
        }
    }
}

/// A scheme whose credentials a request is to carry, and the scopes that they must have.
pub(super) struct Chosen<'a> {
    scheme: &'a Scheme,
    scopes: &'static [&'static str],
}

/// What a request is to carry: the credentials of the first alternative for which all are there. `None`: there is no such
/// alternative, and the operation demands one. It does not where nobody knows what one of them would be.
pub(super) fn choose<'a>(
    api: &'static Api,
    schemes: &'a [Scheme],
    operation: &'static Operation,
) -> Option<Vec<Chosen<'a>>> {
    let present = |index: &u16| {
        let &Requirement { scheme, scopes } = api.requirements.get(usize::from(*index))?;
        let scheme = schemes.get(usize::from(scheme)).filter(|scheme| !matches!(scheme, Scheme::Absent))?;
        Some(Chosen { scheme, scopes })
    };
    let mut alternatives = operation.security.iter().filter(|alternative| !alternative.is_empty());
    let chosen = alternatives.find_map(|alternative| alternative.iter().map(present).collect::<Option<Vec<_>>>());
    let is_unknown = |index: &u16| api.scheme_of(*index).is_some_and(|scheme| scheme.kind == SecurityKind::Unknown);
    let is_optional = operation.security.is_empty()
        || operation.security.iter().any(|alternative| alternative.is_empty() || alternative.iter().any(is_unknown));
    chosen.or_else(|| is_optional.then(Vec::new))
}

/// As many combinations of variables as are made for one alternative.
const COMBINATIONS: usize = 8;

/// The environment variables that would supply the credentials which an operation lacks: alternatives, each of variables
/// that are needed together.
pub(super) fn missing(api: &'static Api, schemes: &[Scheme], operation: &'static Operation) -> Vec<Vec<&'static str>> {
    let mut alternatives = Vec::new();
    for requirements in operation.security {
        let mut combinations = vec![Vec::new()];
        let required = requirements.iter().filter_map(|index| api.requirements.get(usize::from(*index)));
        for index in required.map(|requirement| usize::from(requirement.scheme)) {
            if let (Some(Scheme::Absent), Some(scheme)) = (schemes.get(index), api.security_schemes.get(index)) {
                let extended = combinations.iter().flat_map(|combination: &Vec<&str>| {
                    scheme.variables.iter().map(|variables| [combination.as_slice(), variables].concat())
                });
                combinations = extended.take(COMBINATIONS).collect();
            }
        }
        for combination in combinations {
            if !alternatives.contains(&combination) {
                alternatives.push(combination);
            }
        }
    }
    alternatives
}

/// A token that a request carries.
pub(super) struct Used<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) scopes: &'static [&'static str],
    pub(super) header: HeaderValue,
}

/// Puts the credentials into a request. Gives the token that was used, if one was.
pub(super) async fn apply<'a>(chosen: &[Chosen<'a>], parts: &mut Encoded) -> Result<Option<Used<'a>>, Arc<TokenError>> {
    let mut used = None;
    for &Chosen { scheme, scopes } in chosen {
        match scheme {
            Scheme::Absent => {}
            Scheme::Fixed(credentials) => authenticate(parts, credentials),
            Scheme::Tokens(tokens) => {
                let header = tokens.header(scopes).await?;
                parts.headers.insert(AUTHORIZATION, header.clone());
                used = Some(Used { tokens, scopes, header });
            }
        }
    }
    Ok(used)
}
