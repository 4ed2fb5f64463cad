//! String enums, and constants that are texts.

use proc_macro2::TokenStream;
use quote::quote;

use super::json::json;
use super::model::{Function, Model};
use super::plan::Plan;
use crate::emit::docs::{Docs, code, inline};
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::types::{Enum, EnumVariant, Kind, Literal};
use crate::names::variant as variant_name;

/// An open enum of texts and its `Model`.
pub(super) fn emit(plan: &Plan<'_>, name: &RustName, head: &TokenStream, shape: &Enum) -> TokenStream {
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
        let docs = Docs::new().text_or(&variant.description, &code(value));
        quote! { #docs #name, }
    });
    let variants = shape.variants.iter().zip(&values).enumerate().map(|(number, (variant, value))| {
        let (number, name) = (index(number), &variant.name);
        quote! { #number #name #value }
    });
    let last = index(values.len());
    let blank = shape.variants.first().map(|EnumVariant { name, .. }| quote! { Self::#name });
    let blank = blank.unwrap_or_else(|| quote! { Self::Unlisted(::std::string::String::new()) });
    quote! {
        #head
        pub enum #name {
            #(#declarations)*
            /// A value that the document does not list.
            Unlisted(::std::string::String),
        }

        #runtime::types::implement_string_enum! { #name = #blank; { #(#variants)* } #last Unlisted }
    }
}

/// An enum of one text.
pub(super) fn constant(plan: &Plan<'_>, name: &RustName, head: &TokenStream, value: &str) -> TokenStream {
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
        foreign: None,
    };
    let model = model.emit(plan);
    let variant_docs = Docs::new().prose(&code(value));
    quote! {
        #head
        pub enum #name {
            #variant_docs
            #variant,
        }

        #model
    }
}

/// The documentation of the values of a type that is another name for a number or for any JSON.
pub(super) fn listed(kind: &Kind) -> Docs {
    let item = |value: &Literal, description: &str| match description.trim() {
        "" => code(&json(value)),
        description => format!("{}: {}", code(&json(value)), inline(description)),
    };
    match kind {
        Kind::Enum(shape) => {
            let items = shape.variants.iter().map(|variant| {
                let is_own = variant.name == variant_name(&json(&variant.value));
                let description = if is_own || !variant.description.is_empty() {
                    &variant.description
                } else {
                    variant.name.as_str()
                };
                item(&variant.value, description)
            });
            Docs::new().prose("One of").list(items)
        }
        Kind::Constant(value) => Docs::new().prose(&format!("Always {}.", item(value, ""))),
        _ => Docs::new(),
    }
}
