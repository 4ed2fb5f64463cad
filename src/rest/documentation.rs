use axum::Router;
use bytes::Bytes;

use super::path::PathPattern;
use crate::description::{Capability, Exposes, Surface};
use crate::documentation;

/// The OpenAPI document of a REST surface and the page that shows it, to be merged into the router that has its routes.
pub fn rest_documentation(capability: &'static Capability, exposes: usize) -> Router {
    capability.exposes.get(exposes).map_or_else(Router::new, |exposes| add_documentation(Router::new(), exposes))
}

/// Adds them to a router of the surface.
pub(crate) fn add_documentation(router: Router, exposes: &'static Exposes) -> Router {
    let Surface::Rest { routes, .. } = &exposes.surface else { return router };
    let patterns: Vec<_> = routes.iter().map(|route| PathPattern::new(route.path_template)).collect();
    let uses = |path: &str| patterns.iter().any(|pattern| pattern.captures(path).is_some());
    documentation::add_routes(router, || Bytes::from_static(exposes.document.as_bytes()), uses)
}
