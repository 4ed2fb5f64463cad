//! A security scheme with what its credentials are checked by.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use http::HeaderName;
use http::request::Parts;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::time::timeout;

use super::Outcome;
use crate::Settings;
use crate::openapi::{Acceptance, SecurityKind, SecurityScheme};
#[cfg(feature = "mcp")]
use crate::server::authentication::Tokens;
use crate::server::authentication::{
    Accepts, Carrier, Digest, Proof, Refusal, Secret, challenge, invalid, resource_metadata, target, unavailable,
};
use crate::server::guarded;

pub(super) struct Scheme {
    pub(super) name: &'static str,
    #[cfg(feature = "rest")]
    pub(super) kind: SecurityKind,
    /// `None`: no request can bring it.
    carrier: Option<Carrier>,
    check: Check,
    /// How long a check may take.
    limit: Duration,
    /// The URL of what tells clients where they get tokens.
    pub(super) place: Option<String>,
}

enum Check {
    Digest(Box<Digest>),
    Other(Accepts),
}

impl Scheme {
    pub(super) fn new(
        realm: &'static str,
        scheme: &SecurityScheme,
        Acceptance(accepts): Acceptance,
        settings: &Settings,
    ) -> Self {
        let SecurityScheme { name, kind, .. } = *scheme;
        let check = check(realm, kind, accepts).unwrap_or_else(|| {
            tracing::error!(scheme = name, "credentials of this kind cannot be checked: nobody is accepted");
            Check::Other(Accepts::Nobody)
        });
        Self {
            name,
            #[cfg(feature = "rest")]
            kind,
            carrier: carrier(kind),
            check,
            limit: settings.timeout.map_or(settings.read_timeout, |timeout| timeout.min(settings.read_timeout)),
            place: None,
        }
    }

    pub(super) fn is_unchecked(&self) -> bool {
        matches!(self.check, Check::Other(Accepts::Unchecked))
    }

    /// Whether it is none of the document's.
    pub(super) fn is_undemanded(&self) -> bool {
        matches!(self.check, Check::Other(Accepts::Undemanded))
    }

    /// Whether a request can bring what is enough for it.
    pub(super) fn can_be_met(&self) -> bool {
        self.is_unchecked() || self.carrier.is_some()
    }

    pub(super) async fn outcome(&self, parts: &Parts) -> Outcome {
        let accepts = match &self.check {
            Check::Other(Accepts::Unchecked) => return Outcome::Accepted(None),
            check => check,
        };
        let Some(carrier) = &self.carrier else { return Outcome::Absent };
        let Some(given) = carrier.find(&parts.headers, &parts.uri) else {
            let is_unclear = carrier.is_unclear(&parts.headers, &parts.uri);
            return if is_unclear { Outcome::Wrong(None) } else { Outcome::Absent };
        };
        match accepts {
            Check::Other(Accepts::Secrets(secrets)) => {
                // All of them, so that the time says nothing.
                let right = secrets.iter().filter(|secret| secret.is(&given)).count();
                if right > 0 { Outcome::Accepted(None) } else { Outcome::Wrong(None) }
            }
            check => match String::from_utf8(given) {
                Ok(given) => self.text(check, given, parts).await,
                Err(_) => Outcome::Wrong(None),
            },
        }
    }

    async fn text(&self, check: &Check, given: String, parts: &Parts) -> Outcome {
        match check {
            Check::Digest(digest) => {
                match digest.check(&given, parts.method.as_str(), &target(&parts.uri, &parts.extensions)) {
                    Proof::Right => Outcome::Accepted(None),
                    Proof::Wrong => Outcome::Wrong(None),
                    Proof::Stale => Outcome::Stale,
                }
            }
            Check::Other(Accepts::Tokens(tokens)) => match tokens.claims(&given, self.limit).await {
                Ok(claims) => Outcome::Accepted(Some(Arc::new(claims))),
                Err(Refusal::Invalid(reason)) => Outcome::Wrong(Some(reason)),
                Err(refusal @ Refusal::Unavailable) => Outcome::Failed(refusal.into_problem("", &[], None)),
                Err(Refusal::Missing | Refusal::Scope) => Outcome::Wrong(None),
            },
            Check::Other(Accepts::Check(check)) => {
                let checked = guarded(self.name, || check(SecretString::from(given)));
                match timeout(self.limit, checked).await {
                    Ok(Ok(Some(claims))) => Outcome::Accepted(Some(Arc::new(claims))),
                    Ok(Ok(None)) => Outcome::Wrong(None),
                    Ok(Err(problem)) => Outcome::Failed(problem),
                    Err(_) => {
                        tracing::warn!(scheme = self.name, "the function that checks credentials does not end in time");
                        Outcome::Failed(unavailable("Credentials cannot be checked at the moment."))
                    }
                }
            }
            Check::Other(_) => Outcome::Wrong(None),
        }
    }

    /// What asks for credentials.
    pub(super) fn challenges(&self, realm: &str, outcome: &Outcome, scopes: &[&str]) -> Vec<String> {
        match (&self.check, &self.carrier) {
            (Check::Digest(digest), _) => digest.challenges(matches!(outcome, Outcome::Stale)).to_vec(),
            (_, Some(Carrier::Bearer)) => {
                let fields = match outcome {
                    Outcome::Wrong(Some(reason)) => invalid(reason).to_vec(),
                    Outcome::Wrong(None) => vec!["error=\"invalid_token\"".to_owned()],
                    _ => Vec::new(),
                };
                vec![challenge(realm, &fields, scopes, self.metadata())]
            }
            (_, Some(carrier)) => vec![carrier.challenge(realm, matches!(outcome, Outcome::Wrong(_)))],
            (_, None) => Vec::new(),
        }
    }

    /// What says that a token is not for what is asked; `None` where credentials are no tokens.
    pub(super) fn insufficient(&self, realm: &str, scopes: &[&str]) -> Option<String> {
        let is_token = matches!(self.carrier, Some(Carrier::Bearer));
        is_token.then(|| challenge(realm, &["error=\"insufficient_scope\"".to_owned()], scopes, self.metadata()))
    }

    /// What a challenge says of where clients get tokens.
    fn metadata(&self) -> Option<String> {
        self.place.as_deref().map(resource_metadata)
    }

    /// The tokens of an authorization server that are accepted.
    #[cfg(feature = "mcp")]
    pub(super) fn tokens(&self) -> Option<&Tokens> {
        match &self.check {
            Check::Other(Accepts::Tokens(tokens)) => Some(tokens),
            _ => None,
        }
    }

    /// Takes the credentials out of a request.
    pub(super) fn remove(&self, request: &mut Request) {
        if let Some(carrier) = self.carrier.as_ref().filter(|_| !self.is_unchecked() && !self.is_undemanded()) {
            carrier.remove(request);
        }
    }
}

fn carrier(kind: SecurityKind) -> Option<Carrier> {
    Some(match kind {
        SecurityKind::Basic => Carrier::Basic,
        SecurityKind::Bearer | SecurityKind::ClientCredentials(_) => Carrier::Bearer,
        SecurityKind::Http(name) => Carrier::Scheme(name),
        SecurityKind::Header(name) => Carrier::Header(HeaderName::from_bytes(name.as_bytes()).ok()?),
        SecurityKind::Query(name) => Carrier::Query(name),
        SecurityKind::Cookie(name) => Carrier::Cookie(name),
        SecurityKind::MutualTls | SecurityKind::Unknown => return None,
    })
}

/// `None`: credentials of this kind cannot be checked that way.
fn check(realm: &'static str, kind: SecurityKind, accepts: Accepts) -> Option<Check> {
    let is_digest = matches!(kind, SecurityKind::Http(name) if name.eq_ignore_ascii_case("digest"));
    match accepts {
        Accepts::Nobody | Accepts::Unchecked | Accepts::Undemanded => Some(Check::Other(accepts)),
        Accepts::Login { username, password } if is_digest => {
            Some(Check::Digest(Box::new(Digest::new(realm, username, password.expose_secret())?)))
        }
        Accepts::Login { username, password } if kind == SecurityKind::Basic => {
            let login = SecretString::from(format!("{username}:{}", password.expose_secret()));
            let secret = Secret::new(login.expose_secret());
            Some(Check::Other(Accepts::Secrets(Arc::new([secret]))))
        }
        Accepts::Login { .. } => None,
        _ if is_digest || matches!(kind, SecurityKind::MutualTls | SecurityKind::Unknown) => None,
        Accepts::Tokens(_) if kind == SecurityKind::Basic => None,
        accepts => Some(Check::Other(accepts)),
    }
}
