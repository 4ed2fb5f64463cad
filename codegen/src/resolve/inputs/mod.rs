//! The inputs of a consumed operation: the path's variables, what is declared, what templates refer to, and the body.

mod body;
mod path;
mod values;

use std::collections::HashMap;

use super::check_wire_name;
use super::names::{RESERVED_FIELDS, normalise};
use super::path::Path;
use super::upstreams::{InputPlace, Surroundings};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Constant, Input, Location, Method, Parameter, Piece, Type};
use crate::naftiko::{Body, ConsumedInput, Place, Text};
use crate::names::{Allocator, NameKind, convert};
use crate::source::Span;

pub(crate) use self::body::derived_body;

/// What the file says about an operation's inputs.
pub(super) struct Declarations<'d, 'a> {
    pub(super) name: Text<'a>,
    pub(super) method: Method,
    pub(super) path: &'d Path<'a>,
    pub(super) path_text: &'d str,
    pub(super) path_span: Span,
    /// The declared parameters of the upstream, the resource and the operation; later ones win.
    pub(super) levels: [&'d Vec<ConsumedInput<'a>>; 3],
    pub(super) body: Option<Body>,
    /// Whether path or method are not known.
    pub(super) is_broken: bool,
}

/// The inputs that follow from it.
#[derive(Default)]
pub(super) struct Derived {
    pub(super) inputs: Vec<Input>,
    pub(super) places: Vec<InputPlace>,
    pub(super) constants: Vec<Constant>,
    /// For each constant, where it stands.
    pub(super) constant_places: Vec<Span>,
    /// The inputs that stand in the path, by variable.
    pub(super) path_inputs: HashMap<String, usize>,
    /// The path with its variables replaced by inputs, or by what the file gives for them.
    pub(super) path_template: ir::Template,
}

/// The names of the parameters that the environment supplies.
pub(super) fn environment<'a>(levels: impl IntoIterator<Item = impl AsRef<[ConsumedInput<'a>]>>) -> Vec<&'a str> {
    let mut names = Vec::new();
    for level in levels {
        let of_environment = level.as_ref().iter().filter(|input| input.place.value == Place::Environment);
        names.extend(of_environment.filter(|input| input.value.is_none()).map(|input| input.name.value));
    }
    names
}

/// Derives the inputs: the path's variables in their order, the declared parameters in theirs, those that only templates
/// refer to, the body last.
pub(super) fn derive<'a>(declarations: &Declarations<'_, 'a>, surroundings: Surroundings<'_, 'a>) -> Derived {
    let mut deriver = Deriver {
        declarations,
        surroundings,
        declared: Vec::new(),
        is_used: Vec::new(),
        environment: environment(declarations.levels),
        in_progress: Vec::new(),
        fields: Allocator::reserving(RESERVED_FIELDS),
        derived: Derived::default(),
    };
    deriver.declare();
    deriver.path();
    let declared = deriver.declared.clone();
    for input in &declared {
        deriver.parameter(input);
    }
    deriver.path_template();
    for input in &declared {
        deriver.constant(input);
    }
    for (name, value) in &declarations.path.query {
        deriver.derived.constants.push(Constant {
            name: name.clone(),
            location: Location::Query,
            value: vec![Piece::Text(value.clone())],
        });
        deriver.derived.constant_places.push(declarations.path_span);
    }
    deriver.body();
    deriver.report_unused();
    deriver.derived
}

struct Deriver<'d, 'a> {
    declarations: &'d Declarations<'d, 'a>,
    surroundings: Surroundings<'d, 'a>,
    /// The declared parameters: those of the operation take the place of equal ones of the resource and the upstream.
    declared: Vec<ConsumedInput<'a>>,
    /// For each of them, whether it or its value has got somewhere.
    is_used: Vec<bool>,
    /// The names of those that the environment supplies.
    environment: Vec<&'a str>,
    /// The parameters whose values are being followed.
    in_progress: Vec<&'a str>,
    fields: Allocator,
    derived: Derived,
}

impl<'a> Deriver<'_, 'a> {
    fn declare(&mut self) {
        let mut all: Vec<(usize, ConsumedInput<'a>)> = Vec::new();
        for (level, inputs) in self.declarations.levels.iter().enumerate() {
            for input in *inputs {
                match all.iter_mut().find(|(_, other)| is_same(other, input)) {
                    Some((first_level, first)) if *first_level == level => self.report_duplicate(first, input),
                    Some(entry) => *entry = (level, input.clone()),
                    None => all.push((level, input.clone())),
                }
            }
        }
        self.declared = all.into_iter().map(|(_, input)| without_echo(input)).collect();
        self.is_used = vec![false; self.declared.len()];
    }

    fn report_duplicate(&self, first: &ConsumedInput<'_>, second: &ConsumedInput<'_>) {
        let message = format!("the parameter `{}` is declared twice", second.name.value);
        self.surroundings.sink.report(
            Diagnostic::new(Code::DuplicateParameter, second.name.span, message)
                .label("again here")
                .also(first.name.span, "first here"),
        );
    }

    /// Makes an input of a declared parameter that has no value and travels outside of the path.
    fn parameter(&mut self, input: &ConsumedInput<'a>) {
        let name = input.name.value;
        if let Place::Request(location @ (Location::Query | Location::Header | Location::Cookie)) = input.place.value
            && input.value.is_none()
        {
            check_wire_name(name, location, input.name.span, self.surroundings.sink);
            self.input(name, location, Some(input), input.name.span);
        }
    }

    /// Reports parameters of the path that neither stand in it nor in a template, and values that nothing takes.
    fn report_unused(&self) {
        if self.declarations.is_broken {
            return;
        }
        for (input, is_used) in self.declared.iter().zip(&self.is_used) {
            let is_of_path = input.place.value == Place::Request(Location::Path);
            let is_hidden = is_of_path || input.place.value == Place::Environment && input.value.is_some();
            if *is_used || !is_hidden {
                continue;
            }
            let name = input.name.value;
            let message = if is_of_path {
                format!("the path parameter `{name}` does not stand in the path `{}`", self.declarations.path_text)
            } else {
                format!("the parameter `{name}` goes nowhere: no template refers to it")
            };
            let code = if is_of_path { Code::NoSuchPathVariable } else { Code::UnusedInput };
            let variables = self.declarations.path.variables();
            let known = variables.iter().map(|(name, _)| *name).filter(|_| is_of_path);
            self.surroundings.sink.report(
                Diagnostic::new(code, input.name.span, message)
                    .label("this has no effect")
                    .maybe_help(crate::suggest::did_you_mean(name, known)),
            );
        }
    }

    /// Adds an input and gives its index.
    fn input(&mut self, name: &str, location: Location, declaration: Option<&ConsumedInput<'a>>, span: Span) -> usize {
        let description = declaration.and_then(|declaration| super::written(declaration.description));
        let is_described = description.is_some();
        let field = convert(name, NameKind::Value);
        let located = format!("{field}_{}", word(location));
        let field = self.fields.either(field, located);
        self.derived.inputs.push(Input {
            parameter: Parameter {
                name: name.to_owned(),
                location,
                r#type: declaration.and_then(|declaration| declaration.r#type).unwrap_or(Type::String),
                required: location == Location::Path
                    || declaration.and_then(|declaration| declaration.required).unwrap_or(false),
                description: description.unwrap_or_else(|| describe(name, location, self.declarations.path_text)),
                schema: None,
            },
            field,
        });
        let declared_type = declaration.and_then(|declaration| declaration.r#type);
        self.derived.places.push(InputPlace {
            span,
            is_described,
            is_derived_body: false,
            declared_type,
            documented: None,
        });
        self.derived.inputs.len() - 1
    }
}

/// A description for a parameter that the file does not describe.
pub(crate) fn describe(name: &str, location: Location, path: &str) -> String {
    match location {
        Location::Path => format!("The `{name}` in `{}`.", surroundings(name, path)),
        Location::Query => format!("The query parameter `{name}`."),
        Location::Header => format!("The header field `{name}`."),
        Location::Cookie => format!("The cookie `{name}`."),
        Location::Body => "The JSON body of the request.".to_owned(),
        Location::Template => format!("The `{name}` of the request."),
    }
}

/// The part of a path that tells what its variable is: the segment before it, and its own.
fn surroundings<'a>(name: &str, path: &'a str) -> &'a str {
    let Some(hole) = path.find(&format!("{{{name}}}")) else { return path };
    let end = path[hole..].find('/').map_or(path.len(), |slash| hole + slash);
    let own = path[..hole].rfind('/').unwrap_or(0);
    let before = path[..own].rfind('/').unwrap_or(own);
    // Another variable says nothing about this one.
    let start = if path[before..own].contains('{') { own } else { before };
    &path[start..end]
}

/// The word for a location.
pub(crate) fn word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Body => "body",
        Location::Template => "input",
    }
}

/// Whether two declarations are of one parameter; header fields are compared without regard to case.
fn is_same(left: &ConsumedInput<'_>, right: &ConsumedInput<'_>) -> bool {
    left.place.value == right.place.value
        && if left.place.value == Place::Request(Location::Header) {
            left.name.value.eq_ignore_ascii_case(right.name.value)
        } else {
            left.name.value == right.name.value
        }
}

/// A parameter whose value is a template of nothing but its own name has no value: it is an input.
fn without_echo(mut input: ConsumedInput<'_>) -> ConsumedInput<'_> {
    let is_echo = |value: &str| {
        let inside = value.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        inside.is_some_and(|inside| inside.trim() == input.name.value)
    };
    if input.value.is_some_and(|value| is_echo(value.value)) {
        input.value = None;
    }
    input
}
