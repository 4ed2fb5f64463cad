//! Credentials.

use proc_macro2::TokenStream;
use quote::quote;

use super::{location, option, template};
use crate::ir::{Authentication, CallerAuthentication, OAuth2};

/// Those of requests to an upstream.
pub(super) fn outbound(authentication: &Authentication) -> TokenStream {
    match authentication {
        Authentication::None => quote! { Authentication::None },
        Authentication::Bearer { token } => {
            let token = template(token);
            quote! { Authentication::Bearer { token: #token } }
        }
        Authentication::Basic { username, password } => {
            let (username, password) = (template(username), template(password));
            quote! { Authentication::Basic { username: #username, password: #password } }
        }
        Authentication::ApiKey { placement, key, value } => {
            let (placement, value) = (location(*placement), template(value));
            quote! { Authentication::ApiKey { placement: #placement, key: #key, value: #value } }
        }
        Authentication::Digest { username, password } => {
            let (username, password) = (template(username), template(password));
            quote! { Authentication::Digest { username: #username, password: #password } }
        }
        Authentication::OAuth2(oauth2) => self::oauth2(oauth2),
    }
}

/// What callers of a surface must prove.
pub(super) fn inbound(authentication: &CallerAuthentication) -> TokenStream {
    match authentication {
        CallerAuthentication::Bearer { token } => {
            let token = template(token);
            quote! { CallerAuthentication::Bearer { token: #token } }
        }
        CallerAuthentication::Basic { username, password } => {
            let (username, password) = (template(username), template(password));
            quote! { CallerAuthentication::Basic { username: #username, password: #password } }
        }
        CallerAuthentication::ApiKey { placement, key, value } => {
            let (placement, value) = (location(*placement), template(value));
            quote! { CallerAuthentication::ApiKey { placement: #placement, key: #key, value: #value } }
        }
        CallerAuthentication::Digest { username, password } => {
            let (username, password) = (template(username), template(password));
            quote! { CallerAuthentication::Digest { username: #username, password: #password } }
        }
    }
}

fn oauth2(oauth2: &OAuth2) -> TokenStream {
    let OAuth2 { token_endpoint, server, client_id, client_secret, scopes, audience, resource } = oauth2;
    let [token_endpoint, server, audience, resource] =
        [token_endpoint, server, audience, resource].map(|text| option(text.as_ref().map(|text| template(text))));
    let (client_id, client_secret) = (template(client_id), template(client_secret));
    let scopes = scopes.iter().map(|scope| template(scope));
    quote! {
        Authentication::OAuth2(OAuth2 {
            token_endpoint: #token_endpoint,
            server: #server,
            client_id: #client_id,
            client_secret: #client_secret,
            scopes: &[#(#scopes),*],
            audience: #audience,
            resource: #resource,
        })
    }
}
