//! Which pages of other origins may read answers.

use http::header::{ACCESS_CONTROL_REQUEST_METHOD, CONTENT_DISPOSITION, ETAG, LINK, LOCATION, ORIGIN};
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, Request};
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer, ExposeHeaders};

use super::allowed::Origins;
use crate::config::Cors;

/// What adds the permissions to answers; `None`: no page has any.
pub(super) fn layer(cors: &Cors) -> Option<CorsLayer> {
    if cors.origins.is_empty() {
        return None;
    }
    let layer = CorsLayer::new()
        // What may be asked is decided by who may ask it: methods and headers are those of the routes, whatever these are.
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .max_age(cors.max_age);
    if cors.is_any() {
        return Some(layer.allow_origin(AllowOrigin::any()).expose_headers(ExposeHeaders::any()));
    }
    let origins = Origins::new(&cors.origins);
    let layer = layer.allow_origin(AllowOrigin::predicate(move |origin: &HeaderValue, _: &_| origins.have(origin)));
    Some(if cors.credentials {
        // With credentials `*` would be the name of a header.
        let exposed = [CONTENT_DISPOSITION, ETAG, LINK, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE];
        layer.allow_credentials(true).expose_headers(exposed)
    } else {
        layer.expose_headers(ExposeHeaders::any())
    })
}

/// Whether a request is not one for `OPTIONS` itself, which a route may have.
pub(super) fn concerns<B>(request: &Request<B>) -> bool {
    request.method() != Method::OPTIONS || is_preflight(request)
}

/// Whether a request asks what a page may ask. Nobody else gets to see it.
pub(super) fn is_preflight<B>(request: &Request<B>) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}
