use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::middleware::map_response;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter};
use http::StatusCode;
use http::header::ALLOW;

use super::endpoint::{Common, Endpoint, answer};
use super::path::PathPattern;
use crate::Settings;
use crate::arguments::ArgumentError;
use crate::client::Client;
use crate::description::{Capability, Exposes, Method, Route, Surface};
use crate::server::authentication::guarded;
use crate::server::{Dispatch, Problem};

/// The routes of a REST surface and nothing else, so that routers of several can be merged. Callers must prove what the
/// file demands, wherever the router is mounted.
pub fn rest_router(
    capability: &'static Capability,
    exposes: usize,
    dispatch: Arc<dyn Dispatch>,
    client: &Client,
) -> Router {
    guarded(routes(capability, exposes, dispatch, client.settings()), client.guard(exposes))
}

/// The routes of a REST surface, open to everyone.
pub(crate) fn routes(
    capability: &'static Capability,
    exposes: usize,
    dispatch: Arc<dyn Dispatch>,
    settings: &Settings,
) -> Router {
    let Some(exposes) = capability.exposes.get(exposes) else { return Router::new() };
    let Surface::Rest { routes } = &exposes.surface else { return Router::new() };
    let common = Arc::new(Common { namespace: exposes.namespace, settings: settings.clone(), dispatch });
    let mut router = Router::new();
    for ((path, method), mut endpoints) in groups(capability, routes, &common) {
        endpoints.sort_by_key(|endpoint| Reverse(endpoint.pattern.fixed_length()));
        let endpoints: Arc<[Endpoint]> = endpoints.into();
        let handler = async move |request| answer(&endpoints, request).await;
        // The fallback gets its body before there are methods, which need no such layer.
        let methods = MethodRouter::new().layer(map_response(method_not_allowed)).on(method_filter(method), handler);
        router = router.route(&path, methods);
    }
    router
}

/// The routes by path and method, as far as axum can tell them apart.
fn groups(
    capability: &'static Capability,
    routes: &'static [Route],
    common: &Arc<Common>,
) -> BTreeMap<(String, Method), Vec<Endpoint>> {
    let mut groups: BTreeMap<_, Vec<Endpoint>> = BTreeMap::new();
    for route in routes {
        let endpoint = Endpoint::new(capability, route, Arc::clone(common));
        groups.entry((endpoint.pattern.route(), route.method)).or_default().push(endpoint);
    }
    groups
}

/// The problem of a path that would be a route's if its variables were not empty, which axum takes for another path.
pub(crate) fn empty_value(exposes: &Exposes, path: &str) -> Option<Problem> {
    let Surface::Rest { routes } = &exposes.surface else { return None };
    routes.iter().find_map(|route| {
        let captures = PathPattern::new(route.path_template).captures(path)?;
        let empty = captures.iter().filter(|(_, value)| value.is_empty());
        let parameters = empty.filter_map(|(index, _)| route.parameters.get(*index));
        let errors: Vec<_> = parameters.map(|parameter| ArgumentError::of(parameter, "must not be empty")).collect();
        (!errors.is_empty()).then(|| Problem::invalid_inputs(errors))
    })
}

fn method_filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Head => MethodFilter::HEAD,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
        Method::Options => MethodFilter::OPTIONS,
    }
}

/// Gives axum's empty 405 a body. axum adds `Allow` to it later.
async fn method_not_allowed(response: Response) -> Response {
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        return response;
    }
    let detail = "This path does not have the method; `Allow` lists those that it has.";
    let mut problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED).with_detail(detail);
    if let Some(allow) = response.headers().get(ALLOW) {
        problem = problem.with_header(ALLOW, allow.clone());
    }
    problem.into_response()
}
