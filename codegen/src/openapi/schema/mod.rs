//! From schemas to types.
//!
//! 1. `canonical`: a use of a schema is followed to the schema that has something to say, past references and wrappers.
//! 2. `expand`: such a schema is taken apart into the schema objects that hold together, `allOf` and all.
//! 3. `lower`: these become one shape. Shapes refer to others by number, and the numbers are worked off one by one, so that no
//!    schema is too deep and none is read twice.
//! 4. `finish`: equal shapes become one type; what is left of unions is simplified.
//! 5. `assemble`: types get names, documentation and boxes.

mod assemble;
mod canonical;
mod check;
mod enumeration;
mod expand;
mod finish;
mod fits;
mod graph;
mod keyword;
mod literal;
mod lower;
mod naming;
mod object;
mod replace;
mod scalar;
mod shape;
mod union;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub(super) use self::assemble::{excerpt, unfit};
pub(super) use self::finish::Finished;
pub(super) use self::literal::literal;
use self::shape::Shape;
use super::place::{Identity, Place};
use super::reader::Reader;
use crate::ir::types::{TypeId, TypeUse};

/// The most shapes of a document: combinations of `allOf` and `oneOf` can multiply.
const MAX_SHAPES: usize = 400_000;

/// Which named schemas are derived from others by `allOf`.
#[derive(Debug, Default)]
struct Derived<'t> {
    by_base: HashMap<Identity, Vec<(&'t str, Place<'t>)>>,
    /// Pairs of a base and what is derived from it.
    pairs: HashSet<(Identity, Identity)>,
}

/// What of a schema object is left out when it is read as a part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Skip(u8);

impl Skip {
    pub(super) const NOTHING: Self = Self(0);
    /// `$ref`
    const REFERENCE: Self = Self(1);
    /// `allOf`
    const ALL_OF: Self = Self(2);
    /// `oneOf`
    const ONE_OF: Self = Self(4);
    /// `anyOf`
    const ANY_OF: Self = Self(8);
    /// That it is a base with a discriminator, which stands for what is derived from it.
    const BASE: Self = Self(16);

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A schema object, or what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Part<'t> {
    place: Place<'t>,
    skip: Skip,
}

/// What tells shapes apart before they are known: the schema objects that a value must fit, and the types that are left to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key<'t> {
    /// Any value.
    Any,
    /// Any text.
    Text,
    /// One schema.
    One(Part<'t>),
    /// Several schemas together.
    Many(Box<[Part<'t>]>),
    /// One of the types that a schema allows.
    Only(Box<[Part<'t>]>, keyword::Kinds),
}

impl<'t> Key<'t> {
    fn of(mut parts: Vec<Part<'t>>) -> Self {
        let mut seen = HashSet::new();
        parts.retain(|part| seen.insert(*part));
        match parts[..] {
            [] => Self::Any,
            [part] => Self::One(part),
            _ => Self::Many(parts.into()),
        }
    }

    fn parts(&self) -> &[Part<'t>] {
        match self {
            Self::Any | Self::Text => &[],
            Self::One(part) => std::slice::from_ref(part),
            Self::Many(parts) | Self::Only(parts, _) => parts,
        }
    }
}

/// The number of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct RawId(u32);

impl Edge {
    /// The edge as the use of a type, until the types are known.
    pub(super) fn provisional(self) -> TypeUse {
        TypeUse { id: TypeId(self.raw.0), nullable: self.nullable, boxed: false }
    }
}

impl RawId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// A use of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    raw: RawId,
    nullable: bool,
}

/// Where a schema stands that no reference leads to.
#[derive(Clone, Copy, Debug)]
enum Origin<'t> {
    /// In no document.
    Nowhere,
    /// At an operation; an index into [`Schemas::positions`].
    Position(u32),
    /// In another schema.
    Child(RawId, Role<'t>),
}

/// What a schema is to the one that it stands in.
#[derive(Clone, Copy, Debug)]
enum Role<'t> {
    Property(&'t str),
    Values,
    Items,
    Place(u32),
    Variant(u32),
    Only(&'static str),
}

/// A shape with what belongs to it.
#[derive(Debug)]
struct Raw<'t> {
    key: Key<'t>,
    origin: Origin<'t>,
    shape: Shape<'t, Edge>,
    nullable: bool,
    /// The schemas from which fields and variants take their documentation, in the order of the shape's.
    notes: Vec<Note<'t>>,
}

/// Where a field or variant is documented.
#[derive(Clone, Copy, Debug)]
struct Note<'t> {
    place: Place<'t>,
    /// The last reference on the way, if any.
    target: Option<Place<'t>>,
}

/// The schemas of a document on their way to types.
pub(super) struct Schemas<'t, 's, 'r> {
    reader: &'r Reader<'t, 's>,
    numbers: HashMap<Key<'t>, RawId>,
    raws: Vec<Raw<'t>>,
    /// How many of the shapes are done.
    done: usize,
    /// Names of uses at operations.
    positions: Vec<String>,
    /// Named schemas that were passed on the way to another.
    passed: HashMap<Identity, (Place<'t>, Edge)>,
    checked: HashSet<Identity>,
    replacements: replace::Replacements,
    /// The named schemas of the document.
    components: Option<Place<'t>>,
    derived: Option<Rc<Derived<'t>>>,
    /// The schemas that the alternatives of a base refer to.
    alternatives: HashMap<Identity, Rc<HashSet<Identity>>>,
    /// How many shapes came from alternatives with something beside them.
    combined: usize,
}

impl<'t, 's: 't, 'r> Schemas<'t, 's, 'r> {
    pub(super) fn new(reader: &'r Reader<'t, 's>, components: Option<Place<'t>>) -> Self {
        Self {
            reader,
            numbers: HashMap::new(),
            raws: Vec::new(),
            done: 0,
            positions: Vec::new(),
            passed: HashMap::new(),
            checked: HashSet::new(),
            replacements: replace::Replacements::default(),
            components,
            derived: None,
            alternatives: HashMap::new(),
            combined: 0,
        }
    }

    /// The use of a schema at an operation; `position` names it where it has no name.
    pub(super) fn usage(&mut self, place: Place<'t>, position: String) -> Edge {
        let origin = self.position(position);
        self.edge(Part { place, skip: Skip::NOTHING }, origin)
    }

    /// A use of a type that no schema says anything about.
    pub(super) fn any(&mut self) -> Edge {
        Edge { raw: self.number(Key::Any, Origin::Nowhere), nullable: false }
    }

    /// A use of plain text.
    pub(super) fn text(&mut self) -> Edge {
        Edge { raw: self.number(Key::Text, Origin::Nowhere), nullable: false }
    }

    fn position(&mut self, name: String) -> Origin<'t> {
        self.positions.push(name);
        Origin::Position(u32::try_from(self.positions.len() - 1).unwrap_or(u32::MAX))
    }

    /// The number of a shape, which is worked off later.
    fn number(&mut self, key: Key<'t>, origin: Origin<'t>) -> RawId {
        if let Some(id) = self.numbers.get(&key) {
            return *id;
        }
        let id = RawId(u32::try_from(self.raws.len()).unwrap_or(u32::MAX));
        self.numbers.insert(key.clone(), id);
        self.raws.push(Raw { key, origin, shape: Shape::Any, nullable: false, notes: Vec::new() });
        id
    }

    /// Works off the shapes that were numbered.
    pub(super) fn work_off(&mut self) {
        while self.done < self.raws.len() {
            let id = RawId(u32::try_from(self.done).unwrap_or(u32::MAX));
            self.done += 1;
            if self.done > MAX_SHAPES {
                continue;
            }
            let key = self.raws[id.index()].key.clone();
            let lowered = self.lower(id, &key);
            let raw = &mut self.raws[id.index()];
            raw.nullable = lowered.nullable && lowered.shape != Shape::Null;
            raw.shape = lowered.shape;
            raw.notes = lowered.notes;
        }
    }
}
