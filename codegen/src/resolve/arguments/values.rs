//! Values in `with` that are made of others: templates, parts of parameters, bind variables, what steps give.

use super::with::{Meaning, Reference};
use super::{Kind, Origin, Resolver, Slot};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::json_path::JsonPath;
use crate::ir::{Location, Part, Reference as Value, Root, Source, Type};
use crate::naftiko::{Text, With};
use crate::resolve::binds::{Lookup, Usage};
use crate::resolve::references::{has_fields, parameter_reference, report_unknown};
use crate::resolve::steps;
use crate::resolve::template::{self, Part as Piece};
use crate::source::Span;

/// What a hole of a template stands for.
enum Hole<'w> {
    Parameter(Reference<'w>),
    Value(Value),
}

impl Resolver<'_, '_> {
    /// What a template is: a parameter or another value where it is nothing but one hole, otherwise a text.
    pub(super) fn template<'w>(&mut self, input: usize, entry: &With<'w>) -> Option<Meaning<'w>> {
        let pieces = template::parse(&entry.value, self.call.sink)?;
        if let [Piece::Hole(name, range)] = pieces.as_slice() {
            return match self.hole(name, entry.value.part(range.clone()), input, &entry.value)? {
                Hole::Parameter(reference) => self.part(input, reference, &entry.value),
                Hole::Value(value) => Some(Meaning::Value(Source::Value(value))),
            };
        }
        let mut parts = Vec::new();
        for piece in pieces {
            parts.push(match piece {
                Piece::Text(text) => Part::Text(text.to_owned()),
                Piece::Hole(name, range) => match self.hole(name, entry.value.part(range), input, &entry.value)? {
                    Hole::Parameter(reference) => Part::Value(self.take(input, reference, &entry.value)?),
                    Hole::Value(value) => Part::Value(value),
                },
            });
        }
        Some(Meaning::Value(Source::Template(parts)))
    }

    /// A parameter as it is, or a part of one.
    pub(super) fn part<'w>(&mut self, input: usize, reference: Reference<'w>, text: &Text<'_>) -> Option<Meaning<'w>> {
        if reference.fields.is_empty() {
            return Some(Meaning::Parameter(reference));
        }
        Some(Meaning::Value(Source::Value(self.take(input, reference, text)?)))
    }

    fn hole<'w>(&self, name: &'w str, span: Span, input: usize, text: &Text<'_>) -> Option<Hole<'w>> {
        let sink = self.call.sink;
        match self.call.binds.lookup(name, span, Usage::Request, &[]) {
            Lookup::Found(bind) => {
                return Some(Hole::Value(Value { root: Root::Bind(bind), path: JsonPath::default() }));
            }
            Lookup::Ambiguous => return None,
            Lookup::Undeclared => {}
        }
        let parameter = |name: &str| self.call.slots.iter().find(|slot| slot.name == name).map(Slot::may_have_fields);
        match self.call.steps.map_or(steps::Hole::Other, |steps| steps.hole(name, span, parameter, sink)) {
            steps::Hole::Known(reference) => return Some(Hole::Value(reference)),
            steps::Hole::Unknown => return None,
            steps::Hole::Other => {}
        }
        let whole = Reference { location: None, name, fields: "" };
        if !self.find(whole).is_empty() {
            return Some(Hole::Parameter(whole));
        }
        let Some((first, rest)) = name.split_once('.') else { return Some(Hole::Parameter(whole)) };
        if self.is_own(first) {
            return self.reference(rest, input, text).map(Hole::Parameter);
        }
        let part = Reference { name: first, fields: rest, ..whole };
        if self.find(part).is_empty() {
            let parameters = self.call.slots.iter().map(|slot| slot.name.as_str());
            report_unknown(name, span, &parameters.collect::<Vec<_>>(), self.call.steps, sink);
            return None;
        }
        Some(Hole::Parameter(part))
    }

    /// Takes the value of a parameter, or of a part of it, for something that an input is made of. The parameter comes into
    /// being if there is none.
    fn take(&mut self, input: usize, reference: Reference<'_>, text: &Text<'_>) -> Option<Value> {
        let location = reference.location.unwrap_or(self.place(self.input(input).location));
        let slot = match self.find(reference).as_slice() {
            [slot] => *slot,
            [] if location == Location::Path && self.call.kind == Kind::Rest => {
                let message = format!("`{}` does not stand in the path `{}`", reference.name, self.call.path);
                self.call.sink.report(Diagnostic::new(Code::UnknownReference, text.span, message));
                return None;
            }
            [] => {
                self.call.slots.push(Slot::new(reference.name, location, Origin::With, text.span));
                self.call.slots.len() - 1
            }
            candidates => {
                self.report_ambiguous_reference(input, reference.name, candidates, text);
                return None;
            }
        };
        let is_required = self.input(input).required;
        let index = slot;
        let slot = &mut self.call.slots[index];
        slot.is_taken = true;
        // Without it the input would be absent.
        slot.required = Some(slot.required.unwrap_or(false) || is_required);
        if !reference.fields.is_empty() {
            let r#type = *slot.r#type.get_or_insert(Type::Object);
            let whole = format!("{}.{}", reference.name, reference.fields);
            if !has_fields(&slot.name, r#type, &whole, text.span, self.call.sink) {
                return None;
            }
        }
        Some(parameter_reference(index, reference.fields))
    }
}
