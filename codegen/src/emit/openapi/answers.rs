//! `mod responses` and `mod errors`: enums of what calls give back where it is not one type.

use proc_macro2::TokenStream;
use quote::quote;

use super::content::Held;
use super::outcome::{Choice, Variant};
use super::outline::Outline;
use super::types::At;
use super::{Sink, open_client, respond};
use crate::emit::docs::Docs;

/// The modules, unless nothing stands in them.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    if !outline.responses.is_empty() {
        let docs = Docs::new().prose("Answers of operations that have several.");
        open_client(outline, sink);
        sink.open(quote! { #docs pub mod responses });
        outline.responses.iter().for_each(|choice| sink.item(self::choice(outline, choice)));
        sink.close();
        sink.close();
    }
    if !outline.errors.is_empty() {
        let docs = Docs::new().prose("Failures that the document describes, of operations that have several.");
        open_client(outline, sink);
        sink.open(quote! { #docs pub mod errors });
        outline.errors.iter().for_each(|choice| sink.item(self::choice(outline, choice)));
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
