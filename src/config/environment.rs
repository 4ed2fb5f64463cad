use std::env::{self, VarError};
use std::path::PathBuf;

use secrecy::SecretString;

use super::bind_file::{BindFile, NoValue};
use super::{BaseUrl, ConfigError, ConfigProblem, ListenAddress};

/// Reads a generated `Config` from environment variables and collects what is missing or unreadable.
///
/// A variable that is set to the empty text counts as not set.
pub struct Environment {
    lookup: fn(&str) -> Result<String, VarError>,
    problems: Vec<ConfigProblem>,
}

impl Environment {
    /// The environment of the process.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "an environment is not a value that has a default")]
    pub fn new() -> Self {
        Self::with_lookup(|name| env::var(name))
    }

    pub(crate) fn with_lookup(lookup: fn(&str) -> Result<String, VarError>) -> Self {
        Self { lookup, problems: Vec::new() }
    }

    /// The value of a variable as it is.
    pub(super) fn find(&self, variable: &str) -> Result<String, VarError> {
        (self.lookup)(variable)
    }

    pub(crate) fn get(&mut self, variable: &'static str) -> Option<String> {
        self.read(variable).filter(|value| !value.is_empty())
    }

    /// As [`get`](Self::get), where the empty text is a value.
    pub(crate) fn read(&mut self, variable: &'static str) -> Option<String> {
        match self.find(variable) {
            Ok(value) => Some(value),
            Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(_)) => {
                self.report(ConfigProblem::NotUnicode { variable });
                None
            }
        }
    }

    /// Adds a problem to those that are reported together.
    pub(crate) fn report(&mut self, problem: ConfigProblem) {
        self.problems.push(problem);
    }

    /// Overrides a base URL; one that is still unset afterwards is a problem.
    pub fn base_url(&mut self, variable: &'static str, base_url: &mut BaseUrl) {
        if let Some(value) = self.get(variable) {
            *base_url = BaseUrl::new(value);
        }
        if let Err(problem) = base_url.parse(variable) {
            self.report(problem);
        }
    }

    /// Overrides a base URL that the file makes of bind variables.
    pub fn optional_base_url(&mut self, variable: &'static str, base_url: &mut BaseUrl) {
        if let Some(value) = self.get(variable) {
            *base_url = BaseUrl::new(value);
            self.base_url(variable, base_url);
        }
    }

    /// Demands the bind variables of a base URL that is not given as a whole.
    pub fn base_url_parts(&mut self, base_url: &BaseUrl, parts: &[(&'static str, &Option<SecretString>)]) {
        for (variable, secret) in parts {
            if !base_url.is_set() && secret.is_none() {
                self.report(ConfigProblem::MissingSecret { variable });
            }
        }
    }

    /// Overrides a listen address.
    pub fn listen_address(&mut self, variable: &'static str, address: &mut ListenAddress) {
        if let Some(value) = self.get(variable) {
            match value.parse() {
                Ok(value) => *address = value,
                Err(_) => self.report(ConfigProblem::InvalidListenAddress { variable }),
            }
        }
    }

    /// Overrides a folder.
    pub fn folder(&mut self, variable: &'static str, folder: &mut Option<PathBuf>) {
        if let Some(value) = self.get(variable) {
            *folder = Some(value.into());
        }
    }

    /// Reads the secret of a bind variable that may be absent.
    pub fn optional_secret(&mut self, variable: &'static str, secret: &mut Option<SecretString>) {
        if let Some(value) = self.get(variable) {
            *secret = Some(value.into());
        }
    }

    /// Reads the secret of a bind variable; one that is still absent afterwards is a problem.
    pub fn secret(&mut self, variable: &'static str, secret: &mut Option<SecretString>) {
        self.optional_secret(variable, secret);
        if secret.is_none() {
            self.report(ConfigProblem::MissingSecret { variable });
        }
    }

    /// The file of a bind with a `location`, or that which the environment names in its place.
    pub fn bind_file(&mut self, variable: &'static str, path: &str) -> BindFile {
        BindFile::new(self.get(variable).unwrap_or_else(|| path.to_owned()), variable)
    }

    /// Reads the secret of a bind variable that may be absent from the environment or else from the file.
    pub fn optional_secret_from(
        &mut self,
        file: &mut BindFile,
        variable: &'static str,
        key: &'static str,
        secret: &mut Option<SecretString>,
    ) {
        self.optional_secret(variable, secret);
        if secret.is_none() {
            *secret = file.get(key).ok();
        }
    }

    /// Reads the secret of a bind variable from the environment or else from the file. One that is still absent afterwards
    /// is a problem, and so is a file that has to be read and cannot.
    pub fn secret_from(
        &mut self,
        file: &mut BindFile,
        variable: &'static str,
        key: &'static str,
        secret: &mut Option<SecretString>,
    ) {
        self.optional_secret(variable, secret);
        if secret.is_some() {
            return;
        }
        let (path, file_variable) = (file.path().to_owned(), file.variable());
        let (is_nested, reason) = match file.get(key) {
            Ok(value) => {
                *secret = Some(value);
                return;
            }
            Err(NoValue::Missing) => (false, None),
            Err(NoValue::Nested) => (true, None),
            Err(NoValue::File(reason)) => (false, Some(reason.to_owned())),
        };
        if let Some(reason) = reason {
            let problem = ConfigProblem::UnusableFile { variable: file_variable, path: path.clone(), reason };
            if !self.problems.contains(&problem) {
                self.report(problem);
            }
        }
        self.report(if is_nested {
            ConfigProblem::NestedInFile { variable, key, path }
        } else {
            ConfigProblem::MissingInFile { variable, key, path }
        });
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// Everything that was missing or unreadable.
    pub fn finish(self) -> Result<(), ConfigError> {
        ConfigError::check(self.problems)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn lookup(name: &str) -> Result<String, VarError> {
        match name {
            "A_BASE_URL" => Ok("https://a.example".to_owned()),
            "BAD_BASE_URL" => Ok("nonsense".to_owned()),
            "A_ADDR" => Ok("127.0.0.1:0".to_owned()),
            "BAD_ADDR" => Ok("eighty".to_owned()),
            "TOKEN" => Ok("hunter2".to_owned()),
            "EMPTY" => Ok(String::new()),
            _ => Err(VarError::NotPresent),
        }
    }

    #[test]
    fn overrides_what_is_set() {
        let mut environment = Environment::with_lookup(lookup);
        let (mut base_url, mut kept) = (BaseUrl::unset(), BaseUrl::new("https://kept.example"));
        let mut address = ListenAddress::new("127.0.0.1", 8080);
        let mut secret = None;
        environment.base_url("A_BASE_URL", &mut base_url);
        environment.base_url("EMPTY", &mut kept);
        environment.listen_address("A_ADDR", &mut address);
        environment.secret("TOKEN", &mut secret);
        environment.finish().unwrap();
        assert_eq!(base_url.as_str(), "https://a.example");
        assert_eq!(kept.as_str(), "https://kept.example");
        assert_eq!(address.port(), 0);
        assert_eq!(secret.unwrap().expose_secret(), "hunter2");
    }

    #[test]
    fn names_all_problems_at_once() {
        let mut environment = Environment::with_lookup(lookup);
        environment.base_url("UNSET_BASE_URL", &mut BaseUrl::unset());
        environment.base_url("BAD_BASE_URL", &mut BaseUrl::unset());
        environment.listen_address("BAD_ADDR", &mut ListenAddress::new("127.0.0.1", 1));
        environment.secret("EMPTY", &mut None);
        let message = environment.finish().unwrap_err().to_string();
        for name in ["UNSET_BASE_URL", "BAD_BASE_URL", "BAD_ADDR", "`EMPTY`"] {
            assert!(message.contains(name), "{name} is not in {message}");
        }
    }
}
