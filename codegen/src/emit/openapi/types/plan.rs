//! How types are written where they are used, and which of them can be blank.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::openapi::ApiOptions;
use crate::ir::types::{
    EnumBase, IntegerFormat, Kind, Literal, NumberFormat, Scope, StringFormat, Type, TypeId, TypeUse, Types,
};

/// Where a path to a type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit::openapi) enum At {
    /// In `types`.
    Types,
    /// In `types::inline`.
    Inline,
    /// In the module of the API itself.
    Module,
    /// In a module beside `types`.
    Beside,
}

impl From<Scope> for At {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Schemas => Self::Types,
            Scope::Inline => Self::Inline,
        }
    }
}

/// What emission has to know of all types at once.
pub(in crate::emit::openapi) struct Plan<'a> {
    pub(in crate::emit::openapi) types: &'a Types,
    pub(in crate::emit::openapi) runtime: &'a TokenStream,
    pub(super) derives: &'a [TokenStream],
    /// In which round it was found that making a blank value of the type ends; `None`: it does not.
    ends: Vec<Option<u32>>,
    /// Lists and maps that hold nothing but themselves: they have no name, so Rust cannot write them.
    endless: Vec<bool>,
}

impl<'a> Plan<'a> {
    pub(in crate::emit::openapi) fn new(types: &'a Types, options: &'a ApiOptions) -> Self {
        Self { types, runtime: &options.runtime, derives: &options.derives, ends: ends(types), endless: endless(types) }
    }

    pub(in crate::emit::openapi) fn get(&self, id: TypeId) -> &'a Type {
        self.types.get(id)
    }

    /// The kind of a type as it is written.
    pub(in crate::emit::openapi) fn kind(&self, id: TypeId) -> &'a Kind {
        if self.endless[id.index()] { &Kind::Any } else { &self.types.get(id).kind }
    }

    /// Whether the type takes any value, `null` included.
    pub(in crate::emit::openapi) fn is_any(&self, id: TypeId) -> bool {
        match self.kind(id) {
            Kind::Any | Kind::Null | Kind::Constant(Literal::Null | Literal::Array(_) | Literal::Object(_)) => true,
            Kind::Enum(shape) => shape.base == EnumBase::Mixed,
            _ => false,
        }
    }

    /// The round in which it was found that a blank value of the type can be made.
    pub(super) fn round(&self, id: TypeId) -> Option<u32> {
        self.ends[id.index()]
    }

    /// Whether a field of this type, held by value, lets making a blank value of its holder end.
    pub(super) fn ends(&self, usage: TypeUse) -> bool {
        usage.nullable || self.round(usage.id).is_some()
    }

    /// Whether a use is written as `String`, `null` aside.
    pub(in crate::emit::openapi) fn is_text(&self, usage: TypeUse) -> bool {
        let is_text = match self.kind(usage.id) {
            Kind::String(format, _) => *format != StringFormat::Base64,
            Kind::Constant(Literal::String(_)) => self.types.get(usage.id).name.is_none(),
            _ => false,
        };
        is_text && !usage.boxed
    }

    /// The type of a use.
    pub(in crate::emit::openapi) fn usage(&self, usage: TypeUse, at: At) -> TokenStream {
        let inner = self.held(usage, at);
        if usage.nullable && !self.is_any(usage.id) {
            return quote! { ::core::option::Option<#inner> };
        }
        inner
    }

    /// The type of a use that is not null.
    pub(in crate::emit::openapi) fn held(&self, usage: TypeUse, at: At) -> TokenStream {
        let inner = self.plain(usage.id, at);
        if usage.boxed {
            return quote! { ::std::boxed::Box<#inner> };
        }
        inner
    }

    /// A type, by its name if it has one.
    pub(in crate::emit::openapi) fn plain(&self, id: TypeId, at: At) -> TokenStream {
        let Some(name) = &self.types.get(id).name else {
            return self.unnamed(id, at);
        };
        let ident = &name.name;
        match (at, name.scope) {
            (At::Types, Scope::Schemas) | (At::Inline, Scope::Inline) => quote! { #ident },
            (At::Types, Scope::Inline) => quote! { inline::#ident },
            (At::Inline, Scope::Schemas) => quote! { super::#ident },
            (At::Module, Scope::Schemas) => quote! { types::#ident },
            (At::Module, Scope::Inline) => quote! { types::inline::#ident },
            (At::Beside, Scope::Schemas) => quote! { super::types::#ident },
            (At::Beside, Scope::Inline) => quote! { super::types::inline::#ident },
        }
    }

    /// What a type is without its name, if it is nothing that needs a definition.
    pub(super) fn unnamed(&self, id: TypeId, at: At) -> TokenStream {
        let runtime = self.runtime;
        match self.kind(id) {
            Kind::Boolean | Kind::Constant(Literal::Boolean(_)) => quote! { bool },
            Kind::Integer(format, _) => integer(*format),
            Kind::Number(NumberFormat::Float, _) => quote! { f32 },
            Kind::Number(..) => quote! { f64 },
            Kind::String(StringFormat::Base64, _) => quote! { #runtime::types::Base64 },
            Kind::String(..) | Kind::Constant(Literal::String(_)) => quote! { ::std::string::String },
            Kind::Enum(shape) => match shape.base {
                EnumBase::String => quote! { ::std::string::String },
                EnumBase::Integer => quote! { i64 },
                EnumBase::Mixed => quote! { #runtime::types::Value },
            },
            Kind::Constant(Literal::Number(number)) => match number.as_integer() {
                Some(value) if i64::try_from(value).is_ok() => quote! { i64 },
                _ => quote! { f64 },
            },
            Kind::Array(array) => {
                let items = self.usage(array.items, at);
                quote! { ::std::vec::Vec<#items> }
            }
            Kind::Map(map) => {
                let values = self.usage(map.values, at);
                quote! { #runtime::types::Map<#values> }
            }
            Kind::Foreign(path) => quote! { #path },
            Kind::Any
            | Kind::Null
            | Kind::Constant(Literal::Null | Literal::Array(_) | Literal::Object(_))
            | Kind::Struct(_)
            | Kind::Tuple(_)
            | Kind::Union(_) => quote! { #runtime::types::Value },
        }
    }
}

fn integer(format: IntegerFormat) -> TokenStream {
    match format {
        IntegerFormat::Unspecified | IntegerFormat::Int64 => quote! { i64 },
        IntegerFormat::Int8 | IntegerFormat::Int16 | IntegerFormat::Int32 => quote! { i32 },
        IntegerFormat::Uint8 | IntegerFormat::Uint16 | IntegerFormat::Uint32 => quote! { u32 },
        IntegerFormat::Uint64 => quote! { u64 },
    }
}

/// The types of which a blank value can be made: all but those that demand one of their own kind. The rounds are those
/// of a search from the types that hold no other.
fn ends(types: &Types) -> Vec<Option<u32>> {
    let mut ends = vec![None; types.len()];
    let mut open: Vec<_> = types.iter().collect();
    for round in 0.. {
        let found: Vec<_> =
            open.iter().filter(|(_, candidate)| ends_now(candidate, &ends)).map(|(id, _)| *id).collect();
        if found.is_empty() {
            break;
        }
        for id in found {
            ends[id.index()] = Some(round);
        }
        open.retain(|(id, _)| ends[id.index()].is_none());
    }
    ends
}

fn ends_now(candidate: &Type, ends: &[Option<u32>]) -> bool {
    let is_known = |usage: TypeUse| usage.nullable || ends[usage.id.index()].is_some();
    match &candidate.kind {
        Kind::Struct(shape) => {
            let mut demanded =
                shape.fields.iter().filter(|field| field.required && !field.read_only && !field.write_only);
            demanded.all(|field| is_known(field.r#type))
        }
        Kind::Tuple(tuple) => tuple.items.iter().take(tuple.required).all(|item| is_known(*item)),
        Kind::Union(shape) => shape.variants.iter().any(|variant| is_known(variant.r#type)),
        _ => true,
    }
}

/// The lists and maps that lead back to themselves through lists and maps only.
fn endless(types: &Types) -> Vec<bool> {
    let next = |id: TypeId| match &types.get(id).kind {
        Kind::Array(array) => Some(array.items.id),
        Kind::Map(map) => Some(map.values.id),
        _ => None,
    };
    let mut endless = vec![false; types.len()];
    // On whose way a type was seen first.
    let mut seen: Vec<Option<TypeId>> = vec![None; types.len()];
    for (start, _) in types.iter() {
        let mut at = start;
        while let (None, Some(following)) = (seen[at.index()], next(at)) {
            seen[at.index()] = Some(start);
            at = following;
        }
        if seen[at.index()] == Some(start) {
            while !endless[at.index()] {
                endless[at.index()] = true;
                at = next(at).unwrap_or(at);
            }
        }
    }
    endless
}
