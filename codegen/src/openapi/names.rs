//! Names in Rust from names on the wire.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

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

/// Hands out names, each once.
#[derive(Debug, Default)]
pub(crate) struct Allocator {
    used: HashSet<String>,
    /// The next number to try for a name.
    next: HashMap<String, usize>,
}

impl Allocator {
    /// The name for a wire name. Who comes first gets it; later ones get a number.
    pub(crate) fn name(&mut self, wire: &str, kind: NameKind) -> RustName {
        self.unique(convert(wire, kind), kind)
    }

    /// A converted name, made unique.
    pub(crate) fn unique(&mut self, name: String, kind: NameKind) -> RustName {
        let name = escape(name);
        if self.used.insert(name.clone()) {
            return RustName::new(name);
        }
        let plain = name.strip_prefix("r#").unwrap_or(&name).to_owned();
        let is_value = kind == NameKind::Value || plain.ends_with(|last: char| last.is_ascii_digit());
        let separator = if is_value { "_" } else { "" };
        let next = self.next.entry(name).or_insert(2);
        loop {
            let candidate = format!("{plain}{separator}{next}");
            *next += 1;
            if self.used.insert(candidate.clone()) {
                return RustName::new(candidate);
            }
        }
    }

    /// Names for all wire names of a scope.
    ///
    /// A wire name that is written as its name in Rust has that name, whatever else there is; of the others the first one gets
    /// the name that it asks for. Numbers make no name that another one asks for.
    pub(super) fn names(&mut self, wires: &[&str], kind: NameKind) -> Vec<RustName> {
        let asked: Vec<String> = wires.iter().map(|wire| escape(convert(wire, kind))).collect();
        let mut names: Vec<Option<RustName>> = Vec::with_capacity(asked.len());
        for (wire, name) in wires.iter().zip(&asked) {
            let is_exact = name.strip_prefix("r#").unwrap_or(name) == *wire && self.used.insert(name.clone());
            names.push(is_exact.then(|| RustName::new(name.clone())));
        }
        for (name, asked) in names.iter_mut().zip(&asked) {
            if name.is_none() && self.used.insert(asked.clone()) {
                *name = Some(RustName::new(asked.clone()));
            }
        }
        // All plain names are taken now, so that numbers avoid them.
        names.into_iter().zip(asked).map(|(name, asked)| name.unwrap_or_else(|| self.unique(asked, kind))).collect()
    }

    /// Keeps a name from being handed out.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.used.insert(name.to_owned());
    }
}

/// The name of the only variant of an enum.
pub(crate) fn variant(wire: &str) -> RustName {
    Allocator::default().name(wire, NameKind::Variant)
}

/// The name, raw where it is a keyword, and with `_` where it cannot be raw.
fn escape(name: String) -> String {
    if matches!(&*name, "self" | "Self" | "super" | "crate" | "_") {
        return format!("{name}_");
    }
    if is_keyword(&name) { format!("r#{name}") } else { name }
}

/// The keywords of all editions, reserved ones included.
fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "static"
            | "struct"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
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
    fn names_are_unique_and_no_keywords() {
        let mut names = Allocator::default();
        let allocated: Vec<String> = ["type", "Type", "self", "type_2", "TYPE", "a1", "A1"]
            .iter()
            .map(|wire| names.name(wire, NameKind::Value).as_str().to_owned())
            .collect();
        assert_eq!(allocated, ["r#type", "type_2", "self_", "type_2_2", "type_3", "a1", "a1_2"]);
        assert_eq!(Allocator::default().name("self", NameKind::Variant).as_str(), "Self_");
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
