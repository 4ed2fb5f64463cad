use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::answer::{Answered, Outcome, outcome};
use super::call::Calling;
use super::constraints;
use super::description::{Api, Operation};
use super::encode::{Draft, draft};
use super::error::InvalidRequest;
use super::inputs::{Inputs, Operate, Paginate};
use super::pages::{Items, Pages};
use super::security::Scheme;
use crate::client::{Transport, Upstream, position};
use crate::types::validate::Side;
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

#[cfg(feature = "__server")]
impl ApiClient {
    /// Sends the operation with an index; `None` when there is none.
    pub(crate) fn forward(
        &self,
        operation: usize,
        inputs: &mut dyn Inputs,
        options: RequestOptions,
    ) -> Option<Sending<Response>> {
        let operation = self.0.api.operations.get(operation)?;
        Some(Sending::boxed(self.0.send(operation, inputs, options)))
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
            let violations = constraints::violations(self.api, operation, inputs, Side::Sender);
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
        position(self.api.operations, operation)
            .and_then(|_| self.upstreams.get(usize::from(operation.server)))
            .ok_or(ClientError::UnknownOperation { operation: operation.name })
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
