//! The syntax of regular expressions (ECMA-262, section 22.2.1).

use std::iter::Peekable;
use std::str::Chars;

use super::set::Set;

/// A regular expression.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Set(Set),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat { node: Box<Node>, least: usize, most: Option<usize> },
}

impl Node {
    const NOTHING: Self = Self::Sequence(Vec::new());

    /// The fewest characters that it takes.
    pub(super) fn least(&self) -> usize {
        match self {
            Self::Set(_) => 1,
            Self::Sequence(nodes) => nodes.iter().map(Self::least).sum(),
            Self::Choice(nodes) => nodes.iter().map(Self::least).min().unwrap_or_default(),
            Self::Repeat { node, least, .. } => node.least().saturating_mul(*least),
        }
    }
}

/// Groups within one another.
const DEPTH: usize = 32;

pub(super) struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// The tree of an expression; `None` for what is none, or is too deep.
    pub(super) fn parse(pattern: &'a str) -> Option<Node> {
        let mut parser = Self { rest: pattern.chars().peekable(), depth: 0 };
        let node = parser.choice()?;
        parser.rest.next().is_none().then_some(node)
    }

    fn takes(&mut self, letter: char) -> bool {
        self.rest.next_if_eq(&letter).is_some()
    }

    fn choice(&mut self) -> Option<Node> {
        let mut nodes = vec![self.sequence()?];
        while self.takes('|') {
            nodes.push(self.sequence()?);
        }
        Some(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Choice(nodes) })
    }

    fn sequence(&mut self) -> Option<Node> {
        let mut nodes = Vec::new();
        while let Some(letter) = self.rest.next_if(|letter| !matches!(letter, '|' | ')')) {
            let node = match letter {
                '^' | '$' => continue,
                '.' => Node::Set(Set::any()),
                '[' => Node::Set(self.brackets()?),
                '(' => self.group()?,
                '\\' => match self.escape()? {
                    Some(set) => Node::Set(set),
                    None => continue,
                },
                '*' | '+' | '?' => return None,
                letter => Node::Set(Set::one(letter)),
            };
            nodes.push(self.repeated(node));
        }
        Some(Node::Sequence(nodes))
    }

    /// A group. What only looks ahead or behind takes no characters.
    fn group(&mut self) -> Option<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut looks = false;
        if self.takes('?') {
            match self.rest.next()? {
                '=' | '!' => looks = true,
                '<' => match self.rest.peek()? {
                    '=' | '!' => looks = true,
                    _ => while self.rest.next()? != '>' {},
                },
                // Flags, as `(?i:…)` has them, end like the plain group.
                ':' => {}
                _ => while self.rest.next()? != ':' {},
            }
        }
        if looks {
            self.rest.next_if(|letter| matches!(letter, '=' | '!'));
        }
        let node = self.choice()?;
        self.depth -= 1;
        self.takes(')').then_some(if looks { Node::NOTHING } else { node })
    }

    fn repeated(&mut self, node: Node) -> Node {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return node,
            },
            _ => return node,
        };
        self.rest.next();
        self.takes('?');
        Node::Repeat { node: Box::new(node), least, most }
    }

    /// `{2}`, `{2,}`, `{2,4}` without the last brace; a brace that begins none of these stands for itself.
    fn counts(&mut self) -> Option<(usize, Option<usize>)> {
        let ahead: String = self.rest.clone().skip(1).take_while(|letter| *letter != '}').collect();
        let (least, most) = ahead.split_once(',').unwrap_or((&ahead, &ahead));
        let least = least.parse().ok()?;
        let most = if most.is_empty() { None } else { Some(most.parse().ok()?) };
        for _ in 0..=ahead.chars().count() {
            self.rest.next();
        }
        Some((least, most))
    }

    /// What follows a backslash. `None` in it for what takes no characters.
    #[expect(clippy::option_option, reason = "that there is nothing to write differs from an error")]
    fn escape(&mut self) -> Option<Option<Set>> {
        let letter = self.rest.next()?;
        if let Some(set) = Set::class(letter) {
            return Some(Some(set));
        }
        Some(match letter {
            'b' | 'B' | '1'..='9' => None,
            'k' => {
                while self.rest.next()? != '>' {}
                None
            }
            'p' | 'P' => Some(self.property(letter == 'P')?),
            letter => Some(Set::one(self.character(letter)?)),
        })
    }

    fn property(&mut self, is_negated: bool) -> Option<Set> {
        if !self.takes('{') {
            return None;
        }
        let name: String = self.rest.by_ref().take_while(|letter| *letter != '}').collect();
        Some(Set::property(&name, is_negated))
    }

    /// The character that an escape stands for.
    fn character(&mut self, letter: char) -> Option<char> {
        Some(match letter {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' => '\0',
            'x' => self.code(2)?,
            'u' if self.takes('{') => {
                let digits: String = self.rest.by_ref().take_while(|letter| *letter != '}').collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            'u' => self.code(4)?,
            letter => letter,
        })
    }

    fn code(&mut self, count: usize) -> Option<char> {
        let digits: String = self.rest.by_ref().take(count).collect();
        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
    }

    /// A class in brackets, after the first.
    fn brackets(&mut self) -> Option<Set> {
        let mut set = Set::default();
        let is_negated = self.takes('^');
        loop {
            let from = match self.rest.next()? {
                ']' => break,
                '\\' => match self.bracket_escape()? {
                    Ok(letter) => letter,
                    Err(class) => {
                        set.include(&class);
                        continue;
                    }
                },
                letter => letter,
            };
            let mut ahead = self.rest.clone();
            let to = match (ahead.next(), ahead.next()) {
                (Some('-'), Some(end)) if end != ']' => {
                    self.rest.next();
                    match self.rest.next()? {
                        '\\' => self.bracket_escape()?.unwrap_or(from),
                        letter => letter,
                    }
                }
                _ => from,
            };
            set.add(from, to);
        }
        if is_negated {
            set.negate();
        }
        Some(set)
    }

    /// A character, or a class.
    fn bracket_escape(&mut self) -> Option<Result<char, Set>> {
        let letter = self.rest.next()?;
        Some(match (Set::class(letter), letter) {
            (Some(class), _) => Err(class),
            (None, 'p' | 'P') => Err(self.property(letter == 'P')?),
            (None, 'b') => Ok('\u{8}'),
            (None, letter) => Ok(self.character(letter)?),
        })
    }
}
