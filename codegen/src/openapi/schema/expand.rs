//! A schema taken apart into the schema objects that hold together.

use std::collections::HashSet;
use std::rc::Rc;

use super::keyword::has_structure;
use super::{Part, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::model::Schema;
use crate::openapi::place::{Identity, Place};
use crate::openapi::reader::UNTYPED;

/// The most schema objects that may hold together.
const MAX_ATOMS: usize = 512;

/// A schema object whose references and `allOf` are among the other atoms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom<'t> {
    pub(super) schema: Schema<'t>,
    pub(super) place: Place<'t>,
    pub(super) skip: Skip,
}

impl<'t> Atom<'t> {
    /// The atom as a part of another shape.
    pub(super) fn part(&self) -> Part<'t> {
        Part { place: self.place, skip: self.skip.and(Skip::REFERENCE).and(Skip::ALL_OF).and(Skip::BASE) }
    }

    /// The variants of the atom's `oneOf`.
    pub(super) fn one_of(&self) -> Option<Place<'t>> {
        self.schema.one_of().filter(|_| !self.skip.has(Skip::ONE_OF))
    }

    /// The variants of the atom's `anyOf`.
    pub(super) fn any_of(&self) -> Option<Place<'t>> {
        self.schema.any_of().filter(|_| !self.skip.has(Skip::ANY_OF))
    }
}

/// What is still to be taken apart.
enum Task<'t> {
    Part(Part<'t>),
    Atom(Part<'t>),
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// The schema objects that the parts consist of: what is referred to first, what stands beside it last.
    pub(super) fn expand(&mut self, parts: &[Part<'t>]) -> Vec<Atom<'t>> {
        let mut atoms = Vec::new();
        let mut seen = HashSet::new();
        let mut tasks: Vec<Task<'t>> = parts.iter().rev().map(|part| Task::Part(*part)).collect();
        while let Some(task) = tasks.pop() {
            let part = match task {
                Task::Atom(Part { place, skip }) => {
                    atoms.push(Atom { schema: Schema::read(place), place, skip });
                    continue;
                }
                Task::Part(part) => part,
            };
            if !part.place.is_mapping() || !seen.insert(part.place.identity()) {
                continue;
            }
            if seen.len() > MAX_ATOMS {
                let message = format!("more than {MAX_ATOMS} schemas are merged into one");
                let diagnostic = Diagnostic::new(Code::TooManyCombinations, part.place.span(), message);
                self.reader.report(part.place.file, diagnostic.label("has no effect from here on"));
                break;
            }
            let part = Part { skip: part.skip.and(self.circular(part, &seen)), ..part };
            self.take_apart(part, &mut tasks);
        }
        atoms
    }

    /// The alternatives of a base that one of the schemas derived from it is among: `Cat` has `allOf: [Pet]`, and `Pet` has
    /// `oneOf: [Cat, Dog]`. They say what a `Pet` is, and nothing about a `Cat`.
    fn circular(&mut self, part: Part<'t>, seen: &HashSet<Identity>) -> Skip {
        let schema = Schema::read(part.place);
        if !part.skip.has(Skip::BASE) || schema.one_of().is_none() && schema.any_of().is_none() {
            return Skip::NOTHING;
        }
        let identity = part.place.identity();
        let alternatives = if let Some(known) = self.alternatives.get(&identity) {
            Rc::clone(known)
        } else {
            let variants = [schema.one_of(), schema.any_of()].into_iter().flatten().flat_map(Place::elements);
            let references = variants.filter_map(|variant| variant.get("$ref"));
            let places = references.filter_map(|reference| self.reader.find(reference, reference.string()?));
            let found: Rc<HashSet<Identity>> = Rc::new(places.map(Place::identity).collect());
            self.alternatives.insert(identity, Rc::clone(&found));
            found
        };
        let is_circular = seen.iter().any(|derived| alternatives.contains(derived));
        if is_circular { Skip::ONE_OF.and(Skip::ANY_OF) } else { Skip::NOTHING }
    }

    fn take_apart(&mut self, part: Part<'t>, tasks: &mut Vec<Task<'t>>) {
        let Part { place, skip } = part;
        let schema = Schema::read(place);
        self.check(place, &schema);
        let reference = schema.reference().filter(|_| !skip.has(Skip::REFERENCE));
        let is_wrapper =
            reference.is_some() && !has_structure(&schema) && schema.one_of().is_none() && schema.any_of().is_none();
        if !is_wrapper {
            tasks.push(Task::Atom(part));
        }
        if let Some(all_of) = schema.all_of().filter(|_| !skip.has(Skip::ALL_OF)) {
            let members: Vec<Place<'t>> = all_of.elements().collect();
            tasks.extend(members.into_iter().rev().map(|place| Task::Part(Part { place, skip: Skip::BASE })));
        }
        if let Some(target) = reference.and_then(|reference| self.reader.resolve(reference, UNTYPED)) {
            tasks.push(Task::Part(Part { place: target, skip: Skip::BASE }));
        }
    }
}
