//! A request to an authorization server, and its answer as a whole.

use http::StatusCode;

use crate::client::TransportError;
use crate::openapi::TokenError;

/// As much of an answer as is read; tokens, keys and metadata are smaller.
const MAX_ANSWER: usize = 1024 * 1024;

/// Sends a request, and reads the answer.
pub(crate) async fn fetch(
    http: &reqwest::Client,
    request: reqwest::Request,
) -> Result<(StatusCode, Vec<u8>), TokenError> {
    let transport = |error| TokenError::Transport(TransportError::new(error));
    let mut response = http.execute(request).await.map_err(transport)?;
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(transport)? {
        body.extend_from_slice(&part);
        if body.len() > MAX_ANSWER {
            return Err(TokenError::Unreadable);
        }
    }
    Ok((response.status(), body))
}
