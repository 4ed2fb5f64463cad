//! Whether a text is a regular expression of ECMA-262, as far as its structure tells: groups, classes, repetitions.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// What is wrong with a regular expression, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: &'static str,
}

/// What begins a group whose characters are not all part of what it matches. `(?<` is one of them or the name of a group.
const GROUPS: [&str; 5] = ["?:", "?=", "?!", "?<=", "?<!"];

/// Looks at the structure of a regular expression.
pub(super) fn check(pattern: &str) -> Result<(), Fault> {
    let mut checker = Checker { pattern, rest: pattern.char_indices().peekable(), open: Vec::new() };
    checker.run()?;
    match checker.open.pop() {
        Some(open) => Err(Fault { range: open..open + 1, message: "a group is not closed" }),
        None => Ok(()),
    }
}

struct Checker<'p> {
    pattern: &'p str,
    rest: Peekable<CharIndices<'p>>,
    /// Where the groups begin that are not closed yet.
    open: Vec<usize>,
}

/// What stands before a character, as far as it can be repeated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Atom,
    Repetition,
    LazyRepetition,
}

impl Checker<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        let mut before = Before::Nothing;
        while let Some((at, character)) = self.rest.next() {
            before = match character {
                '\\' => self.escape(at)?,
                '[' => self.class(at)?,
                '(' => self.group(at)?,
                ')' => {
                    self.open.pop().ok_or_else(|| fault(at, "a group is closed that was never opened"))?;
                    Before::Atom
                }
                '|' | '^' | '$' => Before::Nothing,
                '*' | '+' | '?' => repeat(at, character, before)?,
                '{' if self.skip_repetition(at)? => repeat(at, character, before)?,
                _ => Before::Atom,
            };
        }
        Ok(())
    }

    fn escape(&mut self, at: usize) -> Result<Before, Fault> {
        match self.rest.next() {
            None => Err(fault(at, "nothing follows the backslash")),
            // What stands at the edge of a word is nothing that could be repeated.
            Some((_, 'b' | 'B')) => Ok(Before::Nothing),
            Some(_) => Ok(Before::Atom),
        }
    }

    /// Passes over a class. A hyphen between two plain characters is a range.
    fn class(&mut self, at: usize) -> Result<Before, Fault> {
        if self.rest.peek().is_some_and(|(_, next)| *next == '^') {
            self.rest.next();
        }
        let mut previous: Option<char> = None;
        while let Some((place, character)) = self.rest.next() {
            match character {
                ']' => return Ok(Before::Atom),
                '\\' => {
                    self.escape(place)?;
                    previous = None;
                }
                '-' => {
                    let next = self.rest.peek().map(|(_, next)| *next).filter(|next| !matches!(next, ']' | '\\'));
                    if let (Some(first), Some(last)) = (previous, next) {
                        if first > last {
                            return Err(fault(place, "a range of characters ends before it begins"));
                        }
                        self.rest.next();
                        previous = None;
                    } else {
                        previous = Some('-');
                    }
                }
                character => previous = Some(character),
            }
        }
        Err(fault(at, "a class of characters is not closed"))
    }

    fn group(&mut self, at: usize) -> Result<Before, Fault> {
        self.open.push(at);
        let inside = &self.pattern[at + 1..];
        if !inside.starts_with('?') {
            return Ok(Before::Nothing);
        }
        let known = GROUPS.iter().find(|beginning| inside.starts_with(**beginning)).map(|beginning| beginning.len());
        let named = || Some(inside.strip_prefix("?<")?.find('>').filter(|length| *length > 0)? + 3);
        let Some(length) = known.or_else(named) else {
            return Err(fault(at, "ECMA-262 has no group of this kind, and no flags within a pattern"));
        };
        while self.rest.next_if(|(place, _)| *place < at + 1 + length).is_some() {}
        Ok(Before::Nothing)
    }

    /// Passes over `{2,3}` behind its brace. `false`: the brace is a character like any other.
    fn skip_repetition(&mut self, at: usize) -> Result<bool, Fault> {
        let Some((inside, _)) = self.pattern[at + 1..].split_once('}') else { return Ok(false) };
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(least) || !(most.is_empty() || is_number(most)) {
            return Ok(false);
        }
        // Numbers that fit no integer are as good as boundless.
        let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
        if !most.is_empty() && number(least) > number(most) {
            return Err(Fault { range: at..at + inside.len() + 2, message: "a repetition ends before it begins" });
        }
        while self.rest.next_if(|(place, _)| *place <= at + 1 + inside.len()).is_some() {}
        Ok(true)
    }
}

fn repeat(at: usize, character: char, before: Before) -> Result<Before, Fault> {
    match before {
        Before::Atom => Ok(Before::Repetition),
        Before::Repetition if character == '?' => Ok(Before::LazyRepetition),
        Before::Repetition | Before::LazyRepetition => Err(fault(at, "what is repeated already is repeated again")),
        Before::Nothing => Err(fault(at, "there is nothing to repeat")),
    }
}

fn fault(at: usize, message: &'static str) -> Fault {
    Fault { range: at..at + 1, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_told_from_mistakes() {
        for pattern in [
            "",
            "^[A-Z]{2}\\d+$",
            "a{2,}b{,3}c{x}",
            "(?:a|b)*?",
            "(?<year>\\d{4})-(?=x)(?!y)(?<=z)(?<!w)",
            "[]",
            "[^\\]a-]",
            "[-a]",
            "\\(",
            "a}]",
            "ü+",
            "\\p{L}+",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
        for (pattern, range) in [
            ("(a", 0..1),
            ("a)", 1..2),
            ("[a", 0..1),
            ("*a", 0..1),
            ("a|+", 2..3),
            ("(?i)a", 0..1),
            ("(?P<x>a)", 0..1),
            ("a**", 2..3),
            ("a++", 2..3),
            ("a{3,1}", 1..6),
            ("[z-a]", 2..3),
            ("a\\", 1..2),
            ("^*", 1..2),
        ] {
            assert_eq!(check(pattern).unwrap_err().range, range, "{pattern}");
        }
    }
}
