//! Which hosts and origins a REST surface answers.
//!
//! A web page that a browser shows can send requests to loopback addresses: directly, with its own `Origin`, or by having
//! its own host name resolved to a loopback address, with its own `Host`. Nothing else authenticates a caller.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, HeaderValue, Request, StatusCode, Version};
use url::Url;

use super::Problem;
use crate::Settings;

/// The hosts and origins of the settings.
pub(crate) struct Allowed {
    hosts: Vec<(String, Option<u16>)>,
    /// `None`: all.
    origins: Option<Origins>,
}

/// Origins as settings write them.
pub(super) struct Origins(Vec<Origin>);

/// `port` is `None` for any.
struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Allowed {
    pub(crate) fn new(settings: &Settings) -> Self {
        let host = |host: &String| {
            let (name, port) = host_and_port(host);
            (name.to_owned(), port)
        };
        let hosts = settings.allowed_hosts.iter().map(host).collect();
        Self { hosts, origins: settings.accepted_origins().map(|origins| Origins::new(&origins)) }
    }

    /// Refuses what a web page from elsewhere has sent.
    pub(crate) fn check<B>(&self, request: &Request<B>) -> Result<(), Problem> {
        let host = host(request)?;
        if host.is_some_and(|(host, port)| !self.host_passes(host, port)) {
            let detail =
                "This server does not answer to the host of the request; its setting `allowed_hosts` lists those.";
            return Err(Problem::new(StatusCode::FORBIDDEN).with_detail(detail));
        }
        if self.origin_passes(request.headers(), host) {
            return Ok(());
        }
        let detail = "This server does not answer web pages of this origin; its setting `allowed_origins` lists those.";
        Err(Problem::new(StatusCode::FORBIDDEN).with_detail(detail))
    }

    /// Only a domain name can be made to resolve to another address by somebody from outside: an address resolves to
    /// nothing, and a name without a dot is a matter of this network.
    fn host_passes(&self, host: &str, port: Option<u16>) -> bool {
        self.hosts.is_empty()
            || !host.contains('.')
            || host.parse::<IpAddr>().is_ok()
            || self
                .hosts
                .iter()
                .any(|(name, any)| name.eq_ignore_ascii_case(host) && any.is_none_or(|any| Some(any) == port))
    }

    fn origin_passes(&self, headers: &HeaderMap, host: Option<(&str, Option<u16>)>) -> bool {
        let (Some(origin), Some(allowed)) = (headers.get(ORIGIN), &self.origins) else { return true };
        let Some(origin) = parse_origin(origin) else { return false };
        let Some(name) = origin.host_str().map(without_brackets) else { return false };
        let port = origin.port_or_known_default();
        // A page that this server itself has served.
        let own = host.is_some_and(|(host, given)| {
            name.eq_ignore_ascii_case(host) && given.or(origin.port_or_known_default()) == port
        });
        own || allowed.have_url(&origin)
    }
}

impl Origins {
    pub(super) fn new(origins: &[String]) -> Self {
        Self(origins.iter().filter_map(|origin| parse_allowed_origin(origin)).collect())
    }

    /// Whether the origin of a request is one of these.
    pub(super) fn have(&self, origin: &HeaderValue) -> bool {
        parse_origin(origin).is_some_and(|origin| self.have_url(&origin))
    }

    fn have_url(&self, origin: &Url) -> bool {
        let Some(name) = origin.host_str().map(without_brackets) else { return false };
        let port = origin.port_or_known_default();
        self.0.iter().any(|allowed| {
            allowed.scheme == origin.scheme()
                && allowed.host.eq_ignore_ascii_case(name)
                && allowed.port.is_none_or(|allowed| Some(allowed) == port)
        })
    }
}

fn parse_origin(origin: &HeaderValue) -> Option<Url> {
    Url::parse(origin.to_str().ok()?).ok()
}

/// The host that a request names. HTTP/1.1 demands one (RFC 9112, section 3.2).
fn host<B>(request: &Request<B>) -> Result<Option<(&str, Option<u16>)>, Problem> {
    if let Some(authority) = request.uri().authority() {
        return Ok(Some(host_and_port(authority.as_str())));
    }
    match request.headers().get(HOST).map(|host| host.to_str()) {
        Some(Ok(host)) => Ok(Some(host_and_port(host))),
        None if request.version() < Version::HTTP_11 => Ok(None),
        Some(Err(_)) | None => {
            Err(Problem::new(StatusCode::BAD_REQUEST).with_detail("The request has no usable header `Host`."))
        }
    }
}

/// Host and port of an authority; a setting may have an IPv6 address without brackets.
fn host_and_port(text: &str) -> (&str, Option<u16>) {
    match text.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !host.contains(':') => (without_brackets(host), port.parse().ok()),
        _ => (without_brackets(text), None),
    }
}

fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn parse_allowed_origin(text: &str) -> Option<Origin> {
    let (text, any_port) = match text.strip_suffix(":*") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let url = Url::parse(text).ok()?;
    let port = if any_port { None } else { url.port_or_known_default() };
    Some(Origin { scheme: url.scheme().to_owned(), host: without_brackets(url.host_str()?).to_owned(), port })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(settings: &Settings, headers: &[(&str, &str)]) -> u16 {
        let request = headers
            .iter()
            .fold(Request::builder().uri("/items"), |request, (name, value)| request.header(*name, *value));
        let request = request.body(()).unwrap();
        Allowed::new(settings).check(&request).map_or_else(|problem| problem.status().as_u16(), |()| 200)
    }

    #[test]
    fn names_that_somebody_else_controls_are_refused() {
        let settings = Settings::default();
        for host in ["localhost", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST:1", "10.0.0.7", "backups:8080"] {
            assert_eq!(status(&settings, &[("host", host)]), 200, "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080"] {
            assert_eq!(status(&settings, &[("host", host)]), 403, "{host}");
        }
        assert_eq!(status(&settings, &[]), 400);
    }

    #[test]
    fn web_pages_of_other_origins_are_refused() {
        let settings = Settings::default();
        for origin in ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:8080"] {
            assert_eq!(status(&settings, &[("host", "localhost"), ("origin", origin)]), 200, "{origin}");
        }
        for origin in ["http://evil.example", "null", "http://localhost.evil.example", "file://"] {
            assert_eq!(status(&settings, &[("host", "localhost"), ("origin", origin)]), 403, "{origin}");
        }
    }

    #[test]
    fn settings_name_other_hosts_and_origins() {
        let mut settings = Settings {
            allowed_hosts: vec!["api.example".to_owned(), "::1".to_owned(), "one.example:81".to_owned()],
            allowed_origins: vec!["https://app.example".to_owned()],
            ..Settings::default()
        };
        let host = ("host", "api.example:8080");
        assert_eq!(status(&settings, &[host]), 200);
        assert_eq!(status(&settings, &[("host", "one.example:81")]), 200);
        assert_eq!(status(&settings, &[("host", "one.example")]), 403);
        assert_eq!(status(&settings, &[host, ("origin", "https://app.example")]), 200);
        assert_eq!(status(&settings, &[host, ("origin", "https://app.example:444")]), 403);
        assert_eq!(status(&settings, &[host, ("origin", "http://api.example:8080")]), 200);
        settings.allowed_hosts.clear();
        assert_eq!(status(&settings, &[("host", "anything.example")]), 200);
    }
}
