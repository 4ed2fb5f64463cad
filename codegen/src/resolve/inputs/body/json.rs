//! Bodies of JSON.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::super::template::{self, Part};
use super::super::Deriver;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{JsonTemplate, Piece, Template, Type};
use crate::naftiko::{Json, Text};
use crate::source::{Source, Span};
use crate::tree::{self, Node, NodeId, Tree};

/// What stands for a hole in text that is read as JSON: this, its number, and [`END`]. These characters are no text.
const HOLE: char = '\u{fdd0}';
/// The same for a hole that is a value of its own.
const WHOLE: char = '\u{fdd1}';
const END: char = '\u{fdd2}';

impl<'a> Deriver<'_, 'a> {
    /// A body that the file writes as JSON text. Holes in its strings are text, others are values.
    pub(super) fn json_text(&mut self, text: &Text<'a>) -> Option<JsonTemplate> {
        let parts = template::parse(text, self.surroundings.sink)?;
        let mut holes: Vec<(&'a str, Span)> = Vec::new();
        let (mut marked, mut is_in_string) = (String::new(), false);
        for part in parts {
            match part {
                Part::Text(part) => {
                    is_in_string = scan(part, is_in_string);
                    marked.push_str(part);
                }
                Part::Hole(name, range) => {
                    let number = holes.len();
                    holes.push((name, text.part(range)));
                    // Writing to a `String` cannot fail.
                    let _ = if is_in_string {
                        write!(marked, "{HOLE}{number}{END}")
                    } else {
                        write!(marked, "\"{WHOLE}{number}{END}\"")
                    };
                }
            }
        }
        if text.value.contains([HOLE, WHOLE, END]) {
            return self.malformed(text.span, "the body has characters that are no text");
        }
        if let Err(error) = serde_json::from_str::<Value>(&marked) {
            let message = format!("the body is not JSON: {error}").replace([HOLE, WHOLE, END], "");
            return self.malformed(text.span, &message);
        }
        if holes.is_empty() {
            return Some(JsonTemplate::Literal(text.value.trim().to_owned()));
        }
        // The tree keeps numbers and the order of properties as they are written; its document is never a bare value.
        let (source, sink) = (Source::new("body", format!("[{marked}]")), Sink::default());
        let tree = tree::parse(&source, &sink);
        let (diagnostics, _) = sink.finish();
        let Some(tree) = tree.filter(|_| diagnostics.is_empty()) else {
            let fault = diagnostics.first().map_or("it cannot be read", |diagnostic| diagnostic.message.as_str());
            return self.malformed(text.span, &format!("the body is not JSON: {fault}"));
        };
        let Node::Sequence([root]) = tree.node(tree.root()) else { return None };
        Marked { tree: &tree, holes: &holes, span: text.span }.template(*root, self)
    }

    /// A body that the file writes as a tree. A string that is nothing but a hole is its value.
    pub(super) fn json_tree(&mut self, json: &Json<'a>) -> Option<JsonTemplate> {
        match json {
            Json::Scalar(text, value) if value.is_string() && text.value.contains("{{") => {
                let parts = template::parse(text, self.surroundings.sink)?;
                if let [Part::Hole(name, range)] = parts.as_slice() {
                    return self.whole(name, text.part(range.clone()));
                }
                self.template(text).map(JsonTemplate::Text)
            }
            Json::Scalar(_, value) => Some(JsonTemplate::Literal(value.to_string())),
            Json::Array(elements) => {
                let elements = elements.iter().map(|element| self.json_tree(element)).collect::<Option<_>>()?;
                Some(JsonTemplate::array(elements))
            }
            Json::Object(properties) => {
                let mut templates = Vec::new();
                for (name, value) in properties {
                    if name.value.contains("{{") {
                        return self.malformed(name.span, NAME);
                    }
                    templates.push((name.value.to_owned(), self.json_tree(value)?));
                }
                Some(JsonTemplate::object(templates))
            }
        }
    }

    /// A hole that is a value of its own. An input of which nothing else is known may then be anything.
    fn whole(&mut self, name: &'a str, span: Span) -> Option<JsonTemplate> {
        let pieces = self.hole(name, span)?;
        let [piece @ (Piece::Input(_) | Piece::Field(..) | Piece::Bind(_))] = pieces.as_slice() else {
            return Some(JsonTemplate::Text(pieces));
        };
        if let Piece::Input(index) = piece
            && self.derived.places[*index].declared_type.is_none()
            && self.derived.inputs[*index].parameter.location == crate::ir::Location::Template
        {
            self.derived.inputs[*index].parameter.r#type = Type::Any;
        }
        Some(JsonTemplate::Value(piece.clone()))
    }

    pub(super) fn malformed<T>(&self, span: Span, message: &str) -> Option<T> {
        self.surroundings.sink.report(Diagnostic::new(Code::MalformedBody, span, message));
        None
    }
}

/// Text of JSON with marks in place of holes.
struct Marked<'m, 'a> {
    tree: &'m Tree<'m>,
    holes: &'m [(&'a str, Span)],
    /// Where the body stands.
    span: Span,
}

impl<'a> Marked<'_, 'a> {
    fn template(&self, id: NodeId, deriver: &mut Deriver<'_, 'a>) -> Option<JsonTemplate> {
        match self.tree.node(id) {
            Node::Scalar(scalar) if scalar.plain => Some(JsonTemplate::Literal(scalar.text.to_owned())),
            Node::Scalar(scalar) => match scalar.text.strip_prefix(WHOLE) {
                Some(rest) => {
                    let (name, span) = self.holes.get(number(rest)?.0)?;
                    deriver.whole(name, *span)
                }
                None if scalar.text.contains(HOLE) => self.string(scalar.text, deriver).map(JsonTemplate::Text),
                None => Some(JsonTemplate::Literal(Value::from(scalar.text).to_string())),
            },
            Node::Sequence(elements) => {
                let elements = elements.iter().map(|element| self.template(*element, deriver));
                elements.collect::<Option<_>>().map(JsonTemplate::array)
            }
            Node::Mapping(entries) => {
                let mut properties = Vec::new();
                for entry in entries {
                    let name = self.tree.text(entry.key);
                    if name.contains([HOLE, WHOLE]) {
                        return deriver.malformed(self.span, NAME);
                    }
                    properties.push((name.to_owned(), self.template(entry.value, deriver)?));
                }
                Some(JsonTemplate::object(properties))
            }
        }
    }

    fn string(&self, mut text: &str, deriver: &mut Deriver<'_, 'a>) -> Option<Template> {
        let mut pieces = Vec::new();
        while let Some((before, rest)) = text.split_once(HOLE) {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            let (index, after) = number(rest)?;
            let (name, span) = self.holes.get(index)?;
            pieces.extend(deriver.hole(name, *span)?);
            text = after;
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.to_owned()));
        }
        Some(pieces)
    }
}

const NAME: &str = "the name of a property cannot be a template";

/// Whether the end of a part of JSON stands in a string, when its beginning does or does not.
fn scan(text: &str, mut is_in_string: bool) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => is_in_string = !is_in_string,
            '\\' if is_in_string => {
                characters.next();
            }
            _ => {}
        }
    }
    is_in_string
}

/// The number of a hole, and what follows.
fn number(text: &str) -> Option<(usize, &str)> {
    let (number, rest) = text.split_once(END)?;
    Some((number.parse().ok()?, rest))
}
