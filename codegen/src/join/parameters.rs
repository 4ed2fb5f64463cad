//! Parameters of an operation and of its match.

use super::merge::Merger;
use crate::diagnostic::Code;
use crate::ir::api::{self, SecurityKind};
use crate::ir::{Authentication, Location, Schema};
use crate::openapi::Spot;
use crate::resolve::path::PathPiece;
use crate::suggest;

/// Headers that HTTP itself has, and that documents do not declare as parameters.
const COMMON_HEADERS: [&str; 5] = ["accept", "authorization", "content-type", "user-agent", "accept-encoding"];

impl Merger<'_, '_> {
    /// Pairs the variables of both paths by their positions from the end: in front there may be other prefixes.
    pub(super) fn path_parameters(&mut self) {
        let theirs = self.theirs;
        let there = theirs.operation.template.iter().rev().filter_map(|segment| match segment {
            api::Segment::Parameter(index) => Some(*index),
            api::Segment::Text(_) => None,
        });
        let here: Vec<Option<usize>> = self
            .consumed
            .path
            .pieces
            .iter()
            .rev()
            .filter_map(|piece| match piece {
                PathPiece::Variable { name, .. } => Some(self.consumed.path_inputs.get(*name).copied()),
                PathPiece::Hole { .. } => Some(None),
                PathPiece::Text(_) => None,
            })
            .collect();
        for (input, parameter) in here.into_iter().zip(there) {
            // A variable for which the file has a value is no input.
            if let Some(input) = input {
                self.pair(input, parameter);
            }
        }
    }

    /// Checks the parameters that the file has values for.
    pub(super) fn constants(&mut self) {
        for (constant, span) in self.operation.constants.iter().zip(&self.consumed.constants) {
            let is_known = self.find(&constant.name, constant.location).is_some()
                || self.is_credential(&constant.name, constant.location)
                || self.theirs.operation.constant_query.iter().any(|(name, _)| *name == constant.name);
            if is_known {
                continue;
            }
            let code = if constant.location == Location::Header {
                if COMMON_HEADERS.iter().any(|known| constant.name.eq_ignore_ascii_case(known)) {
                    continue;
                }
                Code::UndocumentedHeader
            } else {
                Code::UndocumentedParameter
            };
            self.report_undocumented(code, &constant.name, constant.location, *span);
        }
    }

    /// Finds the declared parameters in the document.
    pub(super) fn declared_parameters(&mut self) {
        for input in 0..self.operation.inputs.len() {
            let parameter = &self.operation.inputs[input].parameter;
            if matches!(parameter.location, Location::Path | Location::Body | Location::Template) {
                continue;
            }
            match self.find(&parameter.name, parameter.location) {
                Some(found) => self.pair(input, found),
                None if self.is_credential(&parameter.name, parameter.location) => {}
                None => {
                    let (name, location) = (parameter.name.clone(), parameter.location);
                    let span = self.consumed.places[input].span;
                    self.report_undocumented(Code::UndocumentedParameter, &name, location, span);
                }
            }
        }
    }

    /// Adds the parameters that the file does not have.
    pub(super) fn further_parameters(&mut self) {
        let theirs = self.theirs;
        for (index, parameter) in theirs.operation.parameters.iter().enumerate() {
            if parameter.location == api::Location::Path {
                continue;
            }
            let Some(location) = location(parameter.location) else {
                self.leave_out(index, parameter);
                continue;
            };
            let is_constant = self
                .operation
                .constants
                .iter()
                .any(|constant| is_same(&constant.name, constant.location, &parameter.wire, location));
            let is_input = self
                .operation
                .inputs
                .iter()
                .any(|input| is_same(&input.parameter.name, input.parameter.location, &parameter.wire, location));
            if is_constant || is_input || self.is_own_credential(&parameter.wire, location) {
                continue;
            }
            let input = self.add(&parameter.wire, location, self.consumed.name.span);
            self.pair(input, index);
        }
    }

    /// Gives an input what the document says about its parameter.
    fn pair(&mut self, input: usize, parameter: usize) {
        let theirs = self.theirs;
        let Some(said) = theirs.operation.parameters.get(parameter) else { return };
        self.check_type(input, said.r#type, self.spot(parameter));
        let schema = Schema {
            r#type: said.r#type,
            encoding: said.encoding.clone(),
            allow_empty: said.allow_empty,
            default: said.default.clone(),
        };
        self.describe(input, schema, self.spot(parameter), said.required, &said.docs);
    }

    fn spot(&self, parameter: usize) -> Spot {
        self.theirs.places.parameters.get(parameter).copied().unwrap_or(self.theirs.places.operation)
    }

    /// The parameter of the document with a name and location.
    fn find(&self, name: &str, place: Location) -> Option<usize> {
        let parameters = &self.theirs.operation.parameters;
        parameters.iter().position(|parameter| {
            location(parameter.location).is_some_and(|location| is_same(name, place, &parameter.wire, location))
        })
    }

    /// Whether a parameter is how the document has callers prove who they are.
    fn is_credential(&self, name: &str, place: Location) -> bool {
        self.theirs.api.security_schemes.iter().any(|scheme| match &scheme.kind {
            SecurityKind::ApiKey { location: at, key } => {
                location(*at).is_some_and(|location| is_same(name, place, key, location))
            }
            SecurityKind::Unknown => false,
            _ => place == Location::Header && name.eq_ignore_ascii_case("authorization"),
        })
    }

    /// Whether a parameter is what the file's own credentials fill.
    fn is_own_credential(&self, name: &str, location: Location) -> bool {
        match &self.authentication {
            Some(Authentication::ApiKey { placement, key, .. }) => is_same(key, *placement, name, location),
            _ => false,
        }
    }

    fn report_undocumented(&self, code: Code, name: &str, place: Location, span: crate::source::Span) {
        let parameters = &self.theirs.operation.parameters;
        let word = crate::resolve::inputs::word(place);
        let message = format!("the document has no {word} parameter `{name}` for `{}`", self.operation.name);
        let elsewhere = parameters.iter().position(|parameter| parameter.wire == name);
        let near = suggest::nearest(name, parameters.iter().map(|parameter| parameter.wire.as_str()));
        let near = near.and_then(|near| parameters.iter().position(|parameter| parameter.wire == near));
        let (spot, there) = match (elsewhere, near) {
            (Some(index), _) => (self.spot(index), "the parameter of that name travels elsewhere"),
            (None, Some(index)) => (self.spot(index), "the nearest name"),
            (None, None) => (self.theirs.places.operation, "the operation"),
        };
        let help =
            near.filter(|_| elsewhere.is_none()).map(|index| format!("did you mean `{}`?", parameters[index].wire));
        self.report(code, span, message, spot, there, help);
    }

    /// Reports a parameter that no capability can send.
    fn leave_out(&self, index: usize, parameter: &api::Parameter) {
        let code = if parameter.required { Code::UnsuppliableInput } else { Code::InputLeftOut };
        let message =
            format!("`{}` cannot send `{}`, which is the query as a whole", self.operation.name, parameter.wire);
        self.report(code, self.consumed.name.span, message, self.spot(index), "the parameter", None);
    }
}

/// Where a parameter travels. `None`: where no capability sends anything.
fn location(location: api::Location) -> Option<Location> {
    match location {
        api::Location::Path => Some(Location::Path),
        api::Location::Query => Some(Location::Query),
        api::Location::QueryString => None,
        api::Location::Header => Some(Location::Header),
        api::Location::Cookie => Some(Location::Cookie),
    }
}

/// Whether two names in two places are one parameter; names of headers are compared without regard to case.
fn is_same(name: &str, place: Location, other: &str, other_place: Location) -> bool {
    place == other_place && if place == Location::Header { name.eq_ignore_ascii_case(other) } else { name == other }
}
