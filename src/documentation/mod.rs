//! `/openapi.json`, and `/docs`: a page that shows the document and sends requests.
//!
//! Documents come from files that somebody else may have written. The page therefore makes text of everything in them, never
//! markup, and its policy lets no script run but its own.

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, HeaderValue, StatusCode};

/// Where the document is.
const DOCUMENT: &str = "/openapi.json";

/// Where the page is. What it loads is named relative to it, so that a router may be mounted below a path.
const PAGE: &str = "/docs";

/// The files that the page is made of, itself first.
const FILES: [File; 8] = [
    File { path: PAGE, media_type: HTML, text: include_str!("page/docs.html") },
    File { path: "/docs/docs.css", media_type: CSS, text: include_str!("page/docs.css") },
    File { path: "/docs/docs.js", media_type: SCRIPT, text: include_str!("page/docs.js") },
    File { path: "/docs/form.js", media_type: SCRIPT, text: include_str!("page/form.js") },
    File { path: "/docs/make.js", media_type: SCRIPT, text: include_str!("page/make.js") },
    File { path: "/docs/operation.js", media_type: SCRIPT, text: include_str!("page/operation.js") },
    File { path: "/docs/request.js", media_type: SCRIPT, text: include_str!("page/request.js") },
    File { path: "/docs/schema.js", media_type: SCRIPT, text: include_str!("page/schema.js") },
];

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Nothing but files of the server itself, and requests to it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

#[derive(Clone, Copy)]
struct File {
    path: &'static str,
    media_type: &'static str,
    text: &'static str,
}

/// Adds the document and the page to the routes of a surface, but for what the surface uses itself. Without the document there
/// is nothing for the page to show.
pub(crate) fn add_routes(
    mut router: Router,
    document: impl Fn() -> Bytes + Clone + Send + Sync + 'static,
    uses: impl Fn(&str) -> bool,
) -> Router {
    if uses(DOCUMENT) {
        return router;
    }
    router = router.route(DOCUMENT, get(async move || answer("application/json", document())));
    if FILES.iter().any(|file| uses(file.path)) {
        return router;
    }
    for file in FILES {
        router = router.route(file.path, get(async move || serve(file)));
    }
    router.route("/docs/", get(async || (StatusCode::PERMANENT_REDIRECT, [(LOCATION, "../docs")])))
}

fn serve(file: File) -> Response {
    let mut response = answer(file.media_type, Bytes::from_static(file.text.as_bytes()));
    let headers: [(HeaderName, &str); 3] =
        [(CONTENT_SECURITY_POLICY, POLICY), (REFERRER_POLICY, "no-referrer"), (CACHE_CONTROL, "no-cache")];
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

fn answer(media_type: &'static str, content: Bytes) -> Response {
    let headers = [(CONTENT_TYPE, media_type), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, content).into_response()
}
