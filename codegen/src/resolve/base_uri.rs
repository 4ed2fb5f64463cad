//! Base URIs of upstreams.

use super::binds::Binds;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::Text;

/// The base URI without a trailing slash; `None` when the file leaves it open or it is no base URI.
pub(super) fn resolve(text: &Text<'_>, namespace: &str, binds: &Binds<'_>, sink: &Sink) -> Option<String> {
    let value = text.value.trim();
    if value.is_empty() {
        let message = format!("the base URI of `{namespace}` is empty");
        sink.report(Diagnostic::new(Code::BaseUriNotGiven, text.span, message).label("a setting that must be given"));
        return None;
    }
    if value.contains('{') {
        report_placeholder(text, namespace, binds, sink);
        return None;
    }
    if let Err(problem) = check(value) {
        let message = format!("`{value}` is no base URI: {}", problem.reason);
        sink.report(Diagnostic::new(Code::BadBaseUri, text.span, message).maybe_help(problem.help));
        return None;
    }
    let trimmed = value.trim_end_matches('/');
    if trimmed.len() < value.len() {
        let message = format!("the base URI `{value}` ends with `/`");
        let place = text.part(text.value.len() - 1..text.value.len());
        sink.report(Diagnostic::new(Code::TrailingSlash, place, message).label("left out"));
    }
    Some(trimmed.to_owned())
}

fn report_placeholder(text: &Text<'_>, namespace: &str, binds: &Binds<'_>, sink: &Sink) {
    let holes = text.value.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
    if let Some((name, _)) = holes.into_iter().find(|(name, _)| binds.declares(name.trim())) {
        let message = format!("the base URI takes `{}` from a bind, which is not supported yet", name.trim());
        sink.report(
            Diagnostic::new(Code::UnsupportedTemplate, text.span, message)
                .help("leave `baseUri` empty: it is then read from the environment as a whole"),
        );
        return;
    }
    let message = format!("the base URI of `{namespace}` has placeholders");
    sink.report(Diagnostic::new(Code::BaseUriNotGiven, text.span, message).label("a setting that must be given"));
}

struct Problem {
    reason: &'static str,
    help: Option<String>,
}

impl Problem {
    fn new(reason: &'static str) -> Self {
        Self { reason, help: None }
    }

    fn or(reason: &'static str, instead: &str) -> Self {
        let help = Some(format!("did you mean `{instead}`?"));
        Self { reason, help }
    }
}

/// Checks a URI without placeholders: http or https, a host, maybe a port and a path, and nothing else.
fn check(value: &str) -> Result<(), Problem> {
    if value.contains(|character: char| character.is_whitespace() || "\"<>\\^`|".contains(character)) {
        return Err(Problem::new("it has characters that do not belong in a URI"));
    }
    let Some((scheme, rest)) = value.split_once("://") else {
        let rest = value.trim_start_matches(['/', ':']);
        let rest = rest.strip_prefix("https:").or_else(|| rest.strip_prefix("http:")).unwrap_or(rest);
        return Err(Problem::or("it has no scheme", &format!("https://{}", rest.trim_start_matches('/'))));
    };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return Err(Problem::or("its scheme is neither `http` nor `https`", &format!("https://{rest}")));
    }
    let before = |mark: char| value.split(mark).next().unwrap_or_default();
    if value.contains('#') {
        return Err(Problem::or("it has a fragment", before('#')));
    }
    if value.contains('?') {
        return Err(Problem::or("it has a query", before('?')));
    }
    let authority = rest.split('/').next().unwrap_or_default();
    if let Some((_, host)) = authority.rsplit_once('@') {
        let path = &rest[authority.len()..];
        return Err(Problem::or("it has a user name or password", &format!("{scheme}://{host}{path}")));
    }
    check_authority(authority)
}

fn check_authority(authority: &str) -> Result<(), Problem> {
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, rest)) => {
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(Problem::new("its host is no IPv6 address"));
            }
            (address, rest.strip_prefix(':'))
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    if host.is_empty() {
        return Err(Problem::new("it has no host"));
    }
    if port.is_some_and(|port| port.parse::<u16>().map_or(true, |port| port == 0)) {
        return Err(Problem::new("its port is no number from 1 to 65535"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn outcome(value: &str) -> (Option<String>, Vec<(&'static str, Vec<String>)>) {
        let sink = Sink::default();
        let text = Text { value, span: Span::new(0, 1), start: None };
        let binds = Binds::new(&[], &sink);
        let base_uri = resolve(&text, "api", &binds, &sink);
        drop(binds);
        let (diagnostics, _) = sink.finish();
        let diagnostics =
            diagnostics.into_iter().map(|diagnostic| (diagnostic.code.as_str(), diagnostic.help)).collect();
        (base_uri, diagnostics)
    }

    #[test]
    fn good_ones_are_kept() {
        for value in [
            "https://api.example.org",
            "http://localhost:8080/v1",
            "https://[::1]:8443",
            "HTTPS://api.example.org/a%20b",
        ] {
            assert_eq!(outcome(value), (Some(value.to_owned()), vec![]));
        }
        assert_eq!(outcome("https://api.example.org/v1/").0.as_deref(), Some("https://api.example.org/v1"));
        assert_eq!(outcome("https://api.example.org/v1/").1[0].0, "CAP0503");
    }

    #[test]
    fn open_ones_become_settings() {
        for value in ["", " ", "https://{region}.example.org", "{{HOST}}"] {
            let (base_uri, diagnostics) = outcome(value);
            assert_eq!((base_uri, diagnostics[0].0), (None, "CAP0502"), "{value}");
        }
    }

    #[test]
    fn bad_ones_are_explained() {
        for (value, help) in [
            ("api.example.org/v1", "https://api.example.org/v1"),
            ("//api.example.org", "https://api.example.org"),
            ("https:api.example.org", "https://api.example.org"),
            ("ftp://api.example.org", "https://api.example.org"),
            ("https://api.example.org/v1?key=1", "https://api.example.org/v1"),
            ("https://api.example.org#top", "https://api.example.org"),
            ("https://me:secret@api.example.org/v1", "https://api.example.org/v1"),
        ] {
            let (base_uri, diagnostics) = outcome(value);
            assert_eq!((base_uri, diagnostics[0].0), (None, "CAP0501"), "{value}");
            assert_eq!(diagnostics[0].1, [format!("did you mean `{help}`?")], "{value}");
        }
        for value in ["https://", "https:///v1", "https://host:port", "https://host:0", "https://[zz]", "https://a b"] {
            assert_eq!(outcome(value).1[0].0, "CAP0501", "{value}");
        }
    }
}
