//! Why a token is not accepted (RFC 6750, section 3).

use std::borrow::Borrow;

use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};

use super::super::guard::{MISSING, unauthorized};
use crate::Problem;
use crate::digest::quoted;

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is none.
    Missing,
    /// It cannot be used: a sentence without its subject. What the token holds is not repeated.
    Invalid(&'static str),
    /// It is not for what is asked.
    Scope,
    /// Whether it can be used is not known: the authorization server does not answer as it should.
    Unavailable,
}

impl Refusal {
    /// `place` is the URL at which the surface describes itself.
    pub(crate) fn into_problem(self, realm: &str, scopes: &[String], place: Option<&str>) -> Problem {
        let challenge = |fields: &[String]| challenge(realm, fields, scopes, place.map(resource_metadata));
        match self {
            Self::Missing => unauthorized(MISSING, &[challenge(&[])]),
            Self::Invalid(reason) => unauthorized(unusable(reason), &[challenge(&invalid(reason))]),
            Self::Scope => {
                let problem = Problem::new(StatusCode::FORBIDDEN)
                    .with_detail("The token does not have all the scopes that this server wants.");
                match HeaderValue::from_str(&challenge(&["error=\"insufficient_scope\"".to_owned()])) {
                    Ok(challenge) => problem.with_header(WWW_AUTHENTICATE, challenge),
                    Err(_) => problem,
                }
            }
            Self::Unavailable => unavailable("Tokens cannot be checked at the moment."),
        }
    }
}

/// Says in a challenge at which URL a resource describes itself (RFC 9728, section 5.1).
pub(crate) fn resource_metadata(place: &str) -> String {
    format!("resource_metadata={}", quoted(place))
}

/// 503, since what checks credentials does not answer.
pub(crate) fn unavailable(detail: &'static str) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE)
        .with_detail(detail)
        .with_header(RETRY_AFTER, HeaderValue::from_static("5"))
}

/// What a challenge says of a token that cannot be used.
pub(crate) fn invalid(reason: &str) -> [String; 2] {
    ["error=\"invalid_token\"".to_owned(), format!("error_description={}", quoted(reason))]
}

pub(crate) fn unusable(reason: &str) -> String {
    format!("The token cannot be used: {reason}.")
}

/// A challenge for a token.
pub(crate) fn challenge<S: Borrow<str>>(realm: &str, fields: &[String], scopes: &[S], place: Option<String>) -> String {
    let mut challenge = format!("Bearer realm={}", quoted(realm));
    let scope = (!scopes.is_empty()).then(|| format!("scope={}", quoted(&scopes.join(" "))));
    for field in fields.iter().cloned().chain(scope).chain(place) {
        challenge.push_str(", ");
        challenge.push_str(&field);
    }
    challenge
}
