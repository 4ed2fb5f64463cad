//! Requests that are handed on as they come.

use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method};
use reqwest::Body;

use super::encode::with_callers;
use super::prepare::{PreparedOperation, Upstream};
use super::send;
use super::transport::Destination;
use super::{Client, ClientError, Core, RequestOptions, Response};
use crate::arguments::Arguments;
use crate::description::{Capability, Forward};
use crate::spans::Template;

/// What of a caller's request an upstream gets.
pub(crate) struct Forwarded {
    pub(crate) method: Method,
    /// What follows the upstream's base path: empty, or with a slash first. No segment of it leads upwards.
    pub(crate) path: String,
    /// The query without its `?`, as it was sent.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// `None`: the request has no content.
    pub(crate) body: Option<Body>,
}

/// The forwarded resources of a capability.
pub(super) fn forwards(capability: &'static Capability) -> impl Iterator<Item = &'static Forward> {
    capability.exposes.iter().flat_map(|exposes| exposes.forwards)
}

impl Client {
    /// Hands a request on to the upstream of a forwarded resource, and gives back the answer unread.
    pub(crate) async fn hand_on(&self, forward: &'static Forward, request: Forwarded) -> Result<Response, ClientError> {
        let core = &self.0;
        let unknown = || ClientError::UnknownOperation { operation: forward.path };
        let index = forwards(core.capability).position(|known| std::ptr::eq(known, forward)).ok_or_else(unknown)?;
        let prepared = core.forwards.get(index).ok_or_else(unknown)?;
        let upstream = core.upstreams.get(forward.operation.consumes).ok_or_else(unknown)?;
        core.hand_on(prepared, upstream, request).await
    }
}

impl Core {
    async fn hand_on(
        &self,
        prepared: &PreparedOperation,
        upstream: &Upstream,
        request: Forwarded,
    ) -> Result<Response, ClientError> {
        let destination = Destination {
            operation: prepared.operation.name,
            upstream: upstream.namespace,
            http: &upstream.http,
            circuit: &upstream.circuit,
            is_idempotent: request.method.is_idempotent(),
            wants_redirects: false,
            deadline: self.transport.deadline(None),
            template: Template::Text(prepared.operation.name),
            shows_host: !upstream.is_secret,
            digest: None,
        };
        let request = request.build(prepared, upstream)?;
        self.exchange(upstream, &destination, request).await
    }
}

impl Forwarded {
    /// The request to the upstream: the caller's, with what the adapter adds to every request taken over it.
    fn build(self, prepared: &PreparedOperation, upstream: &Upstream) -> Result<reqwest::Request, ClientError> {
        let Self { method, path, query, mut headers, body } = self;
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        let options = RequestOptions { forwarded: headers, ..RequestOptions::default() };
        let mut request = send::request(prepared, upstream, &mut Arguments::new(&[]), options)?;
        let url = request.url_mut();
        url.set_path(&format!("{}{path}", upstream.base_path));
        let query = with_callers(url.query().unwrap_or_default(), &query);
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        *request.method_mut() = method;
        *request.body_mut() = body;
        Ok(request)
    }
}
