//! What is remembered of a client between its requests, where there is a session or a connection to remember it for.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use rmcp::model::ResourceUpdatedNotificationParam;
use rmcp::{ErrorData, Peer, RoleServer};
use tokio::sync::broadcast::Receiver;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::call::Level;
use super::updates::{Change, next};

/// How many resources one client may subscribe to: what it names is kept.
pub(super) const MOST_SUBSCRIPTIONS: usize = 1000;
/// The longest URI of these, in bytes.
pub(super) const LONGEST_URI: usize = 2048;

/// A session, or the connection of standard input and output.
pub(crate) struct Session {
    /// The position of the level in [`LEVELS`].
    level: AtomicU8,
    subscriptions: Mutex<BTreeSet<String>>,
    is_told: AtomicBool,
    /// Is cancelled with the end of the session.
    end: CancellationToken,
    _at_end: DropGuard,
}

const LEVELS: [Level; 8] = [
    Level::Debug,
    Level::Info,
    Level::Notice,
    Level::Warning,
    Level::Error,
    Level::Critical,
    Level::Alert,
    Level::Emergency,
];

impl Session {
    pub(super) fn new() -> Arc<Self> {
        let end = CancellationToken::new();
        let session = Self {
            level: AtomicU8::default(),
            subscriptions: Mutex::default(),
            is_told: AtomicBool::new(false),
            _at_end: end.clone().drop_guard(),
            end,
        };
        session.set_level(Level::default());
        Arc::new(session)
    }

    /// The least level of log messages that the client wants.
    pub(super) fn level(&self) -> Level {
        LEVELS.get(usize::from(self.level.load(Ordering::Relaxed))).copied().unwrap_or_default()
    }

    pub(super) fn set_level(&self, level: Level) {
        let position = LEVELS.iter().position(|other| *other == level).and_then(|position| u8::try_from(position).ok());
        self.level.store(position.unwrap_or_default(), Ordering::Relaxed);
    }

    /// Has the client told from now on when a resource changes.
    pub(super) fn subscribe(
        self: &Arc<Self>,
        uri: String,
        peer: Peer<RoleServer>,
        changes: impl FnOnce() -> Receiver<Change>,
    ) -> Result<(), ErrorData> {
        if uri.len() > LONGEST_URI {
            let message = format!("the URI of a subscription has at most {LONGEST_URI} bytes");
            return Err(ErrorData::invalid_params(message, None));
        }
        {
            let mut subscriptions = self.subscriptions();
            if subscriptions.len() >= MOST_SUBSCRIPTIONS && !subscriptions.contains(&uri) {
                let message =
                    format!("a client can subscribe to {MOST_SUBSCRIPTIONS} resources; unsubscribe from others");
                return Err(ErrorData::invalid_request(message, None));
            }
            subscriptions.insert(uri);
        }
        self.tell(peer, changes);
        Ok(())
    }

    pub(super) fn unsubscribe(&self, uri: &str) {
        self.subscriptions().remove(uri);
    }

    /// Begins to tell the client of changes, once.
    pub(super) fn tell(self: &Arc<Self>, peer: Peer<RoleServer>, changes: impl FnOnce() -> Receiver<Change>) {
        if !self.is_told.swap(true, Ordering::AcqRel) {
            tokio::spawn(tell(Arc::downgrade(self), self.end.clone(), peer, changes()));
        }
    }

    fn subscriptions(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.subscriptions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The resources that the client is told of after a change.
    fn concerned(&self, change: &Change) -> Vec<String> {
        let subscriptions = self.subscriptions();
        match change {
            Change::Resource(uri) => subscriptions.get(&**uri).cloned().into_iter().collect(),
            Change::Resources => Vec::new(),
            Change::Unknown => subscriptions.iter().cloned().collect(),
        }
    }
}

async fn tell(session: Weak<Session>, end: CancellationToken, peer: Peer<RoleServer>, mut changes: Receiver<Change>) {
    loop {
        let change = tokio::select! {
            change = next(&mut changes) => change,
            () = end.cancelled() => return,
        };
        let (Some(change), Some(session)) = (change, session.upgrade()) else { return };
        let concerned = session.concerned(&change);
        drop(session);
        if matches!(change, Change::Resources | Change::Unknown) && peer.notify_resource_list_changed().await.is_err() {
            return;
        }
        for uri in concerned {
            if peer.notify_resource_updated(ResourceUpdatedNotificationParam::new(uri)).await.is_err() {
                return;
            }
        }
    }
}
