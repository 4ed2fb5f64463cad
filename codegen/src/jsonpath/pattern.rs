//! I-Regexp (RFC 9485): whether a text is one that the runtime can compile.

use std::ops::Range;

use super::fault::Fault;

/// The limits of the runtime's machine.
const MAX_SIZE: u64 = 10_000;
const MAX_DEPTH: usize = 32;

const CATEGORIES: &str =
    "L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps Z Zl Zp Zs S Sc Sk Sm So C Cc Cf Cn Co";

/// Checks an expression. Gives the places of `^` and `$`, which the grammar has as ordinary characters but every
/// implementation as the ends of the text.
pub(super) fn check(text: &str) -> Result<Vec<Range<usize>>, Fault> {
    let mut checker = Checker { text, position: 0, depth: 0, anchors: Vec::new() };
    let size = checker.choice()?;
    if checker.peek().is_some() {
        return Err(Fault::new(checker.here(), "`)` closes nothing").suggest("write `\\)` for the character"));
    }
    if size >= MAX_SIZE {
        return Err(Fault::new(
            0..text.len(),
            format!("the expression has more than {MAX_SIZE} parts when it is repeated out"),
        ));
    }
    Ok(checker.anchors)
}

struct Checker<'t> {
    text: &'t str,
    position: usize,
    depth: usize,
    anchors: Vec<Range<usize>>,
}

impl Checker<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.position..].chars().next()
    }

    fn here(&self) -> Range<usize> {
        self.position..self.position + self.peek().map_or(0, char::len_utf8)
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.position += character.len_utf8();
        Some(character)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.position += wanted.len_utf8();
        }
        found
    }

    /// The alternatives; the instructions that the runtime makes of them.
    fn choice(&mut self) -> Result<u64, Fault> {
        let mut size = self.branch()?;
        while self.eat('|') {
            size = size.saturating_add(2).saturating_add(self.branch()?);
        }
        Ok(size)
    }

    fn branch(&mut self) -> Result<u64, Fault> {
        let mut size: u64 = 0;
        while self.peek().is_some_and(|character| !matches!(character, '|' | ')')) {
            let atom = self.atom()?;
            size = size.saturating_add(self.quantified(atom)?);
        }
        Ok(size)
    }

    fn atom(&mut self) -> Result<u64, Fault> {
        let range = self.here();
        match self.next() {
            Some('(') => return self.group(range),
            Some('[') => self.class(range)?,
            Some('\\') => self.escape(range)?,
            Some('^' | '$') => self.anchors.push(range),
            Some(character @ ('*' | '+' | '?' | '{')) => {
                let fault = Fault::new(range, format!("`{character}` follows nothing that it could repeat"));
                return Err(fault.suggest(format!("write `\\{character}` for the character")));
            }
            Some(character @ ('}' | ']')) => {
                let fault = Fault::new(range, format!("`{character}` closes nothing"));
                return Err(fault.suggest(format!("write `\\{character}` for the character")));
            }
            _ => {}
        }
        Ok(1)
    }

    fn group(&mut self, open: Range<usize>) -> Result<u64, Fault> {
        if self.peek() == Some('?') {
            let range = open.start..self.position + 1;
            let fault = Fault::new(range, "groups have no options in I-Regexp");
            return Err(fault.suggest("write `(…)`: there are no captures"));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(open, format!("groups are nested more than {MAX_DEPTH} deep")));
        }
        let size = self.choice()?;
        self.depth -= 1;
        if self.eat(')') {
            Ok(size)
        } else {
            Err(Fault::new(open, "the group has no end").suggest("write `)` behind it"))
        }
    }

    fn quantified(&mut self, size: u64) -> Result<u64, Fault> {
        let start = self.position;
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(size),
            _ => return Ok(size),
        };
        self.position += 1;
        self.no_second_quantifier(start)?;
        Ok(repeated(size, least, most))
    }

    fn counted(&mut self, size: u64) -> Result<u64, Fault> {
        let start = self.position;
        self.position += 1;
        let least = self.number()?;
        let mut most = Some(least);
        if self.eat(',') {
            most = if self.peek() == Some('}') { None } else { Some(self.number()?) };
        }
        if !self.eat('}') {
            let fault = Fault::new(start..self.position, "a repetition is `{2}`, `{2,}` or `{2,3}`");
            return Err(fault.suggest("write `\\{` for the character"));
        }
        if most.is_some_and(|most| most < least) {
            return Err(Fault::new(start..self.position, "the repetition has a least number above the greatest"));
        }
        self.no_second_quantifier(start)?;
        Ok(repeated(size, least, most))
    }

    fn no_second_quantifier(&self, start: usize) -> Result<(), Fault> {
        match self.peek() {
            Some('*' | '+' | '?' | '{') => {
                let fault = Fault::new(start..self.here().end, "one repetition does not follow another");
                Err(fault.suggest("remove the second one: all repetitions take as much as they can, and none is lazy"))
            }
            _ => Ok(()),
        }
    }

    fn number(&mut self) -> Result<u64, Fault> {
        let start = self.position;
        while self.peek().is_some_and(|character| character.is_ascii_digit()) {
            self.position += 1;
        }
        let range = start..self.position;
        if range.is_empty() {
            return Err(Fault::new(self.here(), "a number of repetitions should stand here"));
        }
        let number = self.text[range.clone()].parse::<u32>();
        number.map(u64::from).map_err(|_| Fault::new(range, "the number of repetitions is too large"))
    }

    /// What follows a `\`.
    fn escape(&mut self, start: Range<usize>) -> Result<(), Fault> {
        let Some(character) = self.next() else {
            return Err(Fault::new(start, "`\\` stands before nothing").suggest("write `\\\\` for the character"));
        };
        let range = start.start..self.position;
        let instead = match character {
            'p' | 'P' => return self.category(range.start),
            'n' | 'r' | 't' | '(' | ')' | '*' | '+' | '-' | '.' | '?' | '[' | '\\' | ']' | '^' | '{' | '|' | '}' => {
                return Ok(());
            }
            'd' => "write `[0-9]` or `\\p{Nd}`".to_owned(),
            'D' => "write `[^0-9]` or `\\P{Nd}`".to_owned(),
            'w' => "write `[A-Za-z0-9_]`, or `[\\p{L}\\p{N}_]` for all languages".to_owned(),
            'W' => "write `[^A-Za-z0-9_]`".to_owned(),
            's' => "write `[ \\t\\n\\r]` or `\\p{Z}`".to_owned(),
            'S' => "write `[^ \\t\\n\\r]` or `\\P{Z}`".to_owned(),
            'b' | 'B' => "I-Regexp does not know the ends of words".to_owned(),
            'u' | 'x' => "write the character itself, or an escape of the path's string".to_owned(),
            _ => format!("write `{character}` without `\\`"),
        };
        let message = format!("I-Regexp has no `\\{}`", character.escape_debug());
        Err(Fault::new(range, message).suggest(instead))
    }

    fn category(&mut self, start: usize) -> Result<(), Fault> {
        let opened = self.eat('{');
        let name = self.position;
        while self.peek().is_some_and(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '=')) {
            self.position += 1;
        }
        let known = CATEGORIES.split(' ').any(|category| category == &self.text[name..self.position]);
        if opened && known && self.eat('}') {
            return Ok(());
        }
        let fault = Fault::new(start..self.position, "`\\p{…}` holds a general category of Unicode, in short");
        Err(fault.suggest("write `\\p{L}` for letters, `\\p{Lu}` for upper case, `\\p{Nd}` for digits"))
    }

    /// What follows a `[`.
    fn class(&mut self, open: Range<usize>) -> Result<(), Fault> {
        self.eat('^');
        let first = self.position;
        self.eat('-');
        loop {
            let range = self.here();
            match self.next() {
                None => return Err(Fault::new(open, "the class has no end").suggest("write `]` behind it")),
                Some(']') if range.start == first => {
                    return Err(Fault::new(open.start..range.end, "the class is empty")
                        .suggest("write `\\]` for the character"));
                }
                Some(']') => return Ok(()),
                Some('-') if self.eat(']') => return Ok(()),
                Some('-') => {
                    let fault = Fault::new(range, "`-` stands at the beginning or the end of a class");
                    return Err(fault.suggest("write `\\-` for the character"));
                }
                Some(character) => self.range(character, range)?,
            }
        }
    }

    /// A character of a class, or a range of them.
    fn range(&mut self, first: char, place: Range<usize>) -> Result<(), Fault> {
        let start = place.start;
        let Some(first) = self.member(first, place)? else { return Ok(()) };
        let rest = &self.text[self.position..];
        if !rest.starts_with('-') || rest.starts_with("-]") {
            return Ok(());
        }
        self.position += 1;
        let place = self.here();
        let last = match self.next() {
            Some('-') | None => return Err(Fault::new(start..self.position, "the range has no end")),
            Some(character) => self.member(character, place)?,
        };
        match last {
            Some(last) if first <= last => Ok(()),
            Some(_) => Err(Fault::new(start..self.position, "the range goes from a higher character to a lower one")),
            None => Err(Fault::new(start..self.position, "a range goes from one character to another")),
        }
    }

    /// A character of a class; nothing for a category.
    fn member(&mut self, character: char, place: Range<usize>) -> Result<Option<char>, Fault> {
        match character {
            '\\' => {
                self.escape(place)?;
                Ok(match self.text[..self.position].chars().next_back() {
                    Some('n') => Some('\n'),
                    Some('r') => Some('\r'),
                    Some('t') => Some('\t'),
                    Some('}') if !self.text[..self.position].ends_with("\\}") => None,
                    escaped => escaped,
                })
            }
            '[' => Err(Fault::new(place, "classes hold no classes").suggest("write `\\[` for the character")),
            _ => Ok(Some(character)),
        }
    }
}

/// The instructions of something repeated.
fn repeated(size: u64, least: u64, most: Option<u64>) -> u64 {
    let optional = match most {
        None => size.saturating_add(2),
        Some(most) => size.saturating_add(1).saturating_mul(most - least),
    };
    size.saturating_mul(least).saturating_add(optional)
}
