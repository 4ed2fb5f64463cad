//! What enums of several answers have beside their variants: reading one, and answering with one.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::content::Held;
use super::outcome::{Choice, Variant};
use super::outline::Outline;
use crate::emit::names::index;

/// The implementation of `Answer`, and of `Respond` where answers are given.
pub(super) fn implementation(outline: &Outline<'_>, choice: &Choice) -> TokenStream {
    let runtime = &outline.options.runtime;
    let served = outline.options.surfaces.are_served();
    let macro_name = if served { format_ident!("implement_responses") } else { format_ident!("implement_answers") };
    let is_foreign = |held: Held| held.is_foreign(&outline.plan) && matches!(held, Held::Typed(_));
    let of = |wanted: &dyn Fn(Held) -> bool| -> Vec<TokenStream> {
        let found = choice.variants.iter().enumerate().filter(|(_, variant)| wanted(variant.held));
        let rows = found.map(|(number, Variant { name, .. })| {
            let number = index(number);
            quote! { #number #name }
        });
        rows.collect()
    };
    let empty = of(&|held| held == Held::Nothing);
    let foreign = of(&is_foreign);
    let others = of(&|held| held != Held::Nothing && !is_foreign(held));
    let name = &choice.name;
    quote! {
        #runtime::__private::#macro_name! {
            #name { #(#others)* } empty { #(#empty)* } foreign { #(#foreign)* }
        }
    }
}
