//! How types are written where they are used, and which of them can be blank.

use proc_macro2::TokenStream;
use quote::quote;

use super::{field, reach};
use crate::emit::openapi::ApiOptions;
use crate::ir::api::Api;
use crate::ir::types::{
    EnumBase, IntegerFormat, Kind, Literal, NumberFormat, Scope, StringFormat, Type, TypeId, TypeUse, Types,
};

/// Where a path to a type is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) enum At {
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
pub(in crate::emit) struct Plan<'a> {
    pub(in crate::emit) types: &'a Types,
    pub(in crate::emit) runtime: &'a TokenStream,
    pub(super) derives: &'a [TokenStream],
    /// In which round it was found that making a blank value of the type ends; `None`: it does not.
    ends: Vec<Option<u32>>,
    /// Lists and maps that Rust cannot write.
    unwritable: Vec<bool>,
    /// The types that requests hold.
    sent: Vec<bool>,
    /// The structs with fields that differ between a value to read into and one to be sent.
    unset: Vec<bool>,
}

impl<'a> Plan<'a> {
    pub(in crate::emit) fn new(api: &'a Api, options: &'a ApiOptions) -> Self {
        let types = &api.types;
        let mut plan = Self {
            types,
            runtime: &options.runtime,
            derives: &options.derives,
            ends: reach::ends(types),
            unwritable: reach::unwritable(types),
            sent: reach::sent(api),
            unset: Vec::new(),
        };
        plan.unset = field::unset(&plan);
        plan
    }

    pub(in crate::emit) fn get(&self, id: TypeId) -> &'a Type {
        self.types.get(id)
    }

    /// The kind of a type as it is written.
    pub(in crate::emit) fn kind(&self, id: TypeId) -> &'a Kind {
        if self.unwritable[id.index()] { &Kind::Any } else { &self.types.get(id).kind }
    }

    /// Whether the type takes any value, `null` included.
    pub(in crate::emit) fn is_any(&self, id: TypeId) -> bool {
        match self.kind(id) {
            Kind::Any | Kind::Null | Kind::Constant(Literal::Null | Literal::Array(_) | Literal::Object(_)) => true,
            Kind::Enum(shape) => shape.base == EnumBase::Mixed,
            _ => false,
        }
    }

    /// Whether a use is of a type that the runtime does not know: a user's, or a list or map of these.
    pub(in crate::emit) fn is_foreign(&self, usage: TypeUse) -> bool {
        let found = self.types.get(usage.id);
        match self.kind(usage.id) {
            Kind::Foreign(_) => true,
            Kind::Array(array) if found.name.is_none() => self.is_foreign(array.items),
            Kind::Map(map) if found.name.is_none() => self.is_foreign(map.values),
            _ => false,
        }
    }

    /// Whether requests hold the type.
    pub(super) fn is_sent(&self, id: TypeId) -> bool {
        self.sent[id.index()]
    }

    /// Whether the type is a struct whose `Default` differs from a value to read into.
    pub(super) fn has_unset(&self, id: TypeId) -> bool {
        self.unset.get(id.index()).copied().unwrap_or(false)
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
    pub(in crate::emit) fn is_text(&self, usage: TypeUse) -> bool {
        let is_text = match self.kind(usage.id) {
            Kind::String(format, _) => *format != StringFormat::Base64,
            Kind::Constant(Literal::String(_)) => self.types.get(usage.id).name.is_none(),
            _ => false,
        };
        is_text && !usage.boxed
    }

    /// The type of a use.
    pub(in crate::emit) fn usage(&self, usage: TypeUse, at: At) -> TokenStream {
        let inner = self.held(usage, at);
        if usage.nullable && !self.is_any(usage.id) {
            return quote! { ::core::option::Option<#inner> };
        }
        inner
    }

    /// The type of a use that is not null.
    pub(in crate::emit) fn held(&self, usage: TypeUse, at: At) -> TokenStream {
        let inner = self.plain(usage.id, at);
        if usage.boxed {
            return quote! { ::std::boxed::Box<#inner> };
        }
        inner
    }

    /// A type, by its name if it has one.
    pub(in crate::emit) fn plain(&self, id: TypeId, at: At) -> TokenStream {
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
            Kind::Foreign(foreign) => {
                let path = &foreign.path;
                quote! { #path }
            }
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
        IntegerFormat::Int64 => quote! { i64 },
        IntegerFormat::Int8 | IntegerFormat::Int16 | IntegerFormat::Int32 => quote! { i32 },
        IntegerFormat::Uint8 | IntegerFormat::Uint16 | IntegerFormat::Uint32 => quote! { u32 },
        IntegerFormat::Uint64 => quote! { u64 },
    }
}
