//! From the use of a schema to the schema that has something to say.

use super::keyword::{allows_null, has_structure, is_null};
use super::{Edge, Key, Note, Origin, Part, Schemas, Skip};
use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::model::Schema;
use crate::openapi::place::Place;
use crate::openapi::reader::{UNTYPED, Version};

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
        let place = usage.way[0];
        let diagnostic = Diagnostic::new(Code::CircularReference, place.span(), "the schema is defined by itself");
        self.reader.report(place.file, diagnostic.label(UNTYPED));
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
            self.report_siblings(schema, reference);
        }
        match self.reader.resolve(reference, UNTYPED) {
            Some(place) => Step::On(Part { place, skip: Skip::NOTHING }, true),
            None => Step::Any,
        }
    }
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// Reports what stands beside a reference.
    fn report_siblings(&self, schema: &Schema<'t>, reference: Place<'t>) {
        const ANNOTATIONS: [&str; 7] =
            ["$ref", "title", "description", "nullable", "default", "deprecated", "externalDocs"];
        let message = "what stands beside a reference has no effect in OpenAPI 3.0";
        let siblings = schema.place().members();
        let siblings = siblings.filter(|member| !ANNOTATIONS.contains(&member.key) && !member.key.starts_with("x-"));
        let mut siblings = siblings.filter(|member| !member.key.starts_with("example"));
        let span = siblings.next().map_or_else(|| reference.span(), |member| member.span);
        let diagnostic = Diagnostic::new(Code::ReferenceSiblings, span, message)
            .help("put the reference into `allOf`, and the rest beside that");
        self.reader.report(reference.file, diagnostic);
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
