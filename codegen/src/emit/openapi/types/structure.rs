//! Structs.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::field::{self, Blank, Planned};
use super::model::{self, Member, Model};
use super::plan::{At, Plan};
use super::{rules, table};
use crate::emit::docs::Docs;
use crate::emit::names::index;
use crate::emit::openapi::docs::docs;
use crate::ir::RustName;
use crate::ir::types::{Additional, Field, Struct, TypeId};

/// A struct and its `Model`, and its `Default` where that is not the usual one.
pub(super) fn emit(
    plan: &Plan<'_>,
    at: At,
    (id, name): (TypeId, &RustName),
    head: &TokenStream,
    shape: &Struct,
) -> TokenStream {
    let runtime = plan.runtime;
    let planned: Vec<_> = shape.fields.iter().map(|field| field::plan(plan, at, field, plan.is_sent(id))).collect();
    let declarations = shape.fields.iter().zip(&planned).map(|(field, Planned { r#type, .. })| {
        let (name, docs) = (&field.name, field_docs(field));
        quote! { #docs pub #name: #r#type, }
    });
    let declarations = declarations.chain(additional(plan, at, shape).map(|values| {
        quote! {
            /// Properties that the document does not list.
            pub additional_properties: #runtime::types::Map<#values>,
        }
    }));
    let declarations: TokenStream = declarations.collect();
    let model = model(plan, (id, name), shape, &planned);
    let default = plan.has_unset(id).then(|| default(plan, name, shape, &planned));
    quote! {
        #head
        pub struct #name { #declarations }

        #model
        #default
    }
}

/// How the runtime reaches the fields: by its macro, but for what that has no words for.
fn model(plan: &Plan<'_>, (id, name): (TypeId, &RustName), shape: &Struct, planned: &[Planned]) -> TokenStream {
    let runtime = plan.runtime;
    let description = description(plan, shape, planned, plan.is_sent(id));
    let has_map = matches!(shape.additional, Additional::Values(_));
    let more = has_map.then(|| quote! { additional_properties });
    let names: Vec<_> = shape.fields.iter().map(|Field { name, .. }| quote! { #name }).chain(more.clone()).collect();
    if names.is_empty() || planned.iter().any(|field| field.foreign.is_some()) {
        return written(plan, name, &description, &names, planned);
    }
    let last = names.len() - 1;
    let fields = names.iter().enumerate().map(|(number, name)| {
        if number == last {
            return quote! { _ #name };
        }
        let number = index(number);
        quote! { #number #name }
    });
    let begins = |test: fn(&Blank) -> bool| {
        let fields = shape.fields.iter().zip(planned).filter(move |(_, field)| test(&field.blank));
        fields.map(|(field, _)| &field.name)
    };
    let blank = begins(|blank| matches!(blank, Blank::Typed));
    let none = begins(|blank| matches!(blank, Blank::None));
    let other = shape.fields.iter().zip(planned).filter_map(|(field, planned)| match (&field.name, &planned.blank) {
        (name, Blank::Other(value)) => Some(quote! { #name: #value, }),
        _ => None,
    });
    quote! {
        #runtime::types::implement_struct! {
            #name { #description }
            { #(#fields)* }
            blank { #(#blank)* #more }
            none { #(#none)* }
            { #(#other)* }
        }
    }
}

/// The implementation of `Model`, in full.
fn written(
    plan: &Plan<'_>,
    name: &RustName,
    description: &TokenStream,
    names: &[TokenStream],
    planned: &[Planned],
) -> TokenStream {
    let runtime = plan.runtime;
    let text = name.as_str();
    let blanks = planned.iter().map(|field| field.blank.expression(runtime));
    let blanks = blanks.chain(std::iter::once(quote! { #runtime::types::Map::new() }));
    let blanks = names.iter().zip(blanks).map(|(name, blank)| quote! { #name: #blank });
    let foreign = planned.iter().map(|field| field.foreign).chain(std::iter::once(None));
    let members = names.iter().zip(foreign).map(|(name, foreign)| Member { name: name.clone(), foreign });
    let blank = quote! { Self { #(#blanks),* } };
    let (field_mut, field, foreign) = model::members(plan, &members.collect::<Vec<_>>());
    let shape = quote! {
        Struct(#runtime::types::shape::Struct { name: #text, #description ..#runtime::types::shape::Struct::EMPTY })
    };
    Model { name, shape, blank, field_mut, field, selected: None, foreign }.emit(plan)
}

/// `Default` of a struct with fields that it leaves unset.
fn default(plan: &Plan<'_>, name: &RustName, shape: &Struct, planned: &[Planned]) -> TokenStream {
    let runtime = plan.runtime;
    let fields = shape.fields.iter().zip(planned).filter_map(|(field, planned)| {
        let (name, unset) = (&field.name, planned.unset.as_ref()?);
        Some(quote! { #name: #unset, })
    });
    let is_whole =
        planned.iter().all(|field| field.unset.is_some()) && !matches!(shape.additional, Additional::Values(_));
    let rest = (!is_whole).then(|| quote! { ..#runtime::types::Model::blank() });
    quote! {
        impl ::core::default::Default for #name {
            #[inline]
            fn default() -> Self {
                Self { #(#fields)* #rest }
            }
        }
    }
}

/// The type of additional properties. The runtime reads those of types that it does not know as any JSON.
fn additional(plan: &Plan<'_>, at: At, shape: &Struct) -> Option<TokenStream> {
    let runtime = plan.runtime;
    let Additional::Values(values) = shape.additional else { return None };
    Some(if plan.is_foreign(values) {
        quote! { #runtime::types::Value }
    } else {
        plan.usage(values, at)
    })
}

fn field_docs(field: &Field) -> TokenStream {
    let docs: Docs = docs(&field.docs);
    let default = field.default.as_ref().and_then(super::value::short);
    let docs = match default {
        Some(default) => docs.prose(&format!("Default: {}.", crate::emit::docs::code(&default))),
        None => docs,
    };
    let deprecated = field.docs.deprecated.then(|| quote! { #[deprecated] });
    quote! { #docs #deprecated }
}

/// The description of a struct without its name; what it leaves out is as in `Struct::EMPTY`.
fn description(plan: &Plan<'_>, shape: &Struct, planned: &[Planned], sent: bool) -> TokenStream {
    let runtime = plan.runtime;
    let wires: Vec<&str> = shape.fields.iter().map(|field| field.wire.as_str()).collect();
    let list =
        |name: TokenStream, values: Vec<TokenStream>| (!values.is_empty()).then(|| quote! { #name: &[#(#values),*], });
    let numbers =
        |table: Vec<u16>| table.into_iter().map(Token::u16_unsuffixed).map(|number| quote! { #number }).collect();
    let fields = list(quote! { fields }, wires.iter().map(|wire| quote! { #wire }).collect());
    let table = list(quote! { table }, numbers(table::table(&wires)));
    let marked = |test: fn(&Field) -> bool| bits(shape.fields.iter().map(test));
    let required = list(quote! { required }, bits(planned.iter().map(|field| field.required)));
    let read_only = list(quote! { read_only }, marked(|field| field.read_only));
    let write_only = list(quote! { write_only }, marked(|field| field.write_only));
    let additional = match shape.additional {
        Additional::Unspecified => None,
        Additional::Denied => Some(quote! { Deny }),
        Additional::Values(_) => Some(quote! { Keep }),
    };
    let additional =
        additional.map(|additional| quote! { additional: #runtime::types::shape::Additional::#additional, });
    let checks = shape.fields.iter().map(|field| rules::of_use(plan, field.r#type, sent));
    let values = match shape.additional {
        Additional::Values(values) => Some(rules::of_use(plan, values, sent)).filter(|checks| !checks.is_empty()),
        Additional::Unspecified | Additional::Denied => None,
    };
    let values = values.map(|checks| vec![quote! { #runtime::types::validate::Check::Values(&[#(#checks),*]) }]);
    let rules = list(quote! { rules }, rules::rules(plan, checks.chain(values)));
    quote! { #fields #table #required #read_only #write_only #additional #rules }
}

/// A set of fields as words of 64 bits, without those at the end that are zero.
fn bits(fields: impl Iterator<Item = bool>) -> Vec<TokenStream> {
    let mut words: Vec<u64> = Vec::new();
    for (index, _) in fields.enumerate().filter(|(_, is_in)| *is_in) {
        if words.len() <= index / 64 {
            words.resize(index / 64 + 1, 0);
        }
        words[index / 64] |= 1 << (index % 64);
    }
    words.into_iter().map(Token::u64_unsuffixed).map(|word| quote! { #word }).collect()
}
