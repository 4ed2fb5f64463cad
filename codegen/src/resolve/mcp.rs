//! MCP surfaces.

use std::collections::{HashMap, HashSet};

use super::arguments::{self, Call, Kind, Slot};
use super::calls;
use super::inputs;
use super::surfaces::{Context, declared};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Hints, Location, Method, Operation, Parameter, Tool};
use crate::naftiko::{Mcp, McpHints, McpTool, Spanned, Text};
use crate::source::Span;

/// The longest name of a tool or argument.
const MAX_NAME: usize = 64;

/// The tools of a surface, sorted by name.
pub(super) fn resolve<'a>(mcp: &Mcp<'a>, namespace: &Text<'a>, context: &Context<'_, 'a>) -> Vec<Tool> {
    let mut seen: HashMap<String, Text<'a>> = HashMap::new();
    let mut tools: Vec<Tool> = Vec::new();
    for tool in &mcp.tools {
        tools.extend(resolve_tool(tool, namespace.value, &mut seen, context));
    }
    tools.sort_by(|left, right| left.name.cmp(&right.name));
    tools
}

fn resolve_tool<'a>(
    tool: &McpTool<'a>,
    namespace: &'a str,
    seen: &mut HashMap<String, Text<'a>>,
    context: &Context<'_, 'a>,
) -> Option<Tool> {
    let action = &tool.action;
    let sink = context.sink;
    let operation = calls::resolve(action, context.upstreams, sink);
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
    let index = operation?;
    let operation = &context.upstreams.operations[index];
    let consumed = &context.upstreams.consumed[index];
    check_hints(&tool.hints, operation, context);
    let slots = tool.action.input_parameters.iter();
    let slots: Vec<Slot> =
        slots.map(|input| declared(input, Location::Query, Some(input.required.unwrap_or(true)))).collect();
    report_duplicates(&slots, context);
    let mut resolved = arguments::resolve(Call {
        kind: Kind::Mcp,
        namespace,
        other_namespaces: &context.namespaces,
        name,
        path: "",
        with: &action.with,
        operation,
        consumed,
        slots,
        declares_variable: &|name| context.binds.declares(name),
        sink,
    });
    rename_arguments(&mut resolved.parameters, name.span, context);
    Some(Tool {
        name: tool_name,
        title: super::written(tool.label),
        description: describe(action.description, operation),
        hints: hints(&tool.hints),
        parameters: resolved.parameters,
        operation: index,
        arguments: resolved.arguments,
    })
}

/// The description of a tool: its own, its operation's, or what the operation sends.
fn describe(description: Option<Text<'_>>, operation: &Operation) -> String {
    super::written(description).unwrap_or_else(|| {
        if operation.description.is_empty() {
            format!("`{} {}`.", super::method_name(operation.method), operation.path)
        } else {
            operation.description.clone()
        }
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
fn sanitise(name: &str, fallback: &str) -> String {
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

fn hints(hints: &McpHints) -> Hints {
    let value = |hint: Option<Spanned<bool>>| hint.map(|hint| hint.value);
    Hints {
        read_only: value(hints.read_only),
        destructive: value(hints.destructive),
        idempotent: value(hints.idempotent),
        open_world: value(hints.open_world),
    }
}

/// Reports hints that promise more than the method does. Saying less than the method allows is fine.
fn check_hints(hints: &McpHints, operation: &Operation, context: &Context<'_, '_>) {
    let is_safe = matches!(operation.method, Method::Get | Method::Head | Method::Options);
    if let (Some(hint), false) = (hints.read_only.filter(|hint| hint.value), is_safe) {
        let message = format!(
            "the tool is marked read-only, but `{}` is a {}",
            operation.name,
            super::method_name(operation.method)
        );
        context.sink.report(Diagnostic::new(Code::HintContradictsMethod, hint.span, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
