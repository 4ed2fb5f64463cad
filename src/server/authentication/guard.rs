use std::borrow::Cow;
use std::fmt;

use axum::extract::Request;
use http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, StatusCode};

use super::carrier::Carrier;
use super::digest::Digest;
use super::oauth2::{Described, ResourceServer};
use super::secret::Secret;
use crate::Problem;
use crate::client::{HttpClients, filled};
use crate::config::{ConfigProblem, Values};
use crate::description::{CallerAuthentication, Exposes, Location, Template};

pub(crate) const MISSING: &str = "The request has no credentials of the kind that this server wants.";
pub(crate) const WRONG: &str = "The credentials of the request are not those that this server wants.";

/// What the callers of a surface must prove.
pub(crate) struct Guard {
    /// The namespace of the surface.
    realm: &'static str,
    demand: Demand,
}

enum Demand {
    Secret(Carrier, Secret),
    Digest(Box<Digest>),
    OAuth2(Box<ResourceServer>),
}

impl Guard {
    pub(crate) fn new(
        demand: &'static CallerAuthentication,
        exposes: &'static Exposes,
        values: &Values,
        clients: &HttpClients<'_>,
    ) -> Result<Self, ConfigProblem> {
        let namespace = exposes.namespace;
        let needed = |template, what| needed(template, values, namespace, what);
        let demand = match demand {
            CallerAuthentication::Bearer { token } => {
                Demand::Secret(Carrier::Bearer, Secret::new(needed(token, "token")?.trim()))
            }
            CallerAuthentication::Basic { username, password } => {
                let (username, password) = (needed(username, "user name")?, needed(password, "password")?);
                Demand::Secret(Carrier::Basic, Secret::new(&format!("{username}:{password}")))
            }
            CallerAuthentication::Digest { username, password } => {
                let (username, password) = (needed(username, "user name")?, needed(password, "password")?);
                let digest = Digest::new(namespace, username, &password);
                let unusable = ConfigProblem::UnusableSecret { namespace, place: "digests" };
                Demand::Digest(Box::new(digest.ok_or(unusable)?))
            }
            CallerAuthentication::ApiKey { placement, key, value } => {
                let value = Secret::new(needed(value, "key")?.trim());
                let carrier = match placement {
                    Location::Query => Carrier::Query(key),
                    Location::Cookie => Carrier::Cookie(key),
                    _ => Carrier::Header(HeaderName::from_bytes(key.as_bytes()).map_err(|_| {
                        ConfigProblem::UnusableSecret { namespace, place: "the header of the API key" }
                    })?),
                };
                Demand::Secret(carrier, value)
            }
            CallerAuthentication::OAuth2(description) => {
                Demand::OAuth2(Box::new(ResourceServer::new(description, exposes, values, clients)?))
            }
        };
        Ok(Self { realm: namespace, demand })
    }

    /// What tells clients where they get tokens (RFC 9728), if the surface says it.
    pub(super) fn description(&self) -> Option<&Described> {
        match &self.demand {
            Demand::OAuth2(server) => server.description(),
            Demand::Secret(..) | Demand::Digest(_) => None,
        }
    }

    /// Lets a request pass, which loses its credentials.
    pub(super) async fn admit(&self, request: &mut Request) -> Result<(), Problem> {
        match &self.demand {
            Demand::Digest(digest) => digest.admit(request),
            Demand::OAuth2(server) => server.admit(request).await,
            Demand::Secret(carrier, secret) => {
                let given = carrier.take(request);
                match given.as_ref().map(|given| secret.is(given)) {
                    Some(true) => Ok(()),
                    Some(false) => Err(unauthorized(WRONG, &[carrier.challenge(self.realm, true)])),
                    None => Err(unauthorized(MISSING, &[carrier.challenge(self.realm, false)])),
                }
            }
        }
    }
}

/// A text that callers are measured by. Settings that allow secrets to be missing mean those for upstreams: without this one
/// the surface would be open.
pub(super) fn needed(
    template: Template,
    values: &Values,
    namespace: &'static str,
    what: &'static str,
) -> Result<String, ConfigProblem> {
    let value = filled(template, values).filter(|value| !value.trim().is_empty());
    value.ok_or(ConfigProblem::EmptyCredential { namespace, what })
}

/// 401 with challenges (RFC 9110, section 15.5.2).
pub(crate) fn unauthorized(detail: impl Into<Cow<'static, str>>, challenges: &[String]) -> Problem {
    let problem = Problem::new(StatusCode::UNAUTHORIZED)
        .with_detail(detail)
        .with_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let challenges = challenges.iter().filter_map(|challenge| HeaderValue::from_str(challenge).ok());
    challenges.fold(problem, |problem, challenge| problem.with_further_header(WWW_AUTHENTICATE, challenge))
}

/// Without any secret.
impl fmt::Debug for Guard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").field("realm", &self.realm).finish_non_exhaustive()
    }
}
