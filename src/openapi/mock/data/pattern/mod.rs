//! Texts that match a regular expression of ECMA-262.
//!
//! What an expression looks for before or behind its place is not followed: whether a text matches is asked of the engine
//! that checks requests, and another text is tried where it does not.

mod parse;
mod set;

use parse::{Node, Parser};

use super::seed::Seed;

/// How often something is repeated that may be repeated without end.
const REPEATED: usize = 200;

/// Whether `pattern` matches somewhere in `text`; without the feature `patterns` nothing is known against it.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    crate::types::validate::matches_pattern(pattern, text)
}

/// A text that probably matches, of `wanted` characters if the expression allows as many.
pub(super) fn sample(pattern: &str, seed: Seed, wanted: usize) -> Option<String> {
    let node = Parser::parse(pattern)?;
    let mut writer = Writer { seed, written: 0, missing: wanted.saturating_sub(node.least()), text: String::new() };
    writer.write(&node);
    Some(writer.text)
}

struct Writer {
    seed: Seed,
    written: usize,
    /// Characters beyond the fewest.
    missing: usize,
    text: String,
}

impl Writer {
    fn next(&mut self) -> Seed {
        self.written += 1;
        self.seed.item(self.written)
    }

    fn write(&mut self, node: &Node) {
        match node {
            Node::Set(set) => {
                let seed = self.next();
                self.text.extend(set.choose(seed));
            }
            Node::Sequence(nodes) => nodes.iter().for_each(|node| self.write(node)),
            Node::Choice(nodes) => {
                let index = usize::try_from(self.next().below(nodes.len() as u64)).unwrap_or_default();
                if let Some(node) = nodes.get(index) {
                    self.write(node);
                }
            }
            Node::Repeat { node, least, most } => {
                // Once reads better than not at all, but what is optional is mostly a special case.
                let usual = if *most == Some(1) { *least } else { (*least).max(1) };
                for _ in 0..usual.min(REPEATED) {
                    self.write(node);
                }
                self.repeat(node, most.unwrap_or(usize::MAX).saturating_sub(usual));
            }
        }
    }

    /// Writes more of what may be repeated, as long as characters are missing.
    fn repeat(&mut self, node: &Node, most: usize) {
        for _ in 0..most {
            let before = self.text.chars().count();
            if self.missing == 0 {
                break;
            }
            self.write(node);
            let written = self.text.chars().count() - before;
            if written == 0 {
                break;
            }
            self.missing = self.missing.saturating_sub(written);
        }
    }
}

#[cfg(all(test, feature = "patterns"))]
mod tests {
    use super::*;

    #[test]
    fn texts_match_the_expressions_of_usual_documents() {
        for pattern in [
            "^[a-z]+$",
            "^[A-Z]{3}-\\d{4}$",
            r"^(?!-)[a-z0-9-]{1,63}(?<!-)$",
            r"^\+?[1-9]\d{1,14}$",
            r"^(red|green|blue)(-\d+)?$",
            r"^#(?:[0-9a-fA-F]{3}){1,2}$",
            r"^[^/\s]+/[^/\s]+$",
            r"^\p{L}[\p{L}\p{N}_]*$",
            r"^v?(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)$",
            r"^[\w.+-]+@[\w-]+\.[\w.]+$",
            r"^arn:aws:[a-z]+:[a-z0-9-]*:\d{12}:.*$",
            r"^\u0041\x42\/\.$",
            "",
            "abc",
            r"^(a)\1$",
            "^[\\s\\S]*$",
            r"^[\d]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        ] {
            let found = (0..8).find(|tried| {
                let text = sample(pattern, Seed::new("x").item(*tried), 0);
                text.is_some_and(|text| matches(pattern, &text))
            });
            assert!(found.is_some() || pattern.contains('\\') && pattern.ends_with("\\1$"), "{pattern}");
        }
    }

    #[test]
    fn texts_get_as_long_as_they_should() {
        let text = sample("^[a-z]{2,}-[0-9]+$", Seed::new("x"), 20).unwrap();
        assert!(matches("^[a-z]{2,}-[0-9]+$", &text) && text.len() == 20, "{text}");
        assert_eq!(sample("^a{3}$", Seed::new("x"), 20).as_deref(), Some("aaa"));
    }

    #[test]
    fn what_is_no_expression_gives_nothing() {
        for pattern in ["(", "[a", "a{2,1", "*", "(?"] {
            let _ = sample(pattern, Seed::new("x"), 5);
        }
        assert_eq!(sample("(", Seed::new("x"), 0), None);
    }
}
