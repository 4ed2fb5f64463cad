//! Names as MCP and the hosts of its clients take them: `[A-Za-z0-9_-]{1,64}`, no two alike but for case.

use std::collections::HashSet;

/// The longest name.
const LONGEST: usize = 64;

/// Names that are given out, each once.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// Names of which some are given out already; empty ones are none.
    pub(super) fn taken<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Self(names.filter(|name| !name.is_empty()).map(str::to_ascii_lowercase).collect())
    }

    /// The name itself, or with a number where it is taken.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut candidate = cut(name, "");
        let mut number = 2_u32;
        while !self.0.insert(candidate.to_ascii_lowercase()) {
            candidate = cut(name, &format!("_{number}"));
            number += 1;
        }
        candidate
    }
}

/// A name with a suffix, which is kept whole.
fn cut(name: &str, suffix: &str) -> String {
    format!("{}{suffix}", &name[..name.len().min(LONGEST - suffix.len())])
}

/// A name of the document by the rule: `_` stands for what the rule does not allow.
pub(super) fn plain(name: &str, otherwise: &str) -> String {
    let mut plain = String::new();
    let mut left_out = false;
    for character in name.chars() {
        if !matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-') {
            left_out = true;
            continue;
        }
        if std::mem::take(&mut left_out) && !plain.is_empty() && !plain.ends_with('_') && character != '_' {
            plain.push('_');
        }
        plain.push(character);
    }
    if plain.is_empty() { otherwise.to_owned() } else { cut(&plain, "") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_what_the_rule_allows() {
        for (name, expected) in [
            ("list-backups", "list-backups"),
            ("_id", "_id"),
            ("issues/list", "issues_list"),
            ("page[size]", "page_size"),
            ("filter[]", "filter"),
            ("$top", "top"),
            ("product~neq", "product_neq"),
            ("GET /repos/{owner}", "GET_repos_owner"),
            ("\u{e9}\u{e8}", "other"),
            ("", "other"),
        ] {
            assert_eq!(plain(name, "other"), expected, "{name}");
        }
        assert_eq!(plain(&"x".repeat(100), "other").len(), 64);
    }

    #[test]
    fn no_two_names_are_alike() {
        let mut names = Names::default();
        assert_eq!(["a", "A", "a_2", "a"].map(|name| names.unique(name)), ["a", "A_2", "a_2_2", "a_3"]);
        let long = "x".repeat(70);
        assert_eq!((names.unique(&long).len(), names.unique(&long).len()), (64, 64));
        let mut names = Names::taken(["", "B"].into_iter());
        assert_eq!((names.unique("b"), names.unique("c")), ("b_2".to_owned(), "c".to_owned()));
    }
}
