//! The members of lists and objects that stand in one text.

use std::borrow::Cow;

use serde::de::Error as _;
use serde_json::Error;

use super::{Coding, Texts};
use crate::openapi::Style;

/// How the members of one text are told apart.
#[derive(Clone, Copy, Debug)]
pub(in crate::openapi::serve) struct Members {
    separator: Separator,
    /// Whether properties are `key=value`; otherwise keys and values take turns.
    explode: bool,
}

#[derive(Clone, Copy, Debug)]
enum Separator {
    Comma,
    Dot,
    /// Encoded or not, since RFC 3986 has no place for `|` in a query.
    Pipe,
    Space,
}

impl Members {
    pub(in crate::openapi::serve) fn new(style: Style, explode: bool) -> Self {
        let separator = match style {
            Style::Label if explode => Separator::Dot,
            Style::SpaceDelimited => Separator::Space,
            Style::PipeDelimited => Separator::Pipe,
            _ => Separator::Comma,
        };
        Self { separator, explode }
    }

    /// The items of a list.
    pub(super) fn items(self, raw: &str, coding: Coding) -> Vec<Texts<'_>> {
        self.split(raw, coding).map(|item| Texts::item(item, coding)).collect()
    }

    /// The properties of an object.
    pub(super) fn properties(self, raw: &str, coding: Coding) -> Result<Vec<(Cow<'_, str>, Texts<'_>)>, Error> {
        let mut members = self.split(raw, coding);
        let mut properties = Vec::new();
        while let Some(member) = members.next() {
            let (key, value) = if self.explode {
                member.split_once('=').unwrap_or((member, ""))
            } else {
                (member, members.next().ok_or_else(|| Error::custom("must be keys and values in turns"))?)
            };
            properties.push((coding.decode(key)?, Texts::one(value, None, coding)));
        }
        Ok(properties)
    }

    fn split(self, raw: &str, coding: Coding) -> impl Iterator<Item = &str> {
        let mut rest = Some(raw).filter(|raw| !raw.is_empty());
        std::iter::from_fn(move || {
            let text = rest.take()?;
            let member = match self.separator.find(text) {
                Some((start, end)) => {
                    rest = Some(&text[end..]);
                    &text[..start]
                }
                None => text,
            };
            // The items of a header may have blanks around them (RFC 9110, section 5.6.1).
            Some(if coding == Coding::Plain { member.trim() } else { member })
        })
    }
}

impl Separator {
    /// Where the first separator begins and ends.
    fn find(self, text: &str) -> Option<(usize, usize)> {
        let (plain, encoded): (&[char], _) = match self {
            Self::Comma => (&[','], None),
            Self::Dot => (&['.'], None),
            Self::Pipe => (&['|'], Some("%7C")),
            Self::Space => (&[' ', '+'], Some("%20")),
        };
        let plain = text.find(plain).map(|at| (at, at + 1));
        let encoded = encoded.and_then(|encoded| {
            let found = text.as_bytes().windows(3).position(|bytes| bytes.eq_ignore_ascii_case(encoded.as_bytes()));
            found.map(|at| (at, at + 3))
        });
        match (plain, encoded) {
            (Some(plain), Some(encoded)) => Some(plain.min(encoded)),
            (plain, encoded) => plain.or(encoded),
        }
    }
}
