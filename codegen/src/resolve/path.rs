//! Path templates: `/databases/{databaseId}/backups`, with one brace or two.

use std::fmt::Write as _;

use super::binds::Binds;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::Text;
use crate::source::Span;

/// Whose path it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// An upstream's: literal parts are sent as they are, so they are made fit for a URI.
    Consumed,
    /// A surface's.
    Exposed,
}

/// A path in pieces.
#[derive(Debug, Default)]
pub(crate) struct Path<'a> {
    pub(crate) pieces: Vec<PathPiece<'a>>,
    /// The parameters of a query that stands in the path.
    pub(crate) query: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathPiece<'a> {
    Text(String),
    Variable {
        name: &'a str,
        span: Span,
    },
    /// A hole `{{…}}` of an upstream's path that is no plain name: a bind variable, or a field of a parameter.
    Hole {
        name: &'a str,
        span: Span,
    },
}

impl<'a> Path<'a> {
    /// The variables, each once, in their order.
    pub(crate) fn variables(&self) -> Vec<(&'a str, Span)> {
        let mut variables: Vec<(&'a str, Span)> = Vec::new();
        for piece in &self.pieces {
            if let PathPiece::Variable { name, span } = piece
                && !variables.iter().any(|(known, _)| known == name)
            {
                variables.push((name, *span));
            }
        }
        variables
    }

    /// The path with the variables' names left out: equal shapes match the same paths.
    pub(crate) fn shape(&self) -> String {
        let piece = |piece: &PathPiece<'_>| match piece {
            PathPiece::Text(text) => text.clone(),
            PathPiece::Variable { .. } | PathPiece::Hole { .. } => "{}".to_owned(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

/// Takes a path apart. `None`: it is malformed, which is reported.
pub(super) fn parse<'a>(text: &Text<'a>, side: Side, binds: &Binds<'_>, sink: &Sink) -> Option<Path<'a>> {
    let mut parser = PathParser { text, side, binds, sink, path: Path::default() };
    parser.run()?;
    Some(parser.path)
}

struct PathParser<'p, 'a, 'b> {
    text: &'p Text<'a>,
    side: Side,
    binds: &'p Binds<'b>,
    sink: &'p Sink,
    path: Path<'a>,
}

impl<'a> PathParser<'_, 'a, '_> {
    fn run(&mut self) -> Option<()> {
        let value = self.text.value;
        if !value.starts_with('/') {
            let message = format!("the path `{value}` does not begin with `/`");
            self.sink.report(Diagnostic::new(Code::RelativePath, self.text.span, message).label("taken as if it did"));
            self.literal("/");
        }
        if value.len() > 1 && value.ends_with('/') {
            let message = format!("the path `{value}` ends with `/`");
            let place = self.text.part(value.len() - 1..value.len());
            self.sink.report(Diagnostic::new(Code::TrailingSlash, place, message).label("kept as it is"));
        }
        let end = value.find(['?', '#']).unwrap_or(value.len());
        if value[..end].split('/').any(|segment| segment == "." || segment == "..") {
            return self.malformed(0..end, "the path has a segment `.` or `..`");
        }
        self.pieces(end)?;
        self.query(end)
    }

    fn pieces(&mut self, end: usize) -> Option<()> {
        let value = &self.text.value[..end];
        let mut position = 0;
        while let Some(brace) = value[position..].find(['{', '}']) {
            let open = position + brace;
            self.literal(&value[position..open]);
            if value.as_bytes()[open] == b'}' {
                return self.malformed(open..open + 1, "the path has `}` without `{`");
            }
            let (left, right) = if value[open..].starts_with("{{") { ("{{", "}}") } else { ("{", "}") };
            let inside = open + left.len();
            let Some(close) = value[inside..].find(right) else {
                return self.malformed(open..end, &format!("the path has `{left}` without `{right}`"));
            };
            position = inside + close + right.len();
            self.variable(value[inside..inside + close].trim(), open..position, left == "{{")?;
        }
        self.literal(&value[position..]);
        Some(())
    }

    fn variable(&mut self, name: &'a str, range: std::ops::Range<usize>, is_double: bool) -> Option<()> {
        let span = self.text.part(range.clone());
        if is_double && (name.contains('.') || self.binds.declares(name)) {
            if self.side == Side::Exposed {
                return self.malformed(range, &format!("the path of a route cannot take `{name}` from elsewhere"));
            }
            self.path.pieces.push(PathPiece::Hole { name, span });
            return Some(());
        }
        let is_name = |character: char| {
            !matches!(character, '{' | '}' | '/' | '*' | '+' | ':' | '=' | ',' | '%') && !character.is_whitespace()
        };
        if name.is_empty() || !name.chars().all(is_name) {
            return self.malformed(range, &format!("`{name}` is no name of a path variable"));
        }
        // A server cannot tell where one ends and the other begins; what is sent has only to be written.
        if let (Some(PathPiece::Variable { name: previous, .. }), Side::Exposed) = (self.path.pieces.last(), self.side)
        {
            let message = format!("nothing stands between the path variables `{previous}` and `{name}`");
            return self.malformed(range, &message);
        }
        let is_known = self
            .path
            .pieces
            .iter()
            .any(|piece| matches!(piece, PathPiece::Variable { name: other, .. } if *other == name));
        if is_known && self.side == Side::Exposed {
            return self.malformed(range, &format!("the path variable `{name}` occurs twice"));
        }
        self.path.pieces.push(PathPiece::Variable { name, span });
        Some(())
    }

    /// Reads what follows the path: a query of constants, in an upstream's path only.
    fn query(&mut self, start: usize) -> Option<()> {
        let value = self.text.value;
        let Some(query) = value[start..].strip_prefix('?') else {
            if start < value.len() {
                return self.malformed(start..value.len(), "the path has a fragment `#…`");
            }
            return Some(());
        };
        if self.side == Side::Exposed || query.contains(['{', '}', '#']) {
            return self
                .malformed(start..value.len(), "the path has a query that cannot be taken for constant parameters");
        }
        let message = "the path has a query";
        let place = self.text.part(start..value.len());
        self.sink.report(Diagnostic::new(Code::QueryInPath, place, message).label("sent as constant parameters"));
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            self.path.query.push((name.to_owned(), value.to_owned()));
        }
        Some(())
    }

    fn literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = if self.side == Side::Consumed { encode(text, b"/") } else { text.to_owned() };
        match self.path.pieces.last_mut() {
            Some(PathPiece::Text(last)) => last.push_str(&text),
            _ => self.path.pieces.push(PathPiece::Text(text)),
        }
    }

    fn malformed(&self, range: std::ops::Range<usize>, message: &str) -> Option<()> {
        self.sink.report(Diagnostic::new(Code::MalformedPath, self.text.part(range), message));
        None
    }
}

/// Percent-encodes what RFC 3986 does not allow in a path segment, and nothing in `also_allowed`.
///
/// Escapes that are there already stay.
pub(super) fn encode(text: &str, also_allowed: &[u8]) -> String {
    let bytes = text.as_bytes();
    let mut encoded = String::with_capacity(text.len());
    for (index, byte) in bytes.iter().enumerate() {
        let is_escape =
            *byte == b'%' && bytes.get(index + 1..index + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let is_allowed =
            byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(byte) || also_allowed.contains(byte);
        if is_allowed || is_escape {
            encoded.push(char::from(*byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
