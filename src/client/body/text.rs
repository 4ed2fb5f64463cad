//! Text in which the place of a value decides how it is escaped.

use std::borrow::Cow;
use std::fmt::Write as _;

use url::form_urlencoded::byte_serialize;

use super::super::template::BoundPiece;
use crate::arguments::{Argument, ArgumentError, Arguments};
use crate::config::Values;
use crate::description::{Escape, Parameter, Piece};

/// Text that only inputs are missing from.
pub(crate) struct PreparedText {
    pub(crate) media_type: &'static str,
    pieces: Vec<(Escape, BoundPiece)>,
}

impl PreparedText {
    /// A bind variable without a value is empty text.
    pub(super) fn new(media_type: &'static str, pieces: &[(Escape, Piece)], values: &Values) -> Self {
        let bound = |(escape, piece): &(Escape, Piece)| match *piece {
            Piece::Text(text) => (*escape, BoundPiece::Text(text.to_owned())),
            Piece::Bind(bind) => (*escape, BoundPiece::Text(values.secret(bind).unwrap_or_default().to_owned())),
            Piece::Input(input) => (*escape, BoundPiece::Input(input)),
            Piece::Field(input, names) => (*escape, BoundPiece::Field(input, names)),
        };
        Self { media_type, pieces: pieces.iter().map(bound).collect() }
    }

    pub(super) fn render(&self, arguments: &Arguments, inputs: &'static [Parameter]) -> Result<String, ArgumentError> {
        let mut text = String::new();
        for (escape, piece) in &self.pieces {
            let parameter = match piece {
                BoundPiece::Text(_) => None,
                BoundPiece::Input(input) | BoundPiece::Field(input, _) => inputs.get(*input),
            };
            let error = |detail: &'static str| match parameter {
                Some(parameter) => ArgumentError::of(parameter, detail),
                None => ArgumentError::new("a variable of the body", None, detail),
            };
            let value = piece.value(arguments).ok_or_else(|| error("is required"))?;
            match escape {
                Escape::Nothing => text.push_str(&value),
                Escape::Form => text.extend(byte_serialize(value.as_bytes())),
                Escape::Xml | Escape::Cdata if !value.chars().all(is_xml) => {
                    return Err(error("must not contain control characters, which XML cannot hold"));
                }
                Escape::Xml => xml(&value, &mut text),
                Escape::Cdata => cdata(&value, &mut text),
                Escape::SparqlString => sparql_string(&value, &mut text),
                Escape::SparqlIri => sparql_iri(&value, &mut text),
                Escape::SparqlTerm if is_bare(piece, arguments, &value) => text.push_str(&value),
                Escape::SparqlTerm => {
                    text.push('"');
                    sparql_string(&value, &mut text);
                    text.push('"');
                }
            }
        }
        Ok(text)
    }
}

/// The characters of XML 1.0 (section 2.2).
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

fn xml(value: &str, to: &mut String) {
    for character in value.chars() {
        match character {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\'' => to.push_str("&apos;"),
            // As they stand, readers would make line feeds or blanks of them.
            '\r' | '\n' | '\t' => {
                // Writing to a `String` cannot fail.
                let _ = write!(to, "&#{};", u32::from(character));
            }
            character => to.push(character),
        }
    }
}

/// What stands beside a value may have the rest of the mark that ends the section, so the value begins or ends a section of its own
/// where it has a part of that.
fn cdata(value: &str, to: &mut String) {
    const NEXT: &str = "]]><![CDATA[";
    if value.starts_with([']', '>']) {
        to.push_str(NEXT);
    }
    to.push_str(&value.replace("]]>", "]]]]><![CDATA[>"));
    if value.ends_with(']') {
        to.push_str(NEXT);
    }
}

/// Escapes of strings (SPARQL 1.1, section 19.7).
fn sparql_string(value: &str, to: &mut String) {
    for character in value.chars() {
        match character {
            '\\' | '"' | '\'' => to.extend(['\\', character]),
            '\n' => to.push_str("\\n"),
            '\r' => to.push_str("\\r"),
            '\t' => to.push_str("\\t"),
            character => to.push(character),
        }
    }
}

/// What no IRI of SPARQL contains (section 19.8, `IRIREF`) is percent-encoded.
fn sparql_iri(value: &str, to: &mut String) {
    for character in value.chars() {
        if character <= ' ' || "<>\"{}|^`\\".contains(character) {
            let _ = write!(to, "%{:02X}", u32::from(character));
        } else {
            to.push(character);
        }
    }
}

/// Whether a value is a number or a truth value, which stand without quotes.
fn is_bare(piece: &BoundPiece, arguments: &Arguments, text: &str) -> bool {
    let is_number = || text.parse::<i64>().is_ok() || text.parse::<f64>().is_ok_and(f64::is_finite);
    let json: Option<Cow<'_, str>> = match piece {
        BoundPiece::Input(input) => match arguments.get(*input) {
            Some(Argument::Integer(_) | Argument::Number(_) | Argument::Boolean(_)) => return true,
            Some(Argument::Json(json)) => Some(Cow::Borrowed(json.as_str())),
            _ => None,
        },
        _ => piece.json(arguments).map(|json| Cow::Owned(json.as_str().to_owned())),
    };
    json.is_some_and(|json| matches!(json.as_ref(), "true" | "false") || !json.starts_with('"') && is_number())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(escape: fn(&str, &mut String), value: &str) -> String {
        let mut text = String::new();
        escape(value, &mut text);
        text
    }

    #[test]
    fn values_stay_in_their_place() {
        assert_eq!(escaped(xml, "<a b='\"'>&\n"), "&lt;a b=&apos;&quot;&apos;&gt;&amp;&#10;");
        assert_eq!(escaped(cdata, "a]]>b"), "a]]]]><![CDATA[>b");
        assert_eq!(format!("]{}>", escaped(cdata, "]")), "]]]><![CDATA[]]]><![CDATA[>");
        assert_eq!(format!("]]{}", escaped(cdata, ">")), "]]]]><![CDATA[>");
        assert_eq!(escaped(sparql_string, "\" } DROP ALL #\\\n"), "\\\" } DROP ALL #\\\\\\n");
        assert_eq!(escaped(sparql_iri, "a> <b\\"), "a%3E%20%3Cb%5C");
        assert!("a\tü".chars().all(is_xml) && !"\u{1}".chars().all(is_xml) && !"\u{ffff}".chars().all(is_xml));
    }
}
