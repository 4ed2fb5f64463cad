//! Segments and selectors (sections 2.2, 2.3 and 2.5 of the RFC).

use super::fault::Fault;
use super::parser::{BLANKS, Parser};
use crate::ir::json_path::{JsonPath, Segment, Selector};

/// What a bracket may hold.
const SELECTOR: &str = "a selector: a name in quotes, `*`, an index, a slice such as `1:3`, or `?` and a filter";

/// Numbers that JSON can hold exactly: ±(2⁵³ − 1).
const MAX_INTEGER: i64 = 9_007_199_254_740_991;

impl Parser<'_> {
    /// The whole text.
    pub(super) fn document(&mut self) -> Result<JsonPath, Fault> {
        let trimmed = self.text.trim_matches(BLANKS);
        if trimmed != self.text {
            let fault = Fault::new(0..self.text.len(), "a path has no blanks around it");
            return Err(fault.suggest(format!("write `{trimmed}`")));
        }
        if !self.eat("$") {
            let fault = self.expected("`$`, with which a path begins");
            return Err(match self.text.chars().next() {
                Some('@') => fault.suggest("write `$`: `@` is the current value of a filter"),
                Some('.' | '[') => fault.suggest(format!("write `${}`", self.text)),
                Some(first) if is_name_first(first) => fault.suggest(format!("write `$.{}`", self.text)),
                _ => fault,
            });
        }
        if self.rest() == "." {
            self.habit(1..2, "the root is `$` without a dot", "write `$`".to_owned());
            return Ok(JsonPath::default());
        }
        let segments = self.segments()?;
        match self.peek() {
            None => Ok(JsonPath { segments }),
            Some('(') => {
                let fault = self.expected("`.` or `[`");
                Err(fault
                    .suggest("functions such as `length(…)` and `count(…)` stand in filters: `$[?length(@.a) > 1]`"))
            }
            Some(_) => Err(self.expected("`.` or `[`")),
        }
    }

    /// What follows `$` or `@`.
    pub(super) fn segments(&mut self) -> Result<Vec<Segment>, Fault> {
        let mut segments = Vec::new();
        loop {
            let before = self.position;
            self.skip_blanks();
            if self.eat("..") {
                segments.push(Segment::Descendant(self.descendant()?));
            } else if self.eat(".") {
                segments.push(Segment::Child(self.child()?));
            } else if self.peek() == Some('[') {
                segments.push(Segment::Child(self.bracket()?));
            } else {
                self.position = before;
                return Ok(segments);
            }
        }
    }

    fn child(&mut self) -> Result<Vec<Selector>, Fault> {
        if self.peek() == Some('[') {
            let dot = self.position - 1..self.position;
            let selectors = self.bracket()?;
            let bracket = format!("write `{}`", self.since(dot.end));
            self.habit(dot, "no dot stands before a bracket", bracket);
            return Ok(selectors);
        }
        Ok(vec![self.shorthand()?])
    }

    fn descendant(&mut self) -> Result<Vec<Selector>, Fault> {
        match self.peek() {
            Some('[') => self.bracket(),
            Some('.') => {
                Err(Fault::new(self.position - 2..self.position + 1, "three dots are no segment").suggest("write `..`"))
            }
            _ => Ok(vec![self.shorthand()?]),
        }
    }

    /// `*`, or a name without quotes.
    fn shorthand(&mut self) -> Result<Selector, Fault> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        let start = self.position;
        let in_filter = self.filters > 0;
        let standard = self.eat_while(is_name_char);
        let is_standard = standard.starts_with(is_name_first);
        // Other names end where what follows can be nothing but the next segment.
        self.eat_while(|character| is_name_char(character) || is_tolerated(character, in_filter));
        let name = self.since(start).trim_end_matches(BLANKS);
        self.position = start + name.len();
        if name.is_empty() {
            return Err(self.expected("a name or `*`"));
        }
        if !is_standard || name.len() > standard.len() {
            let message = "a name with other characters than letters, digits and `_` stands in quotes and brackets";
            self.habit(start..self.position, message, format!("write `['{name}']`"));
        }
        Ok(Selector::Name(name.to_owned()))
    }

    fn bracket(&mut self) -> Result<Vec<Selector>, Fault> {
        let start = self.position;
        self.eat("[");
        let mut selectors = Vec::new();
        loop {
            self.skip_blanks();
            if selectors.is_empty() && self.eat("]") {
                return Err(Fault::new(start..self.position, "a bracket holds a selector")
                    .suggest("write `[*]` for all elements"));
            }
            selectors.push(self.selector()?);
            self.skip_blanks();
            if self.eat("]") {
                return Ok(selectors);
            }
            if !self.eat(",") {
                return Err(self.unfinished("`,` or `]`"));
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, Fault> {
        match self.peek() {
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some('*') => {
                self.position += 1;
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.position += 1;
                self.filters += 1;
                let filter = self.nested(Self::filter)?;
                self.filters -= 1;
                Ok(Selector::Filter(filter))
            }
            Some(':' | '-' | '0'..='9') => self.index_or_slice(),
            Some('(') => Err(self.script()),
            Some(first) if is_name_first(first) => Err(self.unquoted()),
            _ => Err(self.expected(SELECTOR)),
        }
    }

    /// A script of older dialects, of which one is common.
    fn script(&self) -> Fault {
        let end = self.rest().find(')').map_or(self.text.len(), |end| self.position + end + 1);
        let script = &self.text[self.position..end];
        let fault = Fault::new(self.position..end, "there are no scripts in brackets");
        let compact: String = script.chars().filter(|character| !character.is_whitespace()).collect();
        match compact.strip_prefix("(@.length-").and_then(|number| number.strip_suffix(')')) {
            Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
                fault.suggest(format!("write `-{number}`: negative indices count from the end"))
            }
            _ => fault.suggest("write `?` and a filter, or an index"),
        }
    }

    fn unquoted(&self) -> Fault {
        let rest = self.rest();
        let name = &rest[..rest.find([']', ',', '\'', '"']).unwrap_or(rest.len())];
        let name = name.trim_end();
        let fault = Fault::new(self.position..self.position + name.len(), "a name in brackets stands in quotes");
        fault.suggest(format!("write `'{name}'`"))
    }

    fn index_or_slice(&mut self) -> Result<Selector, Fault> {
        let start = self.bound()?;
        let before = self.position;
        self.skip_blanks();
        if !self.eat(":") {
            self.position = before;
            return match start {
                Some(index) => Ok(Selector::Index(index)),
                None => Err(self.expected(SELECTOR)),
            };
        }
        self.skip_blanks();
        let end = self.bound()?;
        self.skip_blanks();
        let mut step = None;
        if self.eat(":") {
            self.skip_blanks();
            step = self.bound()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    /// A whole number, if there is one.
    fn bound(&mut self) -> Result<Option<i64>, Fault> {
        let start = self.position;
        let negative = self.eat("-");
        let digits = self.eat_while(|character| character.is_ascii_digit());
        let range = start..self.position;
        if digits.is_empty() {
            return if negative { Err(self.expected("a digit")) } else { Ok(None) };
        }
        if digits.len() > 1 && digits.starts_with('0') || negative && digits == "0" {
            let number = digits.trim_start_matches('0');
            let sign = if negative && !number.is_empty() { "-" } else { "" };
            let number = if number.is_empty() { "0" } else { number };
            let fault = Fault::new(range, "a number has no leading zeros, and 0 no sign");
            return Err(fault.suggest(format!("write `{sign}{number}`")));
        }
        match self.since(start).parse() {
            Ok(number) if (-MAX_INTEGER..=MAX_INTEGER).contains(&number) => Ok(Some(number)),
            _ => Err(Fault::new(range, format!("indices are no larger than {MAX_INTEGER}"))),
        }
    }
}

fn is_name_first(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || !character.is_ascii()
}

fn is_name_char(character: char) -> bool {
    is_name_first(character) || character.is_ascii_digit()
}

/// Whether a name without quotes may contain this, too. In a filter an operator, a bracket or a comma can follow.
fn is_tolerated(character: char, in_filter: bool) -> bool {
    match character {
        '-' => true,
        ' ' | ':' | '@' | '$' | '#' | '/' | '+' | '%' | '~' | ';' => !in_filter,
        _ => false,
    }
}
