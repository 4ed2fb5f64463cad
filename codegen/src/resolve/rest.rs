//! REST surfaces.

use std::collections::HashMap;

use super::actions::{Mode, Resolved, Site};
use super::aggregates::Completed;
use super::arguments::{Kind, Origin, Slot};
use super::names;
use super::path::{self, Path, PathPiece, Side};
use super::place;
use super::surfaces::{Context, declared};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::Tag;
use crate::ir::{self, Location, Method, Piece, Route, Type};
use crate::naftiko::{ExposedInput, ExposedOperation, ExposedResource, Place, Rest, Text};
use crate::source::Span;

/// The routes of a surface.
pub(super) fn resolve<'a>(rest: &Rest<'a>, namespace: &Text<'a>, context: &Context<'_, 'a>) -> Vec<Route> {
    let mut routes = Routes { context, namespace: namespace.value, seen: HashMap::new() };
    let mut resolved = Vec::new();
    for resource in &rest.resources {
        for operation in &resource.operations {
            resolved.extend(routes.route(resource, operation));
        }
    }
    resolved
}

/// What a route does, as far as it tells where an input travels.
#[derive(Clone, Copy)]
struct Target<'t> {
    /// The operation that it calls, if it calls one.
    operation: Option<&'t ir::Operation>,
    method: Method,
}

struct Routes<'r, 'a> {
    context: &'r Context<'r, 'a>,
    namespace: &'a str,
    /// The routes so far by method and shape, with their path and place.
    seen: HashMap<(Method, String), (&'a str, Span)>,
}

impl<'a> Routes<'_, 'a> {
    fn route(&mut self, resource: &ExposedResource<'a>, exposed: &ExposedOperation<'a>) -> Option<Route> {
        let completed =
            self.context.aggregates.complete(&exposed.action, &[Kind::Rest.scope(), self.namespace], self.context.sink);
        let mode = completed.as_ref().and_then(|completed| Mode::of(&completed.action, self.context));
        let path_text = exposed.path.or(resource.path)?;
        let path = path::parse(&path_text, Side::Exposed, self.context.binds, self.context.sink);
        let method = exposed.method?;
        if method.value == Method::Options {
            let message = "routes for `OPTIONS` are not supported: that method is answered for every path";
            self.context.sink.report(Diagnostic::new(Code::UnsupportedMethod, method.span, message));
        }
        let path = path?;
        let completed = completed?;
        let action = &*completed.action;
        let name = action.name?;
        self.check_unique(method.value, &path, &path_text, name.span);
        let mode = mode?;
        let target = Target { operation: mode.operation(self.context), method: method.value };
        let slots = self.slots(resource, &completed, &path, target)?;
        let count = path.variables().len();
        let namespaces: Vec<&str> = std::iter::once(self.namespace).chain(completed.namespace).collect();
        let site =
            Site { kind: Kind::Rest, namespaces: &namespaces, name, path: path_text.value, context: self.context };
        let Resolved { mut parameters, action: resolved } = site.resolve(&mode, action, slots);
        parameters.iter_mut().take(count).for_each(|parameter| parameter.required = true);
        Some(Route {
            name: name.value.to_owned(),
            title: super::text(exposed.label),
            tags: tags(resource, exposed),
            description: super::text(action.description),
            method: method.value,
            path: path_text.value.to_owned(),
            path_template: template(&path),
            parameters,
            action: resolved,
        })
    }

    /// Reports a second route for the same requests.
    fn check_unique(&mut self, method: Method, path: &Path<'_>, path_text: &Text<'a>, span: Span) {
        let key = (method, path.shape());
        let Some((other_path, other_span)) = self.seen.get(&key) else {
            self.seen.insert(key, (path_text.value, span));
            return;
        };
        let method = method.as_str();
        let message = if *other_path == path_text.value {
            format!("two routes for `{method} {}`", path_text.value)
        } else {
            format!("the routes `{method} {}` and `{method} {other_path}` match the same paths", path_text.value)
        };
        self.context.sink.report(
            Diagnostic::new(Code::DuplicateRoute, span, message).label("again here").also(*other_span, "first here"),
        );
    }

    /// The parameters: the path's variables, then the declared inputs of resource and operation.
    fn slots(
        &self,
        resource: &ExposedResource<'a>,
        completed: &Completed<'_, 'a>,
        path: &Path<'_>,
        target: Target<'_>,
    ) -> Option<Vec<Slot>> {
        let variable = |(name, span): (&str, Span)| Slot::new(name, Location::Path, Origin::PathVariable, span);
        let mut slots: Vec<Slot> = path.variables().into_iter().map(variable).collect();
        let variables = slots.len();
        let mut is_sound = true;
        self.report_duplicates(&resource.input_parameters);
        let declared = &completed.action.input_parameters;
        self.report_duplicates(declared);
        for input in resource.input_parameters.iter().chain(declared) {
            is_sound &= self.declare(input, variables, &mut slots, target).is_some();
        }
        for input in &completed.inputs {
            inherit(input, target.method, &mut slots);
        }
        is_sound.then_some(slots)
    }

    fn report_duplicates(&self, inputs: &[ExposedInput<'a>]) {
        let place = |input: &ExposedInput<'_>| input.place.map(|place| place.value);
        for (index, input) in inputs.iter().enumerate() {
            let is_same =
                |other: &&ExposedInput<'_>| other.name.value == input.name.value && place(other) == place(input);
            if let Some(first) = inputs[..index].iter().find(is_same) {
                let message = format!("the input `{}` is declared twice", input.name.value);
                self.context.sink.report(
                    Diagnostic::new(Code::DuplicateParameter, input.name.span, message)
                        .label("again here")
                        .also(first.name.span, "first here"),
                );
            }
        }
    }

    fn declare(
        &self,
        input: &ExposedInput<'a>,
        variables: usize,
        slots: &mut Vec<Slot>,
        target: Target<'_>,
    ) -> Option<()> {
        let location = self.location(input, &slots[..variables], target)?;
        if location == Location::Path {
            self.describe(input, &mut slots[..variables]);
            return Some(());
        }
        let slot = declared(input, location, input.required);
        match slots[variables..].iter_mut().find(|other| other.name == slot.name && other.location == location) {
            // The operation's declaration takes the place of the resource's.
            Some(other) => *other = slot,
            None => slots.push(slot),
        }
        Some(())
    }

    /// Where an input travels. `None`: nowhere that is supported.
    fn location(&self, input: &ExposedInput<'a>, variables: &[Slot], target: Target<'_>) -> Option<Location> {
        let name = input.name.value;
        let sink = self.context.sink;
        match input.place.map(|place| place.value) {
            Some(Place::Request(Location::Body)) if name != "body" => Some(Location::Property),
            Some(Place::Request(location)) => Some(location),
            Some(Place::Environment) => {
                let message = format!("the input `{name}` comes from the environment, which no caller can see");
                sink.report(
                    Diagnostic::new(Code::UnsupportedEnvironmentParameter, input.name.span, message).help(
                        "declare a variable under `binds`, or an `in: environment` parameter of what is consumed",
                    ),
                );
                None
            }
            None if variables.iter().any(|variable| names::normalise(&variable.name) == names::normalise(name)) => {
                Some(Location::Path)
            }
            None => Some(place::implied(input, target.operation, target.method, sink)),
        }
    }

    /// Adds what a declaration says to the path variable that it is of.
    fn describe(&self, input: &ExposedInput<'a>, variables: &mut [Slot]) {
        let wanted = names::normalise(input.name.value);
        let exact = variables.iter().position(|variable| variable.name == input.name.value);
        let Some(index) =
            exact.or_else(|| variables.iter().position(|variable| names::normalise(&variable.name) == wanted))
        else {
            let message = format!("the path input `{}` does not stand in the path", input.name.value);
            let known = variables.iter().map(|variable| variable.name.as_str());
            self.context.sink.report(
                Diagnostic::new(Code::NoSuchPathVariable, input.name.span, message)
                    .label("this has no effect")
                    .maybe_help(crate::suggest::did_you_mean(input.name.value, known)),
            );
            return;
        };
        let variable = &mut variables[index];
        variable.r#type = Some(input.r#type.unwrap_or(Type::String));
        variable.description = super::written(input.description).or(variable.description.take());
    }
}

/// Adds an input of the flow that a route refers to. A parameter of its name supplies it, and where there is none it travels in
/// the query, or as a property of the body where requests have one.
fn inherit(input: &ExposedInput<'_>, method: Method, slots: &mut Vec<Slot>) {
    let wanted = names::normalise(input.name.value);
    let exact = slots.iter().position(|slot| slot.name == input.name.value);
    let index = exact.or_else(|| slots.iter().position(|slot| names::normalise(&slot.name) == wanted));
    if let Some(index) = index {
        let slot = &mut slots[index];
        slot.r#type = slot.r#type.or(input.r#type);
        slot.description = slot.description.take().or_else(|| super::written(input.description));
        slot.required = slot.required.or(input.required);
        return;
    }
    let location = match method {
        Method::Post | Method::Put | Method::Patch => Location::Property,
        Method::Get | Method::Head | Method::Delete | Method::Options => Location::Query,
    };
    slots.push(declared(input, location, input.required));
}

/// The tags of an operation: its own, those of its resource, or one for the resource.
fn tags(resource: &ExposedResource<'_>, exposed: &ExposedOperation<'_>) -> Vec<Tag> {
    let given = if exposed.tags.is_empty() { &resource.tags } else { &exposed.tags };
    let given = given.iter().map(|tag| Tag { name: tag.value.to_owned(), description: String::new() });
    let made = resource.label.filter(|_| given.len() == 0);
    let made = made.map(|label| Tag { name: label.value.to_owned(), description: super::text(resource.description) });
    given.chain(made).collect()
}

fn template(path: &Path<'_>) -> ir::Template {
    let variables = path.variables();
    let piece = |piece: &PathPiece<'_>| match piece {
        PathPiece::Text(text) => Piece::Text(text.clone()),
        // Routes have no other holes.
        PathPiece::Variable { name, .. } | PathPiece::Hole { name, .. } => {
            Piece::Input(variables.iter().position(|(variable, _)| variable == name).unwrap_or_default())
        }
    };
    path.pieces.iter().map(piece).collect()
}
