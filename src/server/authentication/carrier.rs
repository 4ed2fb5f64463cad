//! What a credential travels in.

use axum::extract::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, Uri};

use super::given;
use crate::digest::quoted;

pub(crate) enum Carrier {
    Bearer,
    /// User name and password with a colon between them.
    Basic,
    /// Another scheme of `Authorization`.
    Scheme(&'static str),
    Header(HeaderName),
    Query(&'static str),
    Cookie(&'static str),
}

impl Carrier {
    /// What a request brings. `None`: nothing of the kind, or more than one.
    pub(crate) fn find(&self, headers: &HeaderMap, uri: &Uri) -> Option<Vec<u8>> {
        match self {
            Self::Bearer => given::authorization(headers, "Bearer"),
            Self::Basic => {
                let login = given::authorization(headers, "Basic")?;
                return Some(STANDARD.decode(login).unwrap_or_default());
            }
            Self::Scheme(name) => given::authorization(headers, name),
            Self::Header(name) => given::header(headers, name),
            Self::Query(name) => given::query(uri, name),
            Self::Cookie(name) => given::cookie(headers, name),
        }
        .map(String::into_bytes)
    }

    /// Whether a request, in which nothing was found, brings something all the same: more than one, or what is no text.
    pub(crate) fn is_unclear(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        match self {
            Self::Bearer | Self::Basic | Self::Scheme(_) => {
                let mut values = headers.get_all(AUTHORIZATION).iter();
                values.next().is_some_and(|value| value.to_str().is_err()) || values.next().is_some()
            }
            Self::Header(name) => headers.contains_key(name),
            Self::Query(name) => given::has_query(uri, name),
            Self::Cookie(name) => given::has_cookie(headers, name),
        }
    }

    pub(crate) fn remove(&self, request: &mut Request) {
        match self {
            Self::Bearer | Self::Basic | Self::Scheme(_) => {
                request.headers_mut().remove(AUTHORIZATION);
            }
            Self::Header(name) => {
                request.headers_mut().remove(name);
            }
            Self::Query(name) => given::remove_query(request, name),
            Self::Cookie(name) => given::remove_cookie(request, name),
        }
    }

    /// What a request brings, which it loses.
    pub(super) fn take(&self, request: &mut Request) -> Option<Vec<u8>> {
        let found = self.find(request.headers(), request.uri());
        self.remove(request);
        found
    }

    /// What asks for a credential. `is_given`: there was one, and it is not right.
    pub(crate) fn challenge(&self, realm: &str, is_given: bool) -> String {
        let realm = quoted(realm);
        match self {
            Self::Bearer if is_given => format!("Bearer realm={realm}, error=\"invalid_token\""),
            Self::Bearer => format!("Bearer realm={realm}"),
            Self::Basic => format!("Basic realm={realm}, charset=\"UTF-8\""),
            Self::Scheme(name) => format!("{name} realm={realm}"),
            // No scheme is registered for keys, and 401 has to name one.
            Self::Header(_) | Self::Query(_) | Self::Cookie(_) => format!("ApiKey realm={realm}"),
        }
    }
}
