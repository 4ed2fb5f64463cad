//! The names of types.
//!
//! A name depends on the schema's own place in the document and nothing else: a schema has the name that a reference leads to
//! it by, or one made of the schema or operation that it stands in and the way from there. So nothing is renamed when a document
//! grows. When several places share a type, one of their names is the type's and the others are aliases of it.

use std::collections::{BTreeMap, HashMap};

use super::finish::Interner;
use super::{Key, Origin, Raw, RawId, Role, Schemas, Skip};
use crate::ir::types::{Alias, Scope, TypeId, TypeName, TypeUse};
use crate::names::{Allocator, NameKind, convert, shorten};
use crate::openapi::location;
use crate::openapi::place::Place;

/// Names of types.
pub(super) struct TypeNames {
    /// The name of each type.
    pub(super) names: Vec<Option<TypeName>>,
    /// The shape that a type takes its documentation from.
    pub(super) documented: Vec<RawId>,
    pub(super) aliases: Vec<Alias>,
}

/// A name that a place asks for.
struct Wish<'t> {
    scope: Scope,
    name: String,
    target: TypeUse,
    /// The schema.
    place: Option<Place<'t>>,
    /// Its shape; `None`: it only refers to another one.
    raw: Option<RawId>,
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    pub(super) fn name_types(&self, interner: &Interner<'t>) -> TypeNames {
        let mut wishes = self.wishes(interner);
        let path = |wish: &Wish<'t>| wish.place.map(|place| (self.reader.files.name(place.file), place.identity()));
        wishes
            .sort_by(|left, right| (left.scope, &left.name, path(left)).cmp(&(right.scope, &right.name, path(right))));
        // Names of schemas: those of the document first, used or not, then those of other files.
        let mut schemas = Allocator::default();
        let mut by_place: HashMap<Option<Place<'t>>, TypeName> = HashMap::new();
        let pairs = || self.components.into_iter().flat_map(Place::pairs);
        let wires: Vec<&str> = pairs().map(|(wire, _)| wire).collect();
        for ((_, place), name) in pairs().zip(schemas.names(&wires, NameKind::Type)) {
            by_place.insert(Some(place), TypeName { scope: Scope::Schemas, name });
        }
        let mut inline = Allocator::default();
        let mut made: HashMap<(String, TypeId), TypeName> = HashMap::new();
        let mut named: BTreeMap<(TypeId, TypeName), Wish<'t>> = BTreeMap::new();
        for wish in wishes {
            let name = match wish.scope {
                Scope::Schemas => by_place
                    .entry(wish.place)
                    .or_insert_with(|| TypeName {
                        scope: Scope::Schemas,
                        name: schemas.name(&wish.name, NameKind::Type),
                    })
                    .clone(),
                Scope::Inline => made
                    .entry((wish.name.clone(), wish.target.id))
                    .or_insert_with(|| TypeName { scope: Scope::Inline, name: inline.unique(wish.name.clone()) })
                    .clone(),
            };
            named.entry((wish.target.id, name)).or_insert(wish);
        }
        choose(interner, named)
    }

    fn wishes(&self, interner: &Interner<'t>) -> Vec<Wish<'t>> {
        let mut wishes = Vec::new();
        let mut made = HashMap::new();
        for (id, interned) in (0u32..).map(TypeId).zip(&interner.list) {
            for raw in &interned.raws {
                let (scope, name) = self.wanted(*raw, &mut made);
                if interned.shape.is_named() || scope == Scope::Schemas {
                    let target = TypeUse { id, nullable: interner.targets[raw.index()].nullable, boxed: false };
                    let target = TypeUse { nullable: target.nullable && !interned.shape.is_named(), ..target };
                    wishes.push(Wish { scope, name, target, place: self.raws[raw.index()].place(), raw: Some(*raw) });
                }
            }
        }
        for (place, edge) in self.passed.values() {
            let Some((Scope::Schemas, name)) = self.pointer_name(*place) else {
                continue;
            };
            let target = interner.targets[edge.raw.index()];
            let is_own = self.raws[edge.raw.index()].place() == Some(*place);
            if !is_own {
                let target = TypeUse { id: target.id, nullable: target.nullable || edge.nullable, boxed: false };
                wishes.push(Wish { scope: Scope::Schemas, name, target, place: Some(*place), raw: None });
            }
        }
        wishes
    }

    /// The name that a shape's place asks for: a wire name in the scope of schemas, a name in Rust's writing else.
    fn wanted(&self, id: RawId, made: &mut HashMap<RawId, String>) -> (Scope, String) {
        let raw = &self.raws[id.index()];
        if let Some((Scope::Schemas, name)) = self.named(raw) {
            return (Scope::Schemas, name);
        }
        (Scope::Inline, self.made(id, made))
    }

    /// The name of a shape as a part of other names, made of those of the shapes around it. `made` are those that are known.
    fn made(&self, id: RawId, made: &mut HashMap<RawId, String>) -> String {
        let mut way: Vec<(RawId, String)> = Vec::new();
        let mut at = id;
        let mut name = loop {
            if let Some(name) = made.get(&at) {
                break name.clone();
            }
            let raw = &self.raws[at.index()];
            let name = match (self.named(raw), raw.origin) {
                (Some((_, name)), _) => convert(&name, NameKind::Type),
                (None, Origin::Nowhere) => "Value".to_owned(),
                (None, Origin::Position(index)) => self.positions.get(index as usize).cloned().unwrap_or_default(),
                (None, Origin::Child(parent, role)) => {
                    way.push((at, self.role_name(raw, role)));
                    at = parent;
                    continue;
                }
            };
            let name = shorten(name);
            made.insert(at, name.clone());
            break name;
        };
        for (at, step) in way.into_iter().rev() {
            name.push_str(&step);
            name = shorten(name);
            made.insert(at, name.clone());
        }
        name
    }

    /// The name of a schema that a reference leads to.
    fn named(&self, raw: &Raw<'t>) -> Option<(Scope, String)> {
        let Key::One(part) = raw.key else {
            return None;
        };
        let (scope, name) = self.pointer_name(part.place)?;
        if part.skip.has(Skip::BASE)
            && self.numbers.contains_key(&Key::One(super::Part { skip: Skip::NOTHING, ..part }))
        {
            return Some((Scope::Inline, format!("{}Base", convert(&name, NameKind::Type))));
        }
        Some((scope, name))
    }

    /// The name in the reference that leads to a schema. `None`: it has no name, and is called by where it stands.
    pub(super) fn pointer_name(&self, place: Place<'t>) -> Option<(Scope, String)> {
        let pointer = self.reader.pointer(place)?;
        let (path, fragment) = pointer.split_once('#')?;
        let segments: Vec<_> = location::pointer(fragment)?.collect();
        let is_root = place.file.0 == 0;
        let name = match &segments[..] {
            [components, schemas, name] if components == "components" && schemas == "schemas" => Some(name),
            [definitions, name] if definitions == "definitions" || definitions == "$defs" => Some(name),
            _ => None,
        };
        match name {
            Some(name) if is_root => return Some((Scope::Schemas, name.to_string())),
            None if is_root => return None,
            _ => {}
        }
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let rest: Vec<&str> = segments
            .iter()
            .map(|segment| &**segment)
            .filter(|segment| {
                !matches!(*segment, "components" | "schemas" | "definitions" | "$defs" | "properties" | "items")
            })
            .collect();
        // A file is mostly named after what is in it.
        let is_said = rest
            .first()
            .is_some_and(|first| convert(first, NameKind::Type).starts_with(&convert(stem, NameKind::Type)));
        let stem = (!is_said).then_some(stem);
        let name = stem.into_iter().chain(rest).collect::<Vec<_>>().join("_");
        Some((Scope::Schemas, name))
    }

    fn role_name(&self, raw: &Raw<'t>, role: Role<'t>) -> String {
        match role {
            Role::Property(wire) => convert(wire, NameKind::Type),
            Role::Values => "Value".to_owned(),
            Role::Items => "Item".to_owned(),
            Role::Place(index) => format!("Place{}", index + 1),
            Role::Only(name) => name.to_owned(),
            Role::Variant(index) => self.variant_label(raw.place()).unwrap_or_else(|| format!("Variant{}", index + 1)),
        }
    }

    /// What a variant is called in its own schema: by a name or a title.
    pub(super) fn variant_label(&self, place: Option<Place<'t>>) -> Option<String> {
        let place = place?;
        if let Some((_, name)) = self.pointer_name(place) {
            return Some(convert(&name, NameKind::Type));
        }
        let title = place.get("title").and_then(Place::string)?;
        (!title.trim().is_empty() && title.len() <= 60).then(|| convert(title, NameKind::Type))
    }
}

/// Makes one of the names of each type its own and the others aliases.
fn choose<'t>(interner: &Interner<'t>, named: BTreeMap<(TypeId, TypeName), Wish<'t>>) -> TypeNames {
    let documented = interner.list.iter().map(|interned| interned.raws[0]).collect();
    let mut result = TypeNames { names: vec![None; interner.list.len()], documented, aliases: Vec::new() };
    let mut best: HashMap<TypeId, (Scope, usize, TypeName)> = HashMap::new();
    for ((id, name), wish) in &named {
        if wish.target.nullable || !interner.list[id.index()].shape.is_named() || wish.raw.is_none() {
            continue;
        }
        let rank = (name.scope, name.name.as_str().len(), name.clone());
        let best = best.entry(*id).or_insert_with(|| rank.clone());
        if rank <= *best {
            *best = rank;
            result.documented[id.index()] = wish.raw.unwrap_or(result.documented[id.index()]);
        }
    }
    for (id, (_, _, name)) in best {
        result.names[id.index()] = Some(name);
    }
    for ((id, name), wish) in named {
        if result.names[id.index()].as_ref() != Some(&name) {
            let docs = wish.place.map(super::assemble::docs).unwrap_or_default();
            result.aliases.push(Alias { name, target: wish.target, docs });
        }
    }
    result.aliases.sort_by(|left, right| left.name.cmp(&right.name));
    result
}

impl<'t> Raw<'t> {
    /// The schema object, the first where there are several.
    pub(super) fn place(&self) -> Option<Place<'t>> {
        self.key.parts().first().map(|part| part.place)
    }
}
