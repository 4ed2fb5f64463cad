//! The tools of a document, made when they are first asked for.

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use rmcp::model::{CallToolResult, JsonObject, Tool as ListedTool};
use serde_json::Value;

use super::arguments::{Argument, arguments};
use super::body::{Body, body};
use super::names::{Names, plain};
use super::{answer, call};
use crate::description::{Annotations, prose};
use crate::mcp::arguments::scalars;
use crate::mcp::result::Subject;
use crate::mcp::{Called, Tools, annotated, result};
use crate::openapi::callers::{Callers, Evidence};
use crate::openapi::{Api, Document, Incoming, Operation, Serve};
use crate::server::guarded;
use crate::{Context, Settings};

/// The tools of a document.
pub(super) struct DocumentTools {
    api: &'static Api,
    document: &'static Document,
    serve: Arc<dyn Serve>,
    callers: Arc<Callers>,
    max_result: usize,
    page_size: Option<u32>,
    made: OnceLock<Made>,
}

struct Made {
    listed: Vec<ListedTool>,
    /// In the order of `listed`.
    entries: Vec<Entry>,
}

/// A tool, ready to be called.
struct Entry {
    /// An index into [`Api::operations`].
    index: usize,
    operation: &'static Operation,
    arguments: Vec<Argument>,
    body: Option<Body>,
    /// The arguments that say which thing is meant.
    identifiers: Vec<String>,
    tags: Vec<String>,
}

impl DocumentTools {
    pub(super) fn new(
        api: &'static Api,
        document: &'static Document,
        serve: Arc<dyn Serve>,
        callers: Arc<Callers>,
        settings: &Settings,
    ) -> Self {
        let (max_result, page_size) = (settings.max_tool_result, settings.tool_page_size);
        Self { api, document, serve, callers, max_result, page_size, made: OnceLock::new() }
    }

    fn made(&self) -> &Made {
        // Handlers answer what a server can tell apart.
        let is_tool = |operation: &Operation| operation.is_tool && (operation.is_served || self.serve.forwards());
        self.made.get_or_init(|| make(self.api, self.document, self.page_size, is_tool))
    }

    async fn answer(
        &self,
        listed: &ListedTool,
        (own, entry): (&ListedTool, &Entry),
        given: JsonObject,
        mut context: Context,
    ) -> CallToolResult {
        let Entry { index, operation, arguments, body, identifiers, .. } = entry;
        let subject = Subject { tool: own, identifiers };
        match self.callers.claims(operation, context.extensions().get::<Evidence>()) {
            Ok(claims) => context.set_claims(claims),
            Err(problem) => return result::from_problem(&problem, None),
        }
        let shown = scalars(&given);
        let inputs = match call::read(listed, arguments, body.as_ref(), given) {
            Ok(inputs) => inputs,
            Err(text) => return result::error(text),
        };
        let Some(incoming) = Incoming::from_json(self.api, *index, inputs) else { return result::no_such_tool() };
        match guarded(operation.name, || self.serve.serve(*index, incoming, context)).await {
            Ok(reply) => result::from_reply(reply, subject, self.max_result).await,
            Err(problem) => match call::refusal(self.api, operation, &listed.name, arguments, &shown, &problem) {
                Some(text) => result::error(text),
                None => result::from_problem(&problem, Some(subject)),
            },
        }
    }
}

impl Tools for DocumentTools {
    fn listed(&self) -> &[ListedTool] {
        &self.made().listed
    }

    fn tags(&self, position: usize) -> &[String] {
        self.made().entries.get(position).map_or(&[], |entry| entry.tags.as_slice())
    }

    fn call<'a>(&'a self, listed: &'a ListedTool, position: usize, given: JsonObject, context: Context) -> Called<'a> {
        let Made { listed: own, entries } = self.made();
        match own.get(position).zip(entries.get(position)) {
            Some(entry) => Box::pin(self.answer(listed, entry, given, context)),
            None => Box::pin(std::future::ready(result::no_such_tool())),
        }
    }
}

/// How many bytes of definitions the schemas of all results may have together: a list has to fit into an agent's memory.
const RESULTS: usize = 512 * 1024;
/// As many as a single one may have.
const RESULT: RangeInclusive<usize> = 512..=8 * 1024;
/// The same for the schemas of arguments, without which a tool can hardly be called.
const ARGUMENTS: usize = 1024 * 1024;
const ARGUMENT: RangeInclusive<usize> = 4 * 1024..=32 * 1024;

fn make(
    api: &'static Api,
    document: &'static Document,
    page_size: Option<u32>,
    is_tool: impl Fn(&Operation) -> bool,
) -> Made {
    let count = api.operations.iter().filter(|operation| is_tool(operation)).count();
    let share = |all: usize, one: RangeInclusive<usize>| (all / count.max(1)).clamp(*one.start(), *one.end());
    let limits = Limits { result: share(RESULTS, RESULT), arguments: share(ARGUMENTS, ARGUMENT), page_size };
    // Names that were given are kept.
    let mut names = Names::taken(api.operations.iter().map(|operation| operation.tool));
    let mut tools = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        // A name does not depend on which operations are tools.
        let name = match operation.tool {
            "" => names.unique(&plain(operation.name, "operation")),
            name => name.to_owned(),
        };
        if is_tool(operation) {
            tools.extend(tool(api, document, index, name, limits));
        }
    }
    tools.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    let (listed, entries) = tools.into_iter().unzip();
    Made { listed, entries }
}

/// What is set about each tool.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// How many bytes of definitions the schema of a result may have.
    result: usize,
    /// How many bytes of definitions the schema of arguments may have.
    pub(super) arguments: usize,
    /// How many results come at once where an agent does not say.
    pub(super) page_size: Option<u32>,
}

/// The tool of an operation. `None`: its requests have a body that no arguments can say.
fn tool(
    api: &'static Api,
    document: &'static Document,
    index: usize,
    name: String,
    limits: Limits,
) -> Option<(ListedTool, Entry)> {
    let operation = api.operations.get(index)?;
    let object: Value = serde_json::from_str(document.operations.get(index)?).unwrap_or_default();
    let body = body(api, operation, &object, document.schemas).ok()?;
    let (arguments, input) = arguments(api, operation, &object, body.as_ref(), document.schemas, limits);
    let mut listed = ListedTool::new(name, description(operation, &object), Arc::new(input));
    if let Some(summary) = object["summary"].as_str() {
        listed = listed.with_title(prose::brief(summary, prose::TITLE).replace('\n', " "));
    }
    if let Some(output) = answer::schema(api, operation, &object, document.schemas, limits.result) {
        listed = listed.with_raw_output_schema(Arc::new(output));
    }
    let identifiers = call::identifiers(api, operation, &arguments);
    let tags = object["tags"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let entry = Entry { index, operation, arguments, body, identifiers, tags };
    Some((annotated(listed, hints(operation.method)), entry))
}

fn description(operation: &Operation, object: &Value) -> String {
    let [summary, description] = ["summary", "description"].map(|keyword| object[keyword].as_str().unwrap_or_default());
    let ending = if object["deprecated"] == Value::Bool(true) { "\n\nDeprecated." } else { "" };
    let summary = prose::brief(summary, prose::TOOL / 2);
    let room = prose::TOOL - summary.len() - "\n\n".len() - ending.len();
    let description = prose::brief(description, room);
    let mut text = match [summary.as_str(), description.as_str()] {
        ["", ""] => format!("{} {}", operation.method, operation.name),
        [summary, description] if summary.is_empty() || description.starts_with(summary) => description.to_owned(),
        [summary, ""] => summary.to_owned(),
        [summary, description] => format!("{summary}\n\n{description}"),
    };
    text.push_str(ending);
    text
}

/// What the semantics of a method say about its effects (RFC 9110, section 9.2).
fn hints(method: &str) -> Annotations {
    let (read_only, destructive, idempotent) = match method {
        "GET" | "HEAD" | "OPTIONS" | "TRACE" | "QUERY" => (true, Some(false), true),
        "PUT" => (false, None, true),
        "DELETE" => (false, Some(true), true),
        "POST" | "PATCH" => (false, None, false),
        _ => return Annotations::default(),
    };
    Annotations { read_only: Some(read_only), destructive, idempotent: Some(idempotent), open_world: None }
}
