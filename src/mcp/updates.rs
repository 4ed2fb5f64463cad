//! That resources have changed, from whoever knows it to the clients that want to know.

use std::sync::Arc;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::broadcast::{Receiver, Sender, channel};

/// How many changes may wait for one client. One that falls further behind is told that everything may have changed.
const WAITING: usize = 256;

/// Tells the clients of MCP surfaces that resources have changed. Cheap to clone; all clones tell the same clients.
///
/// A program that knows when resources change makes one, and gives it back from `Handlers::mcp_updates`. Clients can then
/// subscribe: those of 2026-07-28 by `subscriptions/listen`, others by `resources/subscribe` on standard input and output and
/// in [sessions](crate::Settings::mcp_sessions).
///
/// ```
/// let updates = capsmith::mcp::Updates::new();
/// updates.resource_updated("harbour://ships/7");
/// updates.resources_changed();
/// ```
#[derive(Clone, Debug)]
pub struct Updates(Sender<Change>);

/// What has changed.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// The content of a resource.
    Resource(Arc<str>),
    /// Which resources there are.
    Resources,
    /// More than could be kept.
    Unknown,
}

impl Updates {
    /// What nobody listens to yet.
    #[must_use]
    pub fn new() -> Self {
        Self(channel(WAITING).0)
    }

    /// Tells those who have subscribed to a resource that its content is another.
    pub fn resource_updated(&self, uri: impl Into<Arc<str>>) {
        // An error means that nobody listens.
        let _ = self.0.send(Change::Resource(uri.into()));
    }

    /// Tells that there are other resources than before.
    pub fn resources_changed(&self) {
        // As above.
        let _ = self.0.send(Change::Resources);
    }

    pub(super) fn subscribe(&self) -> Receiver<Change> {
        self.0.subscribe()
    }
}

impl Default for Updates {
    fn default() -> Self {
        Self::new()
    }
}

/// The next change. `None`: there will be none.
pub(super) async fn next(changes: &mut Receiver<Change>) -> Option<Change> {
    match changes.recv().await {
        Ok(change) => Some(change),
        Err(RecvError::Lagged(_)) => Some(Change::Unknown),
        Err(RecvError::Closed) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_falls_behind_is_told_that_everything_may_have_changed() {
        let updates = Updates::new();
        let mut changes = updates.subscribe();
        for number in 0..=WAITING {
            updates.resource_updated(format!("x:{number}"));
        }
        assert!(matches!(next(&mut changes).await, Some(Change::Unknown)));
        assert!(matches!(next(&mut changes).await, Some(Change::Resource(uri)) if &*uri == "x:1"));
        drop(updates);
        while let Some(change) = next(&mut changes).await {
            assert!(matches!(change, Change::Resource(_)));
        }
    }
}
