//! Which inputs of an operation get their values from where, when a surface calls it.
//!
//! In this order: what `with` says; parameters of exactly the input's name; parameters of nearly its name; in REST, the
//! one path variable that is left over for the one that is missing. Inputs that nothing supplies then become parameters
//! themselves, but for variables of the upstream's path in REST, where there is no place for them.

mod body;
mod matching;
mod slot;
mod values;
mod with;

pub(super) use self::slot::{Origin, Slot};
pub(super) use self::with::foreign_reference;

use super::binds::Binds;
use std::collections::HashMap;

use super::check_wire_name;
use super::inputs;
use super::steps::Known;
use super::upstreams::Consumed;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Location, Parameter, Source, Type};
use crate::join::Joined;
use crate::naftiko::{Text, With};
use crate::source::Span;

/// What a surface offers to the operation that it calls.
pub(super) struct Call<'c, 'a> {
    pub(super) kind: Kind,
    /// The namespaces of the surface and of the aggregate, which are scopes of `with` as well.
    pub(super) namespaces: &'c [&'c str],
    /// The namespaces of the other surfaces.
    pub(super) other_namespaces: &'c [&'a str],
    /// The name of the REST operation or tool, and where it stands.
    pub(super) name: Text<'a>,
    /// The path of a REST operation, empty of a tool.
    pub(super) path: &'c str,
    pub(super) with: &'c [With<'a>],
    pub(super) operation: &'c ir::Operation,
    pub(super) consumed: &'c Consumed<'a>,
    pub(super) joined: &'c Joined,
    /// Path variables first, then declared inputs.
    pub(super) slots: Vec<Slot>,
    /// The steps of the action that the call is one of.
    pub(super) steps: Option<&'c Known<'a>>,
    pub(super) binds: &'c Binds<'a>,
    pub(super) sink: &'c Sink,
}

/// The kind of a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Rest,
    Mcp,
}

impl Kind {
    /// The word that stands for the surface's own parameters in `with`.
    pub(super) fn scope(self) -> &'static str {
        match self {
            Self::Rest => "rest",
            Self::Mcp => "tools",
        }
    }
}

/// The parameters of a route or tool, and the source of each input of its operation.
pub(super) struct Resolved {
    pub(super) slots: Vec<Slot>,
    pub(super) arguments: Vec<Source>,
}

/// Finds a source for every input. Mistakes are reported, and whatever then follows is never used.
pub(super) fn resolve(call: Call<'_, '_>) -> Resolved {
    let mut resolver = Resolver {
        sources: vec![None; call.operation.inputs.len()],
        by_with: vec![None; call.operation.inputs.len()],
        referred: HashMap::new(),
        call,
    };
    resolver.with();
    if !resolver.call.consumed.is_broken {
        resolver.exact();
        resolver.near();
        resolver.pair();
        resolver.derive();
        if resolver.call.steps.is_none() {
            resolver.report_unused();
        }
    }
    resolver.finish()
}

struct Resolver<'c, 'a> {
    call: Call<'c, 'a>,
    sources: Vec<Option<Source>>,
    /// For each input that `with` gives a value, the key's place.
    by_with: Vec<Option<Span>>,
    /// The names by which `with` refers to path variables that are not there, by the inputs.
    referred: HashMap<usize, String>,
}

impl Resolver<'_, '_> {
    fn input(&self, index: usize) -> &Parameter {
        &self.call.operation.inputs[index].parameter
    }

    /// The inputs without a source.
    fn open(&self) -> Vec<usize> {
        (0..self.sources.len()).filter(|index| self.sources[*index].is_none()).collect()
    }

    /// Makes a slot the source of an input.
    fn connect(&mut self, input: usize, slot: usize) {
        self.sources[input] = Some(Source::Parameter(slot));
        let parameter = &self.call.operation.inputs[input].parameter;
        let place = self.call.consumed.places[input];
        let must_be_open = place.is_derived_body && self.call.kind == Kind::Mcp;
        let r#type = if must_be_open { Type::Object } else { parameter.r#type };
        self.check_type(input, slot);
        let slot = &mut self.call.slots[slot];
        slot.is_claimed = true;
        if parameter.schema.is_some() {
            slot.r#type = Some(r#type);
            slot.schema.clone_from(&parameter.schema);
        }
        slot.r#type.get_or_insert(r#type);
        if place.is_described {
            slot.description.get_or_insert_with(|| parameter.description.clone());
        }
        if self.call.kind == Kind::Mcp {
            slot.made_description.get_or_insert_with(|| parameter.description.clone());
            slot.location = parameter.location;
        }
        if parameter.required && slot.required == Some(false) && slot.origin == Origin::Declared {
            let message =
                format!("the input `{}` is declared optional, but `{}` needs it", slot.name, self.call.operation.name);
            self.call
                .sink
                .report(Diagnostic::new(Code::MustBeRequired, slot.span, message).label("taken for required"));
        }
        let required = slot.required.unwrap_or(false) || parameter.required;
        slot.required = Some(required);
    }

    /// Reports a parameter of a type that the OpenAPI document contradicts.
    fn check_type(&self, input: usize, slot: usize) {
        let (slot, parameter) = (&self.call.slots[slot], &self.call.operation.inputs[input].parameter);
        let (Some(declared), Some(_)) = (slot.r#type, &parameter.schema) else { return };
        if !declared.overlaps(parameter.r#type) {
            let message = format!(
                "`{}` is declared with the type `{}`, but the document says `{}`",
                slot.name,
                declared.as_str(),
                parameter.r#type.as_str()
            );
            let diagnostic = Diagnostic::new(Code::ContradictingType, slot.span, message);
            self.call.sink.report(match self.call.consumed.places[input].documented {
                Some(there) => self.call.joined.mark(diagnostic, there, "the document's type"),
                None => diagnostic,
            });
        }
    }

    /// Adds a parameter for an input that nothing else supplies.
    fn add(&mut self, input: usize, slot: Slot) {
        self.call.slots.push(slot);
        self.connect(input, self.call.slots.len() - 1);
    }

    /// Where a surface takes an input that nobody has placed: what only templates of the upstream use goes where they are.
    fn place(&self, location: Location) -> Location {
        match (location, &self.call.operation.body) {
            (Location::Template, Some(_)) => Location::Property,
            (Location::Template, None) => Location::Query,
            (location, _) => location,
        }
    }

    fn derive(&mut self) {
        for index in self.open() {
            let input = self.input(index);
            if input.location == Location::Path && self.call.kind == Kind::Rest {
                // Reported by `pair`.
                continue;
            }
            if self.call.steps.is_some() && !input.required {
                // A step says what it sends; what other steps need is no body for this one.
                continue;
            }
            if self.spread(index) || self.gather(index) {
                continue;
            }
            let input = self.input(index);
            let location = self.place(input.location);
            let slot = Slot::new(&input.name, location, Origin::Derived, self.call.consumed.places[index].span);
            self.add(index, slot);
        }
    }

    /// Reports parameters of the surface that go nowhere.
    fn report_unused(&self) {
        for slot in self.call.slots.iter().filter(|slot| slot.is_free()) {
            let name = &slot.name;
            let operation = &self.call.operation.name;
            let what = if slot.origin == Origin::PathVariable { "path variable" } else { "input" };
            let message = format!("the {what} `{name}` goes nowhere: `{operation}` has no such input");
            let inputs = self.call.operation.inputs.iter().map(|input| input.parameter.name.as_str());
            self.call.sink.report(
                Diagnostic::new(Code::UnusedInput, slot.span, message)
                    .maybe_help(crate::suggest::did_you_mean(name, inputs)),
            );
        }
    }

    fn finish(self) -> Resolved {
        let arguments = self.sources.into_iter().map(|source| source.unwrap_or(Source::Absent)).collect();
        Resolved { slots: self.call.slots, arguments }
    }
}

/// The parameters that slots have become; `path` is that of a route, empty of a tool.
pub(super) fn parameters(slots: Vec<Slot>, kind: Kind, path: &str, sink: &Sink) -> Vec<Parameter> {
    if kind == Kind::Rest {
        for slot in &slots {
            check_wire_name(&slot.name, slot.location, slot.span, sink);
        }
    }
    let parameters = slots.into_iter().map(|slot| {
        let made = slot.made_description.unwrap_or_else(|| inputs::describe(&slot.name, slot.location, path));
        Parameter {
            description: slot.description.unwrap_or(made),
            name: slot.name,
            location: slot.location,
            r#type: slot.r#type.unwrap_or(Type::String),
            // Without a variable of its path nobody comes by a route.
            required: slot.required.unwrap_or(kind == Kind::Rest && slot.location == Location::Path),
            schema: slot.schema,
        }
    });
    parameters.collect()
}
