//! Base URIs of upstreams.
//!
//! Bind variables can stand everywhere in one, and inputs of the operations behind its host: what follows the segment
//! before the first of them belongs to the paths of the operations.

use super::binds::{Binds, Lookup, Usage};
use super::path::{self, PathPiece, Side};
use super::{inputs, template};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Location, Piece};
use crate::naftiko::{Http, Place, Text};

/// What a base URI comes to.
#[derive(Default)]
pub(super) struct Base<'a> {
    pub(super) uri: ir::BaseUri,
    /// The beginning of the operations' paths.
    pub(super) prefix: Vec<PathPiece<'a>>,
}

impl From<ir::BaseUri> for Base<'_> {
    fn from(uri: ir::BaseUri) -> Self {
        Self { uri, prefix: Vec::new() }
    }
}

/// Resolves a base URI; unset when the file leaves it open or it is none.
pub(super) fn resolve<'a>(text: &Text<'a>, http: &Http<'a>, binds: &Binds<'a>, sink: &Sink) -> Base<'a> {
    let namespace = http.namespace.map_or("", |namespace| namespace.value);
    let value = text.value.trim();
    if value.is_empty() {
        let message = format!("the base URI of `{namespace}` is empty");
        sink.report(Diagnostic::new(Code::BaseUriNotGiven, text.span, message).label("a setting that must be given"));
        return Base::default();
    }
    let leading = text.value.len() - text.value.trim_start().len();
    let text =
        Text { value, span: text.span, start: text.start.and_then(|start| Some(start + u32::try_from(leading).ok()?)) };
    if !value.contains('{') {
        return literal(&text, value, sink).map_or_else(Base::default, |uri| ir::BaseUri::Fixed(uri).into());
    }
    let templated = Templated { text, environment: inputs::environment([&http.input_parameters]), http, binds, sink };
    templated.resolve().unwrap_or_else(|| {
        let message = format!("the base URI of `{namespace}` has placeholders");
        sink.report(Diagnostic::new(Code::BaseUriNotGiven, text.span, message).label("a setting that must be given"));
        Base::default()
    })
}

/// A URI without placeholders, or one that is checked with something in place of them.
fn literal(text: &Text<'_>, checked: &str, sink: &Sink) -> Option<String> {
    let value = text.value;
    if let Err(problem) = check(checked) {
        let message = format!("`{value}` is no base URI: {}", problem.reason);
        sink.report(Diagnostic::new(Code::BadBaseUri, text.span, message).maybe_help(problem.help));
        return None;
    }
    let trimmed = value.trim_end_matches('/');
    if trimmed.len() < value.len() {
        let message = format!("the base URI `{value}` ends with `/`");
        let place = text.part(value.len() - 1..value.len());
        sink.report(Diagnostic::new(Code::TrailingSlash, place, message).label("left out"));
    }
    Some(trimmed.to_owned())
}

/// A URI with placeholders.
struct Templated<'b, 'a> {
    text: Text<'a>,
    environment: Vec<&'a str>,
    http: &'b Http<'a>,
    binds: &'b Binds<'a>,
    sink: &'b Sink,
}

impl<'a> Templated<'_, 'a> {
    /// `None`: there are placeholders that only a setting can fill.
    fn resolve(&self) -> Option<Base<'a>> {
        let value = self.text.value;
        let start = self.first_input();
        let (uri, rest) = value.split_at(start);
        let mut shown = String::new();
        let mut pieces: ir::Template = Vec::new();
        let uri = Text { value: if rest.is_empty() { uri.trim_end_matches('/') } else { uri }, ..self.text };
        for part in template::parse(&uri, self.sink)? {
            match part {
                template::Part::Text(text) if text.contains(['{', '}']) => return None,
                template::Part::Text(text) => {
                    shown.push_str(text);
                    pieces.push(Piece::Text(text.to_owned()));
                }
                template::Part::Hole(name, range) => {
                    let found = self.binds.lookup(name, uri.part(range), Usage::BaseUri, &self.environment);
                    let Lookup::Found(index) = found else { return None };
                    // A number can be a host, a port and a segment.
                    shown.push_str(if pieces.is_empty() { "http://1" } else { "1" });
                    pieces.push(Piece::Bind(index));
                }
            }
        }
        let has_binds = pieces.iter().any(|piece| matches!(piece, Piece::Bind(_)));
        let trimmed = literal(&uri, &shown, self.sink)?;
        let uri = if has_binds { ir::BaseUri::Template(pieces) } else { ir::BaseUri::Fixed(trimmed) };
        let rest = Text {
            value: rest.trim_end_matches('/'),
            start: self.text.start.and_then(|offset| Some(offset + u32::try_from(start).ok()?)),
            ..self.text
        };
        if rest.value.is_empty() {
            return Some(uri.into());
        }
        Some(Base { uri, prefix: path::parse(&rest, Side::Consumed, self.binds, self.sink)?.pieces })
    }

    /// Where the segment begins that has the first input, or the end.
    fn first_input(&self) -> usize {
        let value = self.text.value;
        let authority = value.find("://").map_or(0, |scheme| scheme + 3);
        let Some(path) = value[authority..].find('/') else { return value.len() };
        let mut start = authority + path;
        for segment in value[start + 1..].split('/') {
            if self.has_input(segment) {
                return start;
            }
            start += 1 + segment.len();
        }
        value.len()
    }

    /// Whether a segment has an input: in two braces, or in one where a parameter of the path is declared by that name.
    fn has_input(&self, segment: &str) -> bool {
        let inside = |left: &str, right: &str| {
            segment
                .split_once(left)
                .and_then(|(_, rest)| rest.split_once(right))
                .map(|(name, _)| name.trim().to_owned())
        };
        let is_declared = |name: &str| {
            let of_path = Place::Request(Location::Path);
            self.http.input_parameters.iter().any(|input| input.place.value == of_path && input.name.value == name)
        };
        match inside("{{", "}}") {
            Some(name) => {
                let is_variable = self.binds.declares(&name)
                    || self.environment.contains(&name.as_str())
                    || super::binds::looks_like_a_variable(&name);
                !is_variable && !name.contains('.')
            }
            None => inside("{", "}").is_some_and(|name| is_declared(&name)),
        }
    }
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
        let binds = Binds::new(&[], &[], false, &sink);
        let http = Http {
            path: "",
            namespace: None,
            description: None,
            base_uri: None,
            input_parameters: Vec::new(),
            authentication: None,
            resources: Vec::new(),
            tunnel: None,
        };
        let base_uri = resolve(&text, &http, &binds, &sink).uri.fixed().map(str::to_owned);
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
