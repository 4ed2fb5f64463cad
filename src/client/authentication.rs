//! The credentials of an upstream in the form in which they are sent, made once when the client is built.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use url::Url;

use super::digest::Digest;
use super::encode::{cookie_pair, query_pair};
use super::http_client::HttpClients;
use super::oauth2;
use super::template::filled;
use crate::config::{ConfigProblem, Values};
use crate::description::{Authentication, Consumes, Location};
use crate::openapi::Tokens;

/// Where the credentials go.
#[derive(Clone)]
pub(crate) enum Credentials {
    None,
    Header(HeaderName, HeaderValue),
    /// An encoded pair of the query.
    Query(String),
    /// A pair of the `Cookie` header.
    Cookie(String),
    /// What answers the challenges of the upstream.
    Digest(Arc<Digest>),
    /// A token that is asked for when it is needed.
    Tokens(Arc<Tokens>),
}

impl Credentials {
    /// The credentials of the file or, where it has none, of the base URL, which loses them.
    pub(crate) fn new(
        consumes: &'static Consumes,
        base: &mut Url,
        values: &Values,
        clients: &HttpClients<'_>,
    ) -> Result<Self, ConfigProblem> {
        let from_url = Self::of_url(base, consumes.namespace);
        let unusable = |place| ConfigProblem::UnusableSecret { namespace: consumes.namespace, place };
        let text = |template| filled(template, values);
        let credentials = match &consumes.authentication {
            Authentication::None => return from_url,
            Authentication::Bearer { token } => match text(token) {
                Some(token) => bearer(&token),
                None => return Ok(Self::None),
            },
            Authentication::Basic { username, password } => match (text(username), text(password)) {
                (Some(username), Some(password)) => basic(&username, &password),
                _ => return Ok(Self::None),
            },
            Authentication::ApiKey { placement, key, value } => match text(value) {
                Some(value) => return api_key(*placement, key, &value).ok_or_else(|| unusable("the API key")),
                None => return Ok(Self::None),
            },
            Authentication::Digest { username, password } => match (text(username), text(password)) {
                (Some(username), Some(password)) => {
                    return Ok(Self::Digest(Arc::new(Digest::new(username, password.into()))));
                }
                _ => return Ok(Self::None),
            },
            Authentication::OAuth2(description) => {
                let tokens = oauth2::tokens(description, consumes.namespace, values, clients)?;
                return Ok(tokens.map_or(Self::None, |tokens| Self::Tokens(Arc::new(tokens))));
            }
        };
        credentials
            .map(|value| Self::Header(AUTHORIZATION, value))
            .ok_or_else(|| unusable("the header `Authorization`"))
    }

    /// The credentials of a base URL, which loses them.
    pub(crate) fn of_url(base: &mut Url, namespace: &'static str) -> Result<Self, ConfigProblem> {
        let Some((username, password)) = take_user_info(base) else { return Ok(Self::None) };
        basic(&username, &password)
            .map(|value| Self::Header(AUTHORIZATION, value))
            .ok_or(ConfigProblem::UnusableSecret { namespace, place: "the header `Authorization`" })
    }
}

/// The value of `Authorization` for a bearer token; `None` when a header cannot carry it.
pub(crate) fn bearer(token: &str) -> Option<HeaderValue> {
    sensitive(&format!("Bearer {token}"))
}

pub(crate) fn basic(username: &str, password: &str) -> Option<HeaderValue> {
    sensitive(&format!("Basic {}", STANDARD.encode(format!("{username}:{password}"))))
}

fn api_key(placement: Location, key: &str, value: &str) -> Option<Credentials> {
    match placement {
        Location::Query => Some(Credentials::Query(query_pair(key, value))),
        Location::Cookie => cookie(key, value),
        _ => Some(Credentials::Header(HeaderName::from_bytes(key.as_bytes()).ok()?, sensitive(value)?)),
    }
}

/// A key in a cookie; `None` when a header cannot carry it.
pub(crate) fn cookie(key: &str, value: &str) -> Option<Credentials> {
    let pair = cookie_pair(key, value);
    HeaderValue::from_str(&pair).ok().map(|_| Credentials::Cookie(pair))
}

/// A header that is shown nowhere; `None` when it cannot carry the value.
pub(crate) fn sensitive(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

pub(crate) fn take_user_info(url: &mut Url) -> Option<(String, String)> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
    let user_info = (decode(url.username()), decode(url.password().unwrap_or_default()));
    // These fail only for URLs without a host, and a base URL has one.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Some(user_info)
}
