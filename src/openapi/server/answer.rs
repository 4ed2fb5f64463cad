//! A request at work.

use std::ops::Range;
use std::sync::Arc;

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT, ALLOW, COOKIE};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};

use super::content;
use super::endpoint::Endpoint;
use super::router::Common;
use crate::RequestOptions;
use crate::openapi::serve::{GivenBody, Incoming, Request as Given, refuse_unacceptable};
use crate::rest::respond;
use crate::server::{Context, Problem, RawReply, forward_headers, guarded};

/// A path, with the operations that axum cannot tell apart.
pub(super) struct Place {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) common: Arc<Common>,
}

/// An operation, with the places of its path parameters.
type Found<'a> = (&'a Endpoint, Vec<(usize, Range<usize>)>);

impl Place {
    pub(super) async fn answer(&self, request: Request) -> Response {
        let (parts, body) = request.into_parts();
        let Some((endpoint, captures)) = self.find(&parts) else { return self.not_found(&parts) };
        match self.call(endpoint, captures, parts, body).await {
            Ok(reply) => respond(reply),
            Err(problem) => problem.into_response(),
        }
    }

    /// The operation of a request. What is not asked for with `HEAD` is answered as `GET`; the body is left out later.
    fn find(&self, parts: &Parts) -> Option<Found<'_>> {
        let of = |method: &Method| {
            let endpoints = self.endpoints.iter().filter(|endpoint| endpoint.method == *method);
            endpoints.filter(|endpoint| endpoint.takes(parts.uri.query().unwrap_or_default())).find_map(|endpoint| {
                let captures = endpoint.captures(parts.uri.path())?;
                Some((endpoint, captures))
            })
        };
        of(&parts.method).or_else(|| of(&Method::GET).filter(|_| parts.method == Method::HEAD))
    }

    async fn call(
        &self,
        endpoint: &Endpoint,
        captures: Vec<(usize, Range<usize>)>,
        parts: Parts,
        body: axum::body::Body,
    ) -> Result<RawReply, Problem> {
        let Common { api, serve, settings } = &*self.common;
        let accept = parts.headers.get(ACCEPT).cloned();
        refuse_unacceptable(api, endpoint.operation, accept.as_ref())?;
        let body = if endpoint.operation.bodies.is_empty() {
            GivenBody::Absent
        } else {
            content::read(api, endpoint.operation, &parts.headers, body, settings).await?
        };
        let headers = endpoint
            .headers
            .iter()
            .flat_map(|(index, name)| parts.headers.get_all(name).iter().map(|value| (*index, value.clone())));
        let given = Given {
            headers: headers.collect(),
            cookies: if endpoint.has_cookies {
                parts.headers.get_all(COOKIE).iter().cloned().collect()
            } else {
                Vec::new()
            },
            uri: parts.uri,
            captures,
            body,
            accept,
            unknown_query: settings.unknown_query,
        };
        let options = serve.forwards().then(|| RequestOptions {
            forwarded: forward_headers(&parts.headers, &settings.forwarded_headers),
            ..RequestOptions::default()
        });
        let context = Context::from_surface(api.name, parts.headers, parts.extensions, options);
        let incoming = Incoming::from_request(api, endpoint.operation, given);
        guarded(endpoint.operation.name, || serve.serve(endpoint.index, incoming, context)).await
    }

    /// What is said about a request that is for none of the operations.
    fn not_found(&self, parts: &Parts) -> Response {
        let here = self.endpoints.iter().filter(|endpoint| endpoint.captures(parts.uri.path()).is_some());
        let mut methods: Vec<&str> = here.map(|endpoint| endpoint.method.as_str()).collect();
        if methods.is_empty() || methods.contains(&parts.method.as_str()) {
            return Problem::new(StatusCode::NOT_FOUND).with_detail("There is nothing at this path.").into_response();
        }
        if methods.contains(&"GET") {
            methods.push("HEAD");
        }
        methods.push("OPTIONS");
        methods.sort_unstable();
        methods.dedup();
        let allow = HeaderValue::try_from(methods.join(", ")).unwrap_or(HeaderValue::from_static(""));
        if parts.method == Method::OPTIONS {
            return (StatusCode::NO_CONTENT, [(ALLOW, allow)]).into_response();
        }
        let detail = "This path does not have the method; `Allow` lists those that it has.";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED).with_detail(detail).with_header(ALLOW, allow).into_response()
    }
}
