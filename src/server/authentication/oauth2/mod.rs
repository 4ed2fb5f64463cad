//! Tokens of an authorization server (RFC 6750): signed ones (RFC 9068), and such as the server is asked about (RFC 7662).

mod authority;
mod claims;
mod introspection;
mod keys;
mod memory;
mod refusal;
mod resource;
mod token;

pub(crate) use resource::Described;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use secrecy::SecretString;
use tokio::time::timeout;

use self::authority::Authority;
pub(super) use self::claims::Expected;
pub(crate) use self::claims::has_scopes;
use self::memory::Memory;
pub(crate) use self::refusal::{Refusal, challenge, invalid, resource_metadata, unavailable, unusable};
use self::token::Token;
use super::guard::needed;
use super::{Claims, given};
use crate::client::HttpClients;
use crate::config::{ConfigProblem, Values};
use crate::description::{Exposes, ResourceServer as Description, Surface};
use crate::oauth2::trusted_url;
use crate::{Problem, Value};

/// What callers of a surface must have tokens for.
pub(super) struct ResourceServer {
    realm: &'static str,
    tokens: Tokens,
    description: Option<Described>,
}

/// Whose tokens callers must have, and which.
#[derive(Clone)]
pub(crate) struct Tokens {
    /// As the program names it.
    #[cfg(feature = "mcp")]
    server: String,
    authority: Arc<Authority>,
    expected: Arc<Expected>,
    /// What the server has said of tokens.
    memory: Option<Arc<Memory>>,
    /// Who asks about tokens: name and secret. `None`: tokens are signed.
    client: Option<(String, SecretString)>,
}

impl ResourceServer {
    pub(super) fn new(
        description: &'static Description,
        exposes: &'static Exposes,
        values: &Values,
        clients: &HttpClients<'_>,
    ) -> Result<Self, ConfigProblem> {
        let namespace = exposes.namespace;
        let needed = |template, what| needed(template, values, namespace, what);
        let server = needed(description.server, "authorization server")?;
        let resource = needed(description.resource, "resource")?;
        let audience = match description.audience {
            Some(audience) => needed(audience, "audience")?,
            None => resource.clone(),
        };
        let scopes = description.scopes.iter().map(|scope| needed(scope, "scope")).collect::<Result<Vec<_>, _>>()?;
        let client = match &description.introspection {
            Some(client) => {
                let id = needed(client.client_id, "client")?;
                Some((id, needed(client.client_secret, "client's secret")?.into()))
            }
            None => None,
        };
        let is_tools = matches!(exposes.surface, Surface::Mcp { .. });
        let description = is_tools.then(|| Described::new(&resource, &[&server], &scopes));
        let tokens = Tokens::new(namespace, &server, Expected { audience, scopes }, client, clients)?;
        Ok(Self { realm: namespace, tokens, description })
    }

    /// What tells clients where they get tokens (RFC 9728).
    pub(super) fn description(&self) -> Option<&Described> {
        self.description.as_ref()
    }

    pub(super) async fn admit(&self, request: &mut Request) -> Result<(), Problem> {
        let outcome = match given::take_authorization(request, "Bearer") {
            None => Err(Refusal::Missing),
            Some(token) => self.tokens.claims(&token, self.tokens.authority.patience).await,
        };
        let claims = outcome.map_err(|refusal| {
            let place = self.description.as_ref().and_then(|description| description.place.as_deref());
            refusal.into_problem(self.realm, &self.tokens.expected.scopes, place)
        })?;
        request.extensions_mut().insert(Claims(Arc::new(claims)));
        Ok(())
    }
}

impl Tokens {
    /// `namespace` is what errors call the part of the program that wants tokens.
    pub(super) fn new(
        namespace: &'static str,
        server: &str,
        expected: Expected,
        client: Option<(String, SecretString)>,
        clients: &HttpClients<'_>,
    ) -> Result<Self, ConfigProblem> {
        let untrusted = ConfigProblem::InvalidAuthorizationServer { namespace, what: "authorization server" };
        let url = trusted_url(server).ok_or(untrusted)?;
        let (http, patience) = (clients.for_url(&url)?, clients.settings().read_timeout);
        let authority = Arc::new(Authority::new(url, http, client.is_none(), patience));
        Ok(Self {
            #[cfg(feature = "mcp")]
            server: server.to_owned(),
            authority,
            expected: Arc::new(expected),
            memory: None,
            client,
        })
    }

    /// The same, believing for a while what the server has said of a token.
    pub(super) fn remembering(&self, lifetime: Duration) -> Self {
        Self { memory: Some(Arc::new(Memory::new(lifetime))), ..self.clone() }
    }

    /// The authorization server.
    #[cfg(feature = "mcp")]
    pub(crate) fn server(&self) -> &str {
        &self.server
    }

    /// For whom tokens are.
    #[cfg(feature = "mcp")]
    pub(crate) fn audience(&self) -> &str {
        &self.expected.audience
    }

    /// What a token says that can be used here. It takes no longer than the limit to find out.
    pub(crate) async fn claims(&self, token: &str, limit: Duration) -> Result<Value, Refusal> {
        let claims = async {
            match &self.client {
                Some(client) => self.introspect(client, token).await,
                None => self.validate(token).await,
            }
        };
        timeout(limit, claims).await.unwrap_or(Err(Refusal::Unavailable))
    }

    /// Checks the signature of a token, then what it says.
    async fn validate(&self, text: &str) -> Result<Value, Refusal> {
        let token = Token::parse(text)?;
        let mut known = self.authority.known().await.ok_or(Refusal::Unavailable)?;
        if !token.may_be_signed_by(&known.keys) {
            // The server has begun to sign with another key.
            known = self.authority.newer_than(&known).await.ok_or(token::UNKNOWN_KEY)?;
        }
        let claims = token.verify(&known.keys)?;
        self.expected.check(&claims, Some(&known.issuer))?;
        Ok(claims)
    }

    /// Asks the server about a token.
    async fn introspect(&self, client: &(String, SecretString), token: &str) -> Result<Value, Refusal> {
        let known = self.authority.known().await.ok_or(Refusal::Unavailable)?;
        if let Some(claims) = self.memory.as_ref().and_then(|memory| memory.recall(token)) {
            self.expected.check_introspected(&claims, &known.issuer)?;
            return Ok(claims);
        }
        let claims = introspection::ask(&self.authority, &known, client, token).await?;
        self.expected.check_introspected(&claims, &known.issuer)?;
        if let Some(memory) = &self.memory {
            memory.keep(token, claims.clone());
        }
        Ok(claims)
    }
}
