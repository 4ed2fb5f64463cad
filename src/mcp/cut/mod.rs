//! Results that are too large for an agent, cut where they stay readable, with a note that says what is missing.

mod advice;
mod fit;
mod measure;

use rmcp::model::{CallToolResult, ContentBlock, MetaObject, Tool as ListedTool};
use serde_json::{Value, json};

use self::fit::{Cut, fit};
use self::measure::{Means, Measure};

/// The member of `_meta` that tells clients what is missing.
const META: &str = "capsmith/cut";

/// As many places of a value are named.
const TOLD: usize = 8;

/// Shortens the JSON and the texts of a result to `most` bytes together. `fields` is the argument of the tool that chooses
/// fields. Errors are short as they are, and what is no text has no border to be cut at.
pub(super) fn cut(result: &mut CallToolResult, most: usize, tool: &ListedTool, fields: Option<&str>) {
    if result.is_error == Some(true) || texts(result) <= most {
        return;
    }
    let mut told = Told::default();
    let mut left = most;
    if let Some(value) = &mut result.structured_content {
        let json = result.content.iter().position(|block| is_json_of(block, value));
        told.cuts = shorten(value, left);
        let text = value.to_string();
        // A handler may have set another content.
        if let Some(place) = json.and_then(|json| result.content.get_mut(json)) {
            left = left.saturating_sub(text.len());
            *place = ContentBlock::text(text);
        }
        for block in result.content.iter_mut().skip(json.map_or(0, |json| json + 1)) {
            told.text(block, &mut left);
        }
    } else {
        for block in &mut result.content {
            told.text(block, &mut left);
        }
    }
    if told.is_empty() {
        return;
    }
    let note = format!("Cut to what fits: {}. {}", told.shown(), advice::advice(tool, fields));
    result.content.push(ContentBlock::text(note));
    result.meta.get_or_insert_with(MetaObject::default).insert(META.to_owned(), told.meta());
}

/// How many bytes of text there are.
fn texts(result: &CallToolResult) -> usize {
    result.content.iter().filter_map(ContentBlock::as_text).map(|text| text.text.len()).sum()
}

/// Whether a content is the text of a value.
fn is_json_of(block: &ContentBlock, value: &Value) -> bool {
    block.as_text().is_some_and(|text| serde_json::from_str::<Value>(&text.text).is_ok_and(|read| read == *value))
}

/// Shortens a value: its arrays, or whatever is long in it where that is not enough.
fn shorten(value: &mut Value, most: usize) -> Vec<Cut> {
    let arrays = Measure::of(value, Means::Arrays);
    if arrays.bytes <= most {
        return Vec::new();
    }
    if arrays.least <= most {
        return fit(value, &arrays, most, Means::Arrays);
    }
    let all = Measure::of(value, Means::All);
    fit(value, &all, most, Means::All)
}

/// What was taken away.
#[derive(Default)]
struct Told {
    cuts: Vec<Cut>,
    /// Of texts: how many bytes are shown, and of how many.
    texts: Vec<(usize, usize)>,
}

impl Told {
    fn is_empty(&self) -> bool {
        self.cuts.is_empty() && self.texts.is_empty()
    }

    /// Cuts a text to what is left, after a line where one ends in its second half.
    fn text(&mut self, block: &mut ContentBlock, left: &mut usize) {
        let ContentBlock::Text(content) = block else { return };
        let length = content.text.len();
        if length > *left {
            let mut end = *left;
            while !content.text.is_char_boundary(end) {
                end -= 1;
            }
            let line = content.text.get(..end).and_then(|text| text.rfind('\n')).map(|line| line + 1);
            end = line.filter(|line| *line >= end / 2).unwrap_or(end);
            content.text.truncate(end);
            self.texts.push((end, length));
        }
        *left = left.saturating_sub(content.text.len());
    }

    fn shown(&self) -> String {
        let places = self.cuts.iter().map(|cut| {
            let Cut { path, kind, shown, of } = cut;
            let place = if path.is_empty() { "the result".to_owned() } else { format!("`{path}`") };
            format!("{place} has {shown} of {of} {}", kind.name())
        });
        let texts = self.texts.iter().map(|(shown, of)| format!("the text has {shown} of {of} bytes"));
        let mut parts: Vec<String> = places.chain(texts).take(TOLD).collect();
        let further = (self.cuts.len() + self.texts.len()).saturating_sub(parts.len());
        if further > 0 {
            parts.push(format!("and so on in {further} more places"));
        }
        parts.join(", ")
    }

    fn meta(&self) -> Value {
        let places = self
            .cuts
            .iter()
            .map(|Cut { path, kind, shown, of }| json!({"path": path, "kind": kind.name(), "shown": shown, "of": of}));
        let texts = self.texts.iter().map(|(shown, of)| json!({"kind": "bytes", "shown": shown, "of": of}));
        places.chain(texts).take(TOLD).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rmcp::model::{JsonObject, ToolAnnotations};

    use super::*;

    fn tool(properties: &Value, read_only: bool) -> ListedTool {
        let schema = json!({"type": "object", "properties": properties, "required": ["owner"]});
        let schema: JsonObject = serde_json::from_value(schema).unwrap();
        let hints = ToolAnnotations::from_raw(None, Some(read_only), None, None, None);
        ListedTool::new("list", "", Arc::new(schema)).with_annotations(hints)
    }

    fn text(result: &CallToolResult, index: usize) -> &str {
        &result.content[index].as_text().unwrap().text
    }

    fn structured(value: Value) -> CallToolResult {
        let mut result = CallToolResult::success(vec![ContentBlock::text(format!("{value:#}"))]);
        result.structured_content = Some(value);
        result
    }

    #[test]
    fn json_stays_json_and_the_note_says_what_is_missing_and_what_narrows_it() {
        let rows: Vec<Value> = (0..100).map(|id| json!({"id": id, "name": "x".repeat(20)})).collect();
        let mut result = structured(json!({"data": rows, "total": 100}));
        let properties = json!({"owner": {}, "per_page": {}, "page": {}, "state": {"enum": ["open"]}});
        cut(&mut result, 1000, &tool(&properties, true), Some("fields"));
        let value: Value = serde_json::from_str(text(&result, 0)).unwrap();
        assert_eq!(Some(&value), result.structured_content.as_ref());
        assert_eq!(value["total"], 100);
        let shown = value["data"].as_array().unwrap().len();
        assert!(shown > 10 && text(&result, 0).len() <= 1000, "{shown}");
        let expected = format!(
            "Cut to what fits: `data` has {shown} of 100 elements. Call again with `page` for the rest, with fewer at once by \
             `per_page`, with fewer fields of each by `fields`, or filter by `state`."
        );
        assert_eq!(text(&result, 1), expected);
        assert_eq!(result.meta.unwrap()[META][0]["of"], 100);
    }

    #[test]
    fn json_that_only_its_blanks_make_too_large_loses_those() {
        let value = json!({"data": [1, 2, 3]});
        let mut result = structured(value.clone());
        cut(&mut result, value.to_string().len(), &tool(&json!({}), true), None);
        assert_eq!((text(&result, 0), result.content.len()), (value.to_string().as_str(), 1));
    }

    #[test]
    fn texts_end_with_a_line_or_else_with_a_character() {
        for (given, expected) in [
            ("aaaa\nbbbb\ncccc\n", "aaaa\nbbbb\n"),
            ("ééééééééééé", "éééééé"),
            ("a\nbbbbbbbbbbbbbbb", "a\nbbbbbbbbbbb"),
        ] {
            let mut result = CallToolResult::success(vec![ContentBlock::text(given)]);
            cut(&mut result, 13, &tool(&json!({}), true), None);
            assert_eq!(text(&result, 0), expected);
            let note = format!("the text has {} of {} bytes", expected.len(), given.len());
            assert!(text(&result, 1).contains(&note), "{}", text(&result, 1));
        }
    }

    #[test]
    fn a_call_that_changed_something_is_not_to_be_repeated() {
        let mut result = structured(json!({"data": vec![1; 100]}));
        cut(&mut result, 50, &tool(&json!({"page": {}}), false), Some("fields"));
        assert!(text(&result, 1).ends_with("The call was made; do not repeat it for the rest of its answer."));
    }

    #[test]
    fn what_fits_and_errors_stay_as_they_are() {
        let mut small = structured(json!({"a": 1}));
        cut(&mut small, 100, &tool(&json!({}), true), None);
        assert_eq!(text(&small, 0), "{\n  \"a\": 1\n}");
        let mut error = CallToolResult::error(vec![ContentBlock::text("x".repeat(500))]);
        cut(&mut error, 100, &tool(&json!({}), true), None);
        assert_eq!((text(&error, 0).len(), error.content.len()), (500, 1));
    }
}
