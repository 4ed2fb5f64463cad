use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Method, StatusCode};
use secrecy::ExposeSecret as _;

use super::answer::{Answered, Outcome, outcome};
use super::body::EncodedBody;
use super::call::Calling;
use super::constraints;
use super::description::{Api, Operation};
use super::encode::{Draft, draft};
use super::error::InvalidRequest;
use super::inputs::{Inputs, Operate, Paginate};
use super::pages::{Items, Pages};
use super::security::{self, Scheme};
use crate::client::{Destination, Transport, Upstream, authenticate, bearer, overwrite};
use crate::{ClientError, RequestOptions, Response, Sending, Settings};

/// A client of an API; what a generated client wraps. Cheap to clone.
#[derive(Clone)]
pub struct ApiClient(pub(super) Arc<Core>);

pub(super) struct Core {
    pub(super) api: &'static Api,
    pub(super) upstreams: Vec<Upstream>,
    pub(super) schemes: Vec<Scheme>,
    pub(super) transport: Transport,
}

impl ApiClient {
    /// Timeouts, limits and policies that the client was built with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.transport.settings
    }
}

/// A request that has not been sent; what a generated one wraps.
pub struct ApiRequest<O> {
    client: ApiClient,
    /// The inputs of the operation.
    pub inputs: O,
    /// What the request has besides.
    pub options: RequestOptions,
}

impl<O: Operate> ApiRequest<O> {
    /// A request with inputs.
    #[must_use]
    pub fn new(client: &ApiClient, inputs: O) -> Self {
        Self { client: client.clone(), inputs, options: RequestOptions::default() }
    }

    /// Sends the request and gives the answer unread, whatever its status.
    pub fn send(mut self) -> Sending<Response> {
        Sending::boxed(self.client.0.send(O::OPERATION, &mut self.inputs, self.options))
    }

    /// Sends the request and reads the answer.
    pub fn call(mut self) -> Calling<O::Answer, O::Failure> {
        Calling::new(self.client.0.call(O::OPERATION, &mut self.inputs, self.options), Answered::into_value)
    }

    /// Sends the request and gives the answer with its status and headers.
    pub fn detailed(mut self) -> Calling<Answered<O::Answer>, O::Failure, O::Answer> {
        Calling::new(self.client.0.call(O::OPERATION, &mut self.inputs, self.options), std::convert::identity)
    }
}

impl<O: Paginate> ApiRequest<O> {
    /// The pages from this one on.
    pub fn pages(mut self) -> Pages<O> {
        let draft = self.client.0.draft(O::OPERATION, &mut self.inputs, self.options);
        Pages::new(self.client, O::OPERATION, draft)
    }

    /// The items of all pages from this one on.
    pub fn items(self) -> Items<O> {
        Items::new(self.pages())
    }
}

impl<O> fmt::Debug for ApiRequest<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ApiRequest").field("options", &self.options).finish_non_exhaustive()
    }
}

/// A future of the one kind that there is.
pub(super) type Boxed<T> = Pin<Box<dyn Future<Output = Result<T, ClientError>> + Send>>;

impl Core {
    /// Checks and encodes a request. That happens at once, so that no future holds inputs.
    pub(super) fn draft(
        &self,
        operation: &'static Operation,
        inputs: &mut dyn Inputs,
        options: RequestOptions,
    ) -> Result<Draft, ClientError> {
        let upstream = self.upstream(operation)?;
        if self.transport.settings.validate_requests {
            let violations = constraints::violations(self.api, operation, inputs);
            if !violations.is_empty() {
                return Err(ClientError::Invalid(Box::new(InvalidRequest::new(operation.name, violations))));
            }
        }
        draft(self.api, operation, &upstream.base_path, inputs, options)
            .map_err(|source| ClientError::Argument { operation: operation.name, source })
    }

    fn send(
        self: &Arc<Self>,
        operation: &'static Operation,
        inputs: &mut dyn Inputs,
        options: RequestOptions,
    ) -> Boxed<Response> {
        let (core, draft) = (Arc::clone(self), self.draft(operation, inputs, options));
        Box::pin(async move { core.exchange(operation, draft?).await })
    }

    pub(super) fn call(
        self: &Arc<Self>,
        operation: &'static Operation,
        inputs: &mut dyn Inputs,
        options: RequestOptions,
    ) -> Boxed<Outcome> {
        let (core, draft) = (Arc::clone(self), self.draft(operation, inputs, options));
        Box::pin(async move {
            let response = core.exchange(operation, draft?).await?;
            outcome(core.api, operation, response).await
        })
    }

    /// The server of an operation, if the operation is one of this API.
    pub(super) fn upstream(&self, operation: &'static Operation) -> Result<&Upstream, ClientError> {
        let distance = std::ptr::from_ref(operation).addr().wrapping_sub(self.api.operations.as_ptr().addr());
        let found = self.api.operations.get(distance / size_of::<Operation>());
        found
            .filter(|found| std::ptr::eq(*found, operation))
            .and_then(|_| self.upstreams.get(usize::from(operation.server)))
            .ok_or(ClientError::UnknownOperation { operation: operation.name })
    }

    /// Sends a request with credentials.
    pub(super) async fn exchange(&self, operation: &'static Operation, draft: Draft) -> Result<Response, ClientError> {
        let name = operation.name;
        let upstream = self.upstream(operation)?;
        let Draft { mut parts, body, options } = draft;
        let mut token = None;
        if let Some(secret) = &options.bearer {
            let value = bearer(secret.expose_secret()).ok_or(ClientError::InvalidBearer { operation: name })?;
            parts.headers.insert(AUTHORIZATION, value);
        } else {
            authenticate(&mut parts, &upstream.credentials);
            let is_required = !self.transport.settings.allow_missing_secrets && !has_credentials(upstream);
            match security::choose(&self.schemes, operation) {
                Some(schemes) => {
                    token = security::apply(&schemes, &mut parts)
                        .await
                        .map_err(|source| ClientError::Token { operation: name, source: Box::new(source) })?;
                }
                None if is_required => return Err(ClientError::MissingCredentials { operation: name }),
                None => {}
            }
        }
        parts.finish_cookies();
        if let Some(body) = &body {
            describe(body, &mut parts.headers);
        }
        overwrite(&mut parts.headers, options.headers);
        let mut url = upstream.base.clone();
        url.set_path(&parts.path);
        url.set_query(Some(parts.query.as_str()).filter(|query| !query.is_empty()));
        let method = Method::from_bytes(operation.method.as_bytes());
        let method = method.map_err(|_| ClientError::UnknownOperation { operation: name })?;
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = body.map(|body| body.body);
        let destination = Destination {
            operation: name,
            upstream: self.api.name,
            http: &upstream.http,
            is_idempotent: operation.is_idempotent(),
        };
        let timeout = options.timeout.or(self.transport.settings.timeout);
        let response = self.transport.send(&destination, request, timeout).await?;
        if let (StatusCode::UNAUTHORIZED, Some((tokens, header))) = (response.status(), token) {
            tokens.forget(&header).await;
        }
        Ok(Response::new(name, response, &self.transport.settings))
    }
}

fn has_credentials(upstream: &Upstream) -> bool {
    !matches!(upstream.credentials, crate::client::Credentials::None)
}

fn describe(body: &EncodedBody, headers: &mut http::HeaderMap) {
    // A header parameter of the document may name a more special type, but no boundary.
    let value = HeaderValue::try_from(body.content_type.as_str());
    let value = value.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    if body.is_multipart {
        headers.insert(CONTENT_TYPE, value);
    } else {
        headers.entry(CONTENT_TYPE).or_insert(value);
    }
    if let (None, Some(length)) = (body.body.as_bytes(), body.length) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let servers: Vec<_> = self.0.upstreams.iter().map(|upstream| upstream.base.as_str()).collect();
        formatter
            .debug_struct("ApiClient")
            .field("api", &self.0.api.name)
            .field("servers", &servers)
            .finish_non_exhaustive()
    }
}
