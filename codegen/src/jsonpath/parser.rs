//! The place in the text, and what all parts of the grammar need.

use std::ops::Range;

use super::fault::{Fault, Habit};

/// How deep filters, parentheses and functions may be nested. The runtime follows them by calls.
const MAX_DEPTH: usize = 32;

/// What may stand between the parts of a path.
pub(super) const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// A place in a path's text.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) position: usize,
    /// Filters, parentheses and functions around the place.
    depth: usize,
    /// Filters alone: in them a name ends where an operator may follow.
    pub(super) filters: usize,
    habits: Vec<Habit>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, position: 0, depth: 0, filters: 0, habits: Vec::new() }
    }

    pub(super) fn into_habits(self) -> Vec<Habit> {
        self.habits
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Goes on where this text comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.position += text.len();
        }
        found
    }

    /// Goes on behind the characters for which this is true, which it gives back.
    pub(super) fn eat_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|character| !belongs(character)).unwrap_or(rest.len());
        self.position += end;
        &rest[..end]
    }

    pub(super) fn skip_blanks(&mut self) {
        self.eat_while(|character| BLANKS.contains(&character));
    }

    /// The next character's place, or the end of the text.
    pub(super) fn here(&self) -> Range<usize> {
        self.position..self.position + self.peek().map_or(0, char::len_utf8)
    }

    /// The text from a place on to the current one.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.position]
    }

    /// That something else should stand here.
    pub(super) fn expected(&self, what: &str) -> Fault {
        match self.peek() {
            Some(found) => Fault::new(self.here(), format!("expected {what}, found `{}`", found.escape_debug())),
            None => Fault::new(self.here(), format!("expected {what}, but the path ends here")),
        }
    }

    /// That a bracket or a parenthesis should go on or end here.
    pub(super) fn unfinished(&self, what: &str) -> Fault {
        const OTHERS: [(&str, &str); 6] = [
            ("=~", "write `match(@.a, 'expression')` for a whole text or `search(…)` for a part of it"),
            ("=", "write `==`"),
            ("&", "write `&&`"),
            ("|", "write `||`"),
            ("and ", "write `&&`"),
            ("or ", "write `||`"),
        ];
        let fault = self.expected(what);
        if self.peek() == Some('(') {
            return fault.suggest("functions stand before their arguments: `length(@.a)`");
        }
        match OTHERS.into_iter().find(|(text, _)| self.rest().starts_with(text)) {
            Some((text, suggestion)) => {
                let operator = text.trim_end();
                let range = self.position..self.position + operator.len();
                Fault::new(range, format!("there is no operator `{operator}`")).suggest(suggestion)
            }
            None => fault,
        }
    }

    pub(super) fn habit(&mut self, range: Range<usize>, message: &str, suggestion: String) {
        self.habits.push(Habit { range, message: message.to_owned(), suggestion });
    }

    /// Reads something that may contain itself.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == MAX_DEPTH {
            let message = format!("filters and functions are nested more than {MAX_DEPTH} deep");
            return Err(Fault::new(self.here(), message));
        }
        self.depth += 1;
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }
}
