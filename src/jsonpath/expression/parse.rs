//! The grammar of section 4 of RFC 9485.

use std::iter::Peekable;
use std::str::Chars;

use super::Node;
use super::class::{Class, Item, category};

/// How deep groups may be nested.
const MAX_DEPTH: usize = 32;

/// Reads an expression; `None` where it is none.
pub(super) fn parse(pattern: &str) -> Option<Node> {
    let mut parser = Parser { rest: pattern.chars().peekable(), depth: 0 };
    let node = parser.choice()?;
    parser.rest.next().is_none().then_some(node)
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    depth: usize,
}

impl Parser<'_> {
    fn choice(&mut self) -> Option<Node> {
        let mut branches = vec![self.branch()?];
        while self.rest.next_if_eq(&'|').is_some() {
            branches.push(self.branch()?);
        }
        Some(Node::Choice(branches))
    }

    fn branch(&mut self) -> Option<Node> {
        let mut pieces = Vec::new();
        while let Some(character) = self.rest.next_if(|character| !matches!(character, '|' | ')')) {
            let atom = self.atom(character)?;
            pieces.push(self.quantified(atom)?);
        }
        Some(Node::Sequence(pieces))
    }

    fn atom(&mut self, first: char) -> Option<Node> {
        Some(match first {
            '(' => return self.group(),
            '[' => Node::Class(self.class()?),
            '.' => Node::Class(Class::any()),
            '\\' => Node::Class(Class::of(self.escape()?)),
            '^' => Node::Start,
            '$' => Node::End,
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            _ => Node::Class(Class::of(Item::Range(first, first))),
        })
    }

    fn group(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let node = self.choice()?;
        self.depth -= 1;
        self.rest.next_if_eq(&')')?;
        Some(node)
    }

    fn quantified(&mut self, node: Node) -> Option<Node> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(node),
            _ => return Some(node),
        };
        self.rest.next();
        Some(Node::Repeat { node: Box::new(node), least, most })
    }

    /// `{2}`, `{2,}`, `{2,3}`
    fn counted(&mut self, node: Node) -> Option<Node> {
        self.rest.next();
        let least = self.number()?;
        let most = match self.rest.next()? {
            '}' => return Some(Node::Repeat { node: Box::new(node), least, most: Some(least) }),
            ',' if self.rest.peek() == Some(&'}') => None,
            ',' => Some(self.number().filter(|most| *most >= least)?),
            _ => return None,
        };
        self.rest.next_if_eq(&'}')?;
        Some(Node::Repeat { node: Box::new(node), least, most })
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = self.digit()?;
        while let Some(digit) = self.digit() {
            number = number.checked_mul(10)?.checked_add(digit)?;
        }
        Some(number)
    }

    fn digit(&mut self) -> Option<u32> {
        self.rest.next_if(char::is_ascii_digit)?.to_digit(10)
    }

    fn escape(&mut self) -> Option<Item> {
        let character = self.rest.next()?;
        if let 'p' | 'P' = character {
            return self.category(character == 'P');
        }
        let character = escaped(character)?;
        Some(Item::Range(character, character))
    }

    fn category(&mut self, negated: bool) -> Option<Item> {
        self.rest.next_if_eq(&'{')?;
        let mut name = String::new();
        while let Some(letter) = self.rest.next_if(char::is_ascii_alphabetic) {
            name.push(letter);
        }
        self.rest.next_if_eq(&'}')?;
        Some(Item::Category { group: category(&name)?, negated })
    }

    /// What stands behind `[`. A `-` is itself where it is the first or the last character.
    fn class(&mut self) -> Option<Class> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut items = Vec::new();
        if self.rest.next_if_eq(&'-').is_some() {
            items.push(Item::Range('-', '-'));
        }
        loop {
            match self.rest.next()? {
                ']' => break,
                '-' => {
                    items.push(Item::Range('-', '-'));
                    self.rest.next_if_eq(&']')?;
                    break;
                }
                first => items.push(self.item(first)?),
            }
        }
        (!items.is_empty()).then_some(Class { negated, items })
    }

    fn item(&mut self, first: char) -> Option<Item> {
        let first = match self.member(first)? {
            Item::Range(first, _) => first,
            category @ Item::Category { .. } => return Some(category),
        };
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || ahead.next() == Some(']') {
            return Some(Item::Range(first, first));
        }
        self.rest.next();
        let last = self.rest.next().filter(|last| *last != '-')?;
        match self.member(last)? {
            Item::Range(last, _) if first <= last => Some(Item::Range(first, last)),
            _ => None,
        }
    }

    fn member(&mut self, character: char) -> Option<Item> {
        match character {
            '\\' => self.escape(),
            '[' | ']' => None,
            _ => Some(Item::Range(character, character)),
        }
    }
}

/// The character that `\` and this one stand for.
fn escaped(character: char) -> Option<char> {
    match character {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '(' | ')' | '*' | '+' | '-' | '.' | '?' | '[' | '\\' | ']' | '^' | '{' | '|' | '}' => Some(character),
        _ => None,
    }
}
