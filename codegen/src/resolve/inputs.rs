//! The inputs of a consumed operation: the path's variables, what is declared, and the body.

use std::collections::HashMap;

use super::binds::{Binds, TemplateUse};
use super::names::{RESERVED_FIELDS, normalise};
use super::path::{self, Path};
use super::upstreams::InputPlace;
use super::{check_header_value, check_wire_name};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{Constant, Input, Location, Method, Parameter, Piece, Type};
use crate::naftiko::{Body, ConsumedInput, Place, Text};
use crate::names::{Allocator, NameKind, convert};
use crate::source::Span;

/// What the file says about an operation's inputs.
pub(super) struct Declarations<'d, 'a> {
    pub(super) name: Text<'a>,
    pub(super) method: Method,
    pub(super) path: &'d Path,
    pub(super) path_text: &'d str,
    pub(super) path_span: Span,
    /// The declared parameters of the upstream, the resource and the operation; later ones win.
    pub(super) levels: [&'d Vec<ConsumedInput<'a>>; 3],
    pub(super) body: Option<Body>,
    /// Whether path or method are not known.
    pub(super) is_broken: bool,
    /// Whether an OpenAPI document may still say what the body is.
    pub(super) is_joined: bool,
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
    /// The texts that the file gives for variables of the path.
    pub(super) folded: HashMap<String, String>,
}

/// Derives the inputs: the path's variables in their order, the declared parameters in theirs, the body last.
pub(super) fn derive<'a>(declarations: &Declarations<'_, 'a>, binds: &Binds<'a>, sink: &Sink) -> Derived {
    let mut deriver = Deriver {
        declarations,
        binds,
        sink,
        fields: Allocator::reserving(RESERVED_FIELDS),
        derived: Derived::default(),
    };
    let declared = deriver.declared();
    let in_path = |input: &&ConsumedInput<'_>| input.place.value == Place::Request(Location::Path);
    let of_path: Vec<&ConsumedInput<'a>> = declared.iter().filter(in_path).collect();
    deriver.path(&of_path);
    for input in declared.iter().filter(|input| !in_path(input)) {
        deriver.parameter(input);
    }
    for (name, value) in &declarations.path.query {
        deriver.derived.constants.push(Constant {
            name: name.clone(),
            location: Location::Query,
            value: vec![Piece::Text(value.clone())],
        });
        deriver.derived.constant_places.push(declarations.path_span);
    }
    deriver.body(&declared);
    deriver.derived
}

struct Deriver<'d, 'a> {
    declarations: &'d Declarations<'d, 'a>,
    binds: &'d Binds<'a>,
    sink: &'d Sink,
    fields: Allocator,
    derived: Derived,
}

impl<'a> Deriver<'_, 'a> {
    /// The declared parameters: those of the operation take the place of equal ones of the resource and the upstream.
    fn declared(&self) -> Vec<ConsumedInput<'a>> {
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
        all.into_iter().map(|(_, input)| input).collect()
    }

    fn report_duplicate(&self, first: &ConsumedInput<'_>, second: &ConsumedInput<'_>) {
        let message = format!("the parameter `{}` is declared twice", second.name.value);
        self.sink.report(
            Diagnostic::new(Code::DuplicateParameter, second.name.span, message)
                .label("again here")
                .also(first.name.span, "first here"),
        );
    }

    fn path(&mut self, declared: &[&ConsumedInput<'a>]) {
        let variables = self.declarations.path.variables();
        let mut taken = vec![false; declared.len()];
        for (variable, span) in &variables {
            let found = self.declaration_of(variable, *span, declared, &variables);
            if let Some(index) = found {
                taken[index] = true;
            }
            let declaration = found.map(|index| declared[index]);
            if let Some(value) = declaration.and_then(|declaration| declaration.value) {
                self.fold(variable, &value);
                continue;
            }
            let place = declaration.map_or(*span, |declaration| declaration.name.span);
            let index = self.input(variable, Location::Path, declaration, place);
            self.derived.path_inputs.insert((*variable).to_owned(), index);
        }
        for (input, taken) in declared.iter().zip(taken) {
            if !taken && !self.declarations.is_broken {
                let name = input.name.value;
                let message =
                    format!("the path parameter `{name}` does not stand in the path `{}`", self.declarations.path_text);
                let known = variables.iter().map(|(name, _)| *name);
                self.sink.report(
                    Diagnostic::new(Code::NoSuchPathVariable, input.name.span, message)
                        .label("this has no effect")
                        .maybe_help(crate::suggest::did_you_mean(name, known)),
                );
            }
        }
    }

    /// The declaration of a path variable: one of exactly its name, or the only one of nearly its name.
    fn declaration_of(
        &self,
        variable: &str,
        span: Span,
        declared: &[&ConsumedInput<'_>],
        variables: &[(&str, Span)],
    ) -> Option<usize> {
        if let Some(index) = declared.iter().position(|input| input.name.value == variable) {
            return Some(index);
        }
        let is_exact = |name: &str| variables.iter().any(|(variable, _)| *variable == name);
        let wanted = normalise(variable);
        let matches = |input: &ConsumedInput<'_>| normalise(input.name.value) == wanted && !is_exact(input.name.value);
        let near: Vec<usize> = (0..declared.len()).filter(|index| matches(declared[*index])).collect();
        if let [first, second, ..] = near.as_slice() {
            let message = format!("more than one declared parameter could be the path variable `{variable}`");
            self.sink.report(
                Diagnostic::new(Code::AmbiguousParameter, span, message)
                    .also(declared[*first].name.span, "this one")
                    .also(declared[*second].name.span, "or this one"),
            );
        }
        near.first().copied()
    }

    /// Puts a constant value into the path.
    fn fold(&mut self, variable: &str, value: &Text<'a>) {
        if value.value.contains("{{") {
            let message =
                format!("the path parameter `{variable}` takes its value from a template, which is not supported yet");
            self.sink.report(Diagnostic::new(Code::UnsupportedTemplate, value.span, message));
        }
        self.derived.folded.insert(variable.to_owned(), path::encode(value.value, b""));
    }

    fn parameter(&mut self, input: &ConsumedInput<'a>) {
        let name = input.name.value;
        let Place::Request(location) = input.place.value else {
            let message = format!("the parameter `{name}` comes from the environment, which is not supported yet");
            self.sink.report(
                Diagnostic::new(Code::UnsupportedEnvironmentParameter, input.place.span, message)
                    .help("declare a variable under `binds` and refer to it in `value`"),
            );
            return;
        };
        check_wire_name(name, location, input.name.span, self.sink);
        match (location, input.value) {
            (Location::Body, _) => {}
            (_, Some(value)) => {
                if matches!(location, Location::Header | Location::Cookie) {
                    check_header_value(&value, self.sink);
                }
                if let Some(template) = self.binds.template(&value, TemplateUse::ParameterValue) {
                    self.derived.constants.push(Constant { name: name.to_owned(), location, value: template });
                    self.derived.constant_places.push(input.name.span);
                }
            }
            (_, None) => {
                self.input(name, location, Some(input), input.name.span);
            }
        }
    }

    fn body(&mut self, declared: &[ConsumedInput<'a>]) {
        let method = self.declarations.method;
        let mut bodies = declared.iter().filter(|input| input.place.value == Place::Request(Location::Body));
        if let Some(body) = bodies.next() {
            self.declared_body(body);
            for other in bodies {
                self.report_body_field(other);
            }
            return;
        }
        let takes_a_body = matches!(method, Method::Post | Method::Put | Method::Patch);
        if takes_a_body && !self.declarations.is_broken && self.declarations.body.is_none_or(|body| !body.has_content) {
            let name = self.declarations.name;
            if !self.declarations.is_joined {
                self.sink.report(derived_body(name));
            }
            let index = self.input("body", Location::Body, None, name.span);
            self.derived.inputs[index].parameter.r#type = Type::Any;
            self.derived.inputs[index].parameter.required = false;
            self.derived.places[index].is_derived_body = true;
        }
    }

    fn declared_body(&mut self, body: &ConsumedInput<'a>) {
        if body.name.value != "body" {
            self.report_body_field(body);
            return;
        }
        if let Some(value) = body.value {
            let message = "a request body with a value is not supported yet";
            self.sink.report(Diagnostic::new(Code::UnsupportedRequestBody, value.span, message));
        }
        if matches!(self.declarations.method, Method::Get | Method::Head) {
            let message = format!(
                "the operation `{}` sends a body with a request that should have none",
                self.declarations.name.value
            );
            self.sink.report(Diagnostic::new(Code::BodyOfSafeMethod, body.name.span, message));
        }
        let index = self.input("body", Location::Body, Some(body), body.name.span);
        self.derived.inputs[index].parameter.r#type = body.r#type.unwrap_or(Type::Object);
    }

    fn report_body_field(&self, input: &ConsumedInput<'_>) {
        let message =
            format!("the parameter `{}` is a field of the request body, which is not supported yet", input.name.value);
        self.sink.report(
            Diagnostic::new(Code::UnsupportedBodyField, input.name.span, message)
                .help("the whole body is a single parameter: `{ name: body, in: body }`"),
        );
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

/// What to say about a body that nobody has declared.
pub(crate) fn derived_body(name: Text<'_>) -> Diagnostic {
    let message = format!("the operation `{}` does not say what its request body is", name.value);
    Diagnostic::new(Code::DerivedBody, name.span, message)
        .label("takes an optional JSON body")
        .help("declare it: `inputParameters: [{ name: body, in: body }]`")
}

/// A description for a parameter that the file does not describe.
pub(crate) fn describe(name: &str, location: Location, path: &str) -> String {
    match location {
        Location::Path => format!("The `{name}` in `{}`.", surroundings(name, path)),
        Location::Query => format!("The query parameter `{name}`."),
        Location::Header => format!("The header field `{name}`."),
        Location::Cookie => format!("The cookie `{name}`."),
        Location::Body => "The JSON body of the request.".to_owned(),
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
