//! `mod responses` and `mod errors`: enums of what calls give back where it is not one type.

use proc_macro2::TokenStream;
use quote::quote;

use super::content::Held;
use super::outcome::{Choice, Variant};
use super::outline::Outline;
use super::types::At;
use super::{Sink, open_client, respond};
use crate::emit::docs::Docs;

/// The modules in which something stands.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let modules = [
        (quote! { responses }, "Answers of operations that have several.", &outline.responses),
        (quote! { errors }, "Failures that the document describes, of operations that have several.", &outline.errors),
    ];
    for (name, docs, choices) in modules.into_iter().filter(|(_, _, choices)| !choices.is_empty()) {
        let docs = Docs::new().prose(docs);
        open_client(outline, sink);
        sink.open(quote! { #docs pub mod #name });
        for choice in choices {
            sink.item(self::choice(outline, choice));
        }
        sink.close();
        sink.close();
    }
}

fn choice(outline: &Outline<'_>, choice: &Choice) -> TokenStream {
    let Choice { name, docs, variants } = choice;
    let docs = Docs::new().prose(docs);
    let declarations = variants.iter().map(|variant| {
        let Variant { name, held, docs } = variant;
        let docs = Docs::new().prose(docs);
        if *held == Held::Nothing {
            return quote! { #docs #name, };
        }
        let r#type = held.answer_type(&outline.plan, At::Beside);
        quote! { #docs #name(#r#type), }
    });
    let implementation = respond::implementation(outline, choice);
    quote! {
        #docs
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum #name { #(#declarations)* }

        #implementation
    }
}
