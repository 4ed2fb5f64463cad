//! Asking the server about a token (RFC 7662).

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use secrecy::SecretString;
use serde_json::Value;
use tokio::time::timeout;
use url::form_urlencoded;

use super::authority::{Authority, Known};
use super::refusal::Refusal;
use crate::oauth2::fetch;
use crate::openapi::client_login;

/// What the server says of a token.
pub(super) async fn ask(
    authority: &Authority,
    known: &Known,
    (id, secret): &(String, SecretString),
    token: &str,
) -> Result<Value, Refusal> {
    let (Some(endpoint), Some(login)) = (&known.introspection_endpoint, client_login(id, secret)) else {
        tracing::error!("the metadata of the authorization server name nothing that can be asked about tokens");
        return Err(Refusal::Unavailable);
    };
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("token", token)
        .append_pair("token_type_hint", "access_token")
        .finish();
    let mut request = reqwest::Request::new(Method::POST, endpoint.clone());
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, login);
    *request.body_mut() = Some(body.into());
    let outcome = timeout(authority.patience, fetch(&authority.http, request)).await;
    match outcome {
        Ok(Ok((status, body))) if status.is_success() => {
            serde_json::from_slice(&body).map_err(|_| Refusal::Unavailable)
        }
        Ok(Ok((status, _))) => {
            tracing::warn!(%status, "the authorization server does not say what a token is");
            Err(Refusal::Unavailable)
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "the authorization server cannot be asked about a token");
            Err(Refusal::Unavailable)
        }
        Err(_) => Err(Refusal::Unavailable),
    }
}
