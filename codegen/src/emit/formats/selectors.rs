//! Selectors of CSS.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::numbers::integer;
use crate::ir::css::{Combinator, Comparison, Compound, Position, Selector, Simple, Test};

/// A list of selectors.
pub(super) fn list(selectors: &[Selector]) -> TokenStream {
    let selectors = selectors.iter().map(|Selector { first, rest }| {
        let first = compound(first);
        let rest = rest.iter().map(|(combinator, compound)| {
            let combinator = self::combinator(*combinator);
            let compound = self::compound(compound);
            quote! { (selector::Combinator::#combinator, #compound) }
        });
        quote! { selector::Selector { first: #first, rest: &[#(#rest),*] } }
    });
    quote! { &[#(#selectors),*] }
}

fn combinator(combinator: Combinator) -> proc_macro2::Ident {
    format_ident!("{combinator:?}")
}

fn compound(compound: &Compound) -> TokenStream {
    let simples = compound.iter().map(simple);
    quote! { &[#(#simples),*] }
}

fn simple(simple: &Simple) -> TokenStream {
    let simple = match simple {
        Simple::Name(name) => quote! { Name(#name) },
        Simple::Id(id) => quote! { Id(#id) },
        Simple::Class(class) => quote! { Class(#class) },
        Simple::Attribute { name, test } => {
            let test = self::test(test);
            quote! { Attribute { name: #name, test: #test } }
        }
        Simple::Position(Position { step, offset, from_end, of_type }) => {
            let [step, offset] = [*step, *offset].map(|number| integer(number.into()));
            quote! {
                Position(selector::Position {
                    step: #step, offset: #offset, from_end: #from_end, of_type: #of_type
                })
            }
        }
        Simple::Empty => quote! { Empty },
        Simple::Root => quote! { Root },
        Simple::Is(selectors) => {
            let selectors = list(selectors);
            quote! { Is(#selectors) }
        }
        Simple::Not(selectors) => {
            let selectors = list(selectors);
            quote! { Not(#selectors) }
        }
    };
    quote! { selector::Simple::#simple }
}

fn test(test: &Test) -> TokenStream {
    match test {
        Test::Present => quote! { selector::Test::Present },
        Test::Compared { comparison, value, ignores_case } => {
            let comparison = self::comparison(*comparison);
            quote! {
                selector::Test::Compared {
                    comparison: selector::Comparison::#comparison, value: #value, ignores_case: #ignores_case
                }
            }
        }
    }
}

fn comparison(comparison: Comparison) -> proc_macro2::Ident {
    format_ident!("{comparison:?}")
}
