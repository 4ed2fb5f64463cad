//! How long JSON is, part by part, and how short it can become.

use serde_json::Value;

use crate::mcp::length::json_bytes as bytes;

/// What may be shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// Arrays.
    Arrays,
    /// Arrays, long texts, and objects of many members, which are mostly maps.
    All,
}

/// Objects of no more members than these are records: members are not taken from them.
pub(super) const RECORD: usize = 16;

/// As many bytes of a text are kept at least.
pub(super) const SHORTEST_TEXT: usize = 128;

/// What ends a text that is cut.
pub(super) const ELLIPSIS: char = '…';

/// The size of a value as JSON without blanks, in bytes.
pub(super) struct Measure {
    pub(super) bytes: usize,
    /// What the value cannot be made shorter than.
    pub(super) least: usize,
    /// Of the elements or members, in their order.
    pub(super) parts: Vec<Measure>,
}

impl Measure {
    pub(super) fn of(value: &Value, means: Means) -> Self {
        match value {
            Value::Array(items) => {
                let parts: Vec<Self> = items.iter().map(|item| Self::of(item, means)).collect();
                let bytes = frame(parts.len()) + parts.iter().map(|part| part.bytes).sum::<usize>();
                // One element stays, to show what the others are like.
                let least = frame(1) + parts.first().map_or(0, |first| first.least);
                Self { bytes, least: least.min(bytes), parts }
            }
            Value::Object(members) => {
                let parts: Vec<Self> = members.values().map(|member| Self::of(member, means)).collect();
                let names: usize = members.keys().map(|name| name_bytes(name)).sum();
                let bytes = frame(parts.len()) + names + parts.iter().map(|part| part.bytes).sum::<usize>();
                let least = match (members.keys().next(), parts.first()) {
                    (Some(name), Some(first)) if means == Means::All && parts.len() > RECORD => {
                        frame(1) + name_bytes(name) + first.least
                    }
                    _ => frame(parts.len()) + names + parts.iter().map(|part| part.least).sum::<usize>(),
                };
                Self { bytes, least, parts }
            }
            Value::String(_) if means == Means::All => {
                let bytes = bytes(value);
                Self { bytes, least: bytes.min(SHORTEST_TEXT), parts: Vec::new() }
            }
            value => {
                let bytes = bytes(value);
                Self { bytes, least: bytes, parts: Vec::new() }
            }
        }
    }
}

/// Brackets and commas.
pub(super) const fn frame(parts: usize) -> usize {
    if parts == 0 { 2 } else { 1 + parts }
}

/// A member's name with its quotes and colon.
pub(super) fn name_bytes(name: &str) -> usize {
    name.chars().map(character).sum::<usize>() + 3
}

/// A character of a text.
pub(super) const fn character(character: char) -> usize {
    match character {
        '"' | '\\' | '\u{8}' | '\t' | '\n' | '\u{c}' | '\r' => 2,
        '\0'..='\u{1f}' => 6,
        character => character.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lengths_are_those_of_the_text() {
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([1, -2.5, true, "a\"\\\n\u{1}é"]),
            json!({"a": [], "b\t\"": {"c": [[1], [2, 3]]}, "ü": 1e300}),
        ] {
            let measure = Measure::of(&value, Means::Arrays);
            assert_eq!(measure.bytes, value.to_string().len(), "{value}");
        }
    }

    #[test]
    fn an_element_stays() {
        let value = json!({"data": [[1, 2, 3], [4], [5]], "total": 3});
        assert_eq!(Measure::of(&value, Means::Arrays).least, r#"{"data":[[1]],"total":3}"#.len());
    }
}
