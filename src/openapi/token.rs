//! Tokens for client credentials (RFC 6749, section 4.4).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{Mutex, OnceCell};
use url::Url;

use super::credential::ClientSecret;
use super::error::TokenError;
use super::escape::Escape;
use super::next::at;
use super::style::encoded;
use crate::client::{TransportError, bearer, sensitive};
use crate::oauth2::{discover, fetch};

/// A token is renewed so long before it expires, or after nine tenths of its time.
const MARGIN: Duration = Duration::from_secs(30);

/// Whether a text is a code as servers define them, and no message that goes on: it is shown and logged.
fn is_code(text: &str) -> bool {
    text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The URL that gives tokens, or who knows it.
pub(crate) enum Endpoint {
    Known(Url),
    /// The authorization server is asked when the first token is needed.
    OfServer(Url, OnceCell<Url>),
}

impl Endpoint {
    async fn url(&self, http: &reqwest::Client) -> Result<Url, TokenError> {
        let (server, known) = match self {
            Self::Known(url) => return Ok(url.clone()),
            Self::OfServer(server, known) => (server, known),
        };
        let ask = async || discover(http, server).await?.token_endpoint.ok_or(TokenError::Metadata { status: None });
        known.get_or_try_init(ask).await.cloned()
    }
}

/// Where tokens come from, with those that are in use.
pub(crate) struct Tokens {
    endpoint: Endpoint,
    client: ClientSecret,
    /// What a request for a token has besides.
    further: Vec<(&'static str, String)>,
    http: reqwest::Client,
    /// How long getting a token may take.
    patience: Duration,
    /// By the scopes that they are for.
    kept: std::sync::Mutex<HashMap<String, Arc<Mutex<Kept>>>>,
}

/// A token, or why there is none.
#[derive(Default)]
struct Kept {
    token: Option<Token>,
    failure: Option<(Instant, Arc<TokenError>)>,
}

struct Token {
    header: HeaderValue,
    until: Option<Instant>,
}

impl Tokens {
    pub(super) fn new(url: Url, client: ClientSecret, http: reqwest::Client, patience: Duration) -> Self {
        let endpoint = Endpoint::Known(url);
        Self { endpoint, client, further: Vec::new(), http, patience, kept: std::sync::Mutex::default() }
    }

    /// Tokens with these scopes, and nothing else, for every request.
    pub(crate) fn of_client(
        endpoint: Endpoint,
        (id, secret): (String, SecretString),
        scopes: Vec<String>,
        further: Vec<(&'static str, String)>,
        http: reqwest::Client,
        patience: Duration,
    ) -> Self {
        let client = ClientSecret { id, secret, scopes: Some(scopes), in_body: false };
        Self { endpoint, client, further, http, patience, kept: std::sync::Mutex::default() }
    }

    /// The value of `Authorization`. Requests that need a token at once wait for one request of it, and share its
    /// failure.
    pub(crate) async fn header(&self, scopes: &[&str]) -> Result<HeaderValue, Arc<TokenError>> {
        let asked = Instant::now();
        let scope = self.scope(scopes);
        let kept = self.kept(&scope);
        let mut kept = kept.lock().await;
        if let Some(token) = kept.token.as_ref().filter(|token| token.until.is_none_or(|until| Instant::now() < until))
        {
            return Ok(token.header.clone());
        }
        if let Some((when, error)) = &kept.failure
            && *when > asked
        {
            return Err(Arc::clone(error));
        }
        let outcome = tokio::time::timeout(self.patience, self.request(&scope)).await;
        match outcome.unwrap_or_else(|_| Err(TokenError::Transport(TransportError::elapsed()))) {
            Ok(token) => {
                let header = token.header.clone();
                *kept = Kept { token: Some(token), failure: None };
                Ok(header)
            }
            Err(error) => {
                let error = Arc::new(error);
                *kept = Kept { token: None, failure: Some((Instant::now(), Arc::clone(&error))) };
                Err(error)
            }
        }
    }

    /// Forgets a token that a server does not accept.
    pub(crate) async fn forget(&self, scopes: &[&str], header: &HeaderValue) {
        let kept = self.kept(&self.scope(scopes));
        let mut kept = kept.lock().await;
        if kept.token.as_ref().is_some_and(|token| token.header == *header) {
            kept.token = None;
        }
    }

    /// What the user says goes before what the document says.
    fn scope(&self, scopes: &[&str]) -> String {
        self.client.scopes.as_ref().map_or_else(|| scopes.join(" "), |scopes| scopes.join(" "))
    }

    fn kept(&self, scope: &str) -> Arc<Mutex<Kept>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.get(scope) {
            return Arc::clone(found);
        }
        Arc::clone(kept.entry(scope.to_owned()).or_default())
    }

    async fn request(&self, scope: &str) -> Result<Token, TokenError> {
        let url = self.endpoint.url(&self.http).await?;
        let (status, body) = fetch(&self.http, self.build(url, scope)?).await?;
        if !status.is_success() {
            let code = at(&body, &["error"]).filter(|code| is_code(code)).unwrap_or_default();
            return Err(TokenError::Refused { status, code });
        }
        let token = at(&body, &["access_token"]).and_then(|token| bearer(&token)).ok_or(TokenError::Unreadable)?;
        let seconds = at(&body, &["expires_in"]).and_then(|seconds| seconds.parse().ok());
        let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let until = lifetime
            .and_then(|lifetime| Instant::now().checked_add(lifetime.saturating_sub(MARGIN.min(lifetime / 10))));
        Ok(Token { header: token, until })
    }

    fn build(&self, url: Url, scope: &str) -> Result<reqwest::Request, TokenError> {
        let mut body = "grant_type=client_credentials".to_owned();
        let mut push = |name, value: &str| {
            body.push('&');
            body.push_str(&encoded(name, value, Escape::Form));
        };
        let ClientSecret { id, secret, in_body, .. } = &self.client;
        if !scope.is_empty() {
            push("scope", scope);
        }
        for (name, value) in &self.further {
            push(name, value);
        }
        if *in_body {
            push("client_id", id);
            push("client_secret", secret.expose_secret());
        }
        let mut request = reqwest::Request::new(Method::POST, url);
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
