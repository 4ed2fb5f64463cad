//! A body whose properties become arguments of a tool.

use super::{Kind, Origin, Resolver, Slot};
use crate::ir::api::{MediaKind, ParameterEncoding};
use crate::ir::types::{Additional, Field, Kind as TypeKind, Struct, Types};
use crate::ir::{Location, Schema, Source, Type};
use crate::join::plain;
use crate::resolve::names::normalise;

impl<'c> Resolver<'c, '_> {
    /// Makes an argument of each property of a body, where the OpenAPI document says which there are and none is called
    /// like another input. Otherwise the body is one argument; then this is `false`.
    pub(super) fn spread(&mut self, input: usize) -> bool {
        let Some((types, shape)) = self.properties(input) else { return false };
        let span = self.call.consumed.places[input].span;
        let is_required = self.input(input).required;
        let fields = shape.fields.iter().filter(|field| !field.read_only);
        let mut properties = Vec::new();
        for field in fields {
            let slot = self.declared_property(&field.wire);
            let index = slot.unwrap_or_else(|| {
                self.call.slots.push(Slot::new(&field.wire, Location::Body, Origin::Derived, span));
                self.call.slots.len() - 1
            });
            property(&mut self.call.slots[index], field, types, is_required && field.required);
            properties.push((field.wire.clone(), index));
        }
        self.sources[input] = Some(Source::Properties(properties));
        true
    }

    /// Makes a body of the declared inputs that go nowhere else: in REST those that are properties of the body, of a tool
    /// all. `false`: there are none, or the body is no object.
    pub(super) fn gather(&mut self, input: usize) -> bool {
        let body = self.input(input);
        if body.location != Location::Body || !matches!(body.r#type, Type::Any | Type::Object) {
            return false;
        }
        let is_property = |slot: &Slot| match self.call.kind {
            Kind::Rest => slot.location == Location::Property,
            Kind::Mcp => slot.origin == Origin::Declared || slot.location == Location::Property,
        };
        let slots = self.call.slots.iter().enumerate();
        let found: Vec<usize> =
            slots.filter(|(_, slot)| slot.is_free() && is_property(slot)).map(|(index, _)| index).collect();
        let mut properties = Vec::new();
        for index in &found {
            let slot = &mut self.call.slots[*index];
            slot.is_claimed = true;
            slot.location = Location::Property;
            slot.r#type.get_or_insert(Type::Any);
            properties.push((slot.name.clone(), *index));
        }
        if !found.is_empty() {
            self.sources[input] = Some(Source::Properties(properties));
        }
        !found.is_empty()
    }

    fn properties(&self, input: usize) -> Option<(&'c Types, &'c Struct)> {
        let parameter = self.input(input);
        if self.call.kind != Kind::Mcp || parameter.location != Location::Body {
            return None;
        }
        let usage = parameter.schema.as_ref()?.r#type;
        let types = self.call.joined.types()?;
        let TypeKind::Struct(shape) = &types.get(usage.id).kind else { return None };
        let is_open = usage.nullable || matches!(shape.additional, Additional::Values(_));
        let others = || self.call.operation.inputs.iter().enumerate().filter(|(index, _)| *index != input);
        let is_taken = |field: &Field| {
            others().any(|(_, input)| normalise(&input.parameter.name) == normalise(&field.wire))
                || self.call.slots.iter().any(|slot| slot.is_claimed && normalise(&slot.name) == normalise(&field.wire))
        };
        (!is_open && !shape.fields.is_empty() && !shape.fields.iter().any(is_taken)).then_some((types, shape))
    }

    /// The input that the tool declares for a property.
    fn declared_property(&self, name: &str) -> Option<usize> {
        let slots = &self.call.slots;
        let is_free = |slot: &&Slot| !slot.is_claimed;
        let exact = slots.iter().position(|slot| is_free(&slot) && slot.name == name);
        exact.or_else(|| slots.iter().position(|slot| is_free(&slot) && normalise(&slot.name) == normalise(name)))
    }
}

/// Gives an argument what the document says about its property.
fn property(slot: &mut Slot, field: &Field, types: &Types, required: bool) {
    slot.is_claimed = true;
    slot.location = Location::Body;
    slot.r#type = Some(plain(types, field.r#type));
    slot.schema = Some(Schema {
        r#type: field.r#type,
        encoding: ParameterEncoding::Content(MediaKind::Json),
        allow_empty: false,
        default: field.default.clone(),
    });
    let docs = [&field.docs.description, &field.docs.title];
    let docs = docs.into_iter().map(|text| text.trim()).find(|text| !text.is_empty());
    if let Some(docs) = docs {
        slot.description.get_or_insert_with(|| docs.to_owned());
    }
    slot.made_description.get_or_insert_with(|| format!("The property `{}` of the body.", field.wire));
    slot.required = Some(required || slot.required == Some(true) && slot.origin == Origin::Declared);
}
