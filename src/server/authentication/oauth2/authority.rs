//! What is known of an authorization server: who it is, and the keys that it signs with.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use http::Method;
use tokio::sync::{Mutex, OwnedMutexGuard};
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

/// An authorization server, of whom nothing is asked twice at once. It is asked in a task of its own, which outlasts the request
/// that was the reason.
pub(super) struct Authority {
    server: Url,
    pub(super) http: reqwest::Client,
    has_keys: bool,
    /// How long an answer may take.
    pub(super) patience: Duration,
    known: RwLock<Option<Arc<Known>>>,
    attempts: Arc<Mutex<Attempts>>,
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

    /// What is known; `None`: nothing, since the server does not answer as it should. Nobody waits for the server as long as the
    /// last answer can be used.
    pub(super) async fn known(self: &Arc<Self>) -> Option<Arc<Known>> {
        if let Some(known) = self.younger_than(FRESH) {
            return Some(known);
        }
        // Otherwise somebody is asking already.
        if let Ok(attempts) = Arc::clone(&self.attempts).try_lock_owned()
            && self.younger_than(FRESH).is_none()
            && !is_recent(attempts.failed, PAUSE)
        {
            self.ask(attempts);
        }
        if let Some(known) = self.younger_than(USABLE) {
            return Some(known);
        }
        self.asked().await;
        self.younger_than(USABLE)
    }

    /// What is known after a token has come that is signed with none of the keys; `None`: nothing new.
    pub(super) async fn newer_than(self: &Arc<Self>, old: &Arc<Known>) -> Option<Arc<Known>> {
        let newer = || self.younger_than(FRESH).filter(|known| known.when > old.when);
        let mut attempts = Arc::clone(&self.attempts).lock_owned().await;
        if let Some(known) = newer() {
            return Some(known);
        }
        if is_recent(attempts.forced, ROTATION) || is_recent(attempts.failed, PAUSE) {
            return None;
        }
        attempts.forced = Some(Instant::now());
        self.ask(attempts);
        self.asked().await;
        newer()
    }

    /// Begins to ask, and ends when there is an answer or none is expected any more.
    fn ask(self: &Arc<Self>, mut attempts: OwnedMutexGuard<Attempts>) {
        let authority = Arc::clone(self);
        tokio::spawn(async move {
            attempts.failed = authority.fetch_in_time().await.err().map(|()| Instant::now());
        });
    }

    /// Ends when nobody is asking any more.
    async fn asked(&self) {
        drop(self.attempts.lock().await);
    }

    fn younger_than(&self, age: Duration) -> Option<Arc<Known>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.when.elapsed() < age).cloned()
    }

    async fn fetch_in_time(&self) -> Result<(), ()> {
        let outcome = timeout(self.patience, self.fetch()).await;
        match outcome.unwrap_or_else(|_| Err(TokenError::Transport(TransportError::elapsed()))) {
            Ok(known) => {
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(known));
                Ok(())
            }
            Err(error) => {
                let cause = std::error::Error::source(&error).map(ToString::to_string);
                tracing::warn!(server = %self.server, %error, cause, "the authorization server cannot be asked");
                Err(())
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
