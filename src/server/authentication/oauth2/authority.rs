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

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::response::Response;
    use futures_util::stream::once;
    use tokio::sync::watch;

    use super::*;
    use crate::http_client_builder;
    use crate::tests::recorder::Recorder;

    /// A server that says nothing before it may.
    async fn server(may: watch::Receiver<bool>) -> Recorder {
        Recorder::new(move |_, request| {
            let host = request.header("host").unwrap();
            let said = format!(r#"{{"issuer": "http://{host}/", "jwks_uri": "http://{host}/keys", "keys": []}}"#);
            let mut may = may.clone();
            Response::new(Body::from_stream(once(async move { may.wait_for(|may| *may).await.map(|_| said) })))
        })
        .await
    }

    fn authority(server: &Recorder, patience: Duration, age: Duration) -> (Arc<Authority>, Arc<Known>) {
        let http = http_client_builder(&crate::Settings::default()).no_proxy().build().unwrap();
        let authority = Authority::new(Url::parse(&server.url("/")).unwrap(), http, true, patience);
        let when = Instant::now().checked_sub(age).unwrap();
        let old = Arc::new(Known { issuer: String::new(), keys: Vec::new(), introspection_endpoint: None, when });
        *authority.known.write().unwrap() = Some(Arc::clone(&old));
        (Arc::new(authority), old)
    }

    const LONG: Duration = Duration::from_secs(600);

    #[tokio::test]
    async fn nobody_waits_for_a_server_as_long_as_its_last_answer_is_good() {
        let (may, receiver) = watch::channel(false);
        let server = server(receiver).await;
        let (authority, old) = authority(&server, LONG, FRESH);
        for _ in 0..3 {
            assert!(Arc::ptr_eq(&authority.known().await.unwrap(), &old));
        }
        // Only whoever has a token with an unknown key does.
        let waiting = tokio::spawn({
            let (authority, old) = (Arc::clone(&authority), Arc::clone(&old));
            async move { authority.newer_than(&old).await }
        });
        may.send(true).unwrap();
        let newer = waiting.await.unwrap().unwrap();
        assert!(newer.when > old.when);
        assert!(Arc::ptr_eq(&authority.known().await.unwrap(), &newer));
        let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
        assert_eq!(targets, ["/.well-known/oauth-authorization-server", "/keys"], "it is asked once");
    }

    #[tokio::test]
    async fn what_is_too_old_is_waited_for_and_not_for_ever() {
        let (may, receiver) = watch::channel(false);
        let server = server(receiver).await;
        let (hasty, _) = authority(&server, Duration::from_millis(50), USABLE);
        assert!(hasty.known().await.is_none());
        assert!(hasty.known().await.is_none(), "there is a pause after a failure");
        assert!(server.requests().len() <= 1);
        may.send(true).unwrap();
        let (patient, old) = authority(&server, LONG, USABLE);
        assert!(patient.known().await.unwrap().when > old.when);
    }
}
