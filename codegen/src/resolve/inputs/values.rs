//! Values that the file gives, which are templates (section 10 of the format).
//!
//! A hole is, in this order: a bind variable; a parameter that the environment supplies; a declared parameter with a
//! value, which takes its place; an input; a field of one. What is none of them becomes an input if it is written as one.

use super::super::binds::{Lookup, Usage, looks_like_a_variable};
use super::super::template::{self, Part};
use super::super::{check_header_value, check_wire_name};
use super::{Deriver, normalise};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Constant, Location, Piece, Type};
use crate::naftiko::{ConsumedInput, Place, Text};
use crate::source::Span;
use crate::suggest;

/// The scopes that stand for the inputs of whatever calls the operation.
const SCOPES: [&str; 2] = ["rest", "tools"];

impl<'a> Deriver<'_, 'a> {
    /// Makes a constant of a declared parameter that has a value.
    pub(super) fn constant(&mut self, input: &ConsumedInput<'a>) {
        let (name, Some(value)) = (input.name.value, input.value) else { return };
        let Place::Request(location @ (Location::Query | Location::Header | Location::Cookie)) = input.place.value
        else {
            return;
        };
        check_wire_name(name, location, input.name.span, self.surroundings.sink);
        if matches!(location, Location::Header | Location::Cookie) {
            check_header_value(&value, self.surroundings.sink);
        }
        if let Some(template) = self.value(name, &value) {
            self.derived.constants.push(Constant { name: name.to_owned(), location, value: template });
            self.derived.constant_places.push(input.name.span);
        }
    }

    /// The value of the parameter `name`.
    pub(super) fn value(&mut self, name: &'a str, value: &Text<'a>) -> Option<ir::Template> {
        self.in_progress.push(name);
        let template = self.template(value);
        self.in_progress.pop();
        template
    }

    /// A template. `None`: something about it is wrong, which is reported.
    fn template(&mut self, text: &Text<'a>) -> Option<ir::Template> {
        let mut pieces = Vec::new();
        for part in template::parse(text, self.surroundings.sink)? {
            match part {
                Part::Text(text) => pieces.push(Piece::Text(text.to_owned())),
                Part::Hole(name, range) => pieces.extend(self.hole(name, text.part(range))?),
            }
        }
        Some(pieces)
    }

    /// What stands for a hole.
    pub(super) fn hole(&mut self, name: &'a str, span: Span) -> Option<ir::Template> {
        let binds = self.surroundings.binds;
        match binds.lookup(name, span, Usage::Request, &self.environment) {
            Lookup::Found(index) => return Some(vec![Piece::Bind(index)]),
            Lookup::Ambiguous => return None,
            Lookup::Undeclared => {}
        }
        if let Some(index) = self.declared_value(name) {
            self.is_used[index] = true;
            let value = self.declared[index].value?;
            return self.value(name, &value);
        }
        if let Some(index) = self.find(name).or_else(|| self.loose(name)) {
            return Some(vec![Piece::Input(index)]);
        }
        if let Some(index) = binds.borrowed(name, span) {
            return Some(vec![Piece::Bind(index)]);
        }
        match name.split_once('.') {
            Some((scope, rest)) => self.dotted(name, scope, rest, span),
            None => self.implicit(name, span).map(|index| vec![Piece::Input(index)]),
        }
    }

    /// A hole with a dot: a field of an input, or an input of the caller.
    fn dotted(&mut self, name: &'a str, scope: &'a str, rest: &'a str, span: Span) -> Option<ir::Template> {
        if let Some(index) = self.find(scope).or_else(|| self.loose(scope)) {
            let parameter = &mut self.derived.inputs[index].parameter;
            if self.derived.places[index].declared_type.is_none() {
                parameter.r#type = Type::Object;
            }
            let fields = rest.split('.').map(str::to_owned).collect();
            return Some(vec![Piece::Field(index, fields)]);
        }
        let is_scope = SCOPES.contains(&scope) || self.surroundings.surfaces.contains(&scope);
        if !is_scope || rest.contains('.') {
            self.report_undeclared(name, span);
            return None;
        }
        let known = self.find(rest).or_else(|| self.loose(rest));
        Some(vec![Piece::Input(known.unwrap_or_else(|| self.input(rest, Location::Template, None, span)))])
    }

    /// The declared parameter of this name that has a value, unless it is what is being worked out.
    fn declared_value(&self, name: &str) -> Option<usize> {
        if self.in_progress.contains(&name) {
            return None;
        }
        self.declared.iter().position(|input| input.name.value == name && input.value.is_some())
    }

    /// The input of exactly this name, or the only one of nearly it.
    fn find(&self, name: &str) -> Option<usize> {
        let inputs = || self.derived.inputs.iter().map(|input| &input.parameter);
        let can_be = |location: Location| location != Location::Body;
        if let Some(index) = inputs().position(|input| input.name == name && can_be(input.location)) {
            return Some(index);
        }
        let wanted = normalise(name);
        let mut near = inputs()
            .enumerate()
            .filter(|(_, input)| can_be(input.location) && normalise(&input.name) == wanted)
            .map(|(index, _)| index);
        near.next().filter(|_| near.next().is_none())
    }

    /// A parameter that is declared for the path and does not stand there: only templates can use it.
    fn loose(&mut self, name: &str) -> Option<usize> {
        let of_path = Place::Request(Location::Path);
        let index = self.declared.iter().zip(&self.is_used).position(|(input, is_used)| {
            !is_used && input.place.value == of_path && input.value.is_none() && input.name.value == name
        })?;
        self.is_used[index] = true;
        let declaration = self.declared[index].clone();
        Some(self.input(name, Location::Template, Some(&declaration), declaration.name.span))
    }

    /// Makes an input of a name that nothing declares, unless it looks like a slip or a variable.
    fn implicit(&mut self, name: &'a str, span: Span) -> Option<usize> {
        let is_own = self.in_progress.contains(&name);
        if !is_own {
            let known = self.known();
            if looks_like_a_variable(name) || suggest::nearest(name, known.iter().copied()).is_some() {
                self.report_undeclared(name, span);
                return None;
            }
            let message = format!("nothing declares the parameter `{name}` that the template refers to");
            self.surroundings.sink.report(
                Diagnostic::new(Code::ImplicitInput, span, message).label("becomes an optional input of the operation"),
            );
        }
        Some(self.input(name, Location::Template, None, span))
    }

    fn report_undeclared(&self, name: &str, span: Span) {
        self.surroundings.binds.report_undeclared(name, span, self.known().into_iter());
    }

    /// The names of the declared parameters.
    fn known(&self) -> Vec<&'a str> {
        let variables = self.declarations.path.variables();
        let declared = self.declared.iter().map(|input| input.name.value);
        declared.chain(variables.iter().map(|(name, _)| *name)).collect()
    }
}
