use std::sync::Arc;

use axum::Router;
use axum::middleware::map_response;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, MethodRouter};
use http::StatusCode;
use http::header::ALLOW;

use super::endpoint::{Endpoint, answer};
use crate::Settings;
use crate::description::{Capability, Method, Surface};
use crate::server::{Dispatch, Problem};

/// The routes of a REST surface and nothing else, so that routers of several can be merged.
#[must_use]
pub fn rest_router(
    capability: &'static Capability,
    exposes: usize,
    dispatch: Arc<dyn Dispatch>,
    settings: &Settings,
) -> Router {
    let settings = Arc::new(settings.clone());
    let mut router = Router::new();
    for group in groups(capability, exposes, &dispatch, &settings) {
        let Some(first) = group.endpoints.first() else { continue };
        let route = first.pattern.route();
        let filter = method_filter(group.method);
        let endpoints: Arc<[Endpoint]> = group.endpoints.into();
        let handler = async move |request| answer(&endpoints, request).await;
        // The fallback gets its body before there are methods, which need no such layer.
        let methods = MethodRouter::new().layer(map_response(method_not_allowed)).on(filter, handler);
        router = router.route(&route, methods);
    }
    router
}

/// The routes of one method that axum cannot tell apart, the most special first.
struct Group {
    route: String,
    method: Method,
    endpoints: Vec<Endpoint>,
}

fn groups(
    capability: &'static Capability,
    exposes: usize,
    dispatch: &Arc<dyn Dispatch>,
    settings: &Arc<Settings>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let Some(exposes) = capability.exposes.get(exposes) else { return groups };
    let Surface::Rest { routes } = &exposes.surface else { return groups };
    for route in *routes {
        let endpoint = Endpoint::new(capability, exposes, route, Arc::clone(dispatch), Arc::clone(settings));
        let pattern = endpoint.pattern.route();
        match groups.iter_mut().find(|group| group.method == route.method && group.route == pattern) {
            Some(group) => group.endpoints.push(endpoint),
            None => groups.push(Group { route: pattern, method: route.method, endpoints: vec![endpoint] }),
        }
    }
    for group in &mut groups {
        group.endpoints.sort_by_key(|endpoint| std::cmp::Reverse(endpoint.pattern.fixed_length()));
    }
    groups
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
