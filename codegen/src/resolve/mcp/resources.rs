//! Resources: URIs with what an action answers, or with the files of a folder (section 13.4 of the format).

use std::collections::HashMap;

use super::uri::{self, Uri};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::file_uri::{self, Fault};
use crate::ir::{Location, Parameter, Resource, ResourceContent};
use crate::naftiko::{ExposedInput, McpResource, Text};
use crate::resolve::actions::{Mode, Resolved, Site};
use crate::resolve::aggregates::{hole, referred};
use crate::resolve::arguments::{Kind, Origin, Slot};
use crate::resolve::names::normalise;
use crate::resolve::surfaces::{self, Context};
use crate::resolve::{self, rules, written};
use crate::source::Span;
use crate::suggest;

/// The resources of a surface.
pub(super) fn resolve<'a>(
    resources: &[McpResource<'a>],
    namespace: &'a str,
    context: &Context<'_, 'a>,
) -> Vec<Resource> {
    check_unique(resources.iter().filter_map(|resource| resource.action.name), "name", context.sink);
    let uris: Vec<Option<Uri<'a>>> =
        resources.iter().map(|resource| uri::parse(&resource.uri?, context.sink)).collect();
    let mut shapes: HashMap<&str, Span> = HashMap::new();
    for (resource, uri) in resources.iter().zip(&uris) {
        if let (Some(text), Some(uri)) = (resource.uri, uri)
            && let Some(first) = shapes.insert(&uri.shape, text.span)
        {
            let message = format!("two resources answer to `{}`", text.value);
            let diagnostic = Diagnostic::new(Code::DuplicateResource, text.span, message);
            context.sink.report(diagnostic.label("again here").also(first, "first here"));
        }
    }
    let resolved = resources.iter().zip(&uris).filter_map(|(resource, uri)| {
        let uri = uri.as_ref()?;
        let made = made(resource, uri, namespace, context)?;
        Some(Resource {
            name: made.name.value.to_owned(),
            title: written(resource.label),
            description: resolve::text(made.description),
            uri: uri.listed.clone(),
            uri_template: uri.pieces.clone(),
            media_type: written(resource.mime_type),
            is_binary: resource.binary,
            content: made.content,
        })
    });
    resolved.collect()
}

/// Reports a second resource of a name.
fn check_unique<'a>(names: impl Iterator<Item = Text<'a>>, what: &str, sink: &Sink) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.value, name.span) {
            let message = format!("two resources have the {what} `{}`", name.value);
            let diagnostic = Diagnostic::new(Code::DuplicateResource, name.span, message);
            sink.report(diagnostic.label("again here").also(first, "first here"));
        }
    }
}

/// What a resource turned out to be, with what it takes from the flow that it refers to.
struct Made<'a> {
    name: Text<'a>,
    description: Option<Text<'a>>,
    content: ResourceContent,
}

/// What a resource is. `None`: that is not known, which is reported.
fn made<'a>(
    resource: &McpResource<'a>,
    uri: &Uri<'a>,
    namespace: &'a str,
    context: &Context<'_, 'a>,
) -> Option<Made<'a>> {
    let action = &resource.action;
    let outputs = action.outputs.as_ref().map(|outputs| outputs.key);
    let own = [
        action.call.map(|text| text.span),
        action.r#ref.map(|text| text.span),
        action.steps.as_ref().map(|steps| steps.key),
        outputs,
    ];
    let own = own.into_iter().flatten().next();
    match (resource.location, own) {
        (Some(location), None) => {
            let folder = folder(&location, uri, context.sink)?;
            Some(Made { name: action.name?, description: action.description, content: folder })
        }
        (None, Some(_)) => self::action(resource, uri, namespace, context),
        (Some(location), Some(own)) => {
            let message = "a resource is either the files of a `location`, or what it calls";
            let diagnostic = Diagnostic::new(Code::ResourceContents, own, message);
            context.sink.report(diagnostic.also(location.span, "the location"));
            None
        }
        (None, None) => {
            if !action.call_is_missing {
                let message = "the resource does not say what it contains";
                let help = "add `call: namespace.operation`, or `location: file:///./folder` for the files of a folder";
                context.sink.report(Diagnostic::new(Code::ResourceContents, action.span, message).help(help));
            }
            None
        }
    }
}

fn folder(location: &Text<'_>, uri: &Uri<'_>, sink: &Sink) -> Option<ResourceContent> {
    if let Some((name, span)) = uri.variables.first() {
        let message = format!("the URI of a folder has the variable `{name}`");
        let help = "files of the folder stand behind the URI, with a `/` between";
        sink.report(Diagnostic::new(Code::MalformedResourceUri, *span, message).help(help));
        return None;
    }
    let (message, help) = match file_uri::path(location.value.trim().trim_end_matches('/')) {
        Ok(path) => return Some(ResourceContent::Folder(path)),
        Err(Fault::Scheme(scheme)) => (
            format!("the files of a resource cannot be read from a location of the scheme `{scheme}`"),
            "only folders of the machine are served: `file:///./folder`",
        ),
        Err(Fault::NoUri | Fault::NoFile) => (
            format!("the location `{}` names no folder of this machine", location.value),
            "after `file://` stands `/./` and a path from the working directory, or an absolute path",
        ),
    };
    sink.report(Diagnostic::new(Code::UnusableResourceLocation, location.span, message).help(help));
    None
}

fn action<'a>(
    resource: &McpResource<'a>,
    uri: &Uri<'a>,
    namespace: &'a str,
    context: &Context<'_, 'a>,
) -> Option<Made<'a>> {
    let words = [Kind::Mcp.scope(), namespace];
    let completed = context.aggregates.complete(&resource.action, &words, context.sink)?;
    let action = &*completed.action;
    let mode = Mode::of(action, context)?;
    let name = action.name?;
    let inputs: Vec<&ExposedInput<'a>> = action.input_parameters.iter().chain(&completed.inputs).collect();
    let (slots, declared) = slots(uri, &inputs, name, context.sink)?;
    let is_given = |name: &str| slots.iter().any(|slot| normalise(&slot.name) == normalise(name));
    let namespaces: Vec<&str> = std::iter::once(namespace).chain(completed.namespace).collect();
    let own_words: Vec<&str> = words.into_iter().chain(completed.namespace).collect();
    for with in &action.with {
        let referred = hole(&with.value).and_then(|(name, is_hole)| referred(name, &own_words, is_hole));
        if let Some(name) = referred.filter(|name| !is_given(name.value) && !context.binds.declares(name.value)) {
            report_unsupplied(name.value, name.span, uri, context.sink);
            return None;
        }
    }
    let site = Site { kind: Kind::Mcp, namespaces: &namespaces, name, path: "", context };
    let Resolved { mut parameters, action: resolved } = site.resolve(&mode, action, slots);
    let rules = rules::resolve(&declared, &mut parameters, Kind::Mcp, context.sink);
    for parameter in parameters.iter().skip(uri.variables.len()).filter(|parameter| parameter.required) {
        report_unsupplied(&parameter.name, name.span, uri, context.sink);
    }
    require(&mut parameters, uri);
    let performed = ResourceContent::Action { parameters, rules, action: Box::new(resolved) };
    Some(Made { name, description: action.description, content: performed })
}

/// A URI has all its variables.
fn require(parameters: &mut [Parameter], uri: &Uri<'_>) {
    parameters.iter_mut().take(uri.variables.len()).for_each(|parameter| parameter.required = true);
}

/// What a declared input has become, by its place.
type Declared<'i, 'a> = Vec<(usize, &'i ExposedInput<'a>)>;

/// The variables of the URI, with what declared inputs say of them; behind them the inputs that the file itself gives
/// values. `None`: another input is none of them, which is reported.
fn slots<'i, 'a>(
    uri: &Uri<'_>,
    inputs: &[&'i ExposedInput<'a>],
    name: Text<'_>,
    sink: &Sink,
) -> Option<(Vec<Slot>, Declared<'i, 'a>)> {
    let variable = |(name, span): &(&str, Span)| Slot::new(name, Location::Query, Origin::PathVariable, *span);
    let mut slots: Vec<Slot> = uri.variables.iter().map(variable).collect();
    let mut declared = Vec::new();
    let mut is_sound = true;
    for input in inputs.iter().copied() {
        let found = slots.iter().position(|slot| normalise(&slot.name) == normalise(input.name.value));
        match found.and_then(|index| Some((index, slots.get_mut(index)?))) {
            Some((index, slot)) => {
                slot.r#type = slot.r#type.or(input.r#type);
                slot.description = slot.description.take().or_else(|| written(input.description));
                declared.push((index, input));
            }
            None if input.default.is_some() || input.value.is_some() => {
                declared.push((slots.len(), input));
                slots.push(surfaces::declared(input, Location::Query, Some(false)));
            }
            None if input.required == Some(false) => {}
            None => {
                report_unsupplied(input.name.value, name.span, uri, sink);
                is_sound = false;
            }
        }
    }
    is_sound.then_some((slots, declared))
}

fn report_unsupplied(name: &str, span: Span, uri: &Uri<'_>, sink: &Sink) {
    let message = format!("nothing supplies `{name}`, since the URI has no such variable");
    let variables = || uri.variables.iter().map(|(name, _)| *name);
    let help = match uri.variables.as_slice() {
        [] => format!("add `{{{name}}}` to the URI, or give it a value in `with`"),
        _ => format!("variables of the URI: {}; others have to get a value in `with`", suggest::list(variables())),
    };
    let diagnostic = Diagnostic::new(Code::UnsuppliedResourceInput, span, message);
    sink.report(diagnostic.maybe_help(suggest::did_you_mean(name, variables())).help(help));
}
