//! The argument with which an agent chooses the fields of a large answer.

mod paths;

use std::collections::HashMap;
use std::sync::Arc;

use rmcp::model::{CallToolResult, ContentBlock, Tool as ListedTool};
use serde_json::{Map, Value, json};

use self::paths::Answer;
use crate::arguments::ArgumentError;
use crate::types::validate::MOST_FAULTS;

/// As many fields can be chosen at once.
const MOST: usize = 200;

/// The name of the argument; what else it is called where the tool has one of that name.
const NAMES: [&str; 3] = ["fields", "answer_fields", "capsmith_fields"];

/// Adds the argument to a tool whose answer has at least so many fields; its name. A tool with arguments of all names that it could
/// have stays without.
pub(super) fn offer(tool: &mut ListedTool, least: usize) -> Option<&'static str> {
    let paths = Answer::new(tool.output_schema.as_ref()?).paths(least);
    if paths.len() < least {
        return None;
    }
    let properties = tool.input_schema.get("properties")?.as_object()?;
    let is_free = |name: &&&str| properties.keys().all(|own| !own.eq_ignore_ascii_case(name));
    let name = *NAMES.iter().find(is_free)?;
    let examples: Vec<String> = examples(&paths).map(|path| format!("`{path}`")).collect();
    let description = format!("Fields of the answer to keep, such as {}; all without it.", examples.join(" and "));
    let mut input = (*tool.input_schema).clone();
    if let Some(Value::Object(properties)) = input.get_mut("properties") {
        let argument = json!({"type": "array", "items": {"type": "string"}, "description": description});
        properties.insert(name.to_owned(), argument);
    }
    tool.input_schema = Arc::new(input);
    Some(name)
}

/// Two fields that show what paths are: the deepest of the first ones.
fn examples(paths: &[String]) -> impl Iterator<Item = &String> {
    let depth = |path: &String| path.matches('.').count();
    let deepest = paths.iter().take(8).map(depth).max().unwrap_or_default();
    paths.iter().filter(move |path| depth(path) == deepest).take(2)
}

/// The fields that were chosen, at one level of the answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    members: HashMap<String, Selection>,
    /// Whether all that is below is meant.
    is_whole: bool,
}

/// Takes the argument `name` out of those of a call. `None`: all fields are wanted.
pub(super) fn read(
    tool: &ListedTool,
    name: &'static str,
    given: &mut Map<String, Value>,
) -> Result<Option<Selection>, Vec<ArgumentError>> {
    let error = |detail: String| ArgumentError::new(name, None, detail);
    let items = match given.shift_remove(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(items)) if items.is_empty() => return Ok(None),
        Some(Value::Array(items)) if items.len() > MOST => {
            return Err(vec![error(format!("must have at most {MOST} items, not {}", items.len()))]);
        }
        Some(Value::Array(items)) => items,
        Some(Value::String(text)) => {
            let names: Vec<&str> = text.split(',').map(str::trim).take(MOST).collect();
            return Err(vec![error(format!("must be an array, not text; send {}", json!(names)))]);
        }
        Some(_) => return Err(vec![error("must be an array of texts".to_owned())]),
    };
    let Some(schema) = &tool.output_schema else { return Ok(None) };
    let answer = Answer::new(schema);
    let (mut selection, mut errors) = (Selection::default(), Vec::new());
    for item in &items {
        if errors.len() == MOST_FAULTS {
            break;
        }
        match item.as_str().map(|path| answer.read(path)) {
            Some(Ok(names)) => selection.add(names),
            Some(Err(detail)) => errors.push(error(format!("does not fit: {detail}"))),
            None => errors.push(error(format!("must have texts as its items, not {}", told(item)))),
        }
    }
    if errors.is_empty() { Ok(Some(selection)) } else { Err(errors) }
}

/// What a value is that should be a text.
fn told(item: &Value) -> String {
    match item {
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    }
}

impl Selection {
    fn add(&mut self, names: Vec<String>) {
        let mut level = self;
        for name in names {
            level = level.members.entry(name).or_default();
        }
        level.is_whole = true;
    }

    /// Leaves only what was chosen of a result that is JSON.
    pub(super) fn apply(&self, result: &mut CallToolResult) {
        if result.is_error == Some(true) {
            return;
        }
        let Some(value) = &mut result.structured_content else { return };
        let names: Vec<String> = value.as_object().into_iter().flat_map(Map::keys).cloned().collect();
        self.select(value);
        result.content = vec![ContentBlock::text(value.to_string())];
        if value.as_object().is_some_and(Map::is_empty) && !names.is_empty() {
            let has = crate::near::list(names.iter().map(String::as_str));
            let note = format!("This answer has none of the chosen fields; at its top it has {has}.");
            result.content.push(ContentBlock::text(note));
        }
    }

    fn select(&self, value: &mut Value) {
        if self.is_whole {
            return;
        }
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.select(item)),
            Value::Object(members) => members.retain(|name, member| match self.members.get(name) {
                Some(selection) => {
                    selection.select(member);
                    true
                }
                None => false,
            }),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(own: &str) -> ListedTool {
        let input = json!({"type": "object", "properties": {own: {"type": "string"}}, "additionalProperties": false});
        let user = json!({"type": ["object", "null"], "properties": {"login": {}, "id": {}}});
        let item = json!({"type": "object", "properties": {"id": {}, "name": {}, "owner": user}});
        let output = json!({"type": "object", "properties": {"data": {"type": "array", "items": item}, "total": {}}});
        let object = |value: Value| Arc::new(serde_json::from_value::<Map<_, _>>(value).unwrap());
        ListedTool::new("list", "", object(input)).with_raw_output_schema(object(output))
    }

    #[test]
    fn tools_with_large_answers_have_the_argument_under_a_name_that_is_free() {
        let mut listed = tool("owner");
        assert_eq!(offer(&mut listed, 8), None, "it has seven");
        assert_eq!(offer(&mut listed, 7), Some("fields"));
        let argument = &listed.input_schema["properties"]["fields"];
        assert_eq!(argument["type"], "array");
        let told = "Fields of the answer to keep, such as `data.owner.login` and `data.owner.id`; all without it.";
        assert_eq!(argument["description"], told);
        assert_eq!(offer(&mut tool("Fields"), 7), Some("answer_fields"));
    }

    #[test]
    fn chosen_fields_stay_in_every_element() {
        let listed = tool("owner");
        let mut given = json!({"fields": ["data.id", "data.owner.login", "data.owner.login"], "owner": "a"});
        let given = given.as_object_mut().unwrap();
        let selection = read(&listed, "fields", given).unwrap().unwrap();
        assert_eq!(given.len(), 1, "the tool does not see it");
        let mut result = CallToolResult::success(vec![ContentBlock::text("{…}")]);
        result.structured_content = Some(json!({"data": [
            {"id": 1, "name": "x", "owner": {"login": "a", "id": 2}},
            {"id": 2, "owner": null},
        ], "total": 2}));
        selection.apply(&mut result);
        let expected = json!({"data": [{"id": 1, "owner": {"login": "a"}}, {"id": 2, "owner": null}]});
        assert_eq!(result.structured_content, Some(expected.clone()));
        assert_eq!(result.content, [ContentBlock::text(expected.to_string())]);
    }

    #[test]
    fn an_answer_without_the_fields_says_what_it_has() {
        let selection = read(&tool("a"), "fields", json!({"fields": ["total"]}).as_object_mut().unwrap()).unwrap();
        let mut result = CallToolResult::success(Vec::new());
        result.structured_content = Some(json!({"message": "none"}));
        selection.unwrap().apply(&mut result);
        let note = result.content[1].as_text().unwrap();
        assert_eq!(note.text, "This answer has none of the chosen fields; at its top it has `message`.");
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        let errors = |value: Value| {
            let mut given = json!({"fields": value});
            let read = read(&tool("owner"), "fields", given.as_object_mut().unwrap());
            read.unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        let found = errors(json!(["data.nmae", 7, "login"]));
        assert_eq!(
            found,
            "`fields` does not fit: `data.nmae` is not a field of the answer; did you mean `data.name`?\n\
             `fields` must have texts as its items, not 7\n\
             `fields` does not fit: `login` is not a field of the answer; did you mean `data.owner.login`?"
        );
        assert_eq!(errors(json!("id, name")), r#"`fields` must be an array, not text; send ["id","name"]"#);
        for nothing in [json!({}), json!({"fields": null}), json!({"fields": []})] {
            let mut given = nothing.as_object().cloned().unwrap_or_default();
            assert_eq!(read(&tool("owner"), "fields", &mut given), Ok(None));
        }
    }
}
