//! `subscriptions/listen` (2026-07-28): one request, whose answer goes on.

use rmcp::model::SubscriptionFilter;
use rmcp::service::SubscriptionContext;
use tokio::sync::broadcast::Receiver;

use super::offers::Offers;
use super::session::{LONGEST_URI, MOST_SUBSCRIPTIONS};
use super::updates::{Change, next};
use crate::server::Draining;

/// As much of what a client asks for as there is.
pub(super) fn accepted(offers: &Offers, requested: &SubscriptionFilter) -> Option<SubscriptionFilter> {
    offers.updates()?;
    let mut accepted = SubscriptionFilter::new();
    accepted.resources_list_changed = requested.resources_list_changed;
    // The library takes those of `requested` that are here, as often as they are there.
    let few = requested.resource_subscriptions.as_ref().filter(|uris| uris.len() <= MOST_SUBSCRIPTIONS);
    accepted.resource_subscriptions = few.map(|uris| {
        let known = uris.iter().filter(|uri| uri.len() <= LONGEST_URI && offers.has_resource(uri));
        known.cloned().collect()
    });
    Some(accepted)
}

/// Tells the client of changes until it goes away, or the server is told to stop.
pub(super) async fn listen(context: SubscriptionContext, mut changes: Receiver<Change>, draining: Draining) {
    let mut draining = std::pin::pin!(draining.begun());
    let sink = context.sink();
    loop {
        let change = tokio::select! {
            change = next(&mut changes) => change,
            () = context.cancelled() => return,
            () = &mut draining => return,
        };
        let uris = context.accepted().resource_subscriptions.as_deref().unwrap_or_default();
        let (concerned, is_list): (Vec<&String>, bool) = match change {
            None => return,
            Some(Change::Resource(uri)) => (uris.iter().filter(|other| **other == *uri).collect(), false),
            Some(Change::Resources) => (Vec::new(), true),
            Some(Change::Unknown) => (uris.iter().collect(), true),
        };
        if is_list
            && context.accepted().resources_list_changed == Some(true)
            && sink.notify_resource_list_changed().await.is_err()
        {
            return;
        }
        for uri in concerned {
            if sink.notify_resource_updated(uri).await.is_err() {
                return;
            }
        }
    }
}
