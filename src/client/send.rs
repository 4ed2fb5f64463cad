//! One operation on its way to the upstream and back.

use std::time::{Duration, Instant};

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret as _;

use super::authentication::{Credentials, bearer};
use super::encode::Encoded;
use super::prepare::{PreparedOperation, Upstream};
use super::retry::Attempts;
use super::{ClientError, Core, RequestOptions, Response};
use crate::arguments::Arguments;
use crate::description::Operation;

impl Core {
    pub(super) async fn send(
        &self,
        operation: &'static Operation,
        mut arguments: Arguments,
        options: RequestOptions,
    ) -> Result<Response, ClientError> {
        let (prepared, upstream) = self.find(operation)?;
        let timeout = options.timeout.or(self.settings.timeout);
        let request = request(prepared, upstream, &mut arguments, options)?;
        let response = self.attempt(prepared, upstream, request, timeout).await?;
        Ok(Response::new(operation.name, response, &self.settings))
    }

    /// Finds an operation by its identity, so that the inputs of another capability's cannot be sent by mistake.
    fn find(&self, operation: &'static Operation) -> Result<(&PreparedOperation, &Upstream), ClientError> {
        let distance = std::ptr::from_ref(operation).addr().wrapping_sub(self.capability.operations.as_ptr().addr());
        self.operations
            .get(distance / size_of::<Operation>())
            .filter(|prepared| std::ptr::eq(prepared.operation, operation))
            .and_then(|prepared| Some((prepared, self.upstreams.get(operation.consumes)?)))
            .ok_or(ClientError::UnknownOperation { operation: operation.name })
    }

    async fn attempt(
        &self,
        prepared: &PreparedOperation,
        upstream: &Upstream,
        mut request: reqwest::Request,
        timeout: Option<Duration>,
    ) -> Result<reqwest::Response, ClientError> {
        let mut attempts = Attempts::new(self.settings.retries, prepared.operation.method);
        let started = Instant::now();
        loop {
            let again = if attempts.can_repeat() { request.try_clone() } else { None };
            if let Some(timeout) = timeout {
                *request.timeout_mut() = Some(timeout.saturating_sub(started.elapsed()));
            }
            let outcome = self.exchange(prepared, upstream, request).await;
            match (attempts.pause(&outcome), again) {
                (Some(pause), Some(next)) if timeout.is_none_or(|timeout| started.elapsed() + pause < timeout) => {
                    drop(outcome);
                    tokio::time::sleep(pause).await;
                    request = next;
                }
                _ => return outcome,
            }
        }
    }

    async fn exchange(
        &self,
        prepared: &PreparedOperation,
        upstream: &Upstream,
        mut request: reqwest::Request,
    ) -> Result<reqwest::Response, ClientError> {
        let operation = prepared.operation;
        for hook in &self.hooks {
            let outcome = hook.prepare(&mut request).await;
            outcome.map_err(|source| ClientError::Hook { operation: operation.name, source })?;
        }
        let started = Instant::now();
        let outcome = upstream.http.execute(request).await;
        let outcome = outcome.map_err(|error| ClientError::transport(operation.name, error));
        let (upstream, method) = (upstream.namespace, operation.method.as_str());
        let latency = started.elapsed();
        match &outcome {
            Ok(response) => {
                let status = response.status().as_u16();
                tracing::debug!(operation = operation.name, upstream, method, status, ?latency, "upstream answered");
            }
            Err(error) => {
                let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
                tracing::warn!(operation = operation.name, upstream, method, ?latency, cause, "upstream failed");
            }
        }
        outcome
    }
}

/// Builds the request that all attempts send.
fn request(
    prepared: &PreparedOperation,
    upstream: &Upstream,
    arguments: &mut Arguments,
    options: RequestOptions,
) -> Result<reqwest::Request, ClientError> {
    let operation = prepared.operation.name;
    let mut encoded = Encoded::new(prepared, &upstream.base_path, arguments, options.forwarded)
        .map_err(|source| ClientError::Argument { operation, source })?;
    if !options.query.is_empty() {
        encoded.push_query(&options.query);
    }
    encoded.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json, */*;q=0.8"));
    match options.bearer {
        Some(token) => {
            let value = bearer(token.expose_secret()).ok_or(ClientError::InvalidBearer { operation })?;
            encoded.headers.insert(AUTHORIZATION, value);
        }
        None => authenticate(&mut encoded, &upstream.credentials),
    }
    encoded.finish_cookies();
    overwrite(&mut encoded.headers, options.headers);
    let mut url = upstream.base.clone();
    url.set_path(&encoded.path);
    url.set_query(Some(encoded.query.as_str()).filter(|query| !query.is_empty()));
    let mut request = reqwest::Request::new(prepared.method.clone(), url);
    *request.headers_mut() = encoded.headers;
    *request.body_mut() = encoded.body.map(Into::into);
    Ok(request)
}

fn authenticate(encoded: &mut Encoded, credentials: &Credentials) {
    match credentials {
        Credentials::None => {}
        Credentials::Header(name, value) => {
            encoded.headers.insert(name.clone(), value.clone());
        }
        Credentials::Query(pair) => encoded.push_query(pair),
        Credentials::Cookie(pair) => encoded.push_cookie(pair),
    }
}

fn overwrite(headers: &mut HeaderMap, with: HeaderMap) {
    for (name, value) in with {
        if let Some(name) = name {
            headers.insert(name, value);
        }
    }
}
