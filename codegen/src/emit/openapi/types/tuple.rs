//! Tuples.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{self, Model};
use super::plan::{At, Plan};
use super::{rules, value};
use crate::emit::docs::Docs;
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::types::{Tuple, TypeUse};

/// A tuple and its `Model`.
pub(super) fn emit(plan: &Plan<'_>, at: At, name: &RustName, docs: &Docs, tuple: &Tuple) -> TokenStream {
    let runtime = plan.runtime;
    let place = |(position, item): (usize, &TypeUse)| {
        if position < tuple.required && plan.ends(*item) {
            return (plan.usage(*item, at), value::blank(plan, at, *item));
        }
        let inner = plan.held(*item, at);
        (quote! { ::core::option::Option<#inner> }, quote! { ::core::option::Option::None })
    };
    let rest = tuple.rest.map(|rest| {
        let rest = plan.usage(rest, at);
        (quote! { ::std::vec::Vec<#rest> }, quote! { ::std::vec::Vec::new() })
    });
    let (types, blanks): (Vec<_>, Vec<_>) = tuple.items.iter().enumerate().map(place).chain(rest).unzip();
    let mutable = (0..types.len()).map(index).map(|index| quote! { &mut self.#index });
    let shared = (0..types.len()).map(index).map(|index| quote! { &self.#index });
    let model = Model {
        name,
        shape: description(plan, name, tuple),
        blank: quote! { Self(#(#blanks),*) },
        field_mut: model::fields(&mutable.collect::<Vec<_>>(), quote! { #runtime::types::opaque_mut() }),
        field: model::fields(&shared.collect::<Vec<_>>(), quote! { #runtime::types::opaque() }),
        selected: None,
    };
    let model = model.emit(plan);
    quote! {
        #docs
        pub struct #name(#(pub #types),*);

        #model
    }
}

fn description(plan: &Plan<'_>, name: &RustName, tuple: &Tuple) -> TokenStream {
    let runtime = plan.runtime;
    let name = name.as_str();
    let (len, required) = (index(tuple.items.len()), index(tuple.required.min(tuple.items.len())));
    let has_rest = tuple.rest.is_some();
    let rest = tuple.rest.map(|rest| rules::checks(plan, rest.id)).filter(|checks| !checks.is_empty());
    let rest = rest.map(|checks| vec![quote! { #runtime::types::validate::Check::Items(&[#(#checks),*]) }]);
    let rules = rules::rules(plan, tuple.items.iter().map(|item| rules::checks(plan, item.id)).chain(rest));
    quote! {
        Tuple(#runtime::types::shape::Tuple {
            name: #name, len: #len, required: #required, rest: #has_rest, rules: &[#(#rules),*],
        })
    }
}
