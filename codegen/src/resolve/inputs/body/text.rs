//! Bodies of text: where in it a hole stands decides how values are escaped.

use super::super::super::template::{self, Part};
use super::super::Deriver;
use crate::ir::{Body, Escape, Piece};
use crate::naftiko::{Text, TextKind};

impl<'a> Deriver<'_, 'a> {
    /// A body of text. It needs all inputs that it refers to, since nothing can be left out of it.
    pub(super) fn text(&mut self, kind: TextKind, text: &Text<'a>) -> Option<Body> {
        let mut pieces = Vec::new();
        let mut scanner = Scanner::new(kind);
        let mut last = text.span;
        for part in template::parse(text, self.surroundings.sink)? {
            match part {
                Part::Text(part) => {
                    scanner.read(part);
                    pieces.push((Escape::Nothing, Piece::Text(part.to_owned())));
                }
                Part::Hole(name, range) => {
                    let span = text.part(range);
                    let Some(escape) = scanner.escape() else { return self.malformed(span, MISPLACED) };
                    last = span;
                    for piece in self.hole(name, span)? {
                        if let Piece::Input(index) | Piece::Field(index, _) = piece {
                            self.derived.inputs[index].parameter.required = true;
                        }
                        // What the file gives as a term is one.
                        let is_term = escape == Escape::SparqlTerm && matches!(piece, Piece::Text(_));
                        pieces.push((if is_term { Escape::Nothing } else { escape }, piece));
                    }
                }
            }
            if scanner.is_mistaken {
                return self.malformed(last, MISPLACED);
            }
        }
        if scanner.has_iri_value {
            return self.malformed(last, MISPLACED);
        }
        Some(Body::Text(media_type(kind), pieces))
    }
}

const MISPLACED: &str = "a template cannot stand here: only in text, attributes and strings";

fn media_type(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Text => "text/plain; charset=utf-8",
        TextKind::Xml => "application/xml",
        TextKind::Sparql => "application/sparql-query",
        TextKind::Form => "application/x-www-form-urlencoded",
        TextKind::Raw => "application/octet-stream",
    }
}

/// Where in a text the next hole would stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between everything else.
    Outside,
    /// Until this text.
    Until(&'static str, Option<Escape>),
    /// In a tag of XML.
    Tag,
}

struct Scanner {
    kind: TextKind,
    place: Place,
    /// Whether a value stands in what begins like an IRI and has not ended yet.
    has_iri_value: bool,
    /// Whether there was one in what turned out to be a comparison, where values are escaped in another way.
    is_mistaken: bool,
}

impl Scanner {
    fn new(kind: TextKind) -> Self {
        Self { kind, place: Place::Outside, has_iri_value: false, is_mistaken: false }
    }

    /// Reads on.
    fn read(&mut self, text: &str) {
        let mut at = 0;
        while let Some(character) = text[at..].chars().next() {
            let rest = &text[at..];
            at += match self.place {
                Place::Until(end, _) if rest.starts_with(end) => {
                    self.has_iri_value = false;
                    let is_attribute = self.kind == TextKind::Xml && end.len() == 1;
                    self.place = if is_attribute { Place::Tag } else { Place::Outside };
                    end.len()
                }
                Place::Until(end @ ("\"" | "'" | "\"\"\"" | "'''"), _)
                    if self.kind == TextKind::Sparql && character == '\\' =>
                {
                    let escaped = rest[1..].chars().next();
                    if escaped.is_none() {
                        // The backslash would escape what a value begins with, and so undo its own escapes.
                        self.place = Place::Until(end, None);
                    }
                    1 + escaped.map_or(0, char::len_utf8)
                }
                Place::Until(_, Some(Escape::SparqlIri)) if character <= ' ' || "<\"{}|^`\\".contains(character) => {
                    // No IRI has these: it was a comparison.
                    self.is_mistaken |= std::mem::take(&mut self.has_iri_value);
                    self.place = Place::Outside;
                    0
                }
                Place::Until(..) => character.len_utf8(),
                Place::Outside | Place::Tag => self.begin(rest, character),
            };
        }
    }

    /// Takes what begins here, and gives its length.
    fn begin(&mut self, rest: &str, character: char) -> usize {
        let beginnings: &[(&str, Place)] = match (self.kind, self.place) {
            (TextKind::Xml, Place::Tag) => &[
                (">", Place::Outside),
                ("\"", Place::Until("\"", Some(Escape::Xml))),
                ("'", Place::Until("'", Some(Escape::Xml))),
            ],
            (TextKind::Xml, _) => &[
                ("<!--", Place::Until("-->", None)),
                ("<![CDATA[", Place::Until("]]>", Some(Escape::Cdata))),
                ("<?", Place::Until("?>", None)),
                ("<", Place::Tag),
            ],
            (TextKind::Sparql, _) => &[
                ("\"\"\"", Place::Until("\"\"\"", Some(Escape::SparqlString))),
                ("'''", Place::Until("'''", Some(Escape::SparqlString))),
                ("\"", Place::Until("\"", Some(Escape::SparqlString))),
                ("'", Place::Until("'", Some(Escape::SparqlString))),
                ("#", Place::Until("\n", None)),
                // A comparison.
                ("<=", Place::Outside),
                ("<", Place::Until(">", Some(Escape::SparqlIri))),
            ],
            (TextKind::Text | TextKind::Form | TextKind::Raw, _) => &[],
        };
        match beginnings.iter().find(|(beginning, _)| rest.starts_with(beginning)) {
            Some((beginning, place)) => {
                self.place = *place;
                beginning.len()
            }
            None => character.len_utf8(),
        }
    }

    /// How a value is escaped here. `None`: there can be none.
    fn escape(&mut self) -> Option<Escape> {
        self.has_iri_value |= matches!(self.place, Place::Until(_, Some(Escape::SparqlIri)));
        match (self.place, self.kind) {
            (Place::Until(_, escape), _) => escape,
            (Place::Tag, _) => None,
            (Place::Outside, TextKind::Xml) => Some(Escape::Xml),
            (Place::Outside, TextKind::Sparql) => Some(Escape::SparqlTerm),
            (Place::Outside, TextKind::Form) => Some(Escape::Form),
            (Place::Outside, TextKind::Text | TextKind::Raw) => Some(Escape::Nothing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(kind: TextKind, text: &str) -> Option<Escape> {
        let mut scanner = Scanner::new(kind);
        scanner.read(text);
        scanner.escape()
    }

    #[test]
    fn the_place_decides_how_values_are_escaped() {
        for (text, expected) in [
            ("<a>", Some(Escape::Xml)),
            ("<a b=\"", Some(Escape::Xml)),
            ("<a b='>'>", Some(Escape::Xml)),
            ("<a b=\"x\" ", None),
            ("<", None),
            ("<a><!-- > ", None),
            ("<a><!-- --><![CDATA[ <b ", Some(Escape::Cdata)),
            ("<?xml version=\"1.0\"", None),
        ] {
            assert_eq!(after(TextKind::Xml, text), expected, "{text}");
        }
        for (text, expected) in [
            ("SELECT * WHERE { ?a ", Some(Escape::SparqlTerm)),
            ("FILTER(?a < 5 && ?b <= ", Some(Escape::SparqlTerm)),
            ("<http://example.org/", Some(Escape::SparqlIri)),
            ("\"a \\\" ", Some(Escape::SparqlString)),
            ("\"\"\"a \" ", Some(Escape::SparqlString)),
            ("'a' ", Some(Escape::SparqlTerm)),
            ("# it's ", None),
            ("FILTER(?a <?b && ?c = ", Some(Escape::SparqlTerm)),
            ("FILTER(?a<\"b", Some(Escape::SparqlString)),
            ("\"a\\", None),
        ] {
            assert_eq!(after(TextKind::Sparql, text), expected, "{text}");
        }
    }

    #[test]
    fn a_value_in_a_comparison_is_not_escaped_as_one_in_an_iri() {
        for (behind, is_mistaken) in [(">", false), ("/b> ?c <d>", false), (" && ?b > 1", true)] {
            let mut scanner = Scanner::new(TextKind::Sparql);
            scanner.read("?a <");
            assert_eq!(scanner.escape(), Some(Escape::SparqlIri));
            scanner.read(behind);
            assert_eq!(scanner.is_mistaken, is_mistaken, "{behind}");
            assert!(!scanner.has_iri_value);
        }
    }
}
