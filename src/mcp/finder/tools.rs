//! The three tools that stand for all others.

use std::sync::Arc;

use rmcp::model::{Tool as ListedTool, ToolAnnotations};
use serde_json::{Map, Value, json};

/// As many tools are found by one search, and found where the call does not say how many.
pub(super) const MOST_FOUND: usize = 50;
pub(super) const FOUND: usize = 10;
/// As many tools are described at once.
pub(super) const MOST_DESCRIBED: usize = 10;

/// What the tools are called, and what they are.
pub(super) const NAMES: [&str; 3] = ["search_tools", "describe_tools", "call_tool"];

/// The tools under names that none of `others` has; whether all of these only read says `read_only`.
pub(super) fn tools(others: &[ListedTool], read_only: bool) -> [ListedTool; 3] {
    let [search, describe, call] = NAMES.map(|name| unique(name, others));
    let count = others.len();
    let found = json!({
        "query": {
            "type": "string",
            "description": "Words that say what is to be done and with what, such as `list open issues`. Without it, the tools are listed by name."
        },
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST_FOUND, "default": FOUND, "description": "How many tools to give."},
        "offset": {"type": "integer", "minimum": 0, "default": 0, "description": "How many tools to pass over."},
    });
    let described = json!({
        "names": {
            "type": "array",
            "items": {"type": "string"},
            "minItems": 1,
            "maxItems": MOST_DESCRIBED,
            "description": format!("Names of tools, as `{search}` gives them.")
        },
    });
    let called = json!({
        "name": {"type": "string", "description": format!("The name of a tool, as `{search}` gives it.")},
        "arguments": {"type": "object", "description": format!("Its arguments, as `{describe}` tells them.")},
    });
    let find_text =
        format!("Finds tools among the {count} of this server: their names and what they do, the best first.");
    let describe_text = format!("Tells the arguments and the results of tools, which `{call}` calls.");
    let call_text = format!(
        "Calls one of the {count} tools of this server and gives its result. Find it by `{search}` and learn its arguments by `{describe}` first."
    );
    let reading = ToolAnnotations::from_raw(None, Some(true), Some(false), Some(true), Some(false));
    let calling = if read_only {
        ToolAnnotations::from_raw(None, Some(true), Some(false), Some(true), Some(true))
    } else {
        ToolAnnotations::from_raw(None, Some(false), Some(true), Some(false), Some(true))
    };
    [
        tool(search, "Search tools", find_text, found, &[], reading.clone()),
        tool(describe, "Describe tools", describe_text, described, &["names"], reading),
        tool(call, "Call a tool", call_text, called, &["name"], calling),
    ]
}

fn tool(
    name: String,
    title: &str,
    description: String,
    properties: Value,
    required: &[&str],
    hints: ToolAnnotations,
) -> ListedTool {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("properties".to_owned(), properties);
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("additionalProperties".to_owned(), json!(false));
    ListedTool::new(name, description, Arc::new(schema)).with_title(title).with_annotations(hints)
}

/// The name, or with a number where a tool has it already.
fn unique(name: &str, others: &[ListedTool]) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2_u32;
    while others.iter().any(|tool| tool.name.eq_ignore_ascii_case(&candidate)) {
        candidate = format!("{name}_{number}");
        number += 1;
    }
    candidate
}
