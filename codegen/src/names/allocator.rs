//! Names of a scope, each once.

use std::collections::{HashMap, HashSet};

use super::{NameKind, convert, shorten};
use crate::ir::RustName;

/// The keywords of all editions that have a raw form, reserved ones included.
const RAW_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that have none.
const OTHER_KEYWORDS: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Hands out names, each once.
///
/// Who comes first keeps the plain name: adding something to the end of a file renames nothing.
#[derive(Debug, Default)]
pub(crate) struct Allocator {
    /// The names that are taken, without the `r#` of keywords.
    taken: HashSet<String>,
    /// The next number to try for a name.
    next: HashMap<String, usize>,
}

impl Allocator {
    /// An allocator that keeps some names to itself.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| (*name).to_owned()).collect(), next: HashMap::new() }
    }

    /// The name for a wire name. Who comes first gets it; later ones get a number.
    pub(crate) fn name(&mut self, wire: &str, kind: NameKind) -> RustName {
        self.unique(asked(wire, kind))
    }

    /// A converted name, or else `alternative`, or else that with a number.
    pub(crate) fn either(&mut self, name: String, alternative: String) -> RustName {
        self.claim(&usable(name)).unwrap_or_else(|| self.unique(alternative))
    }

    /// A converted name, made unique.
    pub(crate) fn unique(&mut self, name: String) -> RustName {
        let name = usable(name);
        if let Some(name) = self.claim(&name) {
            return name;
        }
        let is_type = name.starts_with(char::is_uppercase) && !name.ends_with(|last: char| last.is_ascii_digit());
        let separator = if is_type { "" } else { "_" };
        let mut number = self.next.get(&name).copied().unwrap_or(2);
        loop {
            let numbered = self.claim(&format!("{name}{separator}{number}"));
            number += 1;
            if let Some(numbered) = numbered {
                self.next.insert(name, number);
                return numbered;
            }
        }
    }

    /// Names for all wire names of a scope.
    ///
    /// A wire name that is written as its name in Rust has that name, whatever else there is; of the others the first one gets
    /// the name that it asks for. Numbers make no name that another one asks for.
    pub(crate) fn names(&mut self, wires: &[&str], kind: NameKind) -> Vec<RustName> {
        let asked: Vec<String> = wires.iter().map(|wire| usable(asked(wire, kind))).collect();
        let exact = wires.iter().zip(&asked).map(|(wire, asked)| (asked == wire).then(|| self.claim(asked)).flatten());
        let mut names: Vec<Option<RustName>> = exact.collect();
        for (name, asked) in names.iter_mut().zip(&asked) {
            if name.is_none() {
                *name = self.claim(asked);
            }
        }
        // All plain names are taken now, so that numbers avoid them.
        names.into_iter().zip(asked).map(|(name, asked)| name.unwrap_or_else(|| self.unique(asked))).collect()
    }

    /// The name as it is, unless it is taken.
    fn claim(&mut self, name: &str) -> Option<RustName> {
        self.taken.insert(name.to_owned()).then(|| RustName::new(raw(name)))
    }
}

/// The name that a wire name asks for. rustdoc names files after types, and file systems limit the names of files.
fn asked(wire: &str, kind: NameKind) -> String {
    let name = convert(wire, kind);
    match kind {
        NameKind::Type => shorten(name),
        NameKind::Variant | NameKind::Value => name,
    }
}

/// The name, with `_` where it is a keyword that cannot be raw.
fn usable(name: String) -> String {
    if OTHER_KEYWORDS.contains(&&*name) { name + "_" } else { name }
}

/// The name, with `r#` where it is a keyword.
fn raw(name: &str) -> String {
    if RAW_KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn alternatives_come_before_numbers() {
        let mut names = Allocator::reserving(&["new"]);
        let either = |name: &str| names.either(name.to_owned(), format!("api_{name}")).as_str().to_owned();
        let given = ["list", "list", "list", "type", "new"].map(either);
        assert_eq!(given, ["list", "api_list", "api_list_2", "r#type", "api_new"]);
    }

    #[test]
    fn names_of_types_are_short_enough_for_files() {
        let wires = ["A".repeat(300), "A".repeat(301), "A".repeat(300)];
        let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
        let names = Allocator::default().names(&wires, NameKind::Type);
        let names: std::collections::HashSet<&str> = names.iter().map(RustName::as_str).collect();
        assert!(names.len() == 3 && names.iter().all(|name| name.len() < 140), "{names:?}");
    }

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for keyword in RAW_KEYWORDS.iter().chain(OTHER_KEYWORDS) {
            for kind in [NameKind::Type, NameKind::Variant, NameKind::Value] {
                let name = Allocator::default().name(keyword, kind);
                assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{keyword}");
            }
        }
    }
}
