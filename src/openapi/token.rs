//! Tokens for client credentials (RFC 6749, section 4.4).

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use secrecy::ExposeSecret as _;
use tokio::sync::Mutex;
use url::Url;

use super::credential::ClientSecret;
use super::error::TokenError;
use super::escape::Escape;
use super::next::at;
use super::style::encoded;
use crate::client::{TransportError, bearer, sensitive};

/// A token is renewed so long before it expires, or after nine tenths of its time.
const MARGIN: Duration = Duration::from_secs(30);
/// As much of an answer as is read; tokens are smaller.
const MAX_ANSWER: usize = 1024 * 1024;

/// Where tokens come from, with the one that is in use.
pub(super) struct Tokens {
    pub(super) url: Url,
    pub(super) client: ClientSecret,
    pub(super) http: reqwest::Client,
    pub(super) current: Mutex<Option<Token>>,
}

pub(super) struct Token {
    header: HeaderValue,
    until: Option<Instant>,
}

impl Tokens {
    /// The value of `Authorization`. Requests that need a token at once wait for one request of it.
    pub(super) async fn header(&self) -> Result<HeaderValue, TokenError> {
        let mut current = self.current.lock().await;
        if let Some(token) = current.as_ref().filter(|token| token.until.is_none_or(|until| Instant::now() < until)) {
            return Ok(token.header.clone());
        }
        let token = self.request().await?;
        let header = token.header.clone();
        *current = Some(token);
        Ok(header)
    }

    /// Forgets a token that a server does not accept.
    pub(super) async fn forget(&self, header: &HeaderValue) {
        let mut current = self.current.lock().await;
        if current.as_ref().is_some_and(|token| token.header == *header) {
            *current = None;
        }
    }

    async fn request(&self) -> Result<Token, TokenError> {
        let transport = |error| TokenError::Transport(TransportError::new(error));
        let mut response = self.http.execute(self.build()?).await.map_err(transport)?;
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(transport)? {
            body.extend_from_slice(&part);
            if body.len() > MAX_ANSWER {
                return Err(TokenError::Unreadable);
            }
        }
        let status = response.status();
        if !status.is_success() {
            let code = at(&body, &["error"]).unwrap_or_default();
            return Err(TokenError::Refused { status, code });
        }
        let token = at(&body, &["access_token"]).and_then(|token| bearer(&token)).ok_or(TokenError::Unreadable)?;
        let seconds = at(&body, &["expires_in"]).and_then(|seconds| seconds.parse().ok());
        let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let until = lifetime
            .and_then(|lifetime| Instant::now().checked_add(lifetime.saturating_sub(MARGIN.min(lifetime / 10))));
        Ok(Token { header: token, until })
    }

    fn build(&self) -> Result<reqwest::Request, TokenError> {
        let mut body = "grant_type=client_credentials".to_owned();
        let mut push = |name, value: &str| {
            body.push('&');
            body.push_str(&encoded(name, value, Escape::Form));
        };
        let ClientSecret { id, secret, scopes, in_body } = &self.client;
        if !scopes.is_empty() {
            push("scope", &scopes.join(" "));
        }
        if *in_body {
            push("client_id", id);
            push("client_secret", secret.expose_secret());
        }
        let mut request = reqwest::Request::new(Method::POST, self.url.clone());
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if !in_body {
            // Both are form-encoded first (RFC 6749, section 2.3.1).
            let mut login = String::new();
            Escape::Form.push(id, &mut login);
            login.push(':');
            Escape::Form.push(secret.expose_secret(), &mut login);
            let value = sensitive(&format!("Basic {}", STANDARD.encode(login))).ok_or(TokenError::Unreadable)?;
            headers.insert(AUTHORIZATION, value);
        }
        *request.body_mut() = Some(body.into());
        Ok(request)
    }
}
