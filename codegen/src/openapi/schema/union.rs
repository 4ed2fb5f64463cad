//! `oneOf`, `anyOf` and discriminators.

use std::collections::HashMap;

use super::expand::Atom;
use super::keyword::{has_structure, is_null, only_narrows};
use super::lower::Lowered;
use super::shape::{Shape, VariantShape};
use super::{Edge, Key, Note, Origin, Part, RawId, Role, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::types::{Tag, TagOrigin};
use crate::openapi::model::{Discriminator, Schema, shorten};
use crate::openapi::place::{Identity, Place};

/// The most variants of a union that are combined with other schemas.
const MAX_VARIANTS: usize = 256;
/// The most schemas that all unions may put into their variants: alternatives beside alternatives multiply.
const MAX_COMBINED: usize = 50_000;

/// The tag of a union with the schemas that its values stand for.
#[derive(Default)]
struct Mapping<'t> {
    tag: Option<Tag>,
    values: HashMap<Identity, Vec<String>>,
    /// The schemas in the order of the document.
    targets: Vec<Place<'t>>,
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// The shape of a base with a discriminator and a mapping, but without `oneOf`: one of what is derived from it.
    pub(super) fn lower_base(&mut self, id: RawId, key: &Key<'t>) -> Option<Lowered<'t>> {
        let Key::One(part) = key else {
            return None;
        };
        let schema = Schema::read(part.place);
        if part.skip.has(Skip::BASE)
            || schema.one_of().is_some()
            || schema.any_of().is_some()
            || schema.properties().is_none()
        {
            return None;
        }
        let mapping = self.mapping(&schema, schema.discriminator()?);
        if mapping.targets.is_empty() {
            return None;
        }
        self.check(part.place, &schema);
        let mut variants = Vec::new();
        let mut notes = Vec::new();
        for (index, place) in (0u32..).zip(&mapping.targets) {
            let tags = mapping.values.get(&place.identity()).cloned().unwrap_or_default();
            let skip = if *place == part.place { Skip::BASE } else { Skip::NOTHING };
            let usage = self.canonical(Part { place: *place, skip });
            let edge = self.edge_of(&usage, Origin::Child(id, Role::Variant(index)));
            self.passed.entry(place.identity()).or_insert((*place, edge));
            variants.push(VariantShape { edge, tags });
            notes.push(Note { place: *place, target: Some(*place) });
        }
        if !mapping.targets.contains(&part.place) {
            let base = Part { place: part.place, skip: Skip::BASE };
            let index = u32::try_from(variants.len()).unwrap_or(u32::MAX);
            let edge =
                Edge { raw: self.number(Key::One(base), Origin::Child(id, Role::Variant(index))), nullable: false };
            variants.push(VariantShape { edge, tags: Vec::new() });
            notes.push(Note { place: part.place, target: Some(part.place) });
        }
        let nullable = super::keyword::allows_null(&schema);
        Some(Lowered { shape: Shape::Union { inclusive: false, tag: mapping.tag, variants }, nullable, notes })
    }

    /// The shape of alternatives. `None`: there are none.
    pub(super) fn lower_union(&mut self, id: RawId, atoms: &[Atom<'t>]) -> Option<Lowered<'t>> {
        let (chosen, list, flag) = atoms.iter().enumerate().find_map(|(index, atom)| {
            let one_of = atom.one_of().filter(|list| is_union(*list)).map(|list| (index, list, Skip::ONE_OF));
            one_of.or_else(|| atom.any_of().filter(|list| is_union(*list)).map(|list| (index, list, Skip::ANY_OF)))
        })?;
        let atom = atoms[chosen];
        let mut base = base(atoms, chosen, flag);
        if !base.is_empty() {
            self.combined += list.elements().len() * base.len();
            if base.len() + list.elements().len() > MAX_VARIANTS || self.combined > MAX_COMBINED {
                let message = "too many combinations: what stands beside the alternatives has no effect";
                self.reader.tell(list, Code::TooManyCombinations, message);
                base.clear();
            }
        }
        let mapping = atom.schema.discriminator().map(|place| self.mapping(&atom.schema, place)).unwrap_or_default();
        let mut nullable = false;
        let mut variants = Vec::new();
        let mut notes = Vec::new();
        for (index, place) in (0u32..).zip(list.elements()) {
            if is_null(place) {
                nullable = true;
                continue;
            }
            let usage = self.canonical(Part { place, skip: Skip::NOTHING });
            let origin = Origin::Child(id, Role::Variant(index));
            let edge = if base.is_empty() {
                self.edge_of(&usage, origin)
            } else {
                let parts = usage.part.into_iter().chain(base.iter().copied()).collect();
                Edge { raw: self.number(Key::of(parts), origin), nullable: usage.nullable }
            };
            let tags = usage.targets.iter().find_map(|target| mapping.values.get(&target.identity()));
            variants.push(VariantShape { edge, tags: tags.cloned().unwrap_or_default() });
            notes.push(usage.note(place));
        }
        let shape = Shape::Union { inclusive: flag == Skip::ANY_OF, tag: mapping.tag, variants };
        Some(Lowered { shape, nullable, notes })
    }

    /// A discriminator with its mapping.
    fn mapping(&mut self, schema: &Schema<'t>, place: Place<'t>) -> Mapping<'t> {
        // Some documents write the property's name alone.
        let object = place.string().is_none().then(|| Discriminator::checked(place, self.reader));
        let property = object.map_or(Some(place), |object| object.property_name()).and_then(Place::string);
        let mapping = object.and_then(|object| object.mapping());
        let Some(property) = property else {
            let message = "the discriminator names no property";
            let diagnostic = Diagnostic::new(Code::DiscriminatorWithoutProperty, place.span(), message)
                .label("has no effect")
                .help("`propertyName` is the property that tells the variants apart");
            self.reader.report(place.file, diagnostic);
            return Mapping::default();
        };
        let tag = Some(Tag { property: property.to_owned(), origin: TagOrigin::Declared });
        let mut result = Mapping { tag, ..Mapping::default() };
        for (value, target) in mapping.into_iter().flat_map(Place::pairs) {
            let Some(place) = self.mapped(target) else {
                continue;
            };
            let values = result.values.entry(place.identity()).or_default();
            if values.is_empty() {
                result.targets.push(place);
            }
            values.push(value.to_owned());
        }
        // Without a mapping, a value is the name of a schema.
        for list in [schema.one_of(), schema.any_of()].into_iter().flatten() {
            for reference in list.elements().filter_map(|variant| variant.get("$ref")) {
                if let Some((place, name)) = reference
                    .string()
                    .and_then(|text| Some((self.reader.find(reference, text)?, text.rsplit('/').next()?)))
                {
                    result.values.entry(place.identity()).or_insert_with(|| vec![name.to_owned()]);
                }
            }
        }
        result
    }

    /// The schema that a value of a mapping means: a reference, or the name of a schema.
    fn mapped(&self, target: Place<'t>) -> Option<Place<'t>> {
        let text = target.string()?;
        let is_name = !text.contains(['#', '/']);
        let by_name = is_name
            .then(|| self.reader.find(target, &format!("#/components/schemas/{}", text.replace('~', "~0"))))
            .flatten();
        let place = by_name.or_else(|| self.reader.find(target, text));
        if place.is_none() {
            let message = format!("`{}` is no schema", shorten(text));
            let name = text.rsplit('/').next().unwrap_or(text);
            let known = self.components.into_iter().flat_map(Place::pairs).map(|(name, _)| name);
            let diagnostic = Diagnostic::new(Code::DanglingMapping, target.span(), message)
                .label("the value has no effect")
                .maybe_help(self.reader.did_you_mean(name, known));
            self.reader.report(target.file, diagnostic);
        }
        place
    }
}

/// What each variant has in common: everything but the alternatives, if it says anything.
fn base<'t>(atoms: &[Atom<'t>], chosen: usize, flag: Skip) -> Vec<Part<'t>> {
    let mut base = Vec::new();
    for (index, atom) in atoms.iter().enumerate() {
        let mut part = atom.part();
        let mut says = has_structure(&atom.schema) && !narrows_beside(&atom.schema);
        if index == chosen {
            part.skip = part.skip.and(flag);
            let other = if flag == Skip::ONE_OF { atom.any_of() } else { None };
            says |= other.is_some_and(is_union);
        } else {
            says |= atom.one_of().is_some_and(is_union) || atom.any_of().is_some_and(is_union);
        }
        if says {
            base.push(part);
        }
    }
    base
}

/// Whether a list of alternatives describes values, and does not only demand combinations of properties.
fn is_union(list: Place<'_>) -> bool {
    list.elements().len() > 0 && !list.elements().all(only_narrows)
}

/// Whether all that stands beside the alternatives is `required`, which the alternatives repeat as a rule.
fn narrows_beside(schema: &Schema<'_>) -> bool {
    schema.required().is_some()
        && [
            schema.properties(),
            schema.additional_properties(),
            schema.pattern_properties(),
            schema.items(),
            schema.values(),
            schema.format(),
            schema.pattern(),
        ]
        .iter()
        .all(Option::is_none)
}
