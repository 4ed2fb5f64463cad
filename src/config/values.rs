use secrecy::SecretString;

use super::{BaseUrl, ListenAddress, Settings};

/// What a generated `Config` holds, in the order of the tables.
#[derive(Clone, Debug)]
pub struct Values {
    /// For each of [`Capability::consumes`](crate::Capability::consumes).
    pub base_urls: Vec<BaseUrl>,
    /// For each of [`Capability::exposes`](crate::Capability::exposes) that has a port.
    pub listen_addresses: Vec<ListenAddress>,
    /// For each of [`Capability::binds`](crate::Capability::binds).
    pub secrets: Vec<Option<SecretString>>,
    /// Timeouts, limits and policies.
    pub settings: Settings,
}

#[cfg(feature = "client")]
impl Values {
    /// The value of a bind variable; empty text counts as absent.
    pub(crate) fn secret(&self, bind: usize) -> Option<&str> {
        let secret = secrecy::ExposeSecret::expose_secret(self.secrets.get(bind)?.as_ref()?);
        (!secret.is_empty()).then_some(secret)
    }

    /// Checks base URLs and secrets.
    pub(crate) fn check(&self, capability: &crate::Capability) -> Result<(), super::ConfigError> {
        use super::{ConfigError, ConfigProblem};

        let unset = BaseUrl::unset();
        let base_urls = capability.consumes.iter().enumerate().flat_map(|(index, consumes)| {
            let base_url = self.base_urls.get(index).unwrap_or(&unset);
            if base_url.is_set() || consumes.base_uri_template.is_empty() {
                return base_url.parse(consumes.base_url_variable).err().into_iter().collect();
            }
            self.missing_parts(capability, consumes)
        });
        let secrets = capability.binds.iter().enumerate().filter_map(|(index, bind)| {
            let missing = bind.required && !self.settings.allow_missing_secrets && self.secret(index).is_none();
            missing.then_some(ConfigProblem::MissingSecret { variable: bind.source_key })
        });
        ConfigError::check(base_urls.chain(secrets).collect())
    }

    /// As [`check`](Self::check), and whether there is an address for every surface that can be served.
    #[cfg(feature = "__server")]
    pub(crate) fn check_to_serve(&self, capability: &crate::Capability) -> Result<(), super::ConfigError> {
        use super::{ConfigError, ConfigProblem};
        use crate::description::Surface;

        let mut problems = self.check(capability).err().map_or_else(Vec::new, ConfigError::into_problems);
        let listening = capability.exposes.iter().filter(|exposes| !exposes.address_variable.is_empty());
        for (exposes, address) in listening.zip(&self.listen_addresses) {
            let is_served = match exposes.surface {
                Surface::Rest { .. } => cfg!(feature = "rest"),
                Surface::Mcp { .. } => cfg!(feature = "mcp"),
                Surface::Skill { .. } => cfg!(feature = "skill"),
            };
            if is_served && !address.is_set() {
                problems.push(ConfigProblem::MissingListenAddress { variable: exposes.address_variable });
            }
        }
        ConfigError::check(problems)
    }

    /// The variables that a base URI lacks and that are not demanded anyway.
    fn missing_parts(
        &self,
        capability: &crate::Capability,
        consumes: &crate::description::Consumes,
    ) -> Vec<super::ConfigProblem> {
        let is_demanded = |bind: &crate::description::Bind| bind.required && !self.settings.allow_missing_secrets;
        let binds = consumes.base_uri_template.iter().filter_map(|piece| match *piece {
            crate::description::Piece::Bind(index) if self.secret(index).is_none() => capability.binds.get(index),
            _ => None,
        });
        let missing = binds.filter(|bind| !is_demanded(bind));
        missing.map(|bind| super::ConfigProblem::MissingSecret { variable: bind.source_key }).collect()
    }
}
