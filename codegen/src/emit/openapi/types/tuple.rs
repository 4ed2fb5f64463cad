//! Tuples.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{self, Foreign, Member, Model};
use super::plan::{At, Plan};
use super::{rules, value};
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::types::{Tuple, TypeId, TypeUse};

/// A tuple and its `Model`.
pub(super) fn emit(
    plan: &Plan<'_>,
    at: At,
    (id, name): (TypeId, &RustName),
    head: &TokenStream,
    tuple: &Tuple,
) -> TokenStream {
    let runtime = plan.runtime;
    let is_whole = |position: usize, item: &TypeUse| position < tuple.required && plan.ends(*item);
    let place = |(position, item): (usize, &TypeUse)| {
        if is_whole(position, item) {
            return (plan.usage(*item, at), value::blank(plan, at, *item));
        }
        let inner = plan.held(*item, at);
        (quote! { ::core::option::Option<#inner> }, quote! { ::core::option::Option::None })
    };
    let rest = tuple.rest.map(|rest| {
        // What the runtime does not know it reads one by one, and here is a list.
        let rest = if plan.is_foreign(rest) {
            quote! { #runtime::types::Value }
        } else {
            plan.usage(rest, at)
        };
        (quote! { ::std::vec::Vec<#rest> }, quote! { ::std::vec::Vec::new() })
    });
    let (types, blanks): (Vec<_>, Vec<_>) = tuple.items.iter().enumerate().map(place).chain(rest).unzip();
    let member = |number: usize| {
        let name = index(number);
        let foreign = tuple.items.get(number).filter(|item| plan.is_foreign(**item));
        let is_value = |item| is_whole(number, item) && !item.nullable;
        let foreign = foreign.map(|item| if is_value(item) { Foreign::Value } else { Foreign::Optional });
        Member { name: quote! { #name }, foreign }
    };
    let (field_mut, field, foreign) = model::members(plan, &(0..types.len()).map(member).collect::<Vec<_>>());
    let model = Model {
        name,
        shape: description(plan, name, tuple, plan.is_sent(id)),
        blank: quote! { Self(#(#blanks),*) },
        field_mut,
        field,
        selected: None,
        foreign,
    };
    let model = model.emit(plan);
    quote! {
        #head
        pub struct #name(#(pub #types),*);

        #model
    }
}

fn description(plan: &Plan<'_>, name: &RustName, tuple: &Tuple, sent: bool) -> TokenStream {
    let runtime = plan.runtime;
    let name = name.as_str();
    let (len, required) = (index(tuple.items.len()), index(tuple.required.min(tuple.items.len())));
    let has_rest = tuple.rest.is_some();
    let rest = tuple.rest.map(|rest| rules::of_use(plan, rest, sent)).filter(|checks| !checks.is_empty());
    let rest = rest.map(|checks| vec![quote! { #runtime::types::validate::Check::Items(&[#(#checks),*]) }]);
    let rules = rules::rules(plan, tuple.items.iter().map(|item| rules::of_use(plan, *item, sent)).chain(rest));
    quote! {
        Tuple(#runtime::types::shape::Tuple {
            name: #name, len: #len, required: #required, rest: #has_rest, rules: &[#(#rules),*],
        })
    }
}
