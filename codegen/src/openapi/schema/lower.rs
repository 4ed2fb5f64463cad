//! From the schema objects that hold together to one shape.

use super::expand::Atom;
use super::keyword::{self, Kinds};
use super::shape::Shape;
use super::{Edge, Key, Note, Origin, RawId, Role, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::place::Place;

/// What a key comes to.
#[derive(Debug)]
pub(super) struct Lowered<'t> {
    pub(super) shape: Shape<'t, Edge>,
    pub(super) nullable: bool,
    pub(super) notes: Vec<Note<'t>>,
}

impl<'t> Lowered<'t> {
    pub(super) fn plain(shape: Shape<'t, Edge>) -> Self {
        Self { shape, nullable: false, notes: Vec::new() }
    }

    fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}

/// What makes a shape of schema objects that hold together.
type MakeShape<'t> = fn(&[Atom<'t>]) -> Shape<'t, Edge>;

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    pub(super) fn lower(&mut self, id: RawId, key: &Key<'t>) -> Lowered<'t> {
        match key {
            Key::Any => return Lowered::plain(Shape::Any),
            Key::Text => return Lowered::plain(Self::string(&[])),
            Key::One(_) | Key::Many(_) | Key::Only(..) => {}
        }
        if let Some(lowered) = self.replaced_schema(key) {
            return lowered;
        }
        if let Some(lowered) = self.lower_base(id, key) {
            return lowered;
        }
        let atoms = self.expand(key.parts());
        let nullable = !matches!(key, Key::Only(..)) && allows_null(key, &atoms);
        let union = if matches!(key, Key::Only(..)) { None } else { self.lower_union(id, &atoms) };
        if let Some(lowered) = union {
            return lowered.or_null(nullable);
        }
        let limit = match key {
            Key::Only(_, kinds) => *kinds,
            Key::Any | Key::Text | Key::One(_) | Key::Many(_) => Kinds::ALL,
        };
        let kinds = self.kinds(&atoms).and(limit);
        let lowered = match self.lower_values(&atoms, kinds) {
            Some(lowered) => lowered,
            None => self.lower_kinds(id, key, &atoms, kinds),
        };
        lowered.or_null(nullable)
    }

    fn lower_kinds(&mut self, id: RawId, key: &Key<'t>, atoms: &[Atom<'t>], kinds: Kinds) -> Lowered<'t> {
        if kinds == Kinds::NULL {
            return Lowered::plain(Shape::Null);
        }
        if kinds == Kinds::ALL || kinds == Kinds::NONE {
            return Lowered::plain(Shape::Any);
        }
        let mut each = kinds.each();
        let Some((kind, _)) = each.next() else {
            return Lowered::plain(Shape::Any);
        };
        if each.next().is_some() {
            return self.lower_alternatives(id, key, kinds);
        }
        let scalar: Option<MakeShape<'t>> = match kind {
            Kinds::STRING => Some(Self::string),
            Kinds::INTEGER => Some(Self::integer),
            Kinds::NUMBER => Some(Self::number_shape),
            _ => None,
        };
        if let Some(scalar) = scalar {
            let replaced = self.replaced_format(atoms, || scalar(atoms));
            return Lowered::plain(replaced.unwrap_or_else(|| scalar(atoms)));
        }
        match kind {
            Kinds::BOOLEAN => Lowered::plain(Shape::Boolean),
            Kinds::ARRAY => self.lower_array(id, atoms),
            _ => self.lower_object(id, atoms, matches!(key, Key::One(part) if part.skip.has(Skip::BASE))),
        }
    }

    /// A union over the types that a schema allows.
    fn lower_alternatives(&mut self, id: RawId, key: &Key<'t>, kinds: Kinds) -> Lowered<'t> {
        let mut variants = Vec::new();
        let mut notes = Vec::new();
        for (kind, name) in kinds.each() {
            let origin = Origin::Child(id, Role::Only(name));
            let raw = self.number(Key::Only(key.parts().into(), kind), origin);
            variants.push(super::shape::VariantShape {
                edge: Edge { raw, nullable: false },
                tags: Vec::new(),
                is_rest: false,
            });
            notes.extend(key.parts().first().map(|part| Note { place: part.place, target: None }));
        }
        Lowered { shape: Shape::Union { inclusive: false, tag: None, variants }, nullable: false, notes }
    }
}

/// Whether null is among the values.
fn allows_null<'t>(key: &Key<'t>, atoms: &[Atom<'t>]) -> bool {
    let is_top = |atom: &Atom<'t>| key.parts().iter().any(|part| part.place == atom.place);
    if atoms.iter().any(|atom| is_top(atom) && keyword::allows_null(&atom.schema)) {
        return true;
    }
    let mut typed = atoms.iter().filter(|atom| atom.schema.kind().is_some()).peekable();
    typed.peek().is_some() && typed.all(|atom| keyword::allows_null(&atom.schema))
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// The types that all atoms allow, null left out unless there is nothing else.
    fn kinds(&self, atoms: &[Atom<'t>]) -> Kinds {
        let mut declared = atoms.iter().filter_map(|atom| Some((atom, keyword::declared(&atom.schema)?)));
        let Some((first, mut kinds)) = declared.next() else {
            return inferred(atoms);
        };
        for (atom, others) in declared {
            let both = kinds.and(others);
            if both == Kinds::NONE {
                self.report_contradiction(first, atom);
            } else {
                kinds = both;
            }
        }
        match kinds.without(Kinds::NULL) {
            Kinds::NONE => Kinds::NULL,
            kinds => kinds,
        }
    }

    /// Reports that what two atoms describe is not of one type.
    fn report_contradiction(&self, first: &Atom<'t>, other: &Atom<'t>) {
        let kind = |atom: &Atom<'t>| atom.schema.kind().unwrap_or(atom.place);
        let place = kind(other);
        let message = "the schemas that hold together here are of different types";
        let mut diagnostic = Diagnostic::new(Code::ContradictorySchemas, place.span(), message).label("has no effect");
        if first.place.file == place.file {
            diagnostic = diagnostic.also(kind(first).span(), "this one counts");
        }
        self.reader.report(place.file, diagnostic);
    }
}

/// The types that the keywords of untyped schemas are about.
fn inferred(atoms: &[Atom<'_>]) -> Kinds {
    let any = |test: fn(&Atom<'_>) -> bool| atoms.iter().any(test);
    let is_object = |atom: &Atom<'_>| {
        let schema = &atom.schema;
        schema.properties().is_some()
            || schema.additional_properties().is_some()
            || schema.pattern_properties().is_some()
            || schema.required().is_some_and(Place::is_sequence)
            || schema.min_properties().is_some()
            || schema.max_properties().is_some()
    };
    let is_array = |atom: &Atom<'_>| {
        let schema = &atom.schema;
        schema.items().is_some()
            || schema.prefix_items().is_some()
            || schema.min_items().is_some()
            || schema.max_items().is_some()
    };
    let is_string = |atom: &Atom<'_>| {
        let schema = &atom.schema;
        schema.pattern().is_some()
            || schema.min_length().is_some()
            || schema.max_length().is_some()
            || keyword::format(schema).and_then(keyword::string_format).is_some()
    };
    let is_number = |atom: &Atom<'_>| {
        atom.schema.minimum().is_some() || atom.schema.maximum().is_some() || atom.schema.multiple_of().is_some()
    };
    if any(is_object) {
        Kinds::OBJECT
    } else if any(is_array) {
        Kinds::ARRAY
    } else if any(is_string) {
        Kinds::STRING
    } else if any(is_number) {
        Kinds::NUMBER
    } else {
        Kinds::ALL
    }
}
