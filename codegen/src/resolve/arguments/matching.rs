//! Matching of inputs and parameters by name.

use super::{Kind, Origin, Resolver, Slot};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Location;
use crate::resolve::names::normalise;
use crate::suggest;

impl Resolver<'_, '_> {
    /// Connects inputs with parameters of exactly their name, those that travel in the same place first.
    pub(super) fn exact(&mut self) {
        for same_place in [true, false] {
            for index in self.open() {
                let input = self.input(index);
                let (name, location) = (input.name.clone(), input.location);
                let found = self.call.slots.iter().position(|slot| {
                    !slot.is_claimed
                        && slot.name == name
                        && (!same_place || slot.location == location)
                        && self.fits(slot.location, location)
                });
                if let Some(slot) = found {
                    self.connect(index, slot);
                }
            }
        }
    }

    /// Connects inputs with parameters of nearly their name. More than one candidate is an error.
    pub(super) fn near(&mut self) {
        for index in self.open() {
            if self.sources[index].is_some() {
                continue;
            }
            let input = self.input(index);
            let (wanted, location) = (normalise(&input.name), input.location);
            let slots: Vec<usize> = (0..self.call.slots.len())
                .filter(|slot| {
                    let slot = &self.call.slots[*slot];
                    !slot.is_claimed && normalise(&slot.name) == wanted && self.fits(slot.location, location)
                })
                .collect();
            let rivals: Vec<usize> = self
                .open()
                .into_iter()
                .filter(|other| {
                    normalise(&self.input(*other).name) == wanted && self.input(*other).location == location
                })
                .collect();
            match (slots.as_slice(), rivals.as_slice()) {
                ([], _) => {}
                ([slot], [_]) => self.connect(index, *slot),
                _ => {
                    self.report_ambiguous(index, &slots, &rivals);
                    // So that nothing else is said about any of them.
                    for slot in slots {
                        self.call.slots[slot].is_claimed = true;
                    }
                    for rival in rivals {
                        self.sources[rival] = Some(crate::ir::Source::Absent);
                    }
                }
            }
        }
    }

    /// Whether a parameter in one place may feed an input in another: a whole body is fed by nothing but a body in REST.
    fn fits(&self, slot: Location, input: Location) -> bool {
        self.call.kind == Kind::Mcp || (slot == Location::Body) == (input == Location::Body)
    }

    fn report_ambiguous(&self, input: usize, slots: &[usize], rivals: &[usize]) {
        let name = &self.input(input).name;
        let message = format!("more than one parameter could be the `{name}` of `{}`", self.call.operation.name);
        let mut diagnostic = Diagnostic::new(Code::AmbiguousParameter, self.call.name.span, message);
        let mut names: Vec<&str> = Vec::new();
        for slot in slots {
            let slot = &self.call.slots[*slot];
            diagnostic = diagnostic.also(slot.span, format!("`{}` could supply it", slot.name));
            names.push(&slot.name);
        }
        if slots.len() == 1 {
            names.clear();
            for rival in rivals {
                let rival_name = &self.input(*rival).name;
                diagnostic =
                    diagnostic.also(self.call.consumed.places[*rival].span, format!("`{rival_name}` could be meant"));
                names.push(rival_name);
            }
        }
        let candidates = suggest::list(names);
        let scope = self.call.kind.scope();
        self.call.sink.report(
            diagnostic.help(format!("candidates: {candidates}")).help(format!(
                "say which one is meant: `with: {{ {name}: {scope}.… }}`, or name one of them differently"
            )),
        );
    }

    /// In REST, pairs the only missing path variable with the only one that is left over.
    pub(super) fn pair(&mut self) {
        if self.call.kind != Kind::Rest {
            return;
        }
        let missing: Vec<usize> =
            self.open().into_iter().filter(|index| self.input(*index).location == Location::Path).collect();
        let left: Vec<usize> = (0..self.call.slots.len())
            .filter(|slot| self.call.slots[*slot].is_free() && self.call.slots[*slot].origin == Origin::PathVariable)
            .collect();
        if let ([input], [slot]) = (missing.as_slice(), left.as_slice()) {
            let name = self.input(*input).name.clone();
            let exposed = &self.call.slots[*slot];
            let message = format!(
                "the path variable `{}` is taken for the `{name}` of `{}`",
                exposed.name, self.call.operation.name
            );
            self.call.sink.report(
                Diagnostic::new(Code::PairedByElimination, exposed.span, message)
                    .label("the only one that is left over")
                    .also(self.call.consumed.places[*input].span, "the only one that is missing"),
            );
            self.connect(*input, *slot);
            return;
        }
        for index in missing {
            if left.is_empty() && !self.has_lost(index) {
                self.derive_query(index);
                continue;
            }
            let name = &self.input(index).name;
            let message = format!("nothing supplies the path variable `{name}` of `{}`", self.call.operation.name);
            let left = left.iter().map(|slot| self.call.slots[*slot].name.as_str());
            let place = self.by_with[index].unwrap_or(self.call.name.span);
            let help = if left.len() > 0 {
                format!("left over in the path `{}`: {}", self.call.path, suggest::list(left))
            } else {
                format!("add `{{{name}}}` to the path `{}`, or an input `{name}`", self.call.path)
            };
            self.call.sink.report(
                Diagnostic::new(Code::UnsuppliedPathVariable, place, message)
                    .also(self.call.consumed.places[index].span, "the variable")
                    .help(help),
            );
        }
    }

    /// Whether the path of the route has the name of a variable in plain text, so that braces were forgotten.
    fn has_lost(&self, index: usize) -> bool {
        let wanted = normalise(&self.input(index).name);
        let is_name = |text: &str| normalise(text) == wanted;
        let segments = self.call.path.split('/');
        let mut parts = segments.flat_map(|segment| segment.split(['.', ':']));
        parts.any(|part| is_name(part) || part.split(['-', '_']).any(is_name))
    }

    /// Takes a variable of the upstream's path from the query, where the route's path has none to offer.
    fn derive_query(&mut self, index: usize) {
        let name = self.referred.remove(&index).unwrap_or_else(|| self.input(index).name.clone());
        let place = self.by_with[index].unwrap_or(self.call.name.span);
        let message =
            format!("no variable of the path `{}` is the `{name}` of `{}`", self.call.path, self.call.operation.name);
        self.call.sink.report(
            Diagnostic::new(Code::PathVariableInQuery, place, message)
                .label("becomes a query parameter that must be given")
                .also(self.call.consumed.places[index].span, "the variable")
                .help(format!("add `{{{name}}}` to the path, or an input `{name}`")),
        );
        self.add(index, Slot::new(&name, Location::Query, Origin::Derived, place));
    }
}
