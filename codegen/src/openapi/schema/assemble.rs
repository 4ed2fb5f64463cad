//! Types with their names, documentation and boxes.

use super::finish::{Finished, Interner, Target};
use super::fits::fits;
use super::graph::{Components, components};
use super::naming::TypeNames;
use super::shape::{AdditionalShape, FieldShape, Shape, VariantShape};
use super::{Note, Schemas};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::types::{
    Additional, Array, Docs, Enum, EnumBase, EnumVariant, Excerpt, Field, Kind, Literal, Map, Struct, Tag, Tuple, Type,
    TypeId, TypeUse, Types, Union, UnionSemantics, UnionVariant,
};
use crate::names::{Allocator, NameKind};
use crate::openapi::model::Schema;
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;

/// The variant of enums for values that the document does not list.
const UNLISTED: &str = "Unlisted";
/// The field of structs for properties that the document does not list.
const ADDITIONAL: &str = "additional_properties";

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// All types. `root`: the document.
    pub(in crate::openapi) fn finish(mut self, root: Place<'t>) -> Finished<'t> {
        self.work_off();
        self.check_replaced_formats(root);
        let interner = self.intern();
        let names = self.name_types(&interner);
        let by_value = by_value(&interner);
        let assembly = Assembly { schemas: &self, interner: &interner, names: &names, by_value };
        let list = (0..interner.list.len()).map(|index| assembly.r#type(index)).collect();
        let types = Types::new(list, names.aliases);
        Finished { types, interned: interner.list, targets: interner.targets }
    }
}

/// The components of the graph in which types hold others by value.
fn by_value(interner: &Interner<'_>) -> Components {
    let mut ranges = Vec::with_capacity(interner.list.len());
    let mut targets = Vec::new();
    for interned in &interner.list {
        let start = targets.len();
        match &*interned.shape {
            Shape::Struct { fields, .. } => targets.extend(fields.iter().map(|field| field.edge.id.index())),
            Shape::Union { variants, .. } => targets.extend(variants.iter().map(|variant| variant.edge.id.index())),
            Shape::Tuple { items, .. } => targets.extend(items.iter().map(|item| item.id.index())),
            _ => {}
        }
        ranges.push(start..targets.len());
    }
    components(&ranges, &targets)
}

struct Assembly<'a, 't, 's, 'r> {
    schemas: &'a Schemas<'t, 's, 'r>,
    interner: &'a Interner<'t>,
    names: &'a TypeNames,
    by_value: Components,
}

impl<'t, 's: 't> Assembly<'_, 't, 's, '_> {
    fn r#type(&self, index: usize) -> Type {
        let raw = &self.schemas.raws[self.names.documented[index].index()];
        let kind = match &*self.interner.list[index].shape {
            Shape::Any => Kind::Any,
            Shape::Null => Kind::Null,
            Shape::Boolean => Kind::Boolean,
            Shape::Integer(format, rules) => Kind::Integer(*format, rules.clone()),
            Shape::Number(format, rules) => Kind::Number(*format, rules.clone()),
            Shape::String(format, rules) => Kind::String(*format, rules.clone()),
            Shape::Enum(base, values) => Kind::Enum(enumeration(*base, values, raw.place())),
            Shape::Constant(value) => Kind::Constant(value.clone()),
            Shape::Foreign(foreign) => Kind::Foreign(foreign.clone()),
            Shape::Array { items, rules } => Kind::Array(Array { items: plain(*items), rules: *rules }),
            Shape::Map { values, rules } => Kind::Map(Map { values: plain(*values), rules: *rules }),
            Shape::Tuple { items, required, rest } => Kind::Tuple(Tuple {
                items: items.iter().map(|item| self.held(index, *item)).collect(),
                required: *required,
                rest: rest.map(plain),
            }),
            Shape::Struct { fields, additional, rules } => {
                let (additional, reserved): (_, &[&str]) = match additional {
                    AdditionalShape::Unspecified => (Additional::Unspecified, &[]),
                    AdditionalShape::Denied => (Additional::Denied, &[]),
                    AdditionalShape::Values(values) => (Additional::Values(plain(*values)), &[ADDITIONAL]),
                };
                let mut names = Allocator::reserving(reserved);
                let fields = fields
                    .iter()
                    .zip(&raw.notes)
                    .map(|(field, note)| self.field(index, field, *note, &mut names))
                    .collect();
                Kind::Struct(Struct { fields, additional, rules: *rules })
            }
            Shape::Union { inclusive, tag, variants } => {
                Kind::Union(self.union(index, *inclusive, tag.as_ref(), variants))
            }
        };
        let docs = raw.place().filter(|_| self.names.names[index].is_some()).map(docs).unwrap_or_default();
        Type { kind, name: self.names.names[index].clone(), docs }
    }

    /// A use by a type that holds the other by value.
    fn held(&self, holder: usize, target: Target) -> TypeUse {
        let component = self.by_value.of[holder];
        let boxed = component == self.by_value.of[target.id.index()] && self.by_value.cyclic[component];
        TypeUse { boxed, ..plain(target) }
    }

    fn field(&self, holder: usize, field: &FieldShape<'t, Target>, note: Note<'t>, names: &mut Allocator) -> Field {
        let is_fit = |value: &&Literal| {
            let fits = fits(&self.interner.list, field.edge, value);
            // Whether a value is one of a user's type nobody here knows.
            let is_foreign = matches!(*self.interner.list[field.edge.id.index()].shape, Shape::Foreign(_));
            if !fits && !is_foreign {
                let schema = Schema::read(note.place);
                let place = schema.default().unwrap_or(note.place);
                unfit(self.schemas.reader, place);
            }
            fits
        };
        Field {
            name: names.name(field.wire, NameKind::Value),
            wire: field.wire.to_owned(),
            r#type: self.held(holder, field.edge),
            required: field.required,
            read_only: field.read_only,
            write_only: field.write_only,
            default: field.default.as_ref().filter(is_fit).cloned(),
            docs: self.noted(field.edge.id, note),
        }
    }

    /// The documentation of a use; that of its target where the type has none of its own.
    fn noted(&self, id: TypeId, note: Note<'t>) -> Docs {
        let mut own = docs(note.place);
        let target = note.target.filter(|_| self.names.names[id.index()].is_none());
        if let Some(target) = target.map(docs) {
            if own.description.is_empty() {
                own.description = target.description;
            }
            own.example = own.example.or(target.example);
            own.deprecated |= target.deprecated;
        }
        own
    }

    fn union(&self, index: usize, inclusive: bool, tag: Option<&Tag>, variants: &[VariantShape<Target>]) -> Union {
        let raw = &self.schemas.raws[self.names.documented[index].index()];
        let mut names = Allocator::reserving(&[UNLISTED]);
        let variants = (0..).zip(variants).map(|(position, variant): (usize, _)| {
            // One of the types of a schema is documented by the whole.
            let note = raw.notes.get(position).filter(|note| note.target.is_some() || Some(note.place) != raw.place());
            let own = note.and_then(|note| self.schemas.variant_label(Some(note.target.unwrap_or(note.place))));
            let label = own.or_else(|| variant.tags.first().cloned()).unwrap_or_else(|| self.label(variant.edge.id));
            UnionVariant {
                name: names.name(&label, NameKind::Variant),
                r#type: self.held(index, variant.edge),
                tags: variant.tags.clone(),
                docs: note.map(|note| self.noted(variant.edge.id, *note)).unwrap_or_default(),
            }
        });
        let variants = variants.collect();
        let semantics = if inclusive { UnionSemantics::Inclusive } else { UnionSemantics::Exclusive };
        Union { semantics, tag: tag.cloned(), variants }
    }

    /// What a variant without a name is called: by what it is.
    fn label(&self, id: TypeId) -> String {
        let name = |id: TypeId| match &*self.interner.list[id.index()].shape {
            Shape::Any => "Any",
            Shape::Null => "Null",
            Shape::Boolean => "Boolean",
            Shape::Integer(..) => "Integer",
            Shape::Number(..) => "Number",
            Shape::String(..) => "String",
            Shape::Enum(..) => "Enum",
            Shape::Constant(_) => "Constant",
            Shape::Array { .. } => "List",
            Shape::Tuple { .. } => "Tuple",
            Shape::Map { .. } | Shape::Struct { .. } => "Object",
            Shape::Union { .. } => "Union",
            Shape::Foreign(foreign) => foreign.path.name(),
        };
        match &*self.interner.list[id.index()].shape {
            Shape::Array { items, .. } => format!("{}List", name(items.id)),
            Shape::Constant(value) => text(value),
            _ => name(id).to_owned(),
        }
    }
}

/// Reports a default that does not fit.
pub(in crate::openapi) fn unfit<'t>(reader: &Reader<'t, '_>, place: Place<'t>) {
    let diagnostic = Diagnostic::new(Code::UnfitDefault, place.span(), "the default is not of the schema's type");
    reader.report(place.file, diagnostic.label("has no effect"));
}

fn plain(target: Target) -> TypeUse {
    TypeUse { id: target.id, nullable: target.nullable, boxed: false }
}

fn enumeration(base: EnumBase, values: &[Literal], place: Option<Place<'_>>) -> Enum {
    let beside = |keys: &[&str]| -> Vec<String> {
        let list = place.and_then(|place| keys.iter().find_map(|key| place.get(key)));
        let list: Vec<String> = list
            .into_iter()
            .flat_map(Place::elements)
            .map(|element| element.text().unwrap_or_default().to_owned())
            .collect();
        if list.len() == values.len() { list } else { Vec::new() }
    };
    let labels = if base == EnumBase::String { Vec::new() } else { beside(&["x-enum-varnames", "x-enumNames"]) };
    let descriptions = beside(&["x-enum-descriptions", "x-enumDescriptions"]);
    let mut names = Allocator::reserving(&[UNLISTED]);
    let variants = values.iter().enumerate().map(|(index, value)| EnumVariant {
        name: names.name(&labels.get(index).cloned().unwrap_or_else(|| text(value)), NameKind::Variant),
        value: value.clone(),
        description: descriptions.get(index).cloned().unwrap_or_default(),
    });
    Enum { base, variants: variants.collect() }
}

/// A value as the text that names it.
fn text(value: &Literal) -> String {
    match value {
        Literal::Null => "null".to_owned(),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(number) => number.as_str().to_owned(),
        Literal::String(text) => text.clone(),
        Literal::Array(_) => "list".to_owned(),
        Literal::Object(_) => "object".to_owned(),
    }
}

/// The documentation at a schema.
pub(super) fn docs(place: Place<'_>) -> Docs {
    let mut docs = Docs::default();
    for (key, value) in place.pairs() {
        let text = || value.string().unwrap_or_default().trim().to_owned();
        match key {
            "title" => docs.title = text(),
            "description" => docs.description = text(),
            "deprecated" => docs.deprecated = value.boolean() == Some(true),
            "example" => docs.example = Some(excerpt(value)),
            "examples" if docs.example.is_none() => docs.example = value.element(0).map(excerpt),
            _ => {}
        }
    }
    docs
}

/// A value that stays in its file.
pub(in crate::openapi) fn excerpt(place: Place<'_>) -> Excerpt {
    Excerpt { file: place.file.0, span: place.span() }
}

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// The value of `default` on the way from a use to its schema.
    pub(in crate::openapi) fn default_of(&mut self, place: Place<'t>) -> Option<Place<'t>> {
        let usage = self.canonical(super::Part { place, skip: super::Skip::NOTHING });
        usage.way.into_iter().filter(|place| place.is_mapping()).find_map(|place| Schema::read(place).default())
    }
}
