//! Resources whose requests are handed on to an upstream as they come.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{
    ACCEPT, ALLOW, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING,
};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use http_body::Body as _;
use http_body_util::Limited;

use super::endpoint::{Common, Endpoint};
use super::path::PathPattern;
use super::respond::respond;
use crate::ClientError;
use crate::client::{Client, Forwarded, IdleBody};
use crate::description::Forward;
use crate::server::{Problem, Reply, broken_off, check_length, forward_headers, of_connection};
use crate::spans::Matched;

/// What of the content of a request goes along, whatever the file trusts.
const OF_CONTENT: [HeaderName; 5] = [ACCEPT, CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH];

/// A segment can be encoded that often before nobody would decode it.
const MAX_DECODED: usize = 4;

/// A forwarded resource, with the routes below its path, which are told apart from it here: axum cannot.
pub(crate) struct Forwarder {
    forward: &'static Forward,
    prefix: PathPattern,
    common: Arc<Common>,
    endpoints: Vec<(Method, Endpoint)>,
}

impl Forwarder {
    pub(crate) fn new(forward: &'static Forward, common: Arc<Common>) -> Self {
        Self { forward, prefix: PathPattern::new(forward.prefix), common, endpoints: Vec::new() }
    }

    /// The route for axum, without what is below it.
    pub(crate) fn route(&self) -> String {
        self.prefix.route()
    }

    /// Whether it hands on all that is below its path.
    pub(crate) fn spans(&self) -> bool {
        self.forward.spans
    }

    /// Whether a route of axum's is its own, or below it.
    pub(crate) fn takes(&self, route: &str) -> bool {
        let rest = route.strip_prefix(&self.route());
        rest.is_some_and(|rest| rest.is_empty() || self.spans() && rest.starts_with('/'))
    }

    /// Adds routes that are at its path or below. Of two that match a path, the first is taken.
    pub(crate) fn add(&mut self, method: &Method, endpoints: Vec<Endpoint>) {
        self.endpoints.extend(endpoints.into_iter().map(|endpoint| (method.clone(), endpoint)));
    }

    /// Answers a request: by the route of its method, or else by the upstream. The path of another resource is that
    /// one's, whatever the method.
    pub(crate) async fn answer(&self, request: Request) -> Response {
        let path = request.uri().path();
        // A variable that stands for nothing stands for no path of another resource.
        let is_of = |endpoint: &Endpoint| {
            endpoint.pattern.captures(path).is_some_and(|captures| captures.iter().all(|(_, value)| !value.is_empty()))
        };
        let matching = || self.endpoints.iter().filter(|(_, endpoint)| is_of(endpoint));
        let of = |method: &Method| matching().find(|(other, _)| other == method);
        let is_head = request.method() == Method::HEAD;
        let found = of(request.method()).or_else(|| if is_head { of(&Method::GET) } else { None });
        if let Some((_, endpoint)) = found {
            return endpoint.respond(request).await;
        }
        let others = matching().filter(|(_, endpoint)| endpoint.path != self.forward.path);
        let allowed: Vec<&str> = others.map(|(method, _)| method.as_str()).collect();
        if !allowed.is_empty() {
            return not_allowed(&allowed).into_response();
        }
        self.hand_on(request).await.unwrap_or_else(IntoResponse::into_response)
    }

    async fn hand_on(&self, request: Request) -> Result<Response, Problem> {
        let (parts, body) = request.into_parts();
        Matched::tell(&parts.extensions, || self.forward.path.to_owned());
        if matches!(parts.method, Method::TRACE | Method::CONNECT) {
            return Err(Problem::new(StatusCode::NOT_IMPLEMENTED).with_detail("This method is not handed on."));
        }
        let rest = self.prefix.rest(parts.uri.path()).unwrap_or_default();
        check(rest)?;
        check_length(&parts.headers, &self.common.settings)?;
        let client = self.client()?;
        let forwarded = Forwarded {
            method: parts.method.clone(),
            path: rest.to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: self.headers(&parts),
            body: self.body(body),
        };
        let response = client.hand_on(self.forward, forwarded).await.map_err(blame)?;
        Ok(respond(Reply::<()>::from(response).into_raw()?))
    }

    fn client(&self) -> Result<&Client, Problem> {
        self.common.dispatch.client().ok_or_else(|| Problem::new(StatusCode::NOT_IMPLEMENTED))
    }

    /// The header fields that go along: those of the content, what the file trusts, and what the settings pass on; nothing
    /// that belongs to the connection.
    fn headers(&self, parts: &Parts) -> HeaderMap {
        let of_connection: Vec<HeaderName> = of_connection(&parts.headers).collect();
        let is_trusted = |name: &HeaderName| {
            let is_known = self.forward.trusted_headers.contains(&name.as_str()) || OF_CONTENT.contains(name);
            is_known && !of_connection.contains(name)
        };
        let mut headers = forward_headers(&parts.headers, &self.common.settings.forwarded_headers);
        for name in parts.headers.keys().filter(|name| is_trusted(name)) {
            headers.remove(name);
            for value in parts.headers.get_all(name) {
                headers.append(name.clone(), value.clone());
            }
        }
        if parts.headers.contains_key(TRANSFER_ENCODING) {
            headers.remove(CONTENT_LENGTH);
        }
        headers
    }

    /// The content of the request, which is sent on as it arrives.
    fn body(&self, body: Body) -> Option<reqwest::Body> {
        if body.is_end_stream() {
            return None;
        }
        let settings = &self.common.settings;
        let body = Body::new(Limited::new(body, settings.max_request_body));
        let body = reqwest::Body::wrap_stream(body.into_data_stream());
        Some(IdleBody::wrap(body, settings.body_timeout))
    }
}

/// The problem of a request that was not answered. A body that turned out to be too large is the caller's.
fn blame(error: ClientError) -> Problem {
    let of_body = broken_off(&error);
    if of_body.status() == StatusCode::PAYLOAD_TOO_LARGE { of_body } else { error.into() }
}

/// Refuses a path with a segment that leads upwards, be it encoded, even more than once. What stands behind `;` in a segment
/// is none of its name to some upstreams.
fn check(path: &str) -> Result<(), Problem> {
    let mut text = path.to_owned();
    for _ in 0..MAX_DECODED {
        let mut names = text.split(['/', '\\']).filter_map(|segment| segment.split(';').next());
        if names.any(|name| name == "." || name == "..") {
            let detail = "The path has a segment `.` or `..`.";
            return Err(Problem::new(StatusCode::BAD_REQUEST).with_detail(detail));
        }
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return Ok(());
        }
        text = decoded;
    }
    let detail = "The path is encoded too often.";
    Err(Problem::new(StatusCode::BAD_REQUEST).with_detail(detail))
}

fn not_allowed(methods: &[&str]) -> Problem {
    let detail = "This path does not have the method; `Allow` lists those that it has.";
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED).with_detail(detail);
    match HeaderValue::from_str(&methods.join(",")) {
        Ok(allow) => problem.with_header(ALLOW, allow),
        Err(_) => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_upwards() {
        for path in ["", "/", "/a//b", "/a..b/.c", "/a;../b", "/a%2Fb", "/100%25", "/%", "/%E0%A4%A"] {
            assert!(check(path).is_ok(), "{path}");
        }
        for path in [
            "/..",
            "/a/../b",
            "/%2e%2E/b",
            "/a%2F..%2fb",
            "/a\\..\\b",
            "/a%5c..",
            "/%252e%252e/b",
            "/./a",
            "/a/..;/b",
            "/..%3Bx=1/b",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
        assert!(check("/%2525252525252e").is_err());
    }
}
