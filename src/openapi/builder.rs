//! Clients of APIs.

use std::sync::Arc;

use super::client::{ApiClient, Core};
use super::credential::Credential;
use super::description::{Api, Server};
use super::security::Scheme;
use crate::client::{Callee, Credentials, HttpClients, Transport, Upstream};
use crate::config::{BaseUrl, ConfigError, ConfigProblem, Settings};

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

impl Callee for Api {
    type Values = ApiValues;
    type Client = ApiClient;

    fn name(&self) -> &'static str {
        self.name
    }

    fn settings(values: &ApiValues) -> &Settings {
        &values.settings
    }

    fn client(
        &'static self,
        values: &ApiValues,
        clients: &HttpClients<'_>,
        transport: Transport,
    ) -> Result<ApiClient, ConfigError> {
        let mut problems = Vec::new();
        let mut upstreams = Vec::with_capacity(self.servers.len());
        let unset = BaseUrl::unset();
        for (index, server) in self.servers.iter().enumerate() {
            let base_url = values.base_urls.get(index).unwrap_or(&unset);
            match upstream(self, server, base_url, clients) {
                Ok(upstream) => upstreams.push(upstream),
                Err(problem) => problems.push(problem),
            }
        }
        let mut schemes = Vec::with_capacity(self.security_schemes.len());
        if let Some(first) = upstreams.first() {
            for (index, scheme) in self.security_schemes.iter().enumerate() {
                let credential = values.credentials.get(index).and_then(Option::as_ref);
                match Scheme::new(self, scheme, credential, &first.base, clients, &values.settings) {
                    Ok(scheme) => schemes.push(scheme),
                    Err(problem) => problems.push(problem),
                }
            }
        }
        ConfigError::check(problems)?;
        Ok(ApiClient(Arc::new(Core { api: self, upstreams, schemes, transport })))
    }
}

fn upstream(
    api: &'static Api,
    server: &Server,
    base_url: &BaseUrl,
    clients: &HttpClients<'_>,
) -> Result<Upstream, ConfigProblem> {
    let mut base = base_url.parse(server.variable)?;
    let credentials = Credentials::of_url(&mut base, api.name)?;
    Upstream::new(api.name, base, credentials, clients)
}
