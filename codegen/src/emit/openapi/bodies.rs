//! `mod bodies`: multipart bodies, and enums of several forms of a body.

use proc_macro2::TokenStream;
use quote::quote;

use super::content::Held;
use super::docs::title;
use super::outline::{Call, Outline};
use super::payload::{Filled, Part, PartValue, Parts, Payload};
use super::types::At;
use super::{Sink, accept, open_client};
use crate::emit::docs::{Docs, code};
use crate::ir::RustName;

/// The module, unless nothing stands in it.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let with_items = |call: &&Call<'_>| {
        let payload = call.payload.as_ref();
        payload.is_some_and(|payload| payload.choice.is_some() || payload.forms.iter().any(|form| form.parts.is_some()))
    };
    let mut calls = outline.calls.iter().filter(with_items).peekable();
    if calls.peek().is_none() {
        return;
    }
    let docs = Docs::new()
        .prose("Bodies of requests: multipart forms, and enums where an operation takes several media types.");
    open_client(outline, sink);
    sink.open(quote! { #docs pub mod bodies });
    for call in calls {
        let Some(payload) = &call.payload else { continue };
        for form in &payload.forms {
            if let Some(parts) = &form.parts {
                sink.item(multipart(outline, call, form, parts));
            }
        }
        if let Some(name) = &payload.choice {
            sink.item(choice(outline, call, payload, name));
        }
    }
    sink.close();
    sink.close();
}

/// The type of a body when it is there.
pub(super) fn payload_type(outline: &Outline<'_>, payload: &Payload<'_>, at: At) -> TokenStream {
    let name = match (&payload.choice, payload.forms.as_slice()) {
        (Some(name), _) => name,
        (None, [form]) => match &form.parts {
            Some(parts) => &parts.name,
            None => return form_type(outline, form, at),
        },
        (None, _) => return quote! { () },
    };
    if at == At::Module {
        quote! { bodies::#name }
    } else {
        quote! { super::bodies::#name }
    }
}

/// The type of one form of a body, in a module beside `types`, `bodies` itself among them.
fn form_type(outline: &Outline<'_>, form: &Filled<'_>, at: At) -> TokenStream {
    let runtime = &outline.options.runtime;
    match (&form.parts, form.held) {
        (Some(parts), _) => {
            let name = &parts.name;
            quote! { #name }
        }
        (None, Held::Bytes) => quote! { #runtime::openapi::Upload },
        (None, Held::Lines(item)) => {
            let item = item.map_or_else(|| quote! { #runtime::types::Value }, |item| outline.plan.usage(item, at));
            quote! { ::std::vec::Vec<#item> }
        }
        (None, Held::Typed(usage)) => outline.plan.usage(usage, at),
        (None, held) => held.answer_type(&outline.plan, at),
    }
}

fn choice(outline: &Outline<'_>, call: &Call<'_>, payload: &Payload<'_>, name: &RustName) -> TokenStream {
    let docs =
        Docs::new().prose(&format!("The body of {}, in one of several media types.", code(&title(call.operation))));
    let variants = payload.forms.iter().map(|form| {
        let docs = Docs::new().prose(&format!("{}.", code(&form.content.media_type)));
        let variant = &form.variant;
        let r#type = form_type(outline, form, At::Beside);
        quote! { #docs #variant(#r#type), }
    });
    let implementation = accept::choice(outline, payload, name);
    let conversions = payload.forms.iter().filter(|form| form.converts).map(|form| {
        let variant = &form.variant;
        let r#type = form_type(outline, form, At::Beside);
        quote! {
            impl ::core::convert::From<#r#type> for #name {
                #[inline]
                fn from(body: #r#type) -> Self { Self::#variant(body) }
            }
        }
    });
    quote! {
        #docs
        #[non_exhaustive]
        pub enum #name { #(#variants)* }

        #implementation

        #(#conversions)*
    }
}

fn multipart(outline: &Outline<'_>, call: &Call<'_>, form: &Filled<'_>, parts: &Parts<'_>) -> TokenStream {
    let Parts { name, list } = parts;
    let docs = Docs::new().prose(&format!("{} of {}.", code(&form.content.media_type), code(&title(call.operation))));
    let fields = list.iter().map(|part| {
        let docs = super::docs::docs(part.docs).or(&format!("The part {}.", code(part.wire)));
        let Part { name, .. } = part;
        let r#type = part_type(outline, part);
        if part.required {
            quote! { #docs pub #name: #r#type, }
        } else {
            quote! { #docs pub #name: ::core::option::Option<#r#type>, }
        }
    });
    let constructor = multipart_constructor(outline, parts);
    let setters = list.iter().filter(|part| !part.required).map(|part| multipart_setter(outline, part));
    let implementation = accept::parts(outline, parts);
    quote! {
        #docs
        #[non_exhaustive]
        pub struct #name { #(#fields)* }

        impl #name {
            #constructor
            #(#setters)*
        }

        #implementation
    }
}

fn part_type(outline: &Outline<'_>, part: &Part<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    match part.value {
        PartValue::Upload => quote! { #runtime::openapi::Upload },
        PartValue::Uploads => quote! { ::std::vec::Vec<#runtime::openapi::Upload> },
        PartValue::Typed(usage) => outline.plan.held(usage, At::Beside),
    }
}

/// The argument for a part, and the value that it is.
fn part_argument(outline: &Outline<'_>, part: &Part<'_>) -> (TokenStream, TokenStream) {
    let name = &part.name;
    let r#type = part_type(outline, part);
    let converts = match part.value {
        PartValue::Upload => true,
        PartValue::Uploads => false,
        PartValue::Typed(usage) => outline.plan.is_text(usage),
    };
    if converts {
        return (quote! { #name: impl ::core::convert::Into<#r#type> }, quote! { ::core::convert::Into::into(#name) });
    }
    (quote! { #name: #r#type }, quote! { #name })
}

fn multipart_constructor(outline: &Outline<'_>, parts: &Parts<'_>) -> TokenStream {
    let docs = Docs::new().prose("Takes the parts that must be there; the others are unset.");
    let arguments = parts.list.iter().filter(|part| part.required).map(|part| part_argument(outline, part).0);
    let values = parts.list.iter().map(|part| {
        let name = &part.name;
        if part.required {
            let (_, value) = part_argument(outline, part);
            quote! { #name: #value }
        } else {
            quote! { #name: ::core::option::Option::None }
        }
    });
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn multipart_setter(outline: &Outline<'_>, part: &Part<'_>) -> TokenStream {
    let Part { name, setter, .. } = part;
    let docs = super::docs::docs(part.docs).or(&format!("The part {}.", code(part.wire)));
    let (argument, value) = part_argument(outline, part);
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #setter(mut self, #argument) -> Self {
            self.#name = ::core::option::Option::Some(#value);
            self
        }
    }
}
