//! What answers of several steps are put together from (section 9.4 of the format).

use super::known::is_path;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::json_path::{JsonPath, Segment, Selector};
use crate::ir::{self, Content, Part, Source, Type};
use crate::naftiko::{Mapping, Mappings, Output, Outputs, Text};
use crate::resolve::constant::{article, fit};
use crate::resolve::outputs::{inner, type_of};
use crate::resolve::references::Scope;
use crate::source::Span;
use crate::suggest;

/// How deep a place lies in the answer.
const MAX_DEPTH: usize = 32;

/// The parts of the answer, of the types that `outputs` declare.
pub(super) fn resolve<'a>(
    mappings: &Mappings<'a>,
    outputs: Option<&Outputs<'a>>,
    scope: &Scope<'_, 'a>,
) -> Vec<ir::Mapping> {
    let declared = outputs.map_or(&[][..], |outputs| &outputs.list);
    let mut targets: Vec<(Vec<&str>, Span)> = Vec::new();
    let mut resolved = Vec::new();
    for mapping in &mappings.list {
        let Some(target) = target(mapping, &targets, scope) else { continue };
        resolved.extend(self::mapping(mapping, &target, declared, scope));
        targets.push((target, mapping.target.span));
    }
    let targets: Vec<Vec<&str>> = targets.into_iter().map(|(target, _)| target).collect();
    report_unmapped(declared, &mut Vec::new(), &targets, scope);
    resolved
}

/// The names that lead to a mapping's place. `None`: they lead nowhere, or to where another mapping has put something.
fn target<'a>(mapping: &Mapping<'a>, others: &[(Vec<&'a str>, Span)], scope: &Scope<'_, 'a>) -> Option<Vec<&'a str>> {
    let text = mapping.target;
    let names: Vec<&str> = text.value.split('.').collect();
    if names.iter().any(|name| name.is_empty()) {
        let message = format!("`{}` is no place in an answer: names are joined by single dots", text.value);
        scope.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message));
        return None;
    }
    if names.len() > MAX_DEPTH {
        let message = format!("a mapping's place lies more than {MAX_DEPTH} names deep in the answer");
        scope.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message));
        return None;
    }
    let conflict = others.iter().find(|(other, _)| other.iter().zip(&names).all(|(left, right)| left == right));
    if let Some((other, span)) = conflict {
        let message = if *other == names {
            format!("two mappings are for `{}`", text.value)
        } else {
            format!("one of `{}` and `{}` stands inside of the other", other.join("."), text.value)
        };
        scope.sink.report(
            Diagnostic::new(Code::ConflictingMappings, text.span, message)
                .label("again here")
                .also(*span, "first here"),
        );
        return None;
    }
    Some(names)
}

fn mapping<'a>(
    mapping: &Mapping<'a>,
    target: &[&str],
    declared: &[Output<'a>],
    scope: &Scope<'_, 'a>,
) -> Option<ir::Mapping> {
    let name = target.join(".");
    let output = match find(target, declared) {
        Ok(output) => output,
        Err(outer) => {
            let message = format!("`{name}` is mapped into an output of type `{}`", type_of(outer).as_str());
            let diagnostic = Diagnostic::new(Code::UnfitOutput, mapping.target.span, message);
            scope.sink.report(diagnostic.also(outer.span, "the output"));
            return None;
        }
    };
    let r#type = output.map_or(Type::Any, type_of);
    let json = (!mapping.json.is_string()).then_some(&mapping.json);
    let value = source(&mapping.value, json, scope)?;
    let value = match value {
        Source::Constant(_) => {
            let json = json.cloned().unwrap_or_else(|| mapping.value.value.into());
            let Some(fitting) = fit(&json, mapping.value.value, r#type) else {
                let message =
                    format!("`{}` does not fit the output `{name}`, which is {}", mapping.value.value, article(r#type));
                scope.sink.report(Diagnostic::new(Code::UnfitOutput, mapping.value.span, message));
                return None;
            };
            Source::Constant(fitting.to_string())
        }
        value => value,
    };
    let output = match output {
        Some(output) => shaped(output, JsonPath::default(), name),
        None => whole(name),
    };
    Some(ir::Mapping { target: target.iter().map(|name| (*name).to_owned()).collect(), value, output })
}

/// The output that is declared for a place; the one around it as an error, if that can have nothing in it.
fn find<'o, 'a>(target: &[&str], declared: &'o [Output<'a>]) -> Result<Option<&'o Output<'a>>, &'o Output<'a>> {
    let Some((first, rest)) = target.split_first() else { return Ok(None) };
    let is_named = |output: &&Output<'_>| output.name.is_some_and(|name| name.value == *first);
    let Some(output) = declared.iter().find(is_named) else { return Ok(None) };
    match (rest, type_of(output)) {
        ([], _) => Ok(Some(output)),
        (rest, Type::Object | Type::Any) => find(rest, output.properties.as_deref().unwrap_or_default()),
        _ => Err(output),
    }
}

/// The value of a mapping or a lookup: what a step gives, a template, or a constant.
pub(super) fn source<'a>(text: &Text<'a>, json: Option<&serde_json::Value>, scope: &Scope<'_, 'a>) -> Option<Source> {
    if let Some(json) = json {
        return Some(Source::Constant(json.to_string()));
    }
    let steps = scope.steps?;
    if is_path(text.value) {
        return steps.path(text, scope.sink).map(Source::Value);
    }
    if steps.is_bare_path(text.value) {
        let message = format!("`{}` is a text, and not what the step gives", text.value);
        scope.sink.report(
            Diagnostic::new(Code::UnknownReference, text.span, message)
                .help(format!("did you mean `$.{}`?", text.value)),
        );
        return None;
    }
    if !text.value.contains("{{") {
        return Some(Source::Constant(serde_json::Value::from(text.value).to_string()));
    }
    let mut parts = scope.template(text)?;
    Some(match (parts.pop(), parts.is_empty()) {
        (Some(Part::Value(reference)), true) => Source::Value(reference),
        (last, _) => {
            parts.extend(last);
            Source::Template(parts)
        }
    })
}

/// What nothing is declared of.
fn whole(name: String) -> ir::Output {
    ir::Output { name, description: String::new(), r#type: Type::Any, content: Content::Path(JsonPath::default()) }
}

/// A value at a path made into what is declared.
fn shaped(output: &Output<'_>, path: JsonPath, name: String) -> ir::Output {
    let content = match (&output.properties, &output.items) {
        (Some(properties), _) => {
            let properties = properties.iter().filter_map(|property| {
                let own = property.name?.value;
                let member = JsonPath { segments: vec![Segment::Child(vec![Selector::Name(own.to_owned())])] };
                Some((own.to_owned(), shaped(property, member, inner(&name, own))))
            });
            let properties = Content::Object(properties.collect());
            if path.segments.is_empty() { properties } else { Content::At(path, Box::new(properties)) }
        }
        (None, Some(items)) => Content::Items(path, Box::new(shaped(items, JsonPath::default(), format!("{name}[]")))),
        (None, None) => Content::Path(path),
    };
    ir::Output { name, description: crate::resolve::text(output.description), r#type: type_of(output), content }
}

/// Reports declared outputs that no mapping produces.
fn report_unmapped<'o>(
    declared: &'o [Output<'_>],
    outer: &mut Vec<&'o str>,
    targets: &[Vec<&str>],
    scope: &Scope<'_, '_>,
) {
    for output in declared {
        let Some(name) = output.name else { continue };
        outer.push(name.value);
        let is_produced = targets.iter().any(|target| outer.starts_with(target));
        let is_entered = targets.iter().any(|target| target.starts_with(outer));
        if is_entered && !is_produced {
            report_unmapped(output.properties.as_deref().unwrap_or_default(), outer, targets, scope);
        } else if !is_produced {
            let message = format!("no mapping produces the output `{}`", outer.join("."));
            let names = targets.iter().map(|target| target.join(".")).collect::<Vec<String>>();
            let names = names.iter().map(String::as_str);
            scope.sink.report(
                Diagnostic::new(Code::UnmappedOutput, name.span, message)
                    .label("this has no effect")
                    .maybe_help(suggest::did_you_mean(&outer.join("."), names)),
            );
        }
        outer.pop();
    }
}
