use std::fmt;

use super::HookError;
use super::hook::{Hook, RequestHook};
use super::http_client::HttpClients;
use super::transport::Transport;
use crate::Settings;
use crate::config::ConfigError;

/// What clients are built for: a capability, or an API.
pub trait Callee: 'static {
    /// What a generated `Config` holds.
    type Values: fmt::Debug;
    /// The client.
    type Client;

    /// The name of the generated module.
    fn name(&self) -> &'static str;

    /// Timeouts, limits and policies.
    fn settings(values: &Self::Values) -> &Settings;

    /// Checks the configuration and makes the client.
    ///
    /// # Errors
    ///
    /// Everything that is missing or wrong.
    fn client(
        &'static self,
        values: &Self::Values,
        clients: &HttpClients<'_>,
        transport: Transport,
    ) -> Result<Self::Client, ConfigError>;
}

/// Builds a client; what a generated builder wraps.
pub struct ClientBuilder<C: Callee> {
    callee: &'static C,
    values: C::Values,
    http_client: Option<reqwest::Client>,
    hooks: Vec<Hook>,
}

impl<C: Callee> ClientBuilder<C> {
    /// A builder for a capability or an API with its configuration.
    #[must_use]
    pub fn new(callee: &'static C, values: C::Values) -> Self {
        Self { callee, values, http_client: None, hooks: Vec::new() }
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
    /// Everything that is missing or wrong. Credentials of an API may be missing: a request that needs them is refused.
    pub fn build(self) -> Result<C::Client, ConfigError> {
        let Self { callee, values, http_client, hooks } = self;
        let settings = C::settings(&values);
        let transport = Transport::new(hooks, settings.clone(), http_client.is_none());
        let clients = HttpClients::new(http_client, settings);
        callee.client(&values, &clients, transport)
    }
}

impl<C: Callee> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("callee", &self.callee.name())
            .field("values", &self.values)
            .finish_non_exhaustive()
    }
}
