//! Types as schemas.

use super::components::Components;
use super::dialect::{Dialect, Form};
use super::excerpt::Excerpts;
use super::json::Json;
use super::scalar::{enumeration, integer, number, properties, scalar, string, r#type};
use crate::emit::openapi::types::Plan;
use crate::ir::types::{
    Additional, Array, Docs, Excerpt, Field, Kind, Literal, Map, Struct, Tag, TagOrigin, Tuple, Type, TypeId, TypeUse,
    Union, UnionSemantics, UnionVariant,
};

/// The schemas of an API.
pub(super) struct Schemas<'a> {
    plan: &'a Plan<'a>,
    components: Components,
    excerpts: Excerpts<'a>,
    dialect: Dialect,
    /// The types, by their index, beside whose properties there is nothing although the document does not say so.
    pub(super) closed: Vec<bool>,
}

/// What the place of a value says about it, beside its type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Notes<'n> {
    pub(super) docs: Option<&'n Docs>,
    pub(super) default: Option<&'n Literal>,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, excerpts: Excerpts<'a>, dialect: Dialect) -> Self {
        Self { plan, components: Components::new(plan.types), excerpts, dialect, closed: Vec::new() }
    }

    /// The schemas that were referred to so far and those that they refer to themselves, sorted by name.
    pub(super) fn components(self) -> Vec<(String, String)> {
        let mut components = Vec::new();
        let mut done = 0;
        while let Some(id) = self.components.referred(done) {
            done += 1;
            if let Some(name) = self.components.name(id) {
                components.push((name.to_owned(), self.definition(id, self.plan.get(id))));
            }
        }
        components.sort_unstable();
        components
    }

    /// Writes the schema of a place.
    pub(super) fn usage(&self, usage: TypeUse, notes: Notes<'_>, json: &mut Json) {
        json.object(|json| {
            if let Some(docs) = notes.docs {
                self.docs(docs, json);
            }
            self.reference(usage, self.are_empty(notes), json);
            if let Some(default) = notes.default {
                json.key("default").literal(default);
            }
            json.flag("readOnly", notes.read_only);
            json.flag("writeOnly", notes.write_only);
        });
    }

    /// Whether nothing is written of notes.
    fn are_empty(&self, notes: Notes<'_>) -> bool {
        let says_nothing = |docs: &Docs| {
            docs.title.is_empty()
                && docs.description.is_empty()
                && !docs.deprecated
                && docs.example.and_then(|excerpt| self.excerpts.json(excerpt)).is_none()
        };
        notes.docs.is_none_or(says_nothing) && notes.default.is_none() && !notes.read_only && !notes.write_only
    }

    /// Writes an example.
    pub(super) fn example(&self, excerpt: Option<Excerpt>, json: &mut Json) {
        if let Some(example) = excerpt.and_then(|excerpt| self.excerpts.json(excerpt)) {
            json.key("example").raw(&example);
        }
    }

    fn plain(&self, usage: TypeUse, json: &mut Json) {
        self.usage(usage, Notes::default(), json);
    }

    fn definition(&self, id: TypeId, found: &Type) -> String {
        let mut json = Json::default();
        json.object(|json| {
            self.docs(&found.docs, json);
            self.kind(id, self.dialect.present(), json);
        });
        json.finish()
    }

    fn docs(&self, docs: &Docs, json: &mut Json) {
        json.text_member("title", &docs.title);
        json.text_member("description", &docs.description);
        json.flag("deprecated", docs.deprecated);
        if let Some(example) = docs.example.and_then(|excerpt| self.excerpts.json(excerpt)) {
            self.dialect.example(&example, json);
        }
    }

    /// The members that say of which type a value is; `is_alone`: there are no others.
    fn reference(&self, usage: TypeUse, is_alone: bool, json: &mut Json) {
        let kind = self.plan.kind(usage.id);
        let takes_null = match kind {
            Kind::Any | Kind::Null => true,
            Kind::Foreign(foreign) => foreign.replaced.is_none(),
            _ => false,
        };
        let dialect = self.dialect;
        let form = Form { nullable: usage.nullable && !takes_null, dialect };
        match self.components.refer(usage.id) {
            Some(name) if form.nullable => dialect.or_null(&|json| refer(name, json), json),
            // In 3.0 nothing beside a reference has an effect.
            Some(name) if dialect == Dialect::V3_0 && !is_alone => {
                json.key("allOf").array(|json| json.object(|json| refer(name, json)));
            }
            Some(name) => refer(name, json),
            None if form.nullable && !has_type(kind) => {
                dialect.or_null(&|json| self.kind(usage.id, form.present(), json), json);
            }
            None => self.kind(usage.id, form, json),
        }
    }

    fn kind(&self, id: TypeId, form: Form, json: &mut Json) {
        match self.plan.kind(id) {
            Kind::Any => {}
            // What replaces a schema may be anything.
            Kind::Foreign(foreign) => {
                if let Some(replaced) = &foreign.replaced {
                    scalar(replaced, form, json);
                }
            }
            Kind::Null => self.dialect.null(json),
            Kind::Boolean => r#type("boolean", form, json),
            Kind::Integer(format, rules) => integer(*format, rules, form, json),
            Kind::Number(format, rules) => number(*format, rules, form, json),
            Kind::String(format, rules) => string(*format, rules, form, json),
            Kind::Enum(shape) => enumeration(shape, form.present(), json),
            Kind::Constant(value) => {
                if matches!(value, Literal::String(_)) {
                    r#type("string", form.present(), json);
                }
                self.dialect.constant(|json| json.literal(value), json);
            }
            Kind::Array(shape) => self.array(shape, form, json),
            Kind::Tuple(shape) => self.tuple(shape, json),
            Kind::Map(shape) => self.map(shape, form, json),
            Kind::Struct(shape) => {
                self.structure(shape, self.closed.get(id.index()).copied().unwrap_or(false), json);
            }
            Kind::Union(shape) => self.union(shape, json),
        }
    }

    fn array(&self, shape: &Array, form: Form, json: &mut Json) {
        r#type("array", form, json);
        self.plain(shape.items, json.key("items"));
        json.count("minItems", shape.rules.minimum);
        json.count("maxItems", shape.rules.maximum);
        json.flag("uniqueItems", shape.rules.unique);
    }

    fn tuple(&self, shape: &Tuple, json: &mut Json) {
        r#type("array", self.dialect.present(), json);
        match self.dialect {
            // 3.0 has no word for the places of a list.
            Dialect::V3_0 => json.key("items").object(|json| {
                let any = shape.items.iter().chain(&shape.rest);
                json.key("anyOf").array(|json| any.for_each(|item| self.plain(*item, json)));
            }),
            Dialect::V3_1 => {
                json.key("prefixItems").array(|json| shape.items.iter().for_each(|item| self.plain(*item, json)));
                match shape.rest {
                    Some(rest) => self.plain(rest, json.key("items")),
                    None => json.key("items").raw("false"),
                }
            }
        }
        json.count("minItems", Some(shape.required as u64));
        if self.dialect == Dialect::V3_0 && shape.rest.is_none() {
            json.count("maxItems", Some(shape.items.len() as u64));
        }
    }

    fn map(&self, shape: &Map, form: Form, json: &mut Json) {
        r#type("object", form, json);
        self.additional(shape.values, json);
        properties(shape.rules, json);
    }

    fn structure(&self, shape: &Struct, is_closed: bool, json: &mut Json) {
        r#type("object", self.dialect.present(), json);
        if !shape.fields.is_empty() {
            json.key("properties").object(|json| {
                for field in &shape.fields {
                    self.usage(field.r#type, notes(field), json.key(&field.wire));
                }
            });
        }
        let required = || shape.fields.iter().filter(|field| field.required);
        if required().next().is_some() {
            json.key("required").texts(required().map(|field| field.wire.as_str()));
        }
        match shape.additional {
            Additional::Unspecified if !is_closed => {}
            Additional::Unspecified | Additional::Denied => json.key("additionalProperties").raw("false"),
            Additional::Values(values) => self.additional(values, json),
        }
        properties(shape.rules, json);
    }

    fn additional(&self, values: TypeUse, json: &mut Json) {
        json.key("additionalProperties");
        if matches!(self.plan.kind(values.id), Kind::Any) && self.components.name(values.id).is_none() {
            json.raw("true");
        } else {
            self.plain(values, json);
        }
    }

    fn union(&self, shape: &Union, json: &mut Json) {
        let declared = shape.tag.as_ref().filter(|tag| tag.origin == TagOrigin::Declared);
        // What stands for the rest, as a base does for what is derived from it, takes what the others take as well.
        let is_rest = |variant: &UnionVariant| {
            variant.tags.is_empty() && !matches!(self.plan.kind(variant.r#type.id), Kind::Array(_) | Kind::Tuple(_))
        };
        let overlaps = declared.is_some() && shape.variants.iter().any(is_rest);
        let is_exclusive = shape.semantics == UnionSemantics::Exclusive && !overlaps;
        json.key(if is_exclusive { "oneOf" } else { "anyOf" }).array(|json| {
            for variant in &shape.variants {
                self.usage(variant.r#type, Notes { docs: Some(&variant.docs), ..Notes::default() }, json);
            }
        });
        if let Some(tag) = declared {
            self.discriminator(tag, shape, json);
        }
    }

    fn discriminator(&self, tag: &Tag, shape: &Union, json: &mut Json) {
        json.key("discriminator").object(|json| {
            json.key("propertyName").text(&tag.property);
            let variants = shape.variants.iter();
            let named = variants.filter_map(|variant| Some((variant, self.components.name(variant.r#type.id)?)));
            let mapped = || named.clone().flat_map(|(variant, name)| variant.tags.iter().map(move |tag| (tag, name)));
            if mapped().next().is_some() {
                json.key("mapping").object(|json| {
                    mapped().for_each(|(tag, name)| json.key(tag).text(&pointer(name)));
                });
            }
        });
    }
}

fn notes(field: &Field) -> Notes<'_> {
    Notes {
        docs: Some(&field.docs),
        default: field.default.as_ref(),
        read_only: field.read_only,
        write_only: field.write_only,
    }
}

fn pointer(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

fn refer(name: &str, json: &mut Json) {
    json.key("$ref").text(&pointer(name));
}

/// Whether a kind is written with one `type`, beside which `null` can be listed.
fn has_type(kind: &Kind) -> bool {
    match kind {
        Kind::Boolean | Kind::Integer(..) | Kind::Number(..) | Kind::String(..) | Kind::Array(_) | Kind::Map(_) => true,
        Kind::Foreign(foreign) => foreign.replaced.is_some(),
        _ => false,
    }
}
