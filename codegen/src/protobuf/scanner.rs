//! The words of a `.proto` file.

use std::ops::Range;

use crate::fault::Fault;

/// A word, with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name, with dots where it has several parts.
    Name(String),
    /// A number, as it is written.
    Number(String),
    /// A text, without its quotation marks; escapes stay as they are.
    Text(String),
    /// A mark.
    Mark(char),
    End,
}

/// The words of a text. The last one is its end.
pub(super) fn scan(text: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(next) = text[position..].chars().next() {
        let start = position;
        let rest = &text[position..];
        if next.is_whitespace() || next == '\u{feff}' {
            position += next.len_utf8();
            continue;
        }
        if rest.starts_with("//") {
            position += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        if rest.starts_with("/*") {
            let length = rest[2..].find("*/").map(|end| end + 4);
            position += length.ok_or_else(|| Fault::new(start..start + 2, "the comment has no end"))?;
            continue;
        }
        let (kind, length) =
            token(rest, next).map_err(|message| Fault::new(start..start + next.len_utf8(), message))?;
        position += length;
        tokens.push(Token { kind, range: start..position });
    }
    tokens.push(Token { kind: TokenKind::End, range: text.len()..text.len() });
    Ok(tokens)
}

/// The word at the beginning of a text, and its length.
fn token(rest: &str, next: char) -> Result<(TokenKind, usize), &'static str> {
    let length_of = |belongs: fn(char) -> bool| rest.find(|other| !belongs(other)).unwrap_or(rest.len());
    if next.is_ascii_alphabetic() || next == '_' || next == '.' {
        let length = length_of(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '.'));
        let name = &rest[..length];
        let is_number = name.len() > 1 && name.starts_with('.') && name.as_bytes()[1].is_ascii_digit();
        let kind = if is_number { TokenKind::Number } else { TokenKind::Name };
        return Ok((kind(name.to_owned()), length));
    }
    if next.is_ascii_digit() {
        let length = length_of(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '.'));
        return Ok((TokenKind::Number(rest[..length].to_owned()), length));
    }
    if next == '"' || next == '\'' {
        let mut is_escaped = false;
        for (index, other) in rest.char_indices().skip(1) {
            match other {
                '\n' => break,
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                other if other == next => return Ok((TokenKind::Text(rest[1..index].to_owned()), index + 1)),
                _ => {}
            }
        }
        return Err("the text has no closing quotation mark");
    }
    if next.is_ascii_punctuation() {
        return Ok((TokenKind::Mark(next), 1));
    }
    Err("this character has no meaning in a `.proto` file")
}
