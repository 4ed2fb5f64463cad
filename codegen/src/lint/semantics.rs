//! What a function of an aggregate says of its effects, held against what refers to it and what it calls.

use super::view::{Item, View};
use crate::diagnostic::{Code, Diagnostic, Sink};

/// A function of an aggregate.
struct Function<'t> {
    namespace: &'t str,
    name: &'t str,
    value: View<'t>,
    semantics: Semantics<'t>,
}

/// The semantics of a function, with their places.
#[derive(Clone, Copy)]
struct Semantics<'t> {
    safe: Option<(bool, View<'t>)>,
    idempotent: Option<(bool, View<'t>)>,
}

pub(super) fn check(root: View<'_>, sink: &Sink) {
    let functions: Vec<Function<'_>> = root.section("aggregates").flat_map(functions).collect();
    for function in &functions {
        check_call(function, root, sink);
    }
    for surface in root.section("exposes") {
        for tool in surface.named("tools") {
            if let Some(function) = referred(tool, &functions) {
                check_hints(tool, function, sink);
            }
        }
        for resource in surface.named("resources") {
            for operation in resource.value.named("operations") {
                if let Some(function) = referred(operation, &functions) {
                    let method = operation.value.get("method");
                    check_method(function.semantics, method, &format!("`{}`", function.name), sink);
                }
            }
        }
    }
}

fn functions(aggregate: View<'_>) -> impl Iterator<Item = Function<'_>> {
    let namespace = aggregate.text_of("namespace");
    aggregate.any(&["functions", "flows"]).into_iter().flat_map(View::items).filter_map(move |item| {
        let semantics = item.value.get("semantics")?;
        let flag = |name| semantics.get(name).and_then(boolean);
        Some(Function {
            namespace,
            name: item.name?.text(),
            value: item.value,
            semantics: Semantics { safe: flag("safe"), idempotent: flag("idempotent") },
        })
    })
}

fn boolean(node: View<'_>) -> Option<(bool, View<'_>)> {
    match node.text().to_ascii_lowercase().as_str() {
        "true" => Some((true, node)),
        "false" => Some((false, node)),
        _ => None,
    }
}

/// The function that an operation or tool refers to.
fn referred<'f, 't>(item: Item<'t>, functions: &'f [Function<'t>]) -> Option<&'f Function<'t>> {
    let reference = item.value.text_of("ref");
    functions.iter().find(|function| match reference.split_once('.') {
        Some((namespace, name)) => function.namespace == namespace && function.name == name,
        None => function.namespace.is_empty() && function.name == reference,
    })
}

/// Holds the semantics of a function against the method of the operation that it calls.
fn check_call(function: &Function<'_>, root: View<'_>, sink: &Sink) {
    let Some((namespace, name)) = function.value.text_of("call").split_once('.') else { return };
    let upstreams = root.section("consumes").filter(|upstream| upstream.text_of("namespace") == namespace);
    let mut operations = upstreams
        .flat_map(|upstream| upstream.named("resources"))
        .flat_map(|resource| resource.value.named("operations"))
        .filter(|operation| operation.name.is_some_and(|found| found.text() == name));
    let method = operations.next().and_then(|operation| operation.value.get("method"));
    check_method(function.semantics, method, &format!("`{}`", function.name), sink);
}

fn check_method(semantics: Semantics<'_>, method: Option<View<'_>>, what: &str, sink: &Sink) {
    let Some(method) = method else { return };
    let name = method.text().to_ascii_uppercase();
    let is_safe = matches!(name.as_str(), "GET" | "HEAD" | "OPTIONS");
    let contradiction = match (semantics.safe, semantics.idempotent) {
        (Some((true, place)), _) if !is_safe => Some((place, "safe")),
        (Some((false, place)), _) if is_safe => Some((place, "not safe")),
        (_, Some((true, place))) if matches!(name.as_str(), "POST" | "PATCH") => Some((place, "idempotent")),
        _ => None,
    };
    if let Some((place, word)) = contradiction {
        let message = format!("{what} is said to be {word}, but its method is {name}");
        sink.report(
            Diagnostic::new(Code::ContradictorySemantics, place.span(), message)
                .also(method.span(), "the method")
                .help("hints of tools follow from the semantics, and clients go by them"),
        );
    }
}

/// Holds the hints of a tool against the semantics of the function that it refers to.
fn check_hints(tool: Item<'_>, function: &Function<'_>, sink: &Sink) {
    let Some(hints) = tool.value.get("hints") else { return };
    let hint = |name| hints.get(name).and_then(boolean);
    let Semantics { safe, idempotent } = function.semantics;
    let contradicts = |semantic: Option<(bool, View<'_>)>, hint: Option<(bool, View<'_>)>, is_opposite: bool| {
        semantic.zip(hint).is_some_and(|((semantic, _), (hint, _))| (semantic == hint) == is_opposite)
    };
    let pairs = [
        ("readOnly", contradicts(safe, hint("readOnly"), false)),
        ("destructive", safe.is_some_and(|(safe, _)| safe) && contradicts(safe, hint("destructive"), true)),
        ("idempotent", contradicts(idempotent, hint("idempotent"), false)),
    ];
    for (name, _) in pairs.iter().filter(|(_, contradicts)| *contradicts) {
        let Some((_, place)) = hint(name) else { continue };
        let message = format!("the hint `{name}` contradicts the semantics of `{}`", function.name);
        let diagnostic = Diagnostic::new(Code::ContradictorySemantics, place.span(), message);
        let semantic = if *name == "idempotent" { idempotent } else { safe };
        sink.report(match semantic {
            Some((_, place)) => diagnostic.also(place.span(), "the semantics"),
            None => diagnostic,
        });
    }
}
