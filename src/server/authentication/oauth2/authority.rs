//! What is known of an authorization server: who it is, and the keys that it signs with.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use http::Method;
use tokio::sync::Mutex;
use tokio::time::timeout;
use url::Url;

use super::keys::{self, Key};
use crate::client::TransportError;
use crate::oauth2::{discover, fetch};
use crate::openapi::TokenError;

/// How long keys are taken for the current ones.
const FRESH: Duration = Duration::from_secs(300);
/// How long they are used at most when the server cannot be asked.
const USABLE: Duration = Duration::from_secs(3600);
/// How often tokens with unknown keys make the server be asked, at most.
const ROTATION: Duration = Duration::from_secs(30);
/// The pause after a failure.
const PAUSE: Duration = Duration::from_secs(5);

/// An authorization server, of whom nothing is asked twice at once.
pub(super) struct Authority {
    server: Url,
    pub(super) http: reqwest::Client,
    has_keys: bool,
    /// How long an answer may take.
    pub(super) patience: Duration,
    known: RwLock<Option<Arc<Known>>>,
    attempts: Mutex<Attempts>,
}

/// What a server has said.
pub(super) struct Known {
    pub(super) issuer: String,
    pub(super) keys: Vec<Key>,
    pub(super) introspection_endpoint: Option<Url>,
    when: Instant,
}

#[derive(Default)]
struct Attempts {
    failed: Option<Instant>,
    /// When a token with an unknown key was the reason.
    forced: Option<Instant>,
}

impl Authority {
    pub(super) fn new(server: Url, http: reqwest::Client, has_keys: bool, patience: Duration) -> Self {
        let (known, attempts) = Default::default();
        Self { server, http, has_keys, patience, known, attempts }
    }

    /// What is known; `None`: nothing, since the server does not answer as it should.
    pub(super) async fn known(&self) -> Option<Arc<Known>> {
        if let Some(known) = self.younger_than(FRESH) {
            return Some(known);
        }
        let mut attempts = self.attempts.lock().await;
        if let Some(known) = self.younger_than(FRESH) {
            return Some(known);
        }
        if !is_recent(attempts.failed, PAUSE)
            && let Some(known) = self.ask(&mut attempts).await
        {
            return Some(known);
        }
        self.younger_than(USABLE)
    }

    /// What is known after a token has come that is signed with none of the keys; `None`: nothing new.
    pub(super) async fn newer_than(&self, old: &Arc<Known>) -> Option<Arc<Known>> {
        let mut attempts = self.attempts.lock().await;
        if let Some(known) = self.younger_than(FRESH).filter(|known| known.when > old.when) {
            return Some(known);
        }
        if is_recent(attempts.forced, ROTATION) || is_recent(attempts.failed, PAUSE) {
            return None;
        }
        attempts.forced = Some(Instant::now());
        self.ask(&mut attempts).await
    }

    fn younger_than(&self, age: Duration) -> Option<Arc<Known>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.when.elapsed() < age).cloned()
    }

    async fn ask(&self, attempts: &mut Attempts) -> Option<Arc<Known>> {
        let outcome = timeout(self.patience, self.fetch()).await;
        match outcome.unwrap_or_else(|_| Err(TokenError::Transport(TransportError::elapsed()))) {
            Ok(known) => {
                let known = Arc::new(known);
                attempts.failed = None;
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&known));
                Some(known)
            }
            Err(error) => {
                attempts.failed = Some(Instant::now());
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::warn!(server = %self.server, %error, cause, "the authorization server cannot be asked");
                None
            }
        }
    }

    async fn fetch(&self) -> Result<Known, TokenError> {
        let metadata = discover(&self.http, &self.server).await?;
        let keys = if self.has_keys {
            let url = metadata.keys.ok_or(TokenError::Metadata { status: None })?;
            let (status, body) = fetch(&self.http, reqwest::Request::new(Method::GET, url)).await?;
            if !status.is_success() {
                return Err(TokenError::Metadata { status: Some(status) });
            }
            keys::read(&body).ok_or(TokenError::Metadata { status: None })?
        } else {
            Vec::new()
        };
        let introspection_endpoint = metadata.introspection_endpoint;
        Ok(Known { issuer: metadata.issuer, keys, introspection_endpoint, when: Instant::now() })
    }
}

fn is_recent(when: Option<Instant>, age: Duration) -> bool {
    when.is_some_and(|when| when.elapsed() < age)
}
