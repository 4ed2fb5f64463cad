use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::any;

use super::answer::Place;
use super::document::Published;
use super::endpoint::Endpoint;
use crate::openapi::callers::Callers;
use crate::openapi::{Acceptance, Api, Document, Serve};
use crate::{Settings, documentation};

/// What the routes of an API share.
pub(super) struct Common {
    pub(super) api: &'static Api,
    pub(super) serve: Arc<dyn Serve>,
    pub(super) callers: Callers,
    pub(super) settings: Settings,
}

/// The operations of an API as routes, and its documentation, so that routers can be merged. `accepted` has the callers by
/// security scheme; without them nothing is checked.
pub fn api_router(
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    accepted: Option<Vec<Acceptance>>,
    settings: &Settings,
) -> Router {
    let callers = Callers::new(api, accepted, settings);
    let common = Arc::new(Common { api, serve, callers, settings: settings.clone() });
    let mut places: BTreeMap<String, Vec<Arc<Endpoint>>> = BTreeMap::new();
    let served = api.operations.iter().enumerate().filter(|(_, operation)| operation.is_served);
    for endpoint in served.filter_map(|(index, _)| Endpoint::new(api, index)) {
        places.entry(endpoint.pattern.route()).or_default().push(Arc::new(endpoint));
    }
    let mut router = Router::new();
    if settings.documentation {
        let endpoints = || places.values().flatten();
        let uses = |path: &str| endpoints().any(|endpoint| endpoint.captures(path).is_some());
        let published = Arc::new(Published::new(api, document));
        router = documentation::add_document(router, move || published.text(), uses);
        router = documentation::add_page(router, uses);
    }
    for (path, mut endpoints) in places {
        // Of those that axum cannot tell apart the one with the most text is tried first.
        endpoints.sort_by_key(|endpoint| Reverse((endpoint.pattern.fixed_length(), endpoint.constants().count())));
        let place = Arc::new(Place { endpoints, common: Arc::clone(&common) });
        router = router.route(&path, any(move |request: Request| place.answer(request)));
    }
    router
}
