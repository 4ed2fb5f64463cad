//! JSON with holes.

use serde_json::Value;

use super::super::template::{Bound, BoundPiece};
use crate::arguments::Arguments;
use crate::config::Values;
use crate::description::{JsonTemplate, Piece};

/// JSON that only inputs are missing from.
pub(crate) enum PreparedJson {
    /// JSON text.
    Text(String),
    /// A bind variable has no value.
    Absent,
    Value(BoundPiece),
    String(Bound),
    Array(Vec<PreparedJson>),
    /// Properties with their names as JSON.
    Object(Vec<(String, PreparedJson)>),
}

impl PreparedJson {
    pub(super) fn new(template: &'static JsonTemplate, values: &Values) -> Self {
        match *template {
            JsonTemplate::Literal(text) => Self::Text(text.to_owned()),
            JsonTemplate::Value(Piece::Bind(_)) | JsonTemplate::Text(_) => {
                let pieces = match template {
                    JsonTemplate::Text(pieces) => pieces,
                    JsonTemplate::Value(piece) => std::slice::from_ref(piece),
                    _ => &[],
                };
                match Bound::plain(pieces, values) {
                    Some(bound) => bound.fixed().map(string).map_or(Self::String(bound.clone()), Self::Text),
                    None => Self::Absent,
                }
            }
            JsonTemplate::Value(Piece::Input(input)) => Self::Value(BoundPiece::Input(input)),
            JsonTemplate::Value(Piece::Field(input, names)) => Self::Value(BoundPiece::Field(input, names)),
            JsonTemplate::Value(Piece::Text(text)) => Self::Text(string(text)),
            JsonTemplate::Array(elements) => {
                Self::Array(elements.iter().map(|element| Self::new(element, values)).collect())
            }
            JsonTemplate::Object(properties) => {
                let property = |(name, value): &'static (&str, JsonTemplate)| (string(name), Self::new(value, values));
                Self::Object(properties.iter().map(property).collect())
            }
        }
    }

    /// The text; `None`: it is absent.
    pub(super) fn render(&self, arguments: &Arguments) -> Option<String> {
        let mut text = String::new();
        self.write(arguments, &mut text).then_some(text)
    }

    /// Writes the value, unless it is absent.
    fn write(&self, arguments: &Arguments, to: &mut String) -> bool {
        match self {
            Self::Text(text) => to.push_str(text),
            Self::Absent => return false,
            Self::Value(piece) => match piece.json(arguments) {
                Some(json) => to.push_str(json.as_str()),
                None => return false,
            },
            Self::String(template) => match template.render(arguments) {
                Some(text) => to.push_str(&string(&text)),
                None => return false,
            },
            Self::Array(elements) => {
                let write = |element: &Self, to: &mut String| element.write(arguments, to);
                list(('[', ']'), elements, to, write);
            }
            Self::Object(properties) => {
                let write = |(name, value): &(String, Self), to: &mut String| {
                    to.push_str(name);
                    to.push(':');
                    value.write(arguments, to)
                };
                list(('{', '}'), properties, to, write);
            }
        }
        true
    }
}

/// Writes what is not absent, with commas between.
fn list<T>((open, close): (char, char), items: &[T], to: &mut String, write: impl Fn(&T, &mut String) -> bool) {
    to.push(open);
    let start = to.len();
    for item in items {
        let before = to.len();
        if before > start {
            to.push(',');
        }
        if !write(item, to) {
            to.truncate(before);
        }
    }
    to.push(close);
}

/// Text as a string of JSON.
fn string(text: &str) -> String {
    Value::from(text).to_string()
}
