//! One operation on its way to the upstream and back.

use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret as _;

use super::authentication::{Credentials, bearer};
use super::encode::{Encoded, with_callers};
use super::prepare::{PreparedOperation, Upstream};
use super::transport::Destination;
use super::{ClientError, Core, RequestOptions, Response};
use crate::arguments::Arguments;
use crate::description::Operation;
use crate::openapi::{InvalidRequest, joined};
use crate::spans::Template;

impl Core {
    pub(super) async fn send(
        &self,
        operation: &'static Operation,
        mut arguments: Arguments,
        options: RequestOptions,
    ) -> Result<Response, ClientError> {
        let (prepared, upstream) = self.find(operation)?;
        let deadline = self.transport.deadline(options.timeout);
        if self.transport.settings.validate_requests {
            let violations = joined::violations(&arguments, operation.inputs);
            if !violations.is_empty() {
                return Err(ClientError::Invalid(Box::new(InvalidRequest::new(operation.name, violations))));
            }
        }
        let is_ours = !options.has_credentials();
        let request = request(prepared, upstream, &mut arguments, options)?;
        let destination = Destination {
            operation: operation.name,
            upstream: upstream.namespace,
            http: &upstream.http,
            circuit: &upstream.circuit,
            is_idempotent: operation.method.is_idempotent(),
            wants_redirects: false,
            deadline,
            template: Template::Text(operation.path),
            shows_host: !upstream.is_secret,
            digest: None,
        };
        if is_ours {
            self.exchange(upstream, &destination, request).await
        } else {
            self.transport.send(&destination, request).await
        }
    }

    /// Sends a request with credentials that depend on what a server has said, where the upstream has such.
    pub(super) async fn exchange(
        &self,
        upstream: &Upstream,
        destination: &Destination<'_>,
        request: reqwest::Request,
    ) -> Result<Response, ClientError> {
        match &upstream.credentials {
            Credentials::Tokens(tokens) => Box::pin(self.send_with_token(destination, request, tokens)).await,
            Credentials::Digest(digest) => Box::pin(self.send_with_digest(destination, request, digest)).await,
            _ => self.transport.send(destination, request).await,
        }
    }

    /// Finds an operation by its identity, so that the inputs of another capability's cannot be sent by mistake.
    fn find(&self, operation: &'static Operation) -> Result<(&PreparedOperation, &Upstream), ClientError> {
        position(self.capability.operations, operation)
            .and_then(|index| Some((self.operations.get(index)?, self.upstreams.get(operation.consumes)?)))
            .ok_or(ClientError::UnknownOperation { operation: operation.name })
    }
}

/// Where in a table an item stands, which is not looked for: its address says it. `None`: it belongs to another table.
pub(crate) fn position<T>(table: &[T], item: &T) -> Option<usize> {
    let distance = std::ptr::from_ref(item).addr().wrapping_sub(table.as_ptr().addr());
    let index = distance.checked_div(size_of::<T>())?;
    table.get(index).filter(|found| std::ptr::eq(*found, item)).map(|_| index)
}

/// Builds the request that all attempts send.
pub(super) fn request(
    prepared: &PreparedOperation,
    upstream: &Upstream,
    arguments: &mut Arguments,
    options: RequestOptions,
) -> Result<reqwest::Request, ClientError> {
    let operation = prepared.operation.name;
    let mut encoded = Encoded::new(prepared, &upstream.base_path, arguments, options.forwarded)
        .map_err(|source| ClientError::Argument { operation, source })?;
    encoded.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("application/json, */*;q=0.8"));
    match options.bearer {
        Some(token) => {
            let value = bearer(token.expose_secret()).ok_or(ClientError::InvalidBearer { operation })?;
            encoded.headers.insert(AUTHORIZATION, value);
        }
        None => authenticate(&mut encoded, &upstream.credentials),
    }
    if !options.query.is_empty() {
        encoded.query = with_callers(&encoded.query, &options.query);
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

pub(crate) fn authenticate(encoded: &mut Encoded, credentials: &Credentials) {
    match credentials {
        // These depend on what the upstream, or the server that gives tokens, has said.
        Credentials::None | Credentials::Digest(_) | Credentials::Tokens(_) => {}
        Credentials::Header(name, value) => {
            encoded.headers.insert(name.clone(), value.clone());
        }
        // The URL of a further page may hold what the one of the first did.
        Credentials::Query(pair) if encoded.query.split('&').any(|found| found == pair) => {}
        Credentials::Query(pair) => encoded.push_query(pair),
        Credentials::Cookie(pair) => encoded.push_cookie(pair),
    }
}

pub(crate) fn overwrite(headers: &mut HeaderMap, with: HeaderMap) {
    for (name, value) in with {
        if let Some(name) = name {
            headers.insert(name, value);
        }
    }
}
