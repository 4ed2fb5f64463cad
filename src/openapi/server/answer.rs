//! A request at work.

use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT, ALLOW, COOKIE};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use tracing::Instrument as _;

use super::content;
use super::endpoint::Endpoint;
use super::router::Common;
use crate::RequestOptions;
use crate::openapi::serve::{GivenBody, Incoming, Request as Given, refuse_unacceptable};
use crate::openapi::{Operation, path_of};
use crate::rest::respond;
use crate::server::{Context, Problem, RawReply, forward_headers, guarded};
use crate::spans::{Matched, Operation as Told};

/// A path, with the operations that axum cannot tell apart.
pub(super) struct Place {
    pub(super) endpoints: Vec<Arc<Endpoint>>,
    pub(super) common: Arc<Common>,
}

/// An operation, with the places of its path parameters.
type Found<'a> = (&'a Arc<Endpoint>, Captures);

type Captures = Vec<(usize, Range<usize>)>;

/// What is known of a request without waiting.
enum Begun {
    Ready(Result<Asked, Response>),
    /// Its caller has to be checked first.
    Guarded(Pin<Box<dyn Future<Output = Result<Asked, Problem>> + Send>>),
}

/// A request to an operation of which all has been read but the body.
struct Asked {
    common: Arc<Common>,
    operation: &'static Operation,
    /// The index of the operation.
    index: usize,
    given: Box<Given>,
    context: Context,
    /// `None`: the operation takes none.
    body: Option<Body>,
}

impl Place {
    /// Answers a request. All that need not wait is done before there is a future: one with the parts of a request in it is
    /// several times as large, and futures are moved and allocated for each request.
    pub(super) fn answer(self: &Arc<Self>, request: Request) -> impl Future<Output = Response> + use<> {
        let (parts, body) = request.into_parts();
        let begun = match self.find(&parts) {
            Some((endpoint, captures)) => {
                let Common { api, callers, .. } = &*self.common;
                Matched::tell(&parts.extensions, || path_of(api, endpoint.operation));
                if callers.guard(endpoint.operation) {
                    let request = Request::from_parts(parts, body);
                    Begun::Guarded(Box::pin(Arc::clone(self).admit(Arc::clone(endpoint), captures, request)))
                } else {
                    Begun::Ready(self.ask(endpoint, captures, parts, body).map_err(Problem::into_response))
                }
            }
            None => Begun::Ready(Err(self.not_found(&parts))),
        };
        async move {
            let asked = match begun {
                Begun::Ready(asked) => asked,
                Begun::Guarded(asking) => asking.await.map_err(Problem::into_response),
            };
            match asked {
                Ok(asked) => asked.answer().await.map_or_else(Problem::into_response, respond),
                Err(response) => response,
            }
        }
    }

    /// Takes a request apart whose caller may call the operation.
    async fn admit(
        self: Arc<Self>,
        endpoint: Arc<Endpoint>,
        captures: Captures,
        request: Request,
    ) -> Result<Asked, Problem> {
        let request = self.common.callers.admit(endpoint.operation, request).await?;
        let (parts, body) = request.into_parts();
        self.ask(&endpoint, captures, parts, body)
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

    /// Takes a request apart.
    fn ask(&self, endpoint: &Endpoint, captures: Captures, parts: Parts, body: Body) -> Result<Asked, Problem> {
        let Common { api, serve, settings, .. } = &*self.common;
        let operation = endpoint.operation;
        let accept = parts.headers.get(ACCEPT).cloned();
        refuse_unacceptable(api, operation, accept.as_ref())?;
        let headers = endpoint
            .headers
            .iter()
            .flat_map(|(index, name)| parts.headers.get_all(name).iter().map(|value| (*index, value.clone())));
        let given = Box::new(Given {
            headers: headers.collect(),
            cookies: if endpoint.has_cookies {
                parts.headers.get_all(COOKIE).iter().cloned().collect()
            } else {
                Vec::new()
            },
            uri: parts.uri,
            captures,
            body: GivenBody::Absent,
            accept,
            unknown_query: settings.unknown_query,
        });
        let options = serve.forwards().then(|| RequestOptions {
            forwarded: forward_headers(&parts.headers, &settings.forwarded_headers),
            ..RequestOptions::default()
        });
        let context = Context::from_surface(api.name, parts.headers, parts.extensions, options);
        let body = Some(body).filter(|_| !operation.bodies.is_empty());
        Ok(Asked { common: Arc::clone(&self.common), operation, index: endpoint.index, given, context, body })
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

impl Asked {
    async fn answer(self) -> Result<RawReply, Problem> {
        let told = Told::begin(self.common.api.name, self.operation.name, self.context.headers());
        let outcome = self.serve().instrument(told.span.clone()).await;
        told.end(&outcome);
        outcome
    }

    async fn serve(mut self) -> Result<RawReply, Problem> {
        let Common { api, serve, settings, .. } = &*self.common;
        if let Some(body) = self.body.take() {
            // On the heap, so that requests without a body need no room for it.
            let reading = content::read(api, self.operation, self.context.headers(), body, settings);
            self.given.body = Box::pin(reading).await?;
        }
        let incoming = Incoming::from_request(api, self.operation, self.given);
        guarded(self.operation.name, || serve.serve(self.index, incoming, self.context)).await
    }
}
