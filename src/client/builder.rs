use std::fmt;
use std::sync::Arc;

use super::authentication::Credentials;
use super::hook::{Hook, RequestHook};
use super::http_client::HttpClients;
use super::prepare::{PreparedOperation, Upstream};
use super::transport::Transport;
use super::{Client, Core, HookError};
use crate::config::{ConfigError, ConfigProblem, Values};
use crate::description::Capability;

/// Builds a [`Client`]; what a generated builder wraps.
pub struct ClientBuilder {
    capability: &'static Capability,
    values: Values,
    http_client: Option<reqwest::Client>,
    hooks: Vec<Hook>,
}

impl ClientBuilder {
    /// A builder for a capability with its configuration.
    #[must_use]
    pub fn new(capability: &'static Capability, values: Values) -> Self {
        Self { capability, values, http_client: None, hooks: Vec::new() }
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
    /// Everything that is missing or wrong.
    pub fn build(self) -> Result<Client, ConfigError> {
        let Self { capability, values, http_client, hooks } = self;
        values.check(capability)?;
        let clients = HttpClients::new(http_client, &values.settings);
        let mut problems = Vec::new();
        let mut upstreams = Vec::with_capacity(capability.consumes.len());
        for (index, base_url) in values.base_urls.iter().enumerate().take(capability.consumes.len()) {
            match upstream(capability, index, base_url, &values, &clients) {
                Ok(upstream) => upstreams.push(upstream),
                Err(problem) => problems.push(problem),
            }
        }
        let mut operations = Vec::with_capacity(capability.operations.len());
        for operation in capability.operations {
            match PreparedOperation::new(capability, operation, &values) {
                Ok(operation) => operations.push(operation),
                Err(problem) => problems.push(problem),
            }
        }
        ConfigError::check(problems)?;
        let transport = Transport { hooks, settings: values.settings };
        Ok(Client(Arc::new(Core { capability, upstreams, operations, transport })))
    }
}

fn upstream(
    capability: &'static Capability,
    index: usize,
    base_url: &crate::BaseUrl,
    values: &Values,
    clients: &HttpClients<'_>,
) -> Result<Upstream, ConfigProblem> {
    let consumes = &capability.consumes[index];
    let mut base = base_url.parse(consumes.base_url_variable)?;
    let credentials = Credentials::new(consumes, &mut base, values)?;
    let http = clients.for_url(&base)?;
    let base_path = base.path().trim_end_matches('/').to_owned();
    Ok(Upstream { namespace: consumes.namespace, base, base_path, credentials, http })
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("capability", &self.capability.name)
            .field("values", &self.values)
            .finish_non_exhaustive()
    }
}
