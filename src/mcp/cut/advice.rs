//! Which arguments make a result smaller.

use rmcp::model::Tool as ListedTool;
use serde_json::{Map, Value};

/// How APIs call the argument that says how many elements there are at once, in lower case and without signs.
const SIZES: [&str; 17] = [
    "count",
    "first",
    "itemsperpage",
    "limit",
    "maxitems",
    "maxrecords",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "size",
    "take",
    "top",
    "last",
    "rows",
    "num",
];

/// How they call the one that says where to go on.
const PLACES: [&str; 17] = [
    "after",
    "continuationtoken",
    "cursor",
    "marker",
    "nexttoken",
    "offset",
    "page",
    "pageafter",
    "pagecursor",
    "pagenumber",
    "pageoffset",
    "pagetoken",
    "skip",
    "start",
    "startat",
    "startindex",
    "startingafter",
];

/// As many filters are named.
const FILTERS: usize = 10;

/// What to do about a result that is too large.
pub(super) fn advice(tool: &ListedTool, fields: Option<&str>) -> String {
    let hints = tool.annotations.as_ref();
    if hints.and_then(|hints| hints.read_only_hint) != Some(true) {
        return "The call was made; do not repeat it for the rest of its answer.".to_owned();
    }
    let required = tool.input_schema.get("required").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let names = tool.input_schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let (mut sizes, mut places, mut filters) = (Vec::new(), Vec::new(), Vec::new());
    for name in names.filter(|name| fields != Some(name.as_str())) {
        let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if SIZES.contains(&folded.as_str()) {
            sizes.push(quoted(name));
        } else if PLACES.contains(&folded.as_str()) {
            places.push(quoted(name));
        } else if filters.len() < FILTERS && required.iter().all(|required| required != name.as_str()) {
            filters.push(quoted(name));
        }
    }
    let mut ways = Vec::new();
    if !places.is_empty() {
        ways.push(format!("with {} for the rest", places.join(", ")));
    }
    if !sizes.is_empty() {
        ways.push(format!("with fewer at once by {}", sizes.join(", ")));
    }
    if let Some(fields) = fields {
        ways.push(format!("with fewer fields of each by {}", quoted(fields)));
    }
    if !filters.is_empty() {
        ways.push(format!("{}filter by {}", if ways.is_empty() { "and " } else { "or " }, filters.join(", ")));
    }
    if ways.is_empty() {
        return "The tool has no argument that makes its result smaller.".to_owned();
    }
    format!("Call again {}.", ways.join(", "))
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}
