//! String enums, and constants that are texts.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Function, Model, numbered};
use super::plan::Plan;
use crate::emit::docs::Docs;
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::types::{Enum, Literal};
use crate::openapi::variant_name;

/// An open enum of texts and its `Model`.
pub(super) fn emit(plan: &Plan<'_>, name: &RustName, docs: &Docs, shape: &Enum) -> TokenStream {
    let runtime = plan.runtime;
    let values: Vec<&str> = shape
        .variants
        .iter()
        .map(|variant| match &variant.value {
            Literal::String(text) => text.as_str(),
            _ => "",
        })
        .collect();
    let declarations = shape.variants.iter().zip(&values).map(|(variant, value)| {
        let name = &variant.name;
        let docs = Docs::new().text_or(&variant.description, &crate::emit::docs::code(value));
        quote! { #docs #name, }
    });
    let text = name.as_str();
    let unlisted = quote! { Self::Unlisted(::std::string::String::new()) };
    let variants = shape.variants.iter().map(|variant| {
        let name = &variant.name;
        quote! { Self::#name }
    });
    let variants: Vec<_> = variants.collect();
    let arms = numbered(&variants.iter().cloned().chain([unlisted.clone()]).collect::<Vec<_>>());
    let selected = variants.iter().enumerate().map(|(number, variant)| {
        let number = index(number);
        quote! { #variant => #number, }
    });
    let last = index(variants.len());
    let model = Model {
        name,
        shape: quote! {
            StringEnum(#runtime::types::shape::StringEnum { name: #text, values: &[#(#values),*], open: true })
        },
        blank: variants.first().cloned().unwrap_or(unlisted),
        field_mut: Function {
            body: quote! {
                *self = match index { #arms };
                match self {
                    Self::Unlisted(text) => text,
                    _ => #runtime::types::opaque_mut(),
                }
            },
            looks: true,
        },
        field: Function {
            body: quote! {
                match self {
                    Self::Unlisted(text) => text,
                    _ => #runtime::types::opaque(),
                }
            },
            looks: false,
        },
        selected: Some(quote! { match self { #(#selected)* Self::Unlisted(_) => #last, } }),
    };
    let model = model.emit(plan);
    quote! {
        #docs
        pub enum #name {
            #(#declarations)*
            /// A value that the document does not list.
            Unlisted(::std::string::String),
        }

        #model
    }
}

/// An enum of one text.
pub(super) fn constant(plan: &Plan<'_>, name: &RustName, docs: &Docs, value: &str) -> TokenStream {
    let runtime = plan.runtime;
    let text = name.as_str();
    let variant = variant_name(value);
    let model = Model {
        name,
        shape: quote! {
            StringEnum(#runtime::types::shape::StringEnum { name: #text, values: &[#value], open: false })
        },
        blank: quote! { Self::#variant },
        field_mut: Function { body: quote! { #runtime::types::opaque_mut() }, looks: false },
        field: Function { body: quote! { #runtime::types::opaque() }, looks: false },
        selected: None,
    };
    let model = model.emit(plan);
    let variant_docs = Docs::new().prose(&crate::emit::docs::code(value));
    quote! {
        #docs
        pub enum #name {
            #variant_docs
            #variant,
        }

        #model
    }
}
