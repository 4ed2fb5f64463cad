//! Copies of what paths select.

use serde_json::Value;

use super::JsonPath;
use super::query::children;
use super::steps::{QueryError, Steps};

/// What a value costs besides its text.
const VALUE: usize = 16;

impl JsonPath {
    /// The nodes that the path selects, copied.
    pub(crate) fn copies(&self, document: &Value) -> Result<Vec<Value>, QueryError> {
        let nodes = self.query(document)?;
        check_copies(&nodes)?;
        Ok(nodes.into_iter().cloned().collect())
    }
}

/// Checks that nodes can be copied. They may hold one another, and each is copied with all that it holds: of a document that is
/// nested deep enough, descendants are a hundred times as much.
pub(crate) fn check_copies(nodes: &[&Value]) -> Result<(), QueryError> {
    let mut steps = Steps::new();
    let mut waiting = nodes.to_vec();
    while let Some(node) = waiting.pop() {
        let text = match node {
            Value::String(text) => text.len(),
            Value::Object(members) => members.keys().map(String::len).sum(),
            _ => 0,
        };
        steps.take(VALUE + text)?;
        waiting.extend(children(node));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jsonpath::{Segment, Selector};

    #[test]
    fn nodes_within_one_another_are_not_copied_without_end() {
        const ALL: JsonPath = JsonPath { segments: &[Segment::Descendant(&[Selector::Name("a")])] };
        let nested = |length: usize| (0..100).fold(json!("x".repeat(length)), |inner, _| json!({ "a": inner }));
        assert_eq!(ALL.copies(&nested(1_000)).unwrap().len(), 100);
        assert_eq!(ALL.copies(&nested(1_000_000)), Err(QueryError::TooManySteps));
    }
}
