//! The place among the words of a `.proto` file.

use std::ops::Range;

use super::model::Named;
use super::scanner::{Token, TokenKind};
use crate::fault::Fault;

/// The words of a file, and the one that comes next.
pub(super) struct Cursor {
    tokens: Vec<Token>,
    position: usize,
}

impl Cursor {
    pub(super) fn new(tokens: Vec<Token>) -> Self {
        Self { tokens, position: 0 }
    }

    pub(super) fn field_number(&mut self) -> Result<u32, Fault> {
        let range = self.range();
        let number = self.number()?;
        u32::try_from(number)
            .ok()
            .filter(|number| (1..=0x1fff_ffff).contains(number))
            .ok_or_else(|| Fault::new(range, "the numbers of fields go from 1 to 536870911"))
    }

    pub(super) fn number(&mut self) -> Result<i64, Fault> {
        let range = self.range();
        let TokenKind::Number(text) = self.next() else { return Err(Fault::new(range, "a number is expected")) };
        let number = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            Some(digits) => i64::from_str_radix(digits, 16),
            None if text.len() > 1 && text.starts_with('0') => i64::from_str_radix(&text, 8),
            None => text.parse(),
        };
        number.map_err(|_| Fault::new(range, format!("`{text}` is no whole number")))
    }

    pub(super) fn peek(&self) -> &TokenKind {
        self.tokens.get(self.position).map_or(&TokenKind::End, |token| &token.kind)
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.tokens.get(self.position).or(self.tokens.last()).map(|token| token.range.clone()).unwrap_or_default()
    }

    pub(super) fn next(&mut self) -> TokenKind {
        let kind = self.peek().clone();
        if kind != TokenKind::End {
            self.position += 1;
        }
        kind
    }

    pub(super) fn eat(&mut self, mark: char) -> bool {
        let found = self.peek() == &TokenKind::Mark(mark);
        self.position += usize::from(found);
        found
    }

    /// Goes on behind a word, if it comes next and is none of a name that begins with it.
    pub(super) fn eat_word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), TokenKind::Name(name) if name == wanted);
        self.position += usize::from(found);
        found
    }

    pub(super) fn mark(&mut self, mark: char) -> Result<(), Fault> {
        let range = self.range();
        if self.eat(mark) { Ok(()) } else { Err(Fault::new(range, format!("`{mark}` is expected"))) }
    }

    pub(super) fn name(&mut self, what: &str) -> Result<Named, Fault> {
        let range = self.range();
        match self.next() {
            TokenKind::Name(text) => Ok(Named { text, range }),
            _ => Err(Fault::new(range, format!("{what} is expected"))),
        }
    }

    pub(super) fn text(&mut self, what: &str) -> Result<Named, Fault> {
        let range = self.range();
        match self.next() {
            TokenKind::Text(text) => Ok(Named { text, range }),
            _ => Err(Fault::new(range, format!("{what} is expected, in quotation marks"))),
        }
    }
}
