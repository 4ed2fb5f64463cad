//! Whether a request has credentials. Any will do.

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderValue};

use crate::openapi::{Api, Operation, SecurityKind};

/// Whether one of the alternatives that an operation demands is there.
pub(super) fn is_met(api: &'static Api, operation: &'static Operation, headers: &HeaderMap, query: &str) -> bool {
    let met = |alternative: &&'static [u16]| {
        let kinds = || alternative.iter().filter_map(|requirement| api.scheme_of(*requirement));
        // Clients have nothing to send.
        if kinds().any(|scheme| scheme.kind == SecurityKind::Unknown) {
            return true;
        }
        // There is one field `Authorization`, whatever a document demands.
        let is_shared = kinds().filter(|scheme| is_authorization(scheme.kind)).count() > 1;
        kinds().all(|scheme| match scheme.kind {
            kind if is_shared && is_authorization(kind) => {
                headers.get(AUTHORIZATION).is_some_and(|value| !value.is_empty())
            }
            kind => is_present(kind, headers, query),
        })
    };
    operation.security.is_empty() || operation.security.iter().any(met)
}

/// Whether credentials are in the header `Authorization`.
fn is_authorization(kind: SecurityKind) -> bool {
    match kind {
        SecurityKind::Basic | SecurityKind::Bearer | SecurityKind::ClientCredentials(_) | SecurityKind::Http(_) => true,
        SecurityKind::Header(name) => AUTHORIZATION == name,
        _ => false,
    }
}

/// What `WWW-Authenticate` asks for; `None` where the credentials are in none of the schemes of HTTP.
pub(super) fn challenge(api: &'static Api, operation: &'static Operation) -> Option<HeaderValue> {
    let schemes = operation.security.iter().copied().flatten().filter_map(|index| api.scheme_of(*index));
    let mut challenges: Vec<_> = schemes
        .filter_map(|scheme| match scheme.kind {
            // RFC 7617 demands a realm.
            SecurityKind::Basic => Some("Basic realm=\"mock\""),
            SecurityKind::Bearer | SecurityKind::ClientCredentials(_) => Some("Bearer"),
            SecurityKind::Http(scheme) => Some(scheme),
            _ => None,
        })
        .collect();
    challenges.sort_unstable();
    challenges.dedup();
    HeaderValue::try_from(challenges.join(", ")).ok().filter(|challenge| !challenge.is_empty())
}

fn is_present(kind: SecurityKind, headers: &HeaderMap, query: &str) -> bool {
    match kind {
        SecurityKind::Basic => has_scheme(headers, "Basic"),
        SecurityKind::Bearer | SecurityKind::ClientCredentials(_) => has_scheme(headers, "Bearer"),
        SecurityKind::Http(scheme) => has_scheme(headers, scheme),
        SecurityKind::Header(name) => headers.get(name).is_some_and(|value| !value.is_empty()),
        SecurityKind::Query(name) => {
            url::form_urlencoded::parse(query.as_bytes()).any(|(key, value)| key == name && !value.is_empty())
        }
        SecurityKind::Cookie(name) => {
            let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
            let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
            pairs.any(|(key, value)| key == name && !value.is_empty())
        }
        // The connection would prove it, or nobody knows what would.
        SecurityKind::MutualTls | SecurityKind::Unknown => true,
    }
}

fn has_scheme(headers: &HeaderMap, scheme: &str) -> bool {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (given, credentials) = value.split_once(' ').unwrap_or_default();
    given.eq_ignore_ascii_case(scheme) && !credentials.trim().is_empty()
}
