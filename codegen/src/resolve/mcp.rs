//! MCP surfaces: tools, [`resources`] and [`prompts`].

mod prompts;
mod resources;
mod uri;

use std::collections::{HashMap, HashSet};

use super::actions::{Mode, Resolved, Site};
use super::arguments::{Kind, Slot};
use super::binary::{self, Answers};
use super::inputs;
use super::rules;
use super::surfaces::{Context, declared};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Hints, Location, Method, Operation, Parameter, Tool};
use crate::naftiko::{Adapter, Mcp, McpHints, McpTool, Semantics, Spanned, Text};
use crate::source::Span;

/// The longest name of a tool or argument.
const MAX_NAME: usize = 64;

/// What a surface offers.
pub(super) fn resolve<'a>(mcp: &Mcp<'a>, namespace: &Text<'a>, context: &Context<'_, 'a>) -> ir::Mcp {
    ir::Mcp {
        tools: tools(mcp, namespace, context),
        resources: resources::resolve(&mcp.resources, namespace.value, context),
        prompts: prompts::resolve(&mcp.prompts, context.sink),
        cache: mcp.cache,
    }
}

/// The tools of a surface, sorted by name.
fn tools<'a>(mcp: &Mcp<'a>, namespace: &Text<'a>, context: &Context<'_, 'a>) -> Vec<Tool> {
    if let Some(size) = &mcp.adapter.max_binary_size {
        binary::check_size(size, context.sink);
    }
    let mut seen: HashMap<String, Text<'a>> = HashMap::new();
    let mut tools: Vec<Tool> = Vec::new();
    for tool in &mcp.tools {
        tools.extend(resolve_tool(tool, &mcp.adapter, namespace.value, &mut seen, context));
    }
    tools.sort_by(|left, right| left.name.cmp(&right.name));
    tools
}

fn resolve_tool<'a>(
    tool: &McpTool<'a>,
    adapter: &Adapter<'a>,
    namespace: &'a str,
    seen: &mut HashMap<String, Text<'a>>,
    context: &Context<'_, 'a>,
) -> Option<Tool> {
    let sink = context.sink;
    let completed = context.aggregates.complete(&tool.action, &[Kind::Mcp.scope(), namespace], sink)?;
    let action = &*completed.action;
    let mode = Mode::of(action, context);
    let name = action.name?;
    if super::written(action.description).is_none() {
        let message = format!("the tool `{}` has no description", name.value);
        sink.report(
            Diagnostic::new(Code::MissingDescription, name.span, message)
                .help("a model chooses tools by their descriptions"),
        );
    }
    let tool_name = tool_name(&name, context);
    if let Some(first) = seen.insert(tool_name.to_ascii_lowercase(), name) {
        let message = format!("two tools have the name `{tool_name}`");
        let same = first.value == name.value;
        let diagnostic =
            Diagnostic::new(Code::DuplicateTool, name.span, message).label("again here").also(first.span, "first here");
        let help = "names that differ only in case, or in characters that MCP does not allow, count as equal";
        sink.report(if same { diagnostic } else { diagnostic.help(help) });
    }
    let mode = mode?;
    check_hints(&tool.hints, &mode, context);
    let slots = action.input_parameters.iter().chain(&completed.inputs);
    let slots: Vec<Slot> =
        slots.map(|input| declared(input, Location::Query, Some(input.required.unwrap_or(true)))).collect();
    report_duplicates(&slots, context);
    let namespaces: Vec<&str> = std::iter::once(namespace).chain(completed.namespace).collect();
    let site = Site { kind: Kind::Mcp, namespaces: &namespaces, name, path: "", context };
    let Resolved { mut parameters, action: resolved } = site.resolve(&mode, action, slots);
    let declared: Vec<_> = action.input_parameters.iter().chain(&completed.inputs).enumerate().collect();
    let rules = rules::resolve(&declared, &mut parameters, Kind::Mcp, sink);
    rename_arguments(&mut parameters, name.span, context);
    let is_mapped = action.outputs.as_ref().is_some_and(|outputs| !outputs.list.is_empty());
    let answers = Answers { adapter, consumed: mode.consumed(context), is_mapped, sink };
    Some(Tool {
        name: tool_name,
        title: super::written(tool.label),
        description: describe(&name, action.description, mode.operation(context)),
        hints: hints(&tool.hints, completed.semantics, &mode, context),
        parameters,
        rules,
        action: resolved,
        binary: answers.of_tool(),
    })
}

/// The description of a tool: its own, that of the operation it calls, what this sends, or its name.
fn describe(name: &Text<'_>, description: Option<Text<'_>>, operation: Option<&Operation>) -> String {
    super::written(description).unwrap_or_else(|| match operation {
        Some(operation) if operation.description.is_empty() => {
            format!("`{} {}`.", operation.method.as_str(), operation.path)
        }
        Some(operation) => operation.description.clone(),
        None => name.value.to_owned(),
    })
}

fn tool_name(name: &Text<'_>, context: &Context<'_, '_>) -> String {
    let allowed = sanitise(name.value, "tool");
    if allowed != name.value {
        let message = format!("the tool `{}` is served as `{allowed}`", name.value);
        context.sink.report(
            Diagnostic::new(Code::ToolRenamed, name.span, message)
                .help("names of tools are 1 to 64 letters, digits, `-` and `_`"),
        );
    }
    allowed
}

/// A name of letters, digits, `-` and `_`, at most 64 of them.
pub(super) fn sanitise(name: &str, fallback: &str) -> String {
    let is_allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_');
    if !name.is_empty() && name.len() <= MAX_NAME && name.chars().all(is_allowed) {
        return name.to_owned();
    }
    let words: Vec<&str> = name.split(|character| !is_allowed(character)).filter(|word| !word.is_empty()).collect();
    let mut allowed = words.join("_");
    allowed.truncate(MAX_NAME);
    if allowed.is_empty() { fallback.to_owned() } else { allowed }
}

/// Gives the arguments names that MCP clients can take, each its own without regard to case.
fn rename_arguments(parameters: &mut [Parameter], span: Span, context: &Context<'_, '_>) {
    let mut taken: HashSet<String> = HashSet::new();
    for parameter in parameters {
        let wanted = sanitise(&parameter.name, "argument");
        // The place tells apart what has the same name; what only came to have it is numbered.
        let located = (wanted == parameter.name).then(|| format!("{wanted}_{}", inputs::word(parameter.location)));
        let numbered = (2_u32..).map(|number| format!("{wanted}_{number}"));
        let name = std::iter::once(wanted.clone())
            .chain(located)
            .chain(numbered)
            .find(|name| !taken.contains(&name.to_ascii_lowercase()))
            .unwrap_or(wanted);
        taken.insert(name.to_ascii_lowercase());
        if name != parameter.name {
            let message = format!("the argument for `{}` has the name `{name}`", parameter.name);
            context.sink.report(Diagnostic::new(Code::ArgumentRenamed, span, message));
            parameter.name = name;
        }
    }
}

fn report_duplicates(slots: &[Slot], context: &Context<'_, '_>) {
    for (index, slot) in slots.iter().enumerate() {
        if let Some(first) = slots[..index].iter().find(|other| other.name == slot.name) {
            let message = format!("the input `{}` is declared twice", slot.name);
            context.sink.report(
                Diagnostic::new(Code::DuplicateParameter, slot.span, message)
                    .label("again here")
                    .also(first.span, "first here"),
            );
        }
    }
}

/// The hints of a tool: its own, then what the semantics of its flow say. Where there are none at all, what the methods of
/// its operations promise; nobody knows what a script does.
fn hints(given: &McpHints, semantics: Semantics, mode: &Mode, context: &Context<'_, '_>) -> Hints {
    let given = given_hints(given, semantics);
    if given != Hints::default() || matches!(mode, Mode::Steps { runs_scripts: true, .. }) {
        return given;
    }
    // What calls nothing does as little as a `GET`.
    let hints = mode.operations(context).into_iter().map(|operation| method_hints(operation.method));
    hints.reduce(both).unwrap_or_else(|| method_hints(Method::Get))
}

fn given_hints(given: &McpHints, semantics: Semantics) -> Hints {
    let value = |hint: Option<Spanned<bool>>| hint.map(|hint| hint.value);
    let safe = value(semantics.safe);
    Hints {
        read_only: value(given.read_only).or(safe),
        destructive: value(given.destructive).or((safe == Some(true)).then_some(false)),
        idempotent: value(given.idempotent).or(value(semantics.idempotent)),
        open_world: value(given.open_world),
    }
}

/// What is true of something that does two things.
fn both(left: Hints, right: Hints) -> Hints {
    let all = |left: Option<bool>, right: Option<bool>| Some(left? && right?);
    let destructive = match (left.destructive, right.destructive) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (left, right) => left.and(right),
    };
    Hints {
        read_only: all(left.read_only, right.read_only),
        destructive,
        idempotent: all(left.idempotent, right.idempotent),
        open_world: None,
    }
}

/// What the semantics of a method say about its effects (RFC 9110, section 9.2). Without hints a client has to take a
/// tool for destructive, even one that only reads.
fn method_hints(method: Method) -> Hints {
    let (read_only, destructive, idempotent) = match method {
        Method::Get | Method::Head => (true, Some(false), true),
        Method::Put => (false, None, true),
        Method::Delete => (false, Some(true), true),
        Method::Post | Method::Patch => (false, None, false),
        Method::Options => return Hints::default(),
    };
    Hints { read_only: Some(read_only), destructive, idempotent: Some(idempotent), open_world: None }
}

/// Reports hints that promise more than the method does. Saying less than the method allows is fine.
fn check_hints(hints: &McpHints, mode: &Mode, context: &Context<'_, '_>) {
    let operations = mode.operations(context);
    let unsafe_one = operations.iter().find(|operation| !operation.method.is_safe());
    if let (Some(hint), Some(operation)) = (hints.read_only.filter(|hint| hint.value), unsafe_one) {
        let message =
            format!("the tool is marked read-only, but `{}` is a {}", operation.name, operation.method.as_str());
        context.sink.report(Diagnostic::new(Code::HintContradictsMethod, hint.span, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_hints_the_method_tells_the_effects() {
        let (yes, no) = (Some(true), Some(false));
        for (method, read_only, destructive, idempotent) in [
            (Method::Get, yes, no, yes),
            (Method::Head, yes, no, yes),
            (Method::Put, no, None, yes),
            (Method::Delete, no, yes, yes),
            (Method::Post, no, None, no),
            (Method::Patch, no, None, no),
            (Method::Options, None, None, None),
        ] {
            let expected = Hints { read_only, destructive, idempotent, open_world: None };
            assert_eq!(method_hints(method), expected, "{method:?}");
        }
    }

    #[test]
    fn given_hints_are_taken_as_they_are() {
        let open_world = Some(Spanned { value: false, span: Span::default() });
        let given = McpHints { open_world, ..McpHints::default() };
        assert_eq!(given_hints(&given, Semantics::default()), Hints { open_world: Some(false), ..Hints::default() });
    }

    #[test]
    fn several_methods_promise_what_all_of_them_do() {
        let (yes, no) = (Some(true), Some(false));
        for (methods, read_only, destructive, idempotent) in [
            ([Method::Get, Method::Head], yes, no, yes),
            ([Method::Get, Method::Put], no, None, yes),
            ([Method::Delete, Method::Get], no, yes, yes),
            ([Method::Delete, Method::Post], no, yes, no),
        ] {
            let expected = Hints { read_only, destructive, idempotent, open_world: None };
            let [left, right] = methods.map(method_hints);
            assert_eq!(both(left, right), expected, "{methods:?}");
        }
    }

    #[test]
    fn names_are_made_fit_for_mcp() {
        for (name, expected) in [
            ("list-backups", "list-backups"),
            ("$top", "top"),
            ("page[limit]", "page_limit"),
            ("a.b.c", "a_b_c"),
            ("", "tool"),
            ("列表", "tool"),
            ("_x_", "_x_"),
        ] {
            assert_eq!(sanitise(name, "tool"), expected, "{name}");
        }
        assert_eq!(sanitise(&"x".repeat(100), "tool").len(), 64);
    }
}
