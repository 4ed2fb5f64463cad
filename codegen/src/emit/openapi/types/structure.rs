//! Structs.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::field::{self, Planned};
use super::model::{self, Member, Model};
use super::plan::{At, Plan};
use super::{rules, table};
use crate::emit::docs::Docs;
use crate::emit::openapi::docs::docs;
use crate::ir::RustName;
use crate::ir::types::{Additional, Field, Struct, TypeId, TypeUse};

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
    let mut members = Vec::with_capacity(planned.len() + 1);
    let mut declarations = Vec::with_capacity(planned.len() + 1);
    let mut blanks = Vec::with_capacity(planned.len() + 1);
    for (field, Planned { r#type, blank, foreign, .. }) in shape.fields.iter().zip(&planned) {
        let name = &field.name;
        let docs = field_docs(field);
        members.push(Member { name: quote! { #name }, foreign: *foreign });
        declarations.push(quote! { #docs pub #name: #r#type, });
        blanks.push(quote! { #name: #blank });
    }
    if let Additional::Values(values) = shape.additional {
        let values = additional(plan, at, values);
        members.push(Member { name: quote! { additional_properties }, foreign: false });
        declarations.push(quote! {
            /// Properties that the document does not list.
            pub additional_properties: #runtime::types::Map<#values>,
        });
        blanks.push(quote! { additional_properties: #runtime::types::Map::new() });
    }
    let (field_mut, field, foreign) = model::members(plan, &members);
    let model = Model {
        name,
        shape: description(plan, name, shape, &planned),
        blank: quote! { Self { #(#blanks),* } },
        field_mut,
        field,
        selected: None,
        foreign,
    };
    let model = model.emit(plan);
    let default = plan.has_unset(id).then(|| default(plan, name, shape, &planned));
    quote! {
        #head
        pub struct #name { #(#declarations)* }

        #model
        #default
    }
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
fn additional(plan: &Plan<'_>, at: At, values: TypeUse) -> TokenStream {
    let runtime = plan.runtime;
    if plan.is_foreign(values) {
        quote! { #runtime::types::Value }
    } else {
        plan.usage(values, at)
    }
}

fn field_docs(field: &Field) -> TokenStream {
    let docs: Docs = docs(&field.docs);
    let default = field.default.as_ref().and_then(|default| super::value::short(default));
    let docs = match default {
        Some(default) => docs.prose(&format!("Default: {}.", crate::emit::docs::code(&default))),
        None => docs,
    };
    let deprecated = field.docs.deprecated.then(|| quote! { #[deprecated] });
    quote! { #docs #deprecated }
}

/// The table of a struct; what it leaves out is as in `Struct::EMPTY`.
fn description(plan: &Plan<'_>, name: &RustName, shape: &Struct, planned: &[Planned]) -> TokenStream {
    let runtime = plan.runtime;
    let name = name.as_str();
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
    let checks = shape.fields.iter().map(|field| rules::checks(plan, field.r#type.id));
    let values = match shape.additional {
        Additional::Values(values) => Some(rules::checks(plan, values.id)).filter(|checks| !checks.is_empty()),
        Additional::Unspecified | Additional::Denied => None,
    };
    let values = values.map(|checks| vec![quote! { #runtime::types::validate::Check::Values(&[#(#checks),*]) }]);
    let rules = list(quote! { rules }, rules::rules(plan, checks.chain(values)));
    quote! {
        Struct(#runtime::types::shape::Struct {
            name: #name,
            #fields #table #required #read_only #write_only #additional #rules
            ..#runtime::types::shape::Struct::EMPTY
        })
    }
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
