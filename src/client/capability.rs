//! Clients of capabilities.

use std::sync::Arc;

use super::authentication::Credentials;
use super::base;
use super::builder::Callee;
use super::http_client::HttpClients;
use super::prepare::{PreparedOperation, Upstream};
use super::transport::Transport;
use super::{Client, Core};
use crate::config::{BaseUrl, ConfigError, ConfigProblem, Settings, Values};
use crate::description::{Capability, Consumes};

impl Callee for Capability {
    type Values = Values;
    type Client = Client;

    fn name(&self) -> &'static str {
        self.name
    }

    fn settings(values: &Values) -> &Settings {
        &values.settings
    }

    fn client(
        &'static self,
        values: &Values,
        clients: &HttpClients<'_>,
        transport: Transport,
    ) -> Result<Client, ConfigError> {
        values.check(self)?;
        let mut problems = Vec::new();
        let mut upstreams = Vec::with_capacity(self.consumes.len());
        for (consumes, base_url) in self.consumes.iter().zip(&values.base_urls) {
            match upstream(consumes, base_url, values, clients) {
                Ok(upstream) => upstreams.push(upstream),
                Err(problem) => problems.push(problem),
            }
        }
        let mut operations = Vec::with_capacity(self.operations.len());
        for operation in self.operations {
            match PreparedOperation::new(self, operation, values) {
                Ok(operation) => operations.push(operation),
                Err(problem) => problems.push(problem),
            }
        }
        #[cfg(feature = "__server")]
        let guards = crate::server::authentication::guards(self, values).unwrap_or_else(|error| {
            problems.extend(error.problems().iter().cloned());
            Vec::new()
        });
        ConfigError::check(problems)?;
        let binds = values.secrets.clone();
        Ok(Client(Arc::new(Core {
            capability: self,
            upstreams,
            operations,
            binds,
            transport,
            #[cfg(feature = "__server")]
            guards,
        })))
    }
}

fn upstream(
    consumes: &'static Consumes,
    base_url: &BaseUrl,
    values: &Values,
    clients: &HttpClients<'_>,
) -> Result<Upstream, ConfigProblem> {
    let mut base = base::base_url(consumes, base_url, values)?;
    let credentials = Credentials::new(consumes, &mut base, values, clients)?;
    let upstream = Upstream::new(consumes.namespace, base, credentials, clients)?;
    Ok(Upstream { is_secret: base::is_secret(consumes, base_url), ..upstream })
}
