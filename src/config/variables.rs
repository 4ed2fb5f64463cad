//! The settings of servers that operators give by environment variables.

use std::env::VarError;
use std::str::FromStr;
use std::time::Duration;

use url::Url;

use super::{ConfigError, ConfigProblem, Environment, Rate, RequestStateKey, Settings, Tls, ToolList};

impl Settings {
    /// The default settings with what the environment sets: the variables of `docs/operations.md`, whose names begin with
    /// `prefix` and `_`.
    ///
    /// It is for servers of OpenAPI documents; the `Config::from_env` of a capability reads them by itself, with the name of its
    /// module as the prefix.
    ///
    /// ```
    /// # fn settings() -> Result<(), capsmith::ConfigError> {
    /// let settings = capsmith::Settings::from_env("BACKUPS")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Names every variable that cannot be read, all of them at once.
    pub fn from_env(prefix: &str) -> Result<Self, ConfigError> {
        let mut settings = Self::default();
        let mut environment = Environment::new();
        environment.settings(prefix, &mut settings);
        environment.finish()?;
        Ok(settings)
    }
}

impl Environment {
    /// Overrides settings of servers.
    pub fn settings(&mut self, prefix: &str, settings: &mut Settings) {
        let mut variables = Variables { environment: self, prefix };
        variables.set("ALLOW_REMOTE", "`true` or `false`", &mut settings.allow_remote, boolean);
        variables.set("ALLOWED_HOSTS", HOSTS, &mut settings.allowed_hosts, hosts);
        variables.set("ALLOWED_ORIGINS", ORIGINS, &mut settings.allowed_origins, origins);
        variables.set("CORS_ORIGINS", READERS, &mut settings.cors.origins, readers);
        variables.set("MAX_CONNECTIONS", NUMBER, &mut settings.max_connections, number);
        variables.set("MAX_CONCURRENCY", NUMBER, &mut settings.max_concurrency, number);
        variables.set("MAX_REQUEST_BODY", "a number of bytes", &mut settings.max_request_body, number);
        variables.set("RATE", "requests a second, or `requests/seconds`", &mut settings.rate, rate);
        let some = |text: &str| seconds(text).map(Some);
        variables.set("REQUEST_TIMEOUT", SECONDS, &mut settings.request_timeout, some);
        variables.set("DRAIN_TIMEOUT", SECONDS, &mut settings.drain_timeout, seconds);
        variables.set("BREAKER_FAILURES", NUMBER, &mut settings.breaker.failures, number);
        variables.set("BREAKER_PAUSE", SECONDS, &mut settings.breaker.pause, seconds);
        // 0 stands for none.
        let limit = |text: &str| number(text).map(|number: usize| (number > 0).then_some(number));
        variables.set("CUT_TOOL_RESULTS", "a number of bytes, or 0", &mut settings.cut_tool_results, limit);
        variables.set("TOOL_FIELDS", "a whole number, or 0", &mut settings.tool_fields, limit);
        variables.set("TOOL_LIST", "`automatic`, `all` or `search`", &mut settings.tool_list, tool_list);
        variables.set("TOOL_LIST_BUDGET", "a number of bytes", &mut settings.tool_list_budget, number);
        variables.set("MCP_SESSIONS", NUMBER, &mut settings.mcp_sessions, number);
        let key = |text: &str| RequestStateKey::new(text).map(Some);
        variables.set("REQUEST_STATE_KEY", "32 bytes or more", &mut settings.request_state_key, key);
        variables.tls(&mut settings.tls);
    }
}

const HOSTS: &str = "hosts with commas between them, or `*` for any";
const ORIGINS: &str = "origins such as `https://app.example` with commas between them";
const READERS: &str = "origins such as `https://app.example` with commas between them, or `*` for any";
const NUMBER: &str = "a whole number";
const SECONDS: &str = "a number of seconds";

struct Variables<'a> {
    environment: &'a mut Environment,
    prefix: &'a str,
}

impl Variables<'_> {
    fn set<T>(&mut self, name: &str, expected: &'static str, setting: &mut T, read: impl Fn(&str) -> Option<T>) {
        let Some(text) = self.get(name, expected) else { return };
        match read(text.trim()) {
            Some(value) => *setting = value,
            None => self.report(name, expected),
        }
    }

    fn tls(&mut self, setting: &mut Option<Tls>) {
        const CERTIFICATE: &str = "TLS_CERTIFICATE_FILE";
        const KEY: &str = "TLS_KEY_FILE";
        const FILE: &str = "a file, and another one for the other of certificate and key";

        match (self.get(CERTIFICATE, FILE), self.get(KEY, FILE)) {
            (Some(certificate), Some(key)) => *setting = Some(Tls::new(certificate, key)),
            (Some(_), None) => self.report(KEY, FILE),
            (None, Some(_)) => self.report(CERTIFICATE, FILE),
            (None, None) => {}
        }
    }

    /// The value of a variable; the empty text counts as not set.
    fn get(&mut self, name: &str, expected: &'static str) -> Option<String> {
        match self.environment.find(&self.variable(name)) {
            Ok(value) => Some(value).filter(|value| !value.is_empty()),
            Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(_)) => {
                self.report(name, expected);
                None
            }
        }
    }

    fn report(&mut self, name: &str, expected: &'static str) {
        let variable = self.variable(name);
        self.environment.report(ConfigProblem::InvalidSetting { variable, expected });
    }

    fn variable(&self, name: &str) -> String {
        format!("{}_{name}", self.prefix)
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn number<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn tool_list(text: &str) -> Option<ToolList> {
    match text {
        "automatic" => Some(ToolList::Automatic),
        "all" => Some(ToolList::All),
        "search" => Some(ToolList::Search),
        _ => None,
    }
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(number(text)?).ok()
}

fn rate(text: &str) -> Option<Rate> {
    let (requests, per) = text.split_once('/').unwrap_or((text, "1"));
    let per = seconds(per.trim()).filter(|per| !per.is_zero())?;
    Some(Rate { requests: number(requests.trim())?, per })
}

fn list(text: &str) -> Vec<&str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect()
}

fn hosts(text: &str) -> Option<Vec<String>> {
    let hosts = list(text);
    match hosts.as_slice() {
        [] => None,
        ["*"] => Some(Vec::new()),
        hosts => Some(hosts.iter().map(ToString::to_string).collect()),
    }
}

fn origins(text: &str) -> Option<Vec<String>> {
    let is_origin = |text: &str| Url::parse(text.strip_suffix(":*").unwrap_or(text)).is_ok_and(|url| url.has_host());
    list(text).into_iter().map(|origin| is_origin(origin).then(|| origin.to_owned())).collect()
}

fn readers(text: &str) -> Option<Vec<String>> {
    if text == "*" { Some(vec!["*".to_owned()]) } else { origins(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookup(name: &str) -> Result<String, VarError> {
        let value = match name.strip_prefix("SHOP_").ok_or(VarError::NotPresent)? {
            "ALLOW_REMOTE" => "true",
            "ALLOWED_HOSTS" => "*",
            "ALLOWED_ORIGINS" => "https://a.example, http://b.example:*,",
            "RATE" => "100 / 60",
            "MAX_CONCURRENCY" => "7",
            "REQUEST_TIMEOUT" => "0.5",
            "DRAIN_TIMEOUT" => "30",
            "TLS_CERTIFICATE_FILE" => "/tls/tls.crt",
            "TLS_KEY_FILE" => "/tls/tls.key",
            "CUT_TOOL_RESULTS" => "0",
            "TOOL_FIELDS" => "8",
            "TOOL_LIST" => "search",
            "MAX_CONNECTIONS" => "",
            _ => return Err(VarError::NotPresent),
        };
        Ok(value.to_owned())
    }

    #[test]
    fn what_is_set_is_taken_over_the_defaults() {
        let mut environment = Environment::with_lookup(lookup);
        let mut settings = Settings::default();
        environment.settings("SHOP", &mut settings);
        environment.finish().unwrap();
        let expected = Settings {
            allow_remote: true,
            allowed_hosts: Vec::new(),
            allowed_origins: vec!["https://a.example".to_owned(), "http://b.example:*".to_owned()],
            rate: Rate { requests: 100, per: Duration::from_secs(60) },
            max_concurrency: 7,
            request_timeout: Some(Duration::from_millis(500)),
            drain_timeout: Duration::from_secs(30),
            tls: Some(Tls::new("/tls/tls.crt", "/tls/tls.key")),
            cut_tool_results: None,
            tool_fields: Some(8),
            tool_list: ToolList::Search,
            ..Settings::default()
        };
        assert_eq!(settings, expected);
    }

    #[test]
    fn what_cannot_be_read_is_named_and_its_value_not_shown() {
        let mut environment = Environment::with_lookup(|name| match name {
            "SHOP_TLS_KEY_FILE" => Err(VarError::NotPresent),
            _ => Ok("-nonsense-".to_owned()),
        });
        environment.settings("SHOP", &mut Settings::default());
        let message = environment.finish().unwrap_err().to_string();
        for name in
            ["ALLOW_REMOTE", "CORS_ORIGINS", "RATE", "MAX_CONCURRENCY", "DRAIN_TIMEOUT", "TOOL_LIST", "TLS_KEY_FILE"]
        {
            assert!(message.contains(&format!("`SHOP_{name}`")), "{name}: {message}");
        }
        assert!(!message.contains("nonsense"), "{message}");
    }

    #[test]
    fn rates_without_a_time_and_times_without_an_end_are_refused() {
        assert_eq!(rate("5"), Some(Rate { requests: 5, per: Duration::from_secs(1) }));
        for text in ["5/0", "5/", "/5", "-5", "5/-1", "5/inf", "5/NaN"] {
            assert_eq!(rate(text), None, "{text}");
        }
    }
}
