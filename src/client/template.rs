//! Templates with the bind variables filled in, once, when the client is built.

use std::borrow::Cow;

use serde_json::Value;

use super::percent::{encode_path_text, encode_value};
use crate::Json;
use crate::arguments::{Argument, Arguments};
use crate::config::Values;
use crate::description::{Piece, Template};

/// A template that only inputs are missing from.
#[derive(Clone, Debug)]
pub(crate) struct Bound(pub(crate) Vec<BoundPiece>);

#[derive(Clone, Debug)]
pub(crate) enum BoundPiece {
    Text(String),
    Input(usize),
    Field(usize, &'static [&'static str]),
}

impl BoundPiece {
    /// The value of an input, or of a part of one; `None` when it is absent.
    pub(crate) fn value<'v>(&'v self, arguments: &'v Arguments) -> Option<Cow<'v, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Input(input) => Some(arguments.get(*input)?.to_text()),
            Self::Field(input, names) => field(arguments.get(*input)?, names),
        }
    }

    /// The same as JSON.
    pub(crate) fn json(&self, arguments: &Arguments) -> Option<Json> {
        match self {
            Self::Text(text) => Some(Value::from(text.as_str()).into()),
            Self::Input(input) => Some(arguments.get(*input)?.clone().into_json()),
            Self::Field(input, names) => part(arguments.get(*input)?, names).map(Json::from),
        }
    }
}

/// The text of a template without inputs; `None` when a secret is absent.
pub(crate) fn filled(template: Template, values: &Values) -> Option<String> {
    Bound::plain(template, values)?.fixed().map(str::to_owned)
}

/// A part of a value; `None` when there is no such part or it is null.
fn part(argument: &Argument, names: &[&str]) -> Option<Value> {
    let mut document = argument.clone().into_json().to_value().ok()?;
    for name in names {
        document = document.get_mut(name)?.take();
    }
    Some(document).filter(|part| !part.is_null())
}

/// The text of a part of a value; `None` when there is no such part or it is null.
fn field<'v>(argument: &Argument, names: &[&str]) -> Option<Cow<'v, str>> {
    Some(Cow::Owned(Argument::from_value(part(argument, names)?).to_text().into_owned()))
}

impl Bound {
    /// Fills a template; `None` when a secret is absent.
    pub(crate) fn plain(template: Template, values: &Values) -> Option<Self> {
        Self::fill(template, values, |text| Cow::Borrowed(text), |value| Cow::Borrowed(value))
    }

    /// Fills the template of a path; `None` when a secret is absent.
    pub(crate) fn path(template: Template, values: &Values) -> Option<Self> {
        Self::fill(template, values, encode_path_text, encode_value)
    }

    fn fill(
        template: Template,
        values: &Values,
        encode_text: fn(&str) -> Cow<'_, str>,
        encode_bind: fn(&str) -> Cow<'_, str>,
    ) -> Option<Self> {
        let mut pieces: Vec<BoundPiece> = Vec::with_capacity(template.len());
        for piece in template {
            let text = match *piece {
                Piece::Text(text) => encode_text(text),
                Piece::Bind(bind) => encode_bind(values.secret(bind)?),
                Piece::Input(input) => {
                    pieces.push(BoundPiece::Input(input));
                    continue;
                }
                Piece::Field(input, names) => {
                    pieces.push(BoundPiece::Field(input, names));
                    continue;
                }
            };
            match pieces.last_mut() {
                Some(BoundPiece::Text(last)) => last.push_str(&text),
                _ => pieces.push(BoundPiece::Text(text.into_owned())),
            }
        }
        Some(Self(pieces))
    }

    /// The text, if no input is part of it.
    pub(crate) fn fixed(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [BoundPiece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with the inputs, as they are; `None` when one is absent.
    pub(crate) fn render(&self, arguments: &Arguments) -> Option<String> {
        let mut text = String::new();
        for piece in &self.0 {
            text.push_str(&piece.value(arguments)?);
        }
        Some(text)
    }
}
