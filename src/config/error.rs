use std::fmt;

/// Everything that is wrong with a configuration, found at once.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<ConfigProblem>,
}

impl ConfigError {
    /// An error, unless there are no problems.
    pub(crate) fn check(problems: Vec<ConfigProblem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self { problems }) }
    }

    /// The single problems.
    #[cfg(feature = "__server")]
    pub(crate) fn into_problems(self) -> Vec<ConfigProblem> {
        self.problems
    }

    /// The single problems, in the order of the capability file.
    #[must_use]
    pub fn problems(&self) -> &[ConfigProblem] {
        &self.problems
    }
}

impl From<ConfigProblem> for ConfigError {
    fn from(problem: ConfigProblem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the configuration is incomplete or wrong:")?;
        self.problems.iter().try_for_each(|problem| write!(formatter, "\n  - {problem}"))
    }
}

/// As [`Display`](fmt::Display), so that a `main` that returns it prints something that can be read.
impl fmt::Debug for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for ConfigError {}

/// One thing that is wrong with a configuration. Secrets are named, never shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigProblem {
    /// The capability file gives no base URL, and neither does the configuration.
    #[error("no base URL: set `{variable}`")]
    MissingBaseUrl {
        /// The environment variable that can supply it.
        variable: &'static str,
    },
    /// A base URL that requests cannot be sent to.
    #[error("the base URL of `{variable}` is not usable: {reason}")]
    InvalidBaseUrl {
        /// The environment variable that can supply another.
        variable: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A secret that a bind variable of the capability file needs.
    #[error("no value for a secret: set `{variable}`")]
    MissingSecret {
        /// The environment variable that can supply it: the source key of the bind variable.
        variable: &'static str,
    },
    /// A secret that a bind variable of the capability file takes from a file, which does not have it.
    #[error("no value for a secret: give the file `{path}` the key `{key}`, or set `{variable}`")]
    MissingInFile {
        /// The environment variable that can supply it.
        variable: &'static str,
        /// The key in the file.
        key: &'static str,
        /// The file.
        path: String,
    },
    /// A secret that a bind variable of the capability file takes from a file, which has a list or a mapping there.
    #[error("no value for a secret: `{key}` in the file `{path}` is no single value; it can be set by `{variable}`")]
    NestedInFile {
        /// The environment variable that can supply it.
        variable: &'static str,
        /// The key in the file.
        key: &'static str,
        /// The file.
        path: String,
    },
    /// A file with the values of bind variables that is not there or cannot be read.
    #[error("the file `{path}` with values of binds cannot be used: {reason}; `{variable}` can name another one")]
    UnusableFile {
        /// The environment variable that can name another file.
        variable: &'static str,
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A secret that cannot be sent where the capability file puts it.
    #[error("the secret for {place} of `{namespace}` has characters that cannot be sent there")]
    UnusableSecret {
        /// The namespace of the upstream, or of the surface.
        namespace: &'static str,
        /// Where it would be sent.
        place: &'static str,
    },
    /// A credential that callers must have is empty, so that anybody has it.
    #[error("the {what} that callers of `{namespace}` must have is empty")]
    EmptyCredential {
        /// The namespace of the surface.
        namespace: &'static str,
        /// Which credential it is.
        what: &'static str,
    },
    /// The URL that gives tokens for a security scheme is none.
    #[error("the token URL of `{scheme}` of `{api}` is not usable")]
    InvalidTokenUrl {
        /// The name of the API.
        api: &'static str,
        /// The name of the security scheme.
        scheme: &'static str,
    },
    /// The capability file gives a surface no port, and neither does the configuration.
    #[error("no address to listen on: set `{variable}` to `host:port`, such as `127.0.0.1:8080`")]
    MissingListenAddress {
        /// The environment variable that can supply it.
        variable: &'static str,
    },
    /// The address of an authorization server that tokens and secrets cannot be entrusted to.
    #[error("the {what} of `{namespace}` is not usable: expected a URL of `https`, or of this machine")]
    InvalidAuthorizationServer {
        /// The namespace of what has the authentication.
        namespace: &'static str,
        /// Which address it is.
        what: &'static str,
    },
    /// A listen address that cannot be read.
    #[error("the listen address of `{variable}` is not usable: expected `host:port`, such as `127.0.0.1:8080`")]
    InvalidListenAddress {
        /// The environment variable that holds it.
        variable: &'static str,
    },
    /// A setting of the environment that cannot be read.
    #[error("the value of `{variable}` is not usable: expected {expected}")]
    InvalidSetting {
        /// The environment variable.
        variable: String,
        /// What can be read.
        expected: &'static str,
    },
    /// An environment variable that is not Unicode text.
    #[error("the value of `{variable}` is not valid Unicode")]
    NotUnicode {
        /// The environment variable.
        variable: &'static str,
    },
    /// The HTTP client could not be set up.
    #[error("the HTTP client cannot be set up: {reason}")]
    HttpClient {
        /// What the client library says.
        reason: String,
    },
    /// A header of the capability file whose name or value cannot be sent.
    #[error("the header `{name}` of operation `{operation}` cannot be sent")]
    InvalidHeader {
        /// The name of the operation.
        operation: &'static str,
        /// The name of the header.
        name: &'static str,
    },
}
