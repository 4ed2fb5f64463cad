//! `mod operations`: the inputs of each operation as a struct, and what leads the runtime to them.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::title;
use super::outcome::{Holder, Outcome};
use super::outline::{Call, Input, Outline};
use super::payload::Filled;
use super::types::At;
use super::{Sink, accept, bodies, open_client};
use crate::emit::docs::{Docs, code, inline};
use crate::emit::names::index;
use crate::ir::RustName;
use crate::ir::api::{Location, Parameter};

/// The module.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let docs = Docs::new().prose("Inputs of the operations.");
    open_client(outline, sink);
    sink.open(quote! { #docs pub mod operations });
    for (number, call) in outline.calls.iter().enumerate() {
        sink.item(operation(outline, number, call));
    }
    sink.close();
    sink.close();
}

/// An input that callers supply: a parameter or the body.
pub(super) struct Field<'a> {
    pub(super) name: &'a RustName,
    pub(super) setter: &'a RustName,
    pub(super) docs: Docs,
    pub(super) required: bool,
    /// The type when it is there.
    pub(super) r#type: TokenStream,
    /// Whether anything that becomes the type is taken.
    pub(super) converts: bool,
    pub(super) deprecated: bool,
}

/// The fields of an operation's inputs, the body last. `at`: where their types are written.
pub(super) fn fields<'a>(outline: &'a Outline<'_>, call: &'a Call<'_>, at: At) -> Vec<Field<'a>> {
    let mut fields: Vec<_> = call.inputs.iter().map(|input| parameter_field(outline, input, at)).collect();
    fields.extend(call.payload.as_ref().map(|payload| Field {
        name: &payload.field,
        setter: &call.payload_setter,
        docs: Docs::new().text_or(super::docs::shortened(payload.description), "The body."),
        required: payload.required,
        r#type: bodies::payload_type(outline, payload, at),
        converts: payload.choice.is_some() || is_text(&payload.forms),
        deprecated: false,
    }));
    fields
}

fn is_text(forms: &[Filled<'_>]) -> bool {
    matches!(forms, [form] if form.parts.is_none() && matches!(form.held, super::content::Held::Text | super::content::Held::Bytes))
}

fn parameter_field<'a>(outline: &Outline<'_>, input: &'a Input<'_>, at: At) -> Field<'a> {
    let parameter = input.parameter;
    let r#type = outline.plan.held(parameter.r#type, at);
    Field {
        name: &parameter.name,
        setter: &input.setter,
        docs: super::docs::docs(&parameter.docs).or(&place(parameter)),
        required: parameter.required,
        converts: outline.plan.is_text(parameter.r#type),
        r#type,
        deprecated: parameter.docs.deprecated,
    }
}

/// What there is to say of a parameter that the document says nothing about.
fn place(parameter: &Parameter) -> String {
    let name = code(&parameter.wire);
    match parameter.location {
        Location::Path => format!("The variable {name} of the path."),
        Location::Query => format!("The query parameter {name}."),
        Location::QueryString => "The query as a whole.".to_owned(),
        Location::Header => format!("The header {name}."),
        Location::Cookie => format!("The cookie {name}."),
    }
}

impl Field<'_> {
    /// The argument that supplies it.
    pub(super) fn argument(&self) -> TokenStream {
        let Self { name, r#type, .. } = self;
        if self.converts {
            quote! { #name: impl ::core::convert::Into<#r#type> }
        } else {
            quote! { #name: #r#type }
        }
    }

    /// The value that the argument is.
    pub(super) fn value(&self) -> TokenStream {
        let name = self.name;
        if self.converts {
            quote! { ::core::convert::Into::into(#name) }
        } else {
            quote! { #name }
        }
    }
}

fn operation(outline: &Outline<'_>, number: usize, call: &Call<'_>) -> TokenStream {
    let fields = fields(outline, call, At::Beside);
    let structure = structure(call, &fields);
    let constructor = constructor(call, &fields);
    let inputs = accept::inputs(outline, call);
    let operate = operate(outline, number, call);
    let paginate = paginate(outline, call);
    quote! {
        #structure
        #constructor
        #inputs
        #operate
        #paginate
    }
}

fn structure(call: &Call<'_>, fields: &[Field<'_>]) -> TokenStream {
    let name = &call.operation.type_name;
    let summary = inline(&call.operation.docs.title);
    let title = code(&title(call.operation));
    let docs = Docs::new().prose(&if summary.is_empty() {
        format!("Inputs of {title}.")
    } else {
        format!("Inputs of {title}: {summary}")
    });
    if fields.is_empty() {
        return quote! { #docs #[non_exhaustive] pub struct #name {} };
    }
    let fields = fields.iter().map(|field| {
        let Field { name, docs, r#type, required, .. } = field;
        if *required {
            quote! { #docs pub #name: #r#type, }
        } else {
            quote! { #docs pub #name: ::core::option::Option<#r#type>, }
        }
    });
    quote! { #docs #[non_exhaustive] pub struct #name { #(#fields)* } }
}

fn constructor(call: &Call<'_>, fields: &[Field<'_>]) -> TokenStream {
    let name = &call.operation.type_name;
    let docs = Docs::new().prose(
        match (fields.iter().any(|field| field.required), fields.iter().any(|field| !field.required)) {
            (true, true) => "Takes the inputs that the operation demands; the others are unset.",
            (true, false) => "Takes the inputs.",
            (false, true) => "Inputs that are all unset.",
            (false, false) => "No inputs.",
        },
    );
    let arguments = fields.iter().filter(|field| field.required).map(Field::argument);
    let values = fields.iter().map(|field| {
        let name = field.name;
        if !field.required {
            return quote! { #name: ::core::option::Option::None };
        }
        if !field.converts {
            return quote! { #name };
        }
        let value = field.value();
        quote! { #name: #value }
    });
    quote! {
        impl #name {
            #docs
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }
}

fn operate(outline: &Outline<'_>, number: usize, call: &Call<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let name = &call.operation.type_name;
    let number = index(number);
    let answer = outcome_type(outline, &call.answers, &quote! { super::responses }, At::Beside);
    let failure = outcome_type(outline, &call.failures, &quote! { super::errors }, At::Beside);
    quote! {
        impl #runtime::openapi::Operate for #name {
            type Answer = #answer;
            type Failure = #failure;
            const OPERATION: &'static #runtime::openapi::Operation = &super::tables::OPERATIONS[#number];
        }
    }
}

/// The type of what an operation gives back; `module`: where the enum of several is.
pub(super) fn outcome_type(outline: &Outline<'_>, outcome: &Outcome<'_>, module: &TokenStream, at: At) -> TokenStream {
    match &outcome.holder {
        Holder::Single(held) => held.result_type(&outline.plan, at),
        Holder::Enum(name) => quote! { #module::#name },
    }
}

fn paginate(outline: &Outline<'_>, call: &Call<'_>) -> Option<TokenStream> {
    let runtime = &outline.options.runtime;
    let page = call.pages(&outline.plan)?;
    let name = &call.operation.type_name;
    let item = outline.plan.usage(page.item, At::Beside);
    let items = page.field.map_or_else(|| quote! { answer }, |field| quote! { answer.#field });
    Some(quote! {
        impl #runtime::openapi::Paginate for #name {
            type Item = #item;

            #[inline]
            fn items(answer: Self::Answer) -> ::std::vec::Vec<Self::Item> {
                #runtime::__private::IntoItems::into_items(#items)
            }
        }
    })
}
