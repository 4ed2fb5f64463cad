//! The text of tokens, taken apart.

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    pub(super) kind: Kind,
}

/// What a token is, as far as its surroundings depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a literal, or a keyword that stands for a value.
    Operand,
    /// Another keyword.
    Keyword,
    /// A lifetime.
    Lifetime,
    /// `(`, `[` or `{`; `<` where it begins generic arguments.
    Open,
    /// The counterpart.
    Close,
    /// Everything else.
    Operator,
}

/// Keywords after which an operand begins.
const KEYWORDS: [&str; 30] = [
    "as", "async", "break", "const", "dyn", "else", "enum", "extern", "fn", "for", "if", "impl", "in", "let", "loop",
    "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait", "type", "unsafe", "use",
    "where", "while",
];

/// Operators of several characters; the longer ones first. `>>` and `<<` are none, since they also end and begin generics.
const OPERATORS: [&str; 20] = [
    "..=", "...", "::", "->", "=>", "..", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "^=", "|=",
    "&=",
];

/// The tokens of a text that `TokenStream` has written.
pub(super) fn lex(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (length, kind) = next(rest);
        let (token, tail) = rest.split_at(length);
        tokens.push(Token { text: token, kind });
        rest = tail.trim_start();
    }
    tokens
}

/// The length and the kind of the first token.
fn next(text: &str) -> (usize, Kind) {
    let bytes = text.as_bytes();
    match bytes[0] {
        b'(' | b'[' | b'{' => (1, Kind::Open),
        b')' | b']' | b'}' => (1, Kind::Close),
        b'"' => (string(bytes, 0), Kind::Operand),
        b'\'' => quote(text),
        b'0'..=b'9' => (number(bytes), Kind::Operand),
        first if first == b'_' || first.is_ascii_alphabetic() || !first.is_ascii() => word(text),
        _ => {
            let operator = OPERATORS.iter().find(|operator| text.starts_with(**operator));
            (operator.map_or(1, |operator| operator.len()), Kind::Operator)
        }
    }
}

/// The end of a string that begins at `start`.
fn string(bytes: &[u8], start: usize) -> usize {
    let mut end = start + 1;
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'"' => return end + 1,
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// A character or a lifetime.
fn quote(text: &str) -> (usize, Kind) {
    let mut characters = text.char_indices().skip(1);
    let first = characters.next().map(|(_, character)| character);
    let second = characters.next();
    if first == Some('\\') {
        // What is escaped may itself be a quotation mark.
        let escaped = characters.next().map_or(text.len(), |(start, _)| start);
        let end = text[escaped..].find('\'').map_or(text.len(), |end| escaped + end + 1);
        return (end, Kind::Operand);
    }
    if let Some((end, '\'')) = second {
        return (end + 1, Kind::Operand);
    }
    (1 + name(&text[1..]), Kind::Lifetime)
}

fn number(bytes: &[u8]) -> usize {
    let is_decimal = !matches!(bytes, [b'0', b'x' | b'o' | b'b', ..]);
    let mut end = 1;
    while let Some(byte) = bytes.get(end) {
        let continues = match byte {
            b'.' => is_decimal && bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
            b'-' | b'+' => is_decimal && matches!(bytes[end - 1], b'e' | b'E'),
            byte => *byte == b'_' || byte.is_ascii_alphanumeric(),
        };
        if !continues {
            break;
        }
        end += 1;
    }
    end
}

/// A name, a keyword, or a literal that begins with a letter.
fn word(text: &str) -> (usize, Kind) {
    let length = name(text);
    let bytes = text.as_bytes();
    match (&text[..length], bytes.get(length)) {
        ("b" | "c", Some(b'"')) => (string(bytes, length), Kind::Operand),
        ("b", Some(b'\'')) => (length + quote(&text[length..]).0, Kind::Operand),
        ("r" | "br" | "cr", Some(b'"' | b'#')) => (raw(text, length), Kind::Operand),
        (word, _) if KEYWORDS.contains(&word) => (length, Kind::Keyword),
        _ => (length, Kind::Operand),
    }
}

/// The end of a raw string or a raw name; `start` is behind its prefix.
fn raw(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    if !rest[hashes..].starts_with('"') {
        return start + hashes + name(&rest[hashes..]);
    }
    let end = format!("\"{}", &rest[..hashes]);
    let content = start + hashes + 1;
    text[content..].find(&end).map_or(text.len(), |found| content + found + end.len())
}

/// The length of the name that the text begins with.
fn name(text: &str) -> usize {
    text.find(|character: char| !(character.is_alphanumeric() || character == '_' || !character.is_ascii()))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_taken_apart() {
        let text =
            r##"r#type r"a\" br#"""# 'a' '\'' '\u{7f}' 'static b'x' b"\"" 0..1 1.5e-3 0xe-1 x.0.1 _ => ..= a<<b"##;
        let tokens = lex(text);
        let tokens = tokens.iter().map(|token| token.text).collect::<Vec<_>>();
        let expected = [
            "r#type",
            "r\"a\\\"",
            "br#\"\"\"#",
            "'a'",
            "'\\''",
            "'\\u{7f}'",
            "'static",
            "b'x'",
            "b\"\\\"\"",
            "0",
            "..",
            "1",
            "1.5e-3",
            "0xe",
            "-",
            "1",
            "x",
            ".",
            "0.1",
            "_",
            "=>",
            "..=",
            "a",
            "<",
            "<",
            "b",
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn names_of_any_script_are_one_token() {
        let tokens = lex("größe 名前 \"ü\\\\\" 'é'");
        assert_eq!(tokens.iter().map(|token| token.text).collect::<Vec<_>>(), ["größe", "名前", "\"ü\\\\\"", "'é'"]);
    }

    #[test]
    fn text_that_ends_too_early_is_harmless() {
        for text in ["\"a", "\"\\", "'\\", "'", "r#\"", "b'", "r#", "1e"] {
            assert!(!lex(text).is_empty(), "{text}");
        }
    }
}
