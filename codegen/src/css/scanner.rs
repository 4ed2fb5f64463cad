//! The characters of a selector: names, texts, blanks.

use std::ops::Range;

use crate::fault::Fault;

/// A text that is read from its beginning to its end.
pub(super) struct Scanner<'t> {
    text: &'t str,
    pub(super) position: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, position: 0 }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.position..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The text from a place up to here.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.position]
    }

    /// The place of the next character, which may be the end.
    pub(super) fn here(&self) -> Range<usize> {
        self.position..self.position + self.peek().map_or(0, char::len_utf8)
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.position += next.len_utf8();
        Some(next)
    }

    /// Goes on behind a text, if it comes next.
    pub(super) fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.position += wanted.len();
        }
        found
    }

    /// Whether there were blanks.
    pub(super) fn blanks(&mut self) -> bool {
        let start = self.position;
        while self.peek().is_some_and(|next| matches!(next, ' ' | '\t' | '\n' | '\r' | '\u{c}')) {
            self.position += 1;
        }
        self.position > start
    }

    pub(super) fn expect(&mut self, wanted: &str) -> Result<(), Fault> {
        if self.eat(wanted) {
            return Ok(());
        }
        Err(self.unexpected(&format!("`{wanted}`")))
    }

    /// The fault that something else stands here.
    pub(super) fn unexpected(&self, wanted: &str) -> Fault {
        let found = self.peek().map_or_else(|| "the end".to_owned(), |next| format!("`{next}`"));
        Fault::new(self.here(), format!("{wanted} is expected, and not {found}"))
    }

    /// A name. `what` is what messages call it.
    pub(super) fn name(&mut self, what: &str) -> Result<String, Fault> {
        let start = self.position;
        let mut name = String::new();
        while let Some(next) = self.peek() {
            match next {
                '\\' => name.push(self.escape()?),
                'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '\u{80}'.. => {
                    name.push(next);
                    self.next();
                }
                _ => break,
            }
        }
        let text = self.since(start);
        let is_number = text.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
        if is_number && !text.starts_with("--") || text == "-" {
            return Err(Fault::new(start..self.position, format!("{what} does not begin with a digit"))
                .suggest("write the first digit as an escape: `\\31 st` is `1st`"));
        }
        if name.is_empty() { Err(self.unexpected(what)) } else { Ok(name) }
    }

    /// The character that an escape stands for.
    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.position;
        self.next();
        let digits = self.rest().chars().take(6).take_while(char::is_ascii_hexdigit).count();
        if digits == 0 {
            return self
                .next()
                .filter(|escaped| *escaped != '\n')
                .ok_or_else(|| Fault::new(start..self.position, "`\\` stands before a character"));
        }
        let code = u32::from_str_radix(&self.rest()[..digits], 16).unwrap_or_default();
        self.position += digits;
        if self.peek().is_some_and(char::is_whitespace) {
            self.next();
        }
        Ok(char::from_u32(code).filter(|character| *character != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// A text in quotes, if there is one.
    pub(super) fn quoted(&mut self) -> Result<Option<String>, Fault> {
        let Some(quote @ ('"' | '\'')) = self.peek() else { return Ok(None) };
        let start = self.position;
        self.next();
        let mut text = String::new();
        loop {
            match self.peek() {
                Some('\\') => text.push(self.escape()?),
                Some(next) if next == quote => {
                    self.next();
                    return Ok(Some(text));
                }
                Some(next) => {
                    text.push(next);
                    self.next();
                }
                None => return Err(Fault::new(start..self.position, "the text has no closing quotation mark")),
            }
        }
    }
}
