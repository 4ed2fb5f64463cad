//! `Handlers`: what answers the operations, and what leads from an operation's index to a method or to blank inputs.

use proc_macro2::TokenStream;
use quote::quote;

use super::inputs::outcome_type;
use super::outline::{Call, Outline};
use super::types::At;
use super::{Sink, callers, open_gate};
use crate::emit::docs::{Docs, code};
use crate::emit::names::index;
use crate::openapi::Surface;

/// The trait and its dispatcher, and the inputs by index, as far as a surface needs them.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let surfaces = outline.options.surfaces;
    if !surfaces.are_served() {
        return;
    }
    open_gate(outline, "when_server", sink);
    if surfaces.has(Surface::Server) {
        let docs = docs(outline);
        sink.open(quote! {
            #docs
            pub trait Handlers: ::core::marker::Send + ::core::marker::Sync + 'static
        });
        for (_, call) in served(outline) {
            sink.item(method(outline, call));
        }
        sink.close();
        sink.item(dispatcher(outline));
        callers::emit(outline, sink);
    }
    sink.item(blank_inputs(outline));
    sink.close();
}

/// The operations that a server can tell from the others, with their indices.
fn served<'o, 'a>(outline: &'o Outline<'a>) -> impl Iterator<Item = (usize, &'o Call<'a>)> {
    outline.calls.iter().enumerate().filter(|(_, call)| call.operation.is_served)
}

fn docs(outline: &Outline<'_>) -> Docs {
    let docs = Docs::new().prose("What answers the operations of a server: one method each.");
    match served(outline).next() {
        Some((_, call)) => docs.prose(&example(outline, call)),
        None => docs,
    }
}

/// An example of an implementation. It cannot be tested, since nobody knows here what the crate around is called.
fn example(outline: &Outline<'_>, call: &Call<'_>) -> String {
    let method = call.operation.name.as_str();
    let inputs = call.operation.type_name.as_str();
    let [answer, failure] = outcomes(outline, call).map(|r#type| shown(&r#type));
    format!(
        "```rust,ignore\n\
         impl Handlers for Service {{\n    \
             async fn {method}(\n        \
                 &self,\n        \
                 inputs: operations::{inputs},\n        \
                 context: Context,\n    \
             ) -> Result<Success<{answer}>, Refusal<{failure}>> {{\n        \
                 // …\n    \
             }}\n\
         }}\n\
         ```"
    )
}

/// A type as people write it: without blanks and without the paths of what everyone imports.
fn shown(r#type: &TokenStream) -> String {
    let text = r#type.to_string().replace(' ', "");
    ["::core::option::", "::std::string::", "::std::vec::", "::std::boxed::"]
        .iter()
        .fold(text, |text, path| text.replace(path, ""))
}

/// What a call gives back, as answer and as failure.
fn outcomes(outline: &Outline<'_>, call: &Call<'_>) -> [TokenStream; 2] {
    [
        outcome_type(outline, &call.answers, &quote! { responses }, At::Module),
        outcome_type(outline, &call.failures, &quote! { errors }, At::Module),
    ]
}

fn method(outline: &Outline<'_>, call: &Call<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let operation = call.operation;
    let line = code(&format!("{} {}", operation.method.as_str(), operation.path));
    let docs = super::docs::docs(&operation.docs)
        .or(&format!("The operation {}.", code(&super::docs::title(operation))))
        .prose(&line);
    let name = &operation.name;
    let inputs = &operation.type_name;
    let [answer, failure] = outcomes(outline, call);
    quote! {
        #docs
        fn #name(
            &self,
            inputs: operations::#inputs,
            context: #runtime::Context,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<#runtime::openapi::Success<#answer>, #runtime::openapi::Refusal<#failure>>,
        > + ::core::marker::Send;
    }
}

fn dispatcher(outline: &Outline<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let rows = served(outline).map(|(number, call)| {
        let (number, inputs, name) = (index(number), &call.operation.type_name, &call.operation.name);
        quote! { #number operations::#inputs, #name; }
    });
    quote! {
        #runtime::__private::serve_handlers! { Dispatcher Handlers; #(#rows)* }
    }
}

fn blank_inputs(outline: &Outline<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let rows = outline.calls.iter().enumerate().map(|(number, call)| {
        let (number, inputs) = (index(number), &call.operation.type_name);
        quote! { #number #inputs }
    });
    quote! {
        #runtime::__private::implement_blank_inputs! { #(#rows)* }
    }
}
