//! What an authorization server says about itself (RFC 8414; OpenID Connect Discovery 1.0).

use http::header::ACCEPT;
use http::{HeaderValue, Method};
use serde_json::Value;
use url::Url;

use super::{fetch, trusted_url};
use crate::openapi::TokenError;

/// The metadata that matter here. Addresses that may not be trusted are left out.
pub(crate) struct Metadata {
    pub(crate) token_endpoint: Option<Url>,
}

/// Asks a server for its metadata.
pub(crate) async fn discover(http: &reqwest::Client, server: &Url) -> Result<Metadata, TokenError> {
    let mut outcome = Err(TokenError::Metadata { status: None });
    for path in places(server) {
        let mut url = server.clone();
        url.set_path(&path);
        url.set_query(None);
        let mut request = reqwest::Request::new(Method::GET, url);
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let (status, body) = fetch(http, request).await?;
        if status.is_success() {
            return read(&body, server).ok_or(TokenError::Metadata { status: None });
        }
        outcome = Err(TokenError::Metadata { status: Some(status) });
    }
    outcome
}

/// The paths of the metadata: the well-known part stands before the path of the server (RFC 8414, section 3.1), for
/// OpenID Connect behind it.
fn places(server: &Url) -> Vec<String> {
    let path = server.path().trim_end_matches('/');
    let mut places = vec![
        format!("/.well-known/oauth-authorization-server{path}"),
        format!("{path}/.well-known/openid-configuration"),
    ];
    if !path.is_empty() {
        places.push(format!("/.well-known/openid-configuration{path}"));
    }
    places
}

/// Metadata of another server are none of this one's (RFC 8414, section 3.3). Whether a name ends with `/` is often
/// confused.
fn read(body: &[u8], server: &Url) -> Option<Metadata> {
    let metadata: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| metadata.get(name).and_then(Value::as_str);
    let url = |name: &str| text(name).and_then(trusted_url);
    let issuer = text("issuer")?;
    if issuer.trim_end_matches('/') != server.as_str().trim_end_matches('/') {
        return None;
    }
    Some(Metadata { token_endpoint: url("token_endpoint") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> Url {
        Url::parse(url).unwrap()
    }

    #[test]
    fn the_well_known_part_goes_before_the_path() {
        assert_eq!(
            places(&server("https://id.example")),
            ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"]
        );
        assert_eq!(
            places(&server("https://id.example/tenant/")),
            [
                "/.well-known/oauth-authorization-server/tenant",
                "/tenant/.well-known/openid-configuration",
                "/.well-known/openid-configuration/tenant",
            ]
        );
    }

    #[test]
    fn metadata_of_another_server_and_open_addresses_are_not_taken() {
        let body = br#"{"issuer": "https://id.example/t/", "token_endpoint": "https://id.example/token"}"#;
        let metadata = read(body, &server("https://id.example/t")).unwrap();
        assert_eq!(metadata.token_endpoint, Some(server("https://id.example/token")));
        assert!(read(body, &server("https://other.example/t")).is_none());
        let body = br#"{"issuer": "https://id.example", "token_endpoint": "http://id.example/token"}"#;
        assert!(read(body, &server("https://id.example")).unwrap().token_endpoint.is_none());
        assert!(read(b"[]", &server("https://id.example")).is_none());
    }
}
