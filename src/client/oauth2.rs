//! Tokens for the client credentials of a capability.

use tokio::sync::OnceCell;
use url::Url;

use super::HttpClients;
use super::template::filled;
use crate::config::{ConfigProblem, Values};
use crate::description::{OAuth2, Template};
use crate::oauth2::trusted_url;
use crate::openapi::{Endpoint, Tokens};

/// The tokens of an upstream; `None` when a secret is absent, which the settings allow.
pub(super) fn tokens(
    description: &'static OAuth2,
    namespace: &'static str,
    values: &Values,
    clients: &HttpClients<'_>,
) -> Result<Option<Tokens>, ConfigProblem> {
    let text = |template: Template| filled(template, values);
    let (Some(id), Some(secret)) = (text(description.client_id), text(description.client_secret)) else {
        return Ok(None);
    };
    let url = |template: Option<Template>, what| -> Result<Option<Url>, ConfigProblem> {
        let problem = ConfigProblem::InvalidAuthorizationServer { namespace, what };
        template.map(|template| text(template).and_then(|url| trusted_url(&url)).ok_or(problem)).transpose()
    };
    let known = url(description.token_endpoint, "token endpoint")?;
    let server = url(description.server, "authorization server")?;
    let http = match known.as_ref().or(server.as_ref()) {
        Some(first) => clients.for_url(first)?,
        None => return Err(ConfigProblem::InvalidAuthorizationServer { namespace, what: "authorization server" }),
    };
    let of_server = |server| Endpoint::OfServer(server, OnceCell::new());
    let Some(endpoint) = known.map(Endpoint::Known).or_else(|| server.map(of_server)) else { return Ok(None) };
    let scopes = description.scopes.iter().filter_map(|scope| text(scope)).collect();
    let further = [("audience", description.audience), ("resource", description.resource)];
    let further = further.into_iter().filter_map(|(name, value)| Some((name, text(value?)?))).collect();
    let patience = values.settings.read_timeout;
    Ok(Some(Tokens::of_client(endpoint, (id, secret.into()), scopes, further, http, patience)))
}
