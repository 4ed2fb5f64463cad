use axum::Router;
use bytes::Bytes;

use super::path::PathPattern;
use crate::client::Client;
use crate::description::{Capability, Exposes, Route, Surface};
use crate::documentation;
use crate::server::authentication::behind;

/// The OpenAPI document of a REST surface and the page that shows it, to be merged into the router that has its routes. Who
/// wants the document must prove what callers of the routes must.
pub fn rest_documentation(capability: &'static Capability, exposes: usize, client: &Client) -> Router {
    let guard = client.guard(exposes);
    let Some(exposes) = capability.exposes.get(exposes) else { return Router::new() };
    add_page(behind(add_document(Router::new(), exposes), guard), exposes)
}

/// Adds the document to a router of the surface.
pub(crate) fn add_document(router: Router, exposes: &'static Exposes) -> Router {
    documentation::add_document(router, || Bytes::from_static(exposes.document.as_bytes()), uses(exposes))
}

/// Adds the page to a router of the surface.
pub(crate) fn add_page(router: Router, exposes: &'static Exposes) -> Router {
    documentation::add_page(router, uses(exposes))
}

/// Tells the paths that routes of the file answer. A surface of another kind has no document, and so every path is taken.
fn uses(exposes: &'static Exposes) -> impl Fn(&str) -> bool {
    let routes = if let Surface::Rest { routes, .. } = &exposes.surface { Some(*routes) } else { None };
    let patterns =
        |routes: &'static [Route]| routes.iter().map(|route| PathPattern::new(route.path_template)).collect();
    let patterns: Option<Vec<_>> = routes.map(patterns);
    move |path| patterns.as_ref().is_none_or(|patterns| patterns.iter().any(|found| found.captures(path).is_some()))
}
