//! Equal shapes become one type.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::graph::components;
use super::shape::{FieldShape, Shape, VariantShape};
use super::{Edge, Raw, RawId, Schemas};
use crate::ir::types::{EnumBase, Literal, StringFormat, StringRules, Tag, TagOrigin, TypeId, TypeUse, Types};

/// A use of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) id: TypeId,
    pub(super) nullable: bool,
}

/// A type before it has a name.
#[derive(Debug)]
pub(super) struct Interned<'t> {
    pub(super) shape: Rc<Shape<'t, Target>>,
    /// The shapes that became this type.
    pub(super) raws: Vec<RawId>,
}

/// The types of a document, and what became of the uses.
#[derive(Debug)]
pub(in crate::openapi) struct Finished<'t> {
    pub(in crate::openapi) types: Types,
    pub(super) interned: Vec<Interned<'t>>,
    pub(super) targets: Vec<Target>,
}

impl Finished<'_> {
    /// The type that a provisional use of one stands for.
    pub(in crate::openapi) fn settle(&self, usage: &mut TypeUse) {
        let target = self.targets[usage.id.index()];
        *usage = TypeUse { id: target.id, nullable: usage.nullable || target.nullable, boxed: false };
    }

    /// Whether a setting puts a type of the user's here.
    pub(in crate::openapi) fn is_foreign(&self, usage: TypeUse) -> bool {
        matches!(*self.interned[usage.id.index()].shape, Shape::Foreign(_))
    }

    /// Whether a value is one of a type's.
    pub(in crate::openapi) fn fits(&self, usage: TypeUse, value: &Literal) -> bool {
        super::fits::fits(&self.interned, Target { id: usage.id, nullable: usage.nullable }, value)
    }
}

/// Types by shape.
pub(super) struct Interner<'t> {
    pub(super) list: Vec<Interned<'t>>,
    known: HashMap<Rc<Shape<'t, Target>>, TypeId>,
    /// What each shape became.
    pub(super) targets: Vec<Target>,
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    pub(super) fn intern(&mut self) -> Interner<'t> {
        let mut ranges = Vec::with_capacity(self.raws.len());
        let mut edges = Vec::new();
        for raw in &self.raws {
            let start = edges.len();
            edges.extend(raw.shape.edges().into_iter().map(|edge| edge.raw.index()));
            ranges.push(start..edges.len());
        }
        let components = components(&ranges, &edges);
        drop((ranges, edges));
        let unknown = Target { id: TypeId(0), nullable: false };
        let mut interner =
            Interner { list: Vec::new(), known: HashMap::new(), targets: vec![unknown; self.raws.len()] };
        for (members, cyclic) in components.members.iter().zip(components.cyclic) {
            if cyclic {
                interner.cycle(&mut self.raws, members);
            } else if let [member] = members[..] {
                interner.single(&mut self.raws[member], member);
            }
        }
        interner
    }
}

impl<'t> Interner<'t> {
    /// A shape that is no part of itself.
    fn single(&mut self, raw: &mut Raw<'t>, index: usize) {
        let shape = std::mem::replace(&mut raw.shape, Shape::Any).map(|edge| self.target(edge));
        let (target, shape) = match shape {
            Shape::Union { inclusive, tag, variants } => self.simplify(raw, inclusive, tag, variants),
            shape => (None, shape),
        };
        let id = RawId(u32::try_from(index).unwrap_or(u32::MAX));
        let mut target = target.unwrap_or_else(|| self.insert(shape, id));
        target.nullable |= raw.nullable;
        self.targets[index] = target;
    }

    /// Shapes that are parts of each other, each a type of its own.
    fn cycle(&mut self, raws: &mut [Raw<'t>], members: &[usize]) {
        let first = self.list.len();
        for (offset, member) in members.iter().enumerate() {
            let id = TypeId(u32::try_from(first + offset).unwrap_or(u32::MAX));
            self.targets[*member] = Target { id, nullable: raws[*member].nullable };
            let raw = RawId(u32::try_from(*member).unwrap_or(u32::MAX));
            self.list.push(Interned { shape: Rc::new(Shape::Any), raws: vec![raw] });
        }
        for (offset, member) in members.iter().enumerate() {
            let shape = std::mem::replace(&mut raws[*member].shape, Shape::Any);
            self.list[first + offset].shape = Rc::new(shape.map(|edge| self.target(edge)));
        }
        self.cut_circular_unions(first, members, raws);
        for offset in 0..members.len() {
            let shape = Rc::clone(&self.list[first + offset].shape);
            if let Shape::Union { inclusive, tag, variants } = &*shape {
                let (tag, variants) = self.tagged(tag.clone(), variants.clone());
                self.list[first + offset].shape = Rc::new(Shape::Union { inclusive: *inclusive, tag, variants });
            }
        }
    }

    /// Takes variants away that lead back to their union through unions only: they add nothing, and reading one would not end.
    fn cut_circular_unions(&mut self, first: usize, members: &[usize], raws: &mut [Raw<'t>]) {
        let mut ranges = Vec::with_capacity(members.len());
        let mut edges = Vec::new();
        for interned in &self.list[first..] {
            let start = edges.len();
            if let Shape::Union { variants, .. } = &*interned.shape {
                let targets = variants.iter().map(|variant| variant.edge.id.index());
                edges.extend(targets.filter_map(|target| target.checked_sub(first)));
            }
            ranges.push(start..edges.len());
        }
        let components = components(&ranges, &edges);
        for (offset, member) in members.iter().enumerate() {
            let component = components.of[offset];
            let Shape::Union { inclusive, tag, variants } = &*self.list[first + offset].shape else {
                continue;
            };
            if !components.cyclic[component] {
                continue;
            }
            let is_kept = |variant: &VariantShape<Target>| {
                variant.edge.id.index().checked_sub(first).is_none_or(|target| components.of[target] != component)
            };
            let notes = std::mem::take(&mut raws[*member].notes);
            let kept = variants.iter().zip(notes).filter(|(variant, _)| is_kept(variant));
            let (variants, notes): (Vec<_>, Vec<_>) = kept.map(|(variant, note)| (variant.clone(), note)).unzip();
            raws[*member].notes = notes;
            let shape = if variants.is_empty() {
                Shape::Any
            } else {
                Shape::Union { inclusive: *inclusive, tag: tag.clone(), variants }
            };
            self.list[first + offset].shape = Rc::new(shape);
        }
    }

    fn target(&self, edge: Edge) -> Target {
        let target = self.targets[edge.raw.index()];
        Target { id: target.id, nullable: target.nullable || edge.nullable }
    }

    fn insert(&mut self, shape: Shape<'t, Target>, raw: RawId) -> Target {
        let next = TypeId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        let shape = Rc::new(shape);
        let id = match self.known.entry(Rc::clone(&shape)) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => *entry.insert(next),
        };
        match self.list.get_mut(id.index()) {
            Some(interned) => interned.raws.push(raw),
            None => self.list.push(Interned { shape, raws: vec![raw] }),
        }
        Target { id, nullable: false }
    }

    /// A union without variants that are null, equal to others or the only one.
    fn simplify(
        &mut self,
        raw: &mut Raw<'t>,
        inclusive: bool,
        tag: Option<Tag>,
        variants: Vec<VariantShape<Target>>,
    ) -> (Option<Target>, Shape<'t, Target>) {
        let mut nullable = false;
        let mut kept: Vec<VariantShape<Target>> = Vec::with_capacity(variants.len());
        let mut indices: HashMap<TypeId, usize> = HashMap::new();
        let mut notes = Vec::new();
        for (variant, note) in variants.into_iter().zip(std::mem::take(&mut raw.notes)) {
            nullable |= variant.edge.nullable;
            if matches!(*self.list[variant.edge.id.index()].shape, Shape::Null) {
                nullable = true;
                continue;
            }
            let edge = Target { nullable: false, ..variant.edge };
            if let Some(index) = indices.get(&edge.id) {
                kept[*index].tags.extend(variant.tags);
                kept[*index].is_rest |= variant.is_rest;
            } else {
                indices.insert(edge.id, kept.len());
                kept.push(VariantShape { edge, ..variant });
                notes.push(note);
            }
        }
        raw.notes = notes;
        raw.nullable |= nullable;
        match &kept[..] {
            [] => (None, Shape::Null),
            [only] => (Some(only.edge), Shape::Any),
            _ => {
                if let Some(shape) = self.joined_enum(&kept) {
                    raw.notes.clear();
                    return (None, shape);
                }
                let (tag, variants) = self.tagged(tag, kept);
                (None, Shape::Union { inclusive, tag, variants })
            }
        }
    }

    /// One enum for several, or for an enum beside any text: enums keep values that they do not list.
    fn joined_enum(&self, variants: &[VariantShape<Target>]) -> Option<Shape<'t, Target>> {
        let mut values: Vec<Literal> = Vec::new();
        let mut seen = HashSet::new();
        for variant in variants {
            match &*self.list[variant.edge.id.index()].shape {
                Shape::Enum(EnumBase::String, listed) => {
                    values.extend(listed.iter().filter(|value| seen.insert((*value).clone())).cloned());
                }
                Shape::Constant(value @ Literal::String(_)) => {
                    if seen.insert(value.clone()) {
                        values.push(value.clone());
                    }
                }
                Shape::String(StringFormat::Plain, rules) if *rules == StringRules::default() => {}
                _ => return None,
            }
        }
        Some(Shape::Enum(EnumBase::String, values))
    }

    /// The values of the tag that the variants themselves demand, and a tag where the document has none.
    fn tagged(
        &self,
        tag: Option<Tag>,
        mut variants: Vec<VariantShape<Target>>,
    ) -> (Option<Tag>, Vec<VariantShape<Target>>) {
        let Some(tag) = tag else {
            let inferred = self.infer_tag(&mut variants);
            return (inferred, variants);
        };
        let mut taken: HashSet<String> = variants.iter().flat_map(|variant| variant.tags.iter().cloned()).collect();
        for variant in variants.iter_mut().filter(|variant| !variant.is_rest) {
            for value in self.constants(variant.edge.id, &tag.property).unwrap_or_default() {
                if taken.insert(value.to_owned()) {
                    variant.tags.push(value.to_owned());
                }
            }
        }
        // A tag without values tells nothing apart.
        let tag = variants.iter().any(|variant| !variant.tags.is_empty()).then_some(tag);
        (tag, variants)
    }

    /// A property that each variant demands with values of its own.
    fn infer_tag(&self, variants: &mut [VariantShape<Target>]) -> Option<Tag> {
        let (first, others) = variants.split_first()?;
        let fields = self.demanded(first.edge.id)?;
        if !fields.iter().any(|field| self.texts(field).is_some()) {
            return None;
        }
        let others: Vec<HashMap<&str, &FieldShape<'t, Target>>> = others
            .iter()
            .map(|variant| Some(self.demanded(variant.edge.id)?.into_iter().map(|field| (field.wire, field)).collect()))
            .collect::<Option<_>>()?;
        let (property, tags) = fields.into_iter().find_map(|field| {
            let mut seen = HashSet::new();
            let fields =
                std::iter::once(Some(field)).chain(others.iter().map(|fields| fields.get(field.wire).copied()));
            let tags: Vec<Vec<&str>> = fields
                .map(|field| self.texts(field?).filter(|texts| texts.iter().all(|text| seen.insert(*text))))
                .collect::<Option<_>>()?;
            Some((field.wire, tags))
        })?;
        for (variant, tags) in variants.iter_mut().zip(tags) {
            variant.tags = tags.into_iter().map(str::to_owned).collect();
        }
        Some(Tag { property: property.to_owned(), origin: TagOrigin::Inferred })
    }

    /// The properties that a struct demands.
    fn demanded(&self, id: TypeId) -> Option<Vec<&FieldShape<'t, Target>>> {
        match &*self.list[id.index()].shape {
            Shape::Struct { fields, .. } => Some(fields.iter().filter(|field| field.required).collect()),
            _ => None,
        }
    }

    /// The texts that a struct allows for a property that it demands.
    fn constants(&self, id: TypeId, property: &str) -> Option<Vec<&str>> {
        self.texts(self.demanded(id)?.into_iter().find(|field| field.wire == property)?)
    }

    /// The texts that a property may be.
    fn texts(&self, field: &FieldShape<'t, Target>) -> Option<Vec<&str>> {
        let values = match &*self.list[field.edge.id.index()].shape {
            Shape::Enum(EnumBase::String, values) => values,
            Shape::Constant(value) => std::slice::from_ref(value),
            _ => return None,
        };
        let texts = values.iter().map(|value| match value {
            Literal::String(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }
}
