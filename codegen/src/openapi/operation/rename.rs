//! Names that settings give to tools: see [`Options::tool_names`](crate::openapi::Options::tool_names).

use std::collections::HashMap;

use super::naming::Found;
use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::model::shorten;
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;
use crate::suggest;

/// The longest name of a tool that hosts take, in bytes.
const LONGEST: usize = 64;

/// The given names of the operations' tools, in the order of the operations.
pub(super) fn names<'t>(
    reader: &Reader<'t, '_>,
    root: Place<'t>,
    operations: &[Found<'t>],
    tools: &[bool],
) -> Vec<Option<String>> {
    let mut names = vec![None; operations.len()];
    let mut taken: HashMap<String, &str> = HashMap::new();
    let report = |code, message: String, help: Option<String>| {
        let diagnostic = Diagnostic::new(code, root.key_span("paths"), message).maybe_help(help);
        reader.report(root.file, diagnostic);
    };
    for (key, name) in &reader.options.tool_names {
        let Some(position) = operations.iter().position(|operation| is_called(operation, key)) else {
            let message = format!("the setting names the tool of `{}`, which is no operation", shorten(key));
            report(Code::UnknownTool, message, nearest(key, operations));
            continue;
        };
        if !tools[position] {
            let message = format!("the setting names the tool of `{}`, which `tools` leaves out", shorten(key));
            report(Code::UnknownTool, message, None);
        } else if !is_name(name) {
            let message = format!("`{}` cannot be the name of the tool of `{}`", shorten(name), shorten(key));
            let help = format!("a name has up to {LONGEST} letters and digits of ASCII, `_` and `-`");
            report(Code::ToolName, message, Some(help));
        } else if let Some(other) = taken.insert(name.to_ascii_lowercase(), key) {
            let message = format!("the tools of `{}` and `{}` are both called `{name}`", shorten(other), shorten(key));
            report(Code::ToolName, message, Some("upper and lower case make no difference".to_owned()));
        } else {
            names[position] = Some(name.clone());
        }
    }
    names
}

fn is_called(operation: &Found<'_>, key: &str) -> bool {
    operation.id == Some(key) || operation.name.as_str().trim_start_matches("r#") == key
}

fn nearest(key: &str, operations: &[Found<'_>]) -> Option<String> {
    let names = operations.iter().map(|operation| operation.id.unwrap_or(operation.name.as_str()));
    Some(format!("the nearest is `{}`", shorten(suggest::nearest(key, names)?)))
}

fn is_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.is_empty() && name.len() <= LONGEST && name.bytes().all(is_allowed)
}
