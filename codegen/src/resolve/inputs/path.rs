//! Variables of an upstream's path.

use super::super::path::{self, PathPiece};
use super::{Deriver, normalise};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, Location, Piece};
use crate::naftiko::{ConsumedInput, Place};
use crate::source::Span;

impl<'a> Deriver<'_, 'a> {
    /// Makes an input of each variable for which the file gives no value.
    pub(super) fn path(&mut self) {
        let variables = self.declarations.path.variables();
        for (variable, span) in &variables {
            let found = self.declaration_of(variable, *span, &variables);
            if let Some(index) = found {
                self.is_used[index] = true;
            }
            let declaration = found.map(|index| self.declared[index].clone());
            if declaration.as_ref().is_some_and(|declaration| declaration.value.is_some())
                || declaration.is_none() && self.supplies(variable)
            {
                continue;
            }
            let place = declaration.as_ref().map_or(*span, |declaration| declaration.name.span);
            let index = self.input(variable, Location::Path, declaration.as_ref(), place);
            self.derived.path_inputs.insert((*variable).to_owned(), index);
        }
    }

    /// Whether a variable of the path gets its value from elsewhere than the caller.
    fn supplies(&self, variable: &str) -> bool {
        self.environment.contains(&variable)
    }

    /// The declaration of a path variable: one of exactly its name, or the only one of nearly its name.
    fn declaration_of(&self, variable: &str, span: Span, variables: &[(&'a str, Span)]) -> Option<usize> {
        let declared = &self.declared;
        let is_of_path = |input: &ConsumedInput<'_>| input.place.value == Place::Request(Location::Path);
        if let Some(index) = declared.iter().position(|input| is_of_path(input) && input.name.value == variable) {
            return Some(index);
        }
        let is_exact = |name: &str| variables.iter().any(|(variable, _)| *variable == name);
        let wanted = normalise(variable);
        let matches = |input: &ConsumedInput<'_>| {
            is_of_path(input) && normalise(input.name.value) == wanted && !is_exact(input.name.value)
        };
        let near: Vec<usize> = (0..declared.len()).filter(|index| matches(&declared[*index])).collect();
        if let [first, second, ..] = near.as_slice() {
            let message = format!("more than one declared parameter could be the path variable `{variable}`");
            self.surroundings.sink.report(
                Diagnostic::new(Code::AmbiguousParameter, span, message)
                    .also(declared[*first].name.span, "this one")
                    .also(declared[*second].name.span, "or this one"),
            );
        }
        near.first().copied()
    }

    /// Makes the path's template, when all inputs are known that it could refer to.
    pub(super) fn path_template(&mut self) {
        for piece in &self.declarations.path.pieces {
            match piece {
                PathPiece::Text(text) => self.push(Piece::Text(text.clone())),
                PathPiece::Variable { name, span } => match self.derived.path_inputs.get(*name) {
                    Some(index) => self.push(Piece::Input(*index)),
                    None => self.value_of(name, *span),
                },
                PathPiece::Hole { name, span } => self.fold(|deriver| deriver.hole(name, *span)),
            }
        }
    }

    /// Puts the value that the file gives for a variable into the path.
    fn value_of(&mut self, variable: &'a str, span: Span) {
        let variables = self.declarations.path.variables();
        let declared = self.declaration_of(variable, span, &variables).map(|index| self.declared[index].clone());
        match declared.and_then(|declared| Some((declared.name.value, declared.value?))) {
            Some((name, value)) => self.fold(|deriver| deriver.value(name, &value)),
            None => self.fold(|deriver| deriver.hole(variable, span)),
        }
    }

    /// Puts pieces into the path. A request needs all inputs among them.
    fn fold(&mut self, pieces: impl FnOnce(&mut Self) -> Option<ir::Template>) {
        for piece in pieces(self).unwrap_or_default() {
            match piece {
                Piece::Text(text) => self.push(Piece::Text(path::encode(&text, b""))),
                Piece::Input(index) | Piece::Field(index, _) => {
                    self.derived.inputs[index].parameter.required = true;
                    self.push(piece);
                }
                Piece::Bind(_) => self.push(piece),
            }
        }
    }

    fn push(&mut self, piece: Piece) {
        match (self.derived.path_template.last_mut(), piece) {
            (Some(Piece::Text(last)), Piece::Text(text)) => last.push_str(&text),
            (_, piece) => self.derived.path_template.push(piece),
        }
    }
}
