//! The lengths of schemas, with what they refer to.

use std::collections::{HashMap, HashSet, VecDeque};

/// What references begin with, in a document and in a list.
const TABLE: &str = "\"#/components/schemas/";
const DEFINITIONS: &str = "\"#/$defs/";

/// As many bytes of definitions the arguments of a tool have at most, as in the runtime.
pub(super) const OF_ARGUMENTS: usize = 32 * 1024;

/// As many bytes of definitions the result of a tool has at most where there are so many tools, as in the runtime.
pub(super) fn of_result(tools: usize) -> usize {
    (512 * 1024 / tools.max(1)).clamp(512, 8 * 1024)
}

/// What a schema is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Arguments,
    /// Any value of a result may be null, and nothing is demanded.
    Result,
}

/// The length of a schema in a list.
pub(super) fn schema(text: &str, purpose: Purpose) -> usize {
    let references = text.matches(TABLE).count() * (TABLE.len() - DEFINITIONS.len());
    let nulls = match purpose {
        Purpose::Arguments => 0,
        // `["string","null"]` for `"string"`.
        Purpose::Result => text.matches("\"type\":\"").count() * 9,
    };
    (text.len() + nulls).saturating_sub(references)
}

/// The schemas of a table by name.
pub(super) struct Definitions<'a>(HashMap<&'a str, &'a str>);

impl<'a> Definitions<'a> {
    pub(super) fn new(table: &'a [(String, String)]) -> Self {
        Self(table.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect())
    }

    /// The text of what a schema refers to, where it is nothing but a reference.
    pub(super) fn target(&self, text: &'a str) -> &'a str {
        let named = text.strip_prefix("{\"$ref\":").filter(|rest| rest.matches('"').count() == 2);
        named.and_then(|_| self.0.get(references(text).next()?)).copied().unwrap_or(text)
    }

    /// The length of the definitions that a schema needs, up to a number of bytes and without those that were seen.
    pub(super) fn referred(
        &self,
        text: &'a str,
        purpose: Purpose,
        budget: usize,
        seen: &mut HashSet<&'a str>,
    ) -> usize {
        let mut open: VecDeque<&str> = references(text).collect();
        let (mut left, mut length) = (budget, 0);
        while let Some(name) = open.pop_front() {
            if !seen.insert(name) {
                continue;
            }
            let text = self.0.get(name).copied().unwrap_or("{}");
            length += name.len() + 4;
            match left.checked_sub(text.len()) {
                Some(rest) => {
                    left = rest;
                    length += schema(text, purpose);
                    open.extend(references(text));
                }
                None => length += 2,
            }
        }
        length
    }

    /// The length of the schema of a result.
    pub(super) fn result(&self, text: &'a str, budget: usize) -> usize {
        let root = self.target(text);
        schema(root, Purpose::Result) + self.referred(root, Purpose::Result, budget, &mut HashSet::new())
    }
}

/// The names that a schema refers to.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(TABLE).filter_map(|(start, _)| text.get(start + TABLE.len()..)?.split('"').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_referred_to_counts_once_and_up_to_the_budget() {
        let table = [
            ("A".to_owned(), r##"{"items":{"$ref":"#/components/schemas/B"},"type":"array"}"##.to_owned()),
            (
                "B".to_owned(),
                r##"{"anyOf":[{"$ref":"#/components/schemas/A"},{"$ref":"#/components/schemas/B"}]}"##.to_owned(),
            ),
        ];
        let definitions = Definitions::new(&table);
        let text = r##"{"$ref":"#/components/schemas/A"}"##;
        let [a, b] = table.each_ref().map(|(_, text)| schema(text, Purpose::Arguments));
        let length = |budget| definitions.referred(text, Purpose::Arguments, budget, &mut HashSet::new());
        assert_eq!((length(usize::MAX), length(table[0].1.len())), (a + b + 10, a + 2 + 10));
        assert_eq!(definitions.target(text), table[0].1);
        assert_eq!(schema(text, Purpose::Arguments), r##"{"$ref":"#/$defs/A"}"##.len());
        assert_eq!(schema(r#"{"type":"string"}"#, Purpose::Result), r#"{"type":["string","null"]}"#.len());
    }
}
