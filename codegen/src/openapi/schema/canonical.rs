//! From the use of a schema to the schema that has something to say.

use super::keyword::{allows_null, has_structure, is_null};
use super::{Edge, Key, Note, Origin, Part, Schemas, Skip};
use crate::diagnostic::Code;
use crate::openapi::model::Schema;
use crate::openapi::place::Place;
use crate::openapi::reader::Version;

/// The longest way from a use to its schema.
const MAX_STEPS: usize = 64;

/// Where a use leads.
#[derive(Debug)]
pub(super) struct Use<'t> {
    /// The schema; `None`: any value.
    pub(super) part: Option<Part<'t>>,
    /// Whether the way there allows null.
    pub(super) nullable: bool,
    /// The places on the way, the use's first, the schema's last.
    pub(super) way: Vec<Place<'t>>,
    /// The targets of references on the way.
    pub(super) targets: Vec<Place<'t>>,
}

impl<'t> Use<'t> {
    pub(super) fn note(&self, place: Place<'t>) -> Note<'t> {
        Note { place, target: self.targets.last().copied() }
    }
}

/// One step of the way.
enum Step<'t> {
    /// On to another schema; `true`: by a reference.
    On(Part<'t>, bool),
    /// Here it is.
    Here,
    /// Nothing is said.
    Any,
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// The edge to a schema. What has no name is named after `origin`.
    pub(super) fn edge(&mut self, part: Part<'t>, origin: Origin<'t>) -> Edge {
        let usage = self.canonical(part);
        self.edge_of(&usage, origin)
    }

    pub(super) fn edge_of(&mut self, usage: &Use<'t>, origin: Origin<'t>) -> Edge {
        let key = usage.part.map_or(Key::Any, Key::One);
        let edge = Edge { raw: self.number(key, origin), nullable: usage.nullable };
        for target in &usage.targets {
            self.passed.entry(target.identity()).or_insert((*target, edge));
        }
        edge
    }

    /// Follows a use to its schema.
    pub(super) fn canonical(&mut self, part: Part<'t>) -> Use<'t> {
        let mut usage = Use { part: Some(part), nullable: false, way: vec![part.place], targets: Vec::new() };
        let mut part = part;
        for _ in 0..MAX_STEPS {
            match self.step(part, &mut usage.nullable) {
                Step::Here => {
                    usage.part = Some(part);
                    return usage;
                }
                Step::Any => {
                    usage.part = None;
                    return usage;
                }
                Step::On(next, by_reference) => {
                    part = next;
                    usage.way.push(part.place);
                    if by_reference {
                        usage.targets.push(part.place);
                    }
                }
            }
        }
        self.reader.tell(usage.way[0], Code::CircularReference, "the schema is defined by itself");
        usage.part = None;
        usage
    }

    fn step(&mut self, part: Part<'t>, nullable: &mut bool) -> Step<'t> {
        let Part { place, skip } = part;
        if skip == Skip::NOTHING && self.replacements.contains(place) {
            return Step::Here;
        }
        if !place.is_mapping() {
            if place.boolean().is_none() && !place.is_null() {
                self.reader.misshapen(place, "a schema");
            }
            return Step::Any;
        }
        let schema = Schema::read(place);
        self.check(place, &schema);
        if let Some(reference) = schema.reference().filter(|_| !skip.has(Skip::REFERENCE)) {
            return self.step_reference(&schema, reference, nullable);
        }
        let structured = has_structure(&schema);
        if structured {
            return Step::Here;
        }
        let member = if skip.has(Skip::ALL_OF) { None } else { only_member(&schema) };
        let next = member.or_else(|| only_variant(&schema, skip, nullable));
        if next.is_some() {
            *nullable |= allows_null(&schema);
        }
        next.unwrap_or(Step::Here)
    }

    fn step_reference(&self, schema: &Schema<'t>, reference: Place<'t>, nullable: &mut bool) -> Step<'t> {
        if reference.string().is_none() {
            self.reader.misshapen(reference, "a reference");
            return Step::Any;
        }
        let has_siblings =
            has_structure(schema) || [schema.all_of(), schema.one_of(), schema.any_of()].iter().any(Option::is_some);
        if has_siblings && self.reader.version >= Version::V3_1 {
            return Step::Here;
        }
        *nullable |= allows_null(schema);
        if has_siblings {
            self.reader.tell(
                reference,
                Code::ReferenceSiblings,
                "what stands beside a reference has no effect in OpenAPI 3.0",
            );
        }
        match self.reader.resolve(reference) {
            Some(place) => Step::On(Part { place, skip: Skip::NOTHING }, true),
            None => Step::Any,
        }
    }
}

/// The one member of an `allOf` that has something to say.
fn only_member<'t>(schema: &Schema<'t>) -> Option<Step<'t>> {
    if schema.one_of().is_some() || schema.any_of().is_some() {
        return None;
    }
    let mut members = schema.all_of()?.elements().filter(|member| says_something(*member));
    let member = members.next();
    if members.next().is_some() {
        return None;
    }
    Some(member.map_or(Step::Any, |place| Step::On(Part { place, skip: Skip::NOTHING }, false)))
}

/// Whether a schema says anything about values.
pub(super) fn says_something(place: Place<'_>) -> bool {
    let schema = Schema::read(place);
    has_structure(&schema)
        || allows_null(&schema)
        || [schema.reference(), schema.all_of(), schema.one_of(), schema.any_of(), schema.kind()]
            .iter()
            .any(Option::is_some)
}

/// The one variant of a `oneOf` or `anyOf` that is not null.
fn only_variant<'t>(schema: &Schema<'t>, skip: Skip, nullable: &mut bool) -> Option<Step<'t>> {
    if schema.all_of().is_some() {
        return None;
    }
    let lists = [(schema.one_of(), Skip::ONE_OF), (schema.any_of(), Skip::ANY_OF)];
    let mut lists = lists.into_iter().filter(|(_, flag)| !skip.has(*flag)).filter_map(|(list, _)| list);
    let list = lists.next()?;
    if lists.next().is_some() {
        return None;
    }
    let mut variants = list.elements().filter(|variant| !is_null(*variant));
    let variant = variants.next()?;
    if variants.next().is_some() {
        return None;
    }
    *nullable |= list.elements().len() > 1;
    Some(Step::On(Part { place: variant, skip: Skip::NOTHING }, false))
}
