//! Tools that search, describe and call the others, for surfaces whose list of tools would be too large.

mod arguments;
mod search;
mod tools;

use std::sync::OnceLock;

use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool as ListedTool};
use serde_json::{Map, Value, json};

use self::arguments::{Given, described, searched};
use self::search::Index;
use super::arguments::message;
use super::length::json_bytes;
use super::result;
use crate::arguments::ArgumentError;
use crate::near::nearest;

/// As many bytes of a tool's description a search shows.
const LINE: usize = 160;

/// The three tools.
pub(super) struct Finder {
    listed: [ListedTool; 3],
    index: OnceLock<Index>,
}

/// A call of another tool.
pub(super) struct Redirected {
    pub(super) name: String,
    pub(super) arguments: JsonObject,
}

impl Finder {
    /// The finder of tools that are sorted by name.
    pub(super) fn new(others: &[ListedTool]) -> Self {
        let reads =
            |tool: &ListedTool| tool.annotations.as_ref().is_some_and(|hints| hints.read_only_hint == Some(true));
        Self { listed: tools::tools(others, others.iter().all(reads)), index: OnceLock::new() }
    }

    pub(super) fn listed(&self) -> &[ListedTool] {
        &self.listed
    }

    /// How to use the tools, for the instructions of a server.
    pub(super) fn instructions(&self, others: &[ListedTool]) -> String {
        let [search, describe, call] = self.listed.each_ref().map(|tool| &tool.name);
        let count = others.len();
        format!(
            "The {count} tools of this server are not listed, because the list would be long. Find the tool that you need with \
             `{search}`, learn its arguments with `{describe}`, and call it with `{call}`."
        )
    }

    /// The call that a call of `call_tool` stands for. What is wrong with it [`call`](Self::call) tells.
    pub(super) fn redirect(&self, name: &str, given: &JsonObject, others: &[ListedTool]) -> Option<Redirected> {
        if self.listed[2].name != *name || given.keys().any(|name| name != "name" && name != "arguments") {
            return None;
        }
        let name = given.get("name")?.as_str()?;
        position(others, name)?;
        let arguments = match given.get("arguments") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(arguments)) => arguments.clone(),
            Some(_) => return None,
        };
        Some(Redirected { name: name.to_owned(), arguments })
    }

    /// Calls one of the three by its position. `most`: bytes of descriptions to give at once.
    pub(super) fn call<'a>(
        &self,
        position: usize,
        given: JsonObject,
        others: &'a [ListedTool],
        tags: impl Fn(usize) -> &'a [String],
        most: usize,
    ) -> CallToolResult {
        let Some(tool) = self.listed.get(position) else { return result::no_such_tool() };
        let answer = match position {
            0 => searched(given).map(|wanted| {
                let index = || Index::new(others.iter().enumerate().map(|(position, tool)| (tool, tags(position))));
                self.found(self.index.get_or_init(index), &wanted, others)
            }),
            1 => described(given).and_then(|names| self.descriptions(&names, others, most)),
            _ => Err(self.uncallable(given, others)),
        };
        match answer {
            Ok(value) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(value.to_string())]);
                result.structured_content = Some(value);
                result
            }
            Err(errors) => result::error(message(&tool.name, &errors)),
        }
    }

    fn found(&self, index: &Index, wanted: &Given, others: &[ListedTool]) -> Value {
        let found: Vec<usize> =
            if wanted.query.trim().is_empty() { (0..others.len()).collect() } else { index.find(&wanted.query) };
        let page = found.iter().skip(wanted.offset).take(wanted.limit).filter_map(|position| others.get(*position));
        let tools: Vec<Value> = page.map(|tool| json!({"name": tool.name, "description": line(tool)})).collect();
        let shown = wanted.offset.saturating_add(tools.len());
        let mut answer = json!({"tools": tools, "found": found.len()});
        let [search, describe, _] = self.listed.each_ref().map(|tool| &tool.name);
        let next = match (found.len(), shown < found.len()) {
            (0, _) => format!("No tool has these words. Try others, or `{search}` without a query for all names."),
            (_, true) => format!("Tell more by `{describe}`; see further ones with `offset` {shown}."),
            (_, false) => format!("Tell more by `{describe}`."),
        };
        answer["next"] = json!(next);
        answer
    }

    fn descriptions(&self, names: &[String], others: &[ListedTool], most: usize) -> Result<Value, Vec<ArgumentError>> {
        let mut errors = Vec::new();
        let (mut tools, mut later, mut bytes) = (Vec::new(), Vec::new(), 0);
        for name in names {
            let Some(tool) = position(others, name).and_then(|position| others.get(position)) else {
                errors.push(ArgumentError::new("names", None, self.unknown(name, others)));
                continue;
            };
            bytes += json_bytes(tool);
            // One is told whatever its length.
            if bytes > most && !tools.is_empty() {
                later.push(name);
            } else {
                tools.push(tool);
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut answer = json!({"tools": tools});
        if !later.is_empty() {
            answer["left_out"] = json!(later);
            answer["next"] = json!("Ask for those that are left out in a call of their own.");
        }
        Ok(answer)
    }

    /// What is wrong with a call of `call_tool` that leads to no tool.
    fn uncallable(&self, mut given: JsonObject, others: &[ListedTool]) -> Vec<ArgumentError> {
        let error = |name: &'static str, detail: String| ArgumentError::new(name, None, detail);
        let mut errors = Vec::new();
        match given.shift_remove("name") {
            Some(Value::String(name)) if position(others, &name).is_some() => {}
            Some(Value::String(name)) => errors.push(error("name", self.unknown(&name, others))),
            Some(other) => errors.push(error("name", arguments::not("text", &other))),
            None => errors.push(error("name", format!("is required; `{}` finds tools", self.listed[0].name))),
        }
        match given.shift_remove("arguments") {
            None | Some(Value::Null | Value::Object(_)) => {}
            Some(other) => errors.push(error("arguments", arguments::not("an object", &other))),
        }
        let misplaced = given.into_iter().take(arguments::MOST_TOLD).map(|(name, _)| {
            ArgumentError::new(
                name,
                None,
                "is not an argument of this tool; put those of the called tool into `arguments`",
            )
        });
        errors.extend(misplaced);
        errors
    }

    fn unknown(&self, name: &str, others: &[ListedTool]) -> String {
        let name: String = name.chars().take(64).collect();
        match nearest(&name, others.iter().map(|tool| &*tool.name)) {
            Some(near) => format!("has no tool `{name}`; did you mean `{near}`?"),
            None => format!("has no tool `{name}`; `{}` finds those that there are", self.listed[0].name),
        }
    }
}

fn position(tools: &[ListedTool], name: &str) -> Option<usize> {
    tools.binary_search_by(|tool| (*tool.name).cmp(name)).ok()
}

/// What a tool does, on one line.
fn line(tool: &ListedTool) -> String {
    let text = tool.description.as_deref().or(tool.title.as_deref()).unwrap_or_default().trim();
    let line = text.lines().next().unwrap_or_default();
    if line.len() <= LINE {
        return line.to_owned();
    }
    let mut end = LINE;
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let line = line.get(..end).unwrap_or_default();
    format!("{}…", line.rsplit_once(' ').map_or(line, |(words, _)| words))
}
