//! URIs of resources, which may be templates (RFC 6570, level 1): `data://users/{user}/profile`.

use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{Piece, Template};
use crate::naftiko::Text;
use crate::resolve::names::normalise;
use crate::source::Span;

/// A template, taken apart.
#[derive(Debug, PartialEq)]
pub(super) struct Uri<'a> {
    pub(super) pieces: Template,
    /// The variables with their places, in their order.
    pub(super) variables: Vec<(&'a str, Span)>,
    /// How it is listed: names of variables are what RFC 6570 takes.
    pub(super) listed: String,
    /// The same for all templates of the same URIs.
    pub(super) shape: String,
}

/// Takes a template apart. `None`: it is none, which is reported.
pub(super) fn parse<'a>(text: &Text<'a>, sink: &Sink) -> Option<Uri<'a>> {
    let fault = |range, message: String, help: &str| {
        let diagnostic = Diagnostic::new(Code::MalformedResourceUri, text.part(range), message);
        sink.report(diagnostic.help(help));
        None
    };
    let whole = text.value;
    let everything = 0..whole.len();
    if !has_scheme(whole) {
        return fault(everything, format!("`{whole}` is no URI"), "it begins with a scheme: `data://…`");
    }
    if whole.contains(|character: char| character.is_whitespace() || character.is_control()) {
        return fault(everything, format!("`{whole}` has blanks, and is no URI"), "write a blank as `%20`");
    }
    let mut uri = Uri { pieces: Vec::new(), variables: Vec::new(), listed: String::new(), shape: String::new() };
    let mut rest = 0;
    while let Some(open) = whole[rest..].find(['{', '}']).map(|open| rest + open) {
        let name = whole[open..].strip_prefix('{').and_then(|inner| inner.split_once('}')).map(|(name, _)| name);
        let Some(name) = name else {
            return fault(open..open + 1, "the braces of the URI do not match".to_owned(), "a variable is `{name}`");
        };
        let range = open..open + name.len() + 2;
        if !is_name(name) {
            let message = format!("`{{{name}}}` is no variable of a URI");
            return fault(range, message, "names have letters, digits, `_`, `-` and `.`, and no operator in front");
        }
        if uri.variables.iter().any(|(other, _)| normalise(other) == normalise(name)) {
            let help = "rename one of them: names that differ in case, `-` and `_` alone are one";
            return fault(range, format!("the variable `{name}` stands twice in the URI"), help);
        }
        if open == rest && !uri.variables.is_empty() {
            let message = "nothing tells two variables apart that stand side by side".to_owned();
            return fault(range, message, "put a `/` between them");
        }
        uri.text(&whole[rest..open]);
        uri.pieces.push(Piece::Input(uri.variables.len()));
        uri.variables.push((name, text.part(range.clone())));
        let _ = write!(uri.listed, "{{{}}}", name.replace('-', "_"));
        uri.shape.push_str("{}");
        rest = range.end;
    }
    uri.text(&whole[rest..]);
    Some(uri)
}

impl Uri<'_> {
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
        self.listed.push_str(text);
        self.shape.push_str(text);
    }
}

/// Whether a text begins with a scheme (RFC 3986, section 3.1) and has something behind it.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(is_allowed)
            && !rest.is_empty()
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Result<(String, String, Vec<&str>), String> {
        let sink = Sink::default();
        let uri = parse(&Text { value, span: Span::default(), start: Some(0) }, &sink);
        uri.map(|uri| (uri.listed, uri.shape, uri.variables.iter().map(|(name, _)| *name).collect()))
            .ok_or_else(|| sink.finish().0.remove(0).message)
    }

    #[test]
    fn templates_are_taken_apart() {
        let expected = |listed: &str, shape: &str, names| Ok((listed.to_owned(), shape.to_owned(), names));
        assert_eq!(read("data://all"), expected("data://all", "data://all", vec![]));
        assert_eq!(
            read("data://users/{user-id}/{part}.json"),
            expected("data://users/{user_id}/{part}.json", "data://users/{}/{}.json", vec!["user-id", "part"])
        );
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for (uri, part) in [
            ("users", "is no URI"),
            ("data:", "is no URI"),
            ("1x://a", "is no URI"),
            ("data://a b", "has blanks"),
            ("data://{x", "do not match"),
            ("data://x}", "do not match"),
            ("data://{}", "no variable"),
            ("data://{+x}", "`{+x}` is no variable"),
            ("data://{{x}}", "no variable"),
            ("data://{x}/{x}", "stands twice"),
            ("data://{ship-id}/{ship_id}", "stands twice"),
            ("data://{x}{y}", "side by side"),
        ] {
            let message = read(uri).expect_err(uri);
            assert!(message.contains(part), "{uri}: {message}");
        }
    }
}
