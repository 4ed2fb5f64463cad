//! Structs.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::field::{self, Planned};
use super::model::{self, Model};
use super::plan::{At, Plan};
use super::{rules, table};
use crate::emit::docs::Docs;
use crate::ir::RustName;
use crate::ir::types::{Additional, Field, Struct};

/// A struct and its `Model`.
pub(super) fn emit(plan: &Plan<'_>, at: At, name: &RustName, docs: &Docs, shape: &Struct) -> TokenStream {
    let runtime = plan.runtime;
    let planned: Vec<_> = shape.fields.iter().map(|field| field::plan(plan, at, field)).collect();
    let mut names: Vec<TokenStream> = Vec::with_capacity(planned.len() + 1);
    let mut declarations = Vec::with_capacity(planned.len() + 1);
    let mut blanks = Vec::with_capacity(planned.len() + 1);
    for (field, Planned { r#type, blank, .. }) in shape.fields.iter().zip(&planned) {
        let name = &field.name;
        let docs = crate::emit::openapi::docs::docs(&field.docs);
        names.push(quote! { #name });
        declarations.push(quote! { #docs pub #name: #r#type, });
        blanks.push(quote! { #name: #blank });
    }
    if let Additional::Values(values) = shape.additional {
        let values = plan.usage(values, at);
        names.push(quote! { additional_properties });
        declarations.push(quote! {
            /// Properties that the document does not list.
            pub additional_properties: #runtime::types::Map<#values>,
        });
        blanks.push(quote! { additional_properties: #runtime::types::Map::new() });
    }
    let mutable: Vec<_> = names.iter().map(|name| quote! { &mut self.#name }).collect();
    let shared: Vec<_> = names.iter().map(|name| quote! { &self.#name }).collect();
    let model = Model {
        name,
        shape: description(plan, name, shape, &planned),
        blank: quote! { Self { #(#blanks),* } },
        field_mut: model::fields(&mutable, quote! { #runtime::types::opaque_mut() }),
        field: model::fields(&shared, quote! { #runtime::types::opaque() }),
        selected: None,
    };
    let model = model.emit(plan);
    quote! {
        #docs
        pub struct #name { #(#declarations)* }

        #model
    }
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
