use std::fmt;
use std::sync::Arc;

use secrecy::SecretString;
use url::Url;

use super::client::{ApiClient, Core};
use super::credential::Credential;
use super::description::Api;
use super::escape::Escape;
use super::security::Scheme;
use crate::client::{Credentials, Hook, HttpClients, Transport, Upstream, basic, take_user_info};
use crate::config::{BaseUrl, ConfigError, ConfigProblem, Environment, Settings};
use crate::{HookError, RequestHook};

/// What a generated `Config` of an API holds, in the order of the tables.
#[derive(Clone, Debug)]
pub struct ApiValues {
    /// For each of [`Api::servers`].
    pub base_urls: Vec<BaseUrl>,
    /// For each of [`Api::security_schemes`].
    pub credentials: Vec<Option<Credential>>,
    /// Timeouts, limits and policies.
    pub settings: Settings,
}

/// Builds an [`ApiClient`]; what a generated builder wraps.
pub struct ApiClientBuilder {
    api: &'static Api,
    values: ApiValues,
    http_client: Option<reqwest::Client>,
    hooks: Vec<Hook>,
}

impl ApiClientBuilder {
    /// A builder for an API with its configuration.
    #[must_use]
    pub fn new(api: &'static Api, values: ApiValues) -> Self {
        Self { api, values, http_client: None, hooks: Vec::new() }
    }

    /// Sends requests by this HTTP client, with its own timeouts, proxies, redirects and pool.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Has a closure see every request before it is sent. Hooks run in the order in which they were added.
    #[must_use]
    pub fn on_request(
        mut self,
        hook: impl Fn(&mut reqwest::Request) -> Result<(), HookError> + Send + Sync + 'static,
    ) -> Self {
        self.hooks.push(Hook::Sync(Box::new(hook)));
        self
    }

    /// Has a hook that awaits something see every request before it is sent.
    #[must_use]
    pub fn on_request_async(mut self, hook: impl RequestHook) -> Self {
        self.hooks.push(Hook::Async(Box::new(hook)));
        self
    }

    /// Checks the configuration and builds the client.
    ///
    /// # Errors
    ///
    /// Everything that is missing or wrong. Credentials may be missing: a request that needs them is refused.
    pub fn build(self) -> Result<ApiClient, ConfigError> {
        let Self { api, values, http_client, hooks } = self;
        let clients = HttpClients::new(http_client, &values.settings);
        let mut problems = Vec::new();
        let mut upstreams = Vec::with_capacity(api.servers.len());
        let unset = BaseUrl::unset();
        for (index, server) in api.servers.iter().enumerate() {
            let base_url = values.base_urls.get(index).unwrap_or(&unset);
            match upstream(api, base_url, server.variable, &clients) {
                Ok(upstream) => upstreams.push(upstream),
                Err(problem) => problems.push(problem),
            }
        }
        let mut schemes = Vec::with_capacity(api.security_schemes.len());
        if let Some(first) = upstreams.first() {
            for (index, scheme) in api.security_schemes.iter().enumerate() {
                let credential = values.credentials.get(index).and_then(Option::as_ref);
                match Scheme::new(api, scheme, credential, &first.base, &first.http, &values.settings) {
                    Ok(scheme) => schemes.push(scheme),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        ConfigError::check(problems)?;
        let transport = Transport { hooks, settings: values.settings };
        Ok(ApiClient(Arc::new(Core { api, upstreams, schemes, transport })))
    }
}

fn upstream(
    api: &'static Api,
    base_url: &BaseUrl,
    variable: &'static str,
    clients: &HttpClients<'_>,
) -> Result<Upstream, ConfigProblem> {
    let mut base: Url = base_url.parse(variable)?;
    let credentials = match take_user_info(&mut base) {
        Some((username, password)) => basic(&username, &password)
            .map(|value| Credentials::Header(http::header::AUTHORIZATION, value))
            .ok_or(ConfigProblem::UnusableSecret { namespace: api.name, place: "the header `Authorization`" })?,
        None => Credentials::None,
    };
    let http = clients.for_url(&base)?;
    let base_path = base.path().trim_end_matches('/').to_owned();
    Ok(Upstream { namespace: api.name, base, base_path, credentials, http })
}

/// The URL of a server with values for its variables.
#[must_use]
pub fn server_url(template: &str, variables: &[(&str, &str)]) -> BaseUrl {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((text, (name, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        url.push_str(text);
        rest = after;
        if let Some((_, value)) = variables.iter().find(|(variable, _)| *variable == name) {
            // A variable may be a whole path or a whole origin, so what ends neither stays.
            Escape::Server.push(value, &mut url);
        }
    }
    url.push_str(rest);
    BaseUrl::new(url)
}

impl Environment {
    /// Reads a token or key, where there is one.
    pub fn token(&mut self, variable: &'static str, credential: &mut Option<Credential>) {
        if let Some(value) = self.get(variable) {
            *credential = Some(value.into());
        }
    }

    /// Reads a user name and a password, where both are there.
    pub fn login(&mut self, username: &'static str, password: &'static str, credential: &mut Option<Credential>) {
        if let (Some(username), Some(password)) = (self.get(username), self.get(password)) {
            *credential = Some(Credential::login(username, SecretString::from(password)));
        }
    }

    /// Reads client credentials, where both are there.
    pub fn client(&mut self, id: &'static str, secret: &'static str, credential: &mut Option<Credential>) {
        if let (Some(id), Some(secret)) = (self.get(id), self.get(secret)) {
            *credential = Some(Credential::client(id, SecretString::from(secret)));
        }
    }
}

impl fmt::Debug for ApiClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiClientBuilder")
            .field("api", &self.api.name)
            .field("values", &self.values)
            .finish_non_exhaustive()
    }
}
