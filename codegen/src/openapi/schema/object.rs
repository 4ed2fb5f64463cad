//! Objects and lists.

use std::collections::{HashMap, HashSet};

use super::canonical::{Use, says_something};
use super::expand::Atom;
use super::literal::{count, literal};
use super::lower::Lowered;
use super::scalar::size_rules;
use super::shape::{AdditionalShape, FieldShape, Shape};
use super::{Edge, Key, Note, Origin, Part, RawId, Role, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::types::SizeRules;
use crate::openapi::model::{Schema, shorten};
use crate::openapi::place::Place;

/// A property with the schemas that several atoms give it.
struct Property<'t> {
    wire: &'t str,
    places: Vec<Place<'t>>,
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    pub(super) fn lower_object(&mut self, id: RawId, atoms: &[Atom<'t>], is_open: bool) -> Lowered<'t> {
        let properties = properties(atoms);
        let required = self.required(atoms, &properties);
        let rules = size_rules(atoms.iter().map(|atom| (atom.schema.min_properties(), atom.schema.max_properties())));
        let mut fields = Vec::with_capacity(properties.len());
        let mut notes = Vec::with_capacity(properties.len());
        for property in properties {
            let (field, note) = self.field(id, &property, &required);
            fields.push(field);
            notes.push(note);
        }
        let additional = match self.additional(id, atoms) {
            AdditionalShape::Unspecified if fields.is_empty() || is_open => AdditionalShape::Values(self.any()),
            additional => additional,
        };
        let shape = match additional {
            AdditionalShape::Values(values) if fields.is_empty() => Shape::Map { values, rules },
            additional => Shape::Struct { fields, additional, rules },
        };
        Lowered { shape, nullable: false, notes }
    }

    fn field(
        &mut self,
        id: RawId,
        property: &Property<'t>,
        required: &HashSet<&'t str>,
    ) -> (FieldShape<'t, Edge>, Note<'t>) {
        let origin = Origin::Child(id, Role::Property(property.wire));
        let (edge, way, note) = self.together(&property.places, origin);
        let schemas: Vec<Schema<'t>> = way.into_iter().map(Schema::read).collect();
        let flag = |value: fn(&Schema<'t>) -> Option<Place<'t>>| {
            schemas.iter().any(|schema| value(schema).and_then(Place::boolean) == Some(true))
        };
        let (read_only, write_only) = (flag(Schema::read_only), flag(Schema::write_only));
        let field = FieldShape {
            wire: property.wire,
            edge,
            required: required.contains(property.wire) || flag(Schema::required),
            read_only: read_only && !write_only,
            write_only: write_only && !read_only,
            default: schemas.iter().find_map(Schema::default).map(literal),
        };
        (field, note)
    }

    /// The edge to what all of several schemas describe, with the places on the way there.
    fn together(&mut self, places: &[Place<'t>], origin: Origin<'t>) -> (Edge, Vec<Place<'t>>, Note<'t>) {
        let part = |place| Part { place, skip: Skip::NOTHING };
        if let [place] = places {
            let usage = self.canonical(part(*place));
            let edge = self.edge_of(&usage, origin);
            let note = usage.note(*place);
            return (edge, usage.way, note);
        }
        let uses: Vec<Use<'t>> = places.iter().map(|place| self.canonical(part(*place))).collect();
        let nullable = uses.iter().all(|usage| usage.nullable || usage.part.is_none());
        // What says nothing narrows nothing.
        // The last one is the outermost and knows best.
        let parts =
            uses.iter().rev().filter_map(|usage| usage.part).filter(|part| says_something(part.place)).collect();
        let raw = self.number(Key::of(parts), origin);
        let last = places.last().copied().zip(uses.last()).map(|(place, usage)| usage.note(place));
        let note = last.unwrap_or(Note {
            place: self.raws[raw.index()].key.parts().first().map_or(places[0], |part| part.place),
            target: None,
        });
        let way = uses.into_iter().rev().flat_map(|usage| usage.way).collect();
        (Edge { raw, nullable }, way, note)
    }

    /// The properties that must be there.
    fn required(&self, atoms: &[Atom<'t>], properties: &[Property<'t>]) -> HashSet<&'t str> {
        let known: HashSet<&str> = properties.iter().map(|property| property.wire).collect();
        let mut required = HashSet::new();
        for place in atoms.iter().filter_map(|atom| atom.schema.required()).flat_map(Place::elements) {
            let Some(name) = place.text() else {
                continue;
            };
            required.insert(name);
            if !known.contains(name) && !known.is_empty() {
                let message = format!("`{}` is required, but no property", shorten(name));
                let names = properties.iter().map(|property| property.wire);
                let diagnostic = Diagnostic::new(Code::RequiredUnknown, place.span(), message)
                    .label("has no effect")
                    .maybe_help(self.reader.did_you_mean(name, names));
                self.reader.report(place.file, diagnostic);
            }
        }
        required
    }

    fn additional(&mut self, id: RawId, atoms: &[Atom<'t>]) -> AdditionalShape<Edge> {
        let mut places = Vec::new();
        let (mut is_open, mut is_closed) = (false, false);
        for atom in atoms {
            let schema = &atom.schema;
            let value = schema.additional_properties().or_else(|| schema.unevaluated_properties());
            let patterns = schema.pattern_properties().filter(|patterns| !patterns.entries().is_empty());
            match value.map(|value| (value, value.boolean())) {
                Some((_, Some(true))) => is_open = true,
                Some((_, Some(false))) if patterns.is_none() => is_closed = true,
                Some((value, None)) if value.is_mapping() && says_something(value) => places.push(value),
                Some((value, None)) if value.is_mapping() => is_open = true,
                _ => {}
            }
            // Keys of a pattern have other values than the rest.
            is_open |= patterns.is_some() && value.is_some_and(Place::is_mapping);
            // What conditions add to the properties is kept.
            is_open |= [schema.then(), schema.r#else(), schema.dependent_schemas()].iter().any(Option::is_some);
            if let (Some(patterns), None | Some(Some(false))) = (patterns, value.map(Place::boolean)) {
                let mut patterns = patterns.pairs().map(|(_, value)| value);
                match (patterns.next(), patterns.next()) {
                    (Some(only), None) => places.push(only),
                    _ => is_open = true,
                }
            }
        }
        if is_open {
            return AdditionalShape::Values(self.any());
        }
        if !places.is_empty() {
            let (edge, _, _) = self.together(&places, Origin::Child(id, Role::Values));
            return AdditionalShape::Values(edge);
        }
        // Merged, the parts of an `allOf` that each exclude what the others have would exclude everything.
        let described = atoms.iter().filter(|atom| atom.schema.properties().is_some()).count();
        if is_closed && described <= 1 { AdditionalShape::Denied } else { AdditionalShape::Unspecified }
    }

    pub(super) fn lower_array(&mut self, id: RawId, atoms: &[Atom<'t>]) -> Lowered<'t> {
        let mut rules = size_rules(atoms.iter().map(|atom| (atom.schema.min_items(), atom.schema.max_items())));
        rules.unique =
            atoms.iter().filter_map(|atom| atom.schema.unique_items()).any(|unique| unique.boolean() == Some(true));
        let prefix = atoms.iter().find_map(|atom| {
            let schema = &atom.schema;
            // A list of `items` is how earlier drafts wrote tuples.
            schema.prefix_items().or(schema.items()).filter(|items| items.elements().len() > 0)
        });
        if let Some(prefix) = prefix {
            return self.lower_tuple(id, atoms, prefix, rules);
        }
        let places: Vec<Place<'t>> =
            atoms.iter().filter_map(|atom| atom.schema.items()).filter(|items| items.is_mapping()).collect();
        let items =
            if places.is_empty() { self.any() } else { self.together(&places, Origin::Child(id, Role::Items)).0 };
        Lowered::plain(Shape::Array { items, rules })
    }

    fn lower_tuple(&mut self, id: RawId, atoms: &[Atom<'t>], prefix: Place<'t>, rules: SizeRules) -> Lowered<'t> {
        let items: Vec<Edge> = (0u32..)
            .zip(prefix.elements())
            .map(|(index, place)| self.edge(Part { place, skip: Skip::NOTHING }, Origin::Child(id, Role::Place(index))))
            .collect();
        let rest = atoms.iter().find_map(|atom| {
            let items = atom.schema.items().filter(|items| !items.is_sequence());
            items.or_else(|| atom.schema.additional_items())
        });
        let ends =
            rules.maximum.is_some_and(|maximum| usize::try_from(maximum).is_ok_and(|maximum| maximum <= items.len()));
        let rest = match rest {
            Some(place) if place.boolean() == Some(false) => None,
            _ if ends => None,
            Some(place) => Some(self.edge(Part { place, skip: Skip::NOTHING }, Origin::Child(id, Role::Items))),
            None => Some(self.any()),
        };
        let minimum = atoms.iter().filter_map(|atom| atom.schema.min_items()).filter_map(count).max();
        // Without `minItems` any of the places may be missing in theory; in practice none is.
        let required = minimum
            .and_then(|minimum| usize::try_from(minimum).ok())
            .map_or(items.len(), |minimum| minimum.min(items.len()));
        Lowered::plain(Shape::Tuple { items, required, rest })
    }
}

/// The properties of all atoms in the order in which they first occur.
fn properties<'t>(atoms: &[Atom<'t>]) -> Vec<Property<'t>> {
    let mut properties: Vec<Property<'t>> = Vec::new();
    let mut indices: HashMap<&str, usize> = HashMap::new();
    for (wire, place) in atoms.iter().filter_map(|atom| atom.schema.properties()).flat_map(Place::pairs) {
        // `false` forbids the property.
        if place.scalar().is_some_and(|_| place.boolean() == Some(false)) {
            continue;
        }
        if let Some(index) = indices.get(wire) {
            properties[*index].places.push(place);
        } else {
            indices.insert(wire, properties.len());
            properties.push(Property { wire, places: vec![place] });
        }
    }
    properties
}
