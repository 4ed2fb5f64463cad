//! `oneOf`, `anyOf` and discriminators.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::expand::Atom;
use super::keyword::{has_structure, is_null, only_narrows};
use super::lower::Lowered;
use super::shape::{Shape, VariantShape};
use super::{Derived, Edge, Key, Note, Origin, Part, RawId, Role, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::types::{Tag, TagOrigin};
use crate::openapi::location::{decode, escape};
use crate::openapi::model::{Discriminator, Schema, shorten};
use crate::openapi::place::{Identity, Place};

/// The most variants of a union that are combined with other schemas.
const MAX_VARIANTS: usize = 256;
/// The most schemas that all unions may put into their variants: alternatives beside alternatives multiply.
const MAX_COMBINED: usize = 10_000;

/// The tag of a union with the schemas that its values stand for.
#[derive(Default)]
struct Mapping<'t> {
    tag: Option<Tag>,
    values: HashMap<Identity, Vec<String>>,
    /// The schemas in the order of the document.
    targets: Vec<Place<'t>>,
    /// The schema of values that nothing else stands for.
    rest: Option<Place<'t>>,
}

impl<'t> Mapping<'t> {
    /// The tags of a schema that some references lead to, and whether it stands for the rest.
    fn tags(&self, targets: &[Place<'t>]) -> (Vec<String>, bool) {
        if self.rest.is_some_and(|rest| targets.contains(&rest)) {
            return (Vec::new(), true);
        }
        let tags = targets.iter().find_map(|target| self.values.get(&target.identity()));
        (tags.cloned().unwrap_or_default(), false)
    }
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
        let mut mapping = self.mapping(&schema, schema.discriminator()?);
        if mapping.targets.is_empty() && mapping.tag.is_some() {
            self.imply(&mut mapping, part.place);
        }
        if mapping.targets.is_empty() {
            return None;
        }
        self.check(part.place, &schema);
        let mut variants = Vec::new();
        let mut notes = Vec::new();
        for (index, place) in (0u32..).zip(&mapping.targets) {
            let (tags, is_rest) = mapping.tags(&[*place]);
            let skip = if *place == part.place { Skip::BASE } else { Skip::NOTHING };
            let usage = self.canonical(Part { place: *place, skip });
            let edge = self.edge_of(&usage, Origin::Child(id, Role::Variant(index)));
            self.passed.entry(place.identity()).or_insert((*place, edge));
            variants.push(VariantShape { edge, tags, is_rest });
            notes.push(Note { place: *place, target: Some(*place) });
        }
        if !mapping.targets.contains(&part.place) && mapping.rest.is_none() {
            let base = Part { place: part.place, skip: Skip::BASE };
            let index = u32::try_from(variants.len()).unwrap_or(u32::MAX);
            let edge =
                Edge { raw: self.number(Key::One(base), Origin::Child(id, Role::Variant(index))), nullable: false };
            variants.push(VariantShape { edge, tags: Vec::new(), is_rest: true });
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
        let derived = (!base.is_empty()).then(|| self.derived());
        let mut missing = mapping.rest;
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
            // What is derived from the base says all that stands beside the alternatives.
            let has_base = |part: Part<'t>| {
                let pair = |base: &Part<'t>| (base.place.identity(), part.place.identity());
                derived.as_ref().is_some_and(|derived| base.iter().all(|base| derived.pairs.contains(&pair(base))))
            };
            let edge = if base.is_empty() || usage.part.is_some_and(has_base) {
                self.edge_of(&usage, origin)
            } else {
                let parts = usage.part.into_iter().chain(base.iter().copied()).collect();
                Edge { raw: self.number(Key::of(parts), origin), nullable: usage.nullable }
            };
            let (tags, is_rest) = mapping.tags(&usage.targets);
            missing = missing.filter(|rest| !usage.targets.contains(rest));
            variants.push(VariantShape { edge, tags, is_rest });
            notes.push(usage.note(place));
        }
        if let Some(rest) = missing {
            let usage = self.canonical(Part { place: rest, skip: Skip::NOTHING });
            let index = u32::try_from(variants.len()).unwrap_or(u32::MAX);
            let edge = self.edge_of(&usage, Origin::Child(id, Role::Variant(index)));
            self.passed.entry(rest.identity()).or_insert((rest, edge));
            variants.push(VariantShape { edge, tags: Vec::new(), is_rest: true });
            notes.push(Note { place: rest, target: Some(rest) });
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
        if let Some(place) = object.and_then(|object| object.default_mapping()).and_then(|target| self.mapped(target)) {
            result.rest = Some(place);
            if result.values.entry(place.identity()).or_default().is_empty() {
                result.targets.push(place);
            }
        }
        // Without a mapping, a value is the name of a schema.
        for list in [schema.one_of(), schema.any_of()].into_iter().flatten() {
            for reference in list.elements().filter_map(|variant| variant.get("$ref")) {
                if let Some((place, name)) =
                    reference.string().and_then(|text| Some((self.reader.find(reference, text)?, implied(text))))
                {
                    result.values.entry(place.identity()).or_insert_with(|| vec![name]);
                }
            }
        }
        result
    }

    /// What a base stands for without a mapping: all that is derived from it by `allOf`, by the names of the schemas.
    fn imply(&mut self, mapping: &mut Mapping<'t>, base: Place<'t>) {
        let derived = self.derived();
        let mut seen = HashSet::from([base]);
        let mut open = VecDeque::from([base]);
        while let Some(place) = open.pop_front() {
            for (name, place) in derived.by_base.get(&place.identity()).into_iter().flatten() {
                if seen.insert(*place) {
                    // From here on the schema has its name.
                    let _ = self.reader.find(*place, &format!("#/components/schemas/{}", escape(name)));
                    mapping.values.insert(place.identity(), vec![(*name).to_owned()]);
                    mapping.targets.push(*place);
                    open.push_back(*place);
                }
            }
        }
    }

    /// The named schemas by those that are in their `allOf`.
    fn derived(&mut self) -> Rc<Derived<'t>> {
        if let Some(derived) = &self.derived {
            return Rc::clone(derived);
        }
        let mut derived = Derived::default();
        for (name, place) in self.components.into_iter().flat_map(Place::pairs) {
            let members = Schema::read(place).all_of().into_iter().flat_map(Place::elements);
            for reference in members.filter_map(|member| member.get("$ref")) {
                let base = reference.string().and_then(|text| self.reader.find(reference, text));
                if let Some(base) = base {
                    derived.by_base.entry(base.identity()).or_default().push((name, place));
                    derived.pairs.insert((base.identity(), place.identity()));
                }
            }
        }
        let derived = Rc::new(derived);
        self.derived = Some(Rc::clone(&derived));
        derived
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

/// The name of the schema that a reference leads to, as a value of a tag.
fn implied(reference: &str) -> String {
    let name = reference.rsplit('/').next().unwrap_or(reference);
    let name = name.strip_suffix(".yaml").or(name.strip_suffix(".yml")).or(name.strip_suffix(".json")).unwrap_or(name);
    decode(name).replace("~1", "/").replace("~0", "~")
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
