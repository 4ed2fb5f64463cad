//! A drafted request on its way and back.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use secrecy::ExposeSecret as _;
use tokio::time::timeout_at;

use super::body::EncodedBody;
use super::client::Core;
use super::description::{Operation, Status};
use super::encode::Draft;
use super::error::TokenError;
use super::security::{self, Used};
use crate::client::{Credentials, Destination, Encoded, Upstream, authenticate, bearer, overwrite};
use crate::spans::Template;
use crate::{ClientError, RequestOptions, Response};

impl Core {
    /// Sends a request with credentials.
    pub(super) async fn exchange(&self, operation: &'static Operation, draft: Draft) -> Result<Response, ClientError> {
        let name = operation.name;
        let upstream = self.upstream(operation)?;
        let Draft { mut parts, body, options } = draft;
        let destination = Destination {
            operation: name,
            upstream: self.api.name,
            http: &upstream.http,
            circuit: &upstream.circuit,
            is_idempotent: operation.is_idempotent(),
            wants_redirects: self.is_for_redirects(operation),
            deadline: self.transport.deadline(options.timeout),
            template: Template::Document(self.api, operation),
            shows_host: !upstream.is_secret,
            digest: None,
        };
        let applied = self.authorize(operation, upstream, &options, &mut parts);
        let used = match destination.deadline {
            Some(deadline) => {
                timeout_at(deadline, applied).await.unwrap_or_else(|_| Err(ClientError::elapsed(name)))?
            }
            None => applied.await?,
        };
        parts.finish_cookies();
        if let Some(body) = &body {
            describe(body, &mut parts.headers);
        }
        let is_overwritten = options.headers.contains_key(AUTHORIZATION);
        overwrite(&mut parts.headers, options.headers);
        let mut url = upstream.base.clone();
        url.set_path(&parts.path);
        url.set_query(Some(parts.query.as_str()).filter(|query| !query.is_empty()));
        let method = Method::from_bytes(operation.method.as_bytes());
        let method = method.map_err(|_| ClientError::UnknownOperation { operation: name })?;
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = body.map(|body| body.body);
        match used.filter(|_| !is_overwritten) {
            Some(used) => self.send_with_token(&destination, request, used).await,
            None => self.transport.send(&destination, request).await,
        }
    }

    /// Whether a redirect is what the operation is for.
    fn is_for_redirects(&self, operation: &'static Operation) -> bool {
        let mut answers = operation.answers.iter().filter_map(|index| self.api.cases.get(usize::from(*index)));
        answers.any(|case| matches!(case.status, Status::Code(300..400) | Status::Range(3)))
    }

    /// Puts the credentials into a request. Gives the token that was used, if one was.
    async fn authorize(
        &self,
        operation: &'static Operation,
        upstream: &Upstream,
        options: &RequestOptions,
        parts: &mut Encoded,
    ) -> Result<Option<Used<'_>>, ClientError> {
        let name = operation.name;
        if let Some(secret) = &options.bearer {
            let value = bearer(secret.expose_secret()).ok_or(ClientError::InvalidBearer { operation: name })?;
            parts.headers.insert(AUTHORIZATION, value);
            return Ok(None);
        }
        authenticate(parts, &upstream.credentials);
        let has_credentials = !matches!(upstream.credentials, Credentials::None);
        match security::choose(self.api, &self.schemes, operation) {
            Some(chosen) => security::apply(&chosen, parts).await.map_err(|source| no_token(name, source)),
            None if has_credentials || self.transport.settings.allow_missing_secrets => Ok(None),
            None => {
                let variables = security::missing(self.api, &self.schemes, operation);
                Err(ClientError::MissingCredentials { operation: name, variables })
            }
        }
    }

    /// Sends a request with a token, and once more with a new one if the server does not accept that. A body that was a
    /// stream is gone by then; the next request has the new token.
    async fn send_with_token(
        &self,
        destination: &Destination<'_>,
        request: reqwest::Request,
        used: Used<'_>,
    ) -> Result<Response, ClientError> {
        let again = request.try_clone();
        let response = self.transport.send(destination, request).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        used.tokens.forget(used.scopes, &used.header).await;
        let Some(mut again) = again else { return Ok(response) };
        match used.tokens.header(used.scopes).await {
            Ok(header) => {
                again.headers_mut().insert(AUTHORIZATION, header);
                self.transport.send(destination, again).await
            }
            Err(source) => Err(no_token(destination.operation, source)),
        }
    }
}

fn no_token(operation: &'static str, source: std::sync::Arc<TokenError>) -> ClientError {
    ClientError::Token { operation, source }
}

fn describe(body: &EncodedBody, headers: &mut HeaderMap) {
    // A header parameter of the document may name a more special type, but no boundary.
    if body.is_multipart {
        headers.insert(CONTENT_TYPE, body.content_type.clone());
    } else {
        headers.entry(CONTENT_TYPE).or_insert_with(|| body.content_type.clone());
    }
    if let (None, Some(length)) = (body.body.as_bytes(), body.length) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
}
