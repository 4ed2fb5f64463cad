//! Requests whose credentials depend on what a server has said: a token that it accepts, a challenge that it makes.

use http::StatusCode;
use http::header::AUTHORIZATION;
use tokio::time::timeout_at;

use super::digest::Digest;
use super::transport::Destination;
use super::{ClientError, Core, Response};
use crate::openapi::Tokens;

impl Core {
    /// Sends a request with a token, and once more with a new one if the server does not accept that.
    pub(super) async fn send_with_token(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
        tokens: &Tokens,
    ) -> Result<Response, ClientError> {
        let operation = destination.operation;
        let token = async || {
            let header = tokens.header(&[]);
            let header = match destination.deadline {
                Some(deadline) => timeout_at(deadline, header).await.map_err(|_| ClientError::elapsed(operation))?,
                None => header.await,
            };
            header.map_err(|source| ClientError::Token { operation, source })
        };
        let header = token().await?;
        request.headers_mut().insert(AUTHORIZATION, header.clone());
        let again = request.try_clone();
        let response = self.transport.send(destination, request).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        tokens.forget(&[], &header).await;
        let Some(mut again) = again else { return Ok(response) };
        again.headers_mut().insert(AUTHORIZATION, token().await?);
        self.transport.send(destination, again).await
    }

    /// Sends a request with the answer to the last challenge of the upstream, and once more if it makes another one.
    pub(super) async fn send_with_digest(
        &self,
        destination: &Destination<'_>,
        mut request: reqwest::Request,
        digest: &Digest,
    ) -> Result<Response, ClientError> {
        let destination = Destination { digest: Some(digest), ..*destination };
        // What a caller has sent of the kind, and a forwarded resource trusts, makes room for it.
        request.headers_mut().remove(AUTHORIZATION);
        let again = request.try_clone();
        let response = self.transport.send(&destination, request).await?;
        if response.status() != StatusCode::UNAUTHORIZED || !digest.take_challenge(response.headers()) {
            return Ok(response);
        }
        match again {
            Some(again) => self.transport.send(&destination, again).await,
            None => Ok(response),
        }
    }
}
