//! Names in Rust from names on the wire, for capabilities and OpenAPI documents alike.

mod allocator;

use heck::{ToSnakeCase, ToUpperCamelCase};

pub(crate) use self::allocator::Allocator;
use crate::ascii::ascii;
use crate::ir::RustName;

/// What a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// A struct, an enum or an alias.
    Type,
    /// A variant of an enum.
    Variant,
    /// A field, an argument or a function.
    Value,
}

/// Names that people see are cut when they grow longer than this: names made of other names can grow without end.
const MAX_MADE: usize = 120;

/// The name as Rust writes names of its kind; neither unique nor free of keywords.
pub(crate) fn convert(wire: &str, kind: NameKind) -> String {
    let words = words(wire);
    let name = match kind {
        NameKind::Type | NameKind::Variant => words.to_upper_camel_case(),
        NameKind::Value => words.to_snake_case(),
    };
    let starts = name.chars().next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    match kind {
        _ if starts => name,
        NameKind::Type => format!("Type{name}"),
        NameKind::Variant => format!("Value{name}"),
        NameKind::Value => format!("value_{name}"),
    }
}

/// A name that was put together, cut where it is too long; what tells it from others is kept.
pub(crate) fn shorten(name: String) -> String {
    if name.len() <= MAX_MADE {
        return name;
    }
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let mut end = MAX_MADE;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}X{:08x}", &name[..end], hash >> 32)
}

/// The words of a name with `_` between them, in characters that identifiers may have.
fn words(wire: &str) -> String {
    let mut words = String::with_capacity(wire.len());
    let (sign, rest) = match wire.as_bytes() {
        [b'+', _, ..] => ("plus_", &wire[1..]),
        [b'-', _, ..] => ("minus_", &wire[1..]),
        _ => ("", wire),
    };
    for character in ascii(rest).chars() {
        if character.is_ascii_alphanumeric() || character == '_' {
            words.push(character);
        } else if character != '\'' {
            words.push('_');
        }
    }
    if words.chars().any(char::is_alphanumeric) {
        words.insert_str(0, sign);
        return words;
    }
    if wire.is_empty() {
        return "empty".to_owned();
    }
    wire.chars().map(symbol).collect::<Vec<_>>().join("_")
}

/// The word for a character of a name that has no letters and digits.
fn symbol(character: char) -> String {
    let word = match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '_' => "underscore",
        ' ' => "space",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' | '`' => "quote",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

/// The name of the only variant of an enum.
pub(crate) fn variant(wire: &str) -> RustName {
    Allocator::default().name(wire, NameKind::Variant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_identifiers() {
        for (wire, of_type, of_value) in [
            ("full_name", "FullName", "full_name"),
            ("HTTPServerURL", "HttpServerUrl", "http_server_url"),
            ("type", "Type", "type"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("-created", "MinusCreated", "minus_created"),
            ("2fa", "Type2fa", "value_2fa"),
            ("", "Empty", "empty"),
            ("*", "Star", "star"),
            ("$", "Dollar", "dollar"),
            ("<=", "LessEqual", "less_equal"),
            ("Wrapper`1<String>", "Wrapper1String", "wrapper_1_string"),
            ("größe", "Grosse", "grosse"),
            ("名前", "MingQian", "ming_qian"),
            ("m²", "M2", "m2"),
            ("😀", "Grinning", "grinning"),
            ("page[limit]", "PageLimit", "page_limit"),
            ("don't", "Dont", "dont"),
        ] {
            assert_eq!(convert(wire, NameKind::Type), of_type, "{wire}");
            assert_eq!(convert(wire, NameKind::Value), of_value, "{wire}");
            for kind in [NameKind::Type, NameKind::Variant, NameKind::Value] {
                let name = Allocator::default().name(wire, kind);
                assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{wire}: {name:?}");
            }
        }
    }

    #[test]
    fn long_names_are_kept_and_made_ones_cut() {
        let long = "x".repeat(300);
        assert_eq!(convert(&long, NameKind::Value), long);
        let (left, right) = (shorten(format!("{long}Left")), shorten(format!("{long}Right")));
        assert_ne!(left, right);
        assert!(left.len() < 140);
    }
}
