//! `Client` and `ClientBuilder`: one method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::construction::Construction;
use super::docs::{Docs, code};
use super::openapi::types::At;
use super::values::Values;
use crate::ir::{Capability, Input, Operation};

const CONSTRUCTION: Construction = Construction {
    builder: "ClientBuilder",
    description: "CAPABILITY",
    unread: "Where a setting is missing or cannot be read.",
    refused: "Where a base URL or a secret is missing.",
};

/// The client and its builder.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let docs = Docs::new()
        .prose("A client of the upstreams, one method an operation.")
        .prose("It is cheap to clone, and all clones share one pool of connections.");
    let constructors = CONSTRUCTION.constructors(runtime);
    let operations = capability.operations.iter().map(|operation| method(operation, capability, values));
    let request = request(runtime);
    let builder = CONSTRUCTION.builder(runtime);
    quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Client {
            inner: #runtime::__private::Client,
        }

        impl Client {
            #constructors
            #(#operations)*
            #request
        }

        #builder
    }
}

/// What the default handlers call. It needs the types of the server.
pub(super) fn emit_forward(runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new()
        .prose("Sends what a handler was given to the upstream, and gives back the answer unread, whatever its status.")
        .prose("This is what the methods of [`Handlers`] do unless they are overridden.");
    quote! {
        impl Client {
            #docs
            pub fn forward<O: #runtime::OperationInputs>(
                &self,
                inputs: O,
                context: #runtime::Context,
            ) -> #runtime::Forward<O::Answer> {
                self.inner.forward(inputs, context)
            }
        }
    }
}

/// The documentation of an operation's method, here and in the handlers.
pub(super) fn operation_docs(operation: &Operation, capability: &Capability) -> Docs {
    let verb = operation.method.as_str();
    let upstream = capability
        .upstreams
        .get(operation.upstream)
        .map(|upstream| format!(" of {}", code(&upstream.namespace)))
        .unwrap_or_default();
    Docs::new()
        .text_or(&operation.description, &format!("The operation {}.", code(&operation.name)))
        .prose(&format!("{}{upstream}.", code(&format!("{verb} {}", operation.path))))
}

fn method(operation: &Operation, capability: &Capability, values: &Values<'_>) -> TokenStream {
    let docs = operation_docs(operation, capability);
    let name = &operation.method_name;
    let inputs = &operation.type_name;
    let inputs_in_path = operation.inputs.iter().filter(|input| input.is_positional());
    let names = inputs_in_path.clone().map(|input| &input.field);
    let arguments = inputs_in_path.map(|input| positional(input, values));
    quote! {
        #docs
        pub fn #name(&self, #(#arguments),*) -> Request<operations::#inputs> {
            self.request(operations::#inputs::new(#(#names),*))
        }
    }
}

/// A positional argument. Text is borrowed: most callers have a `&str`, and need not say which conversion they mean.
fn positional(input: &Input, values: &Values<'_>) -> TokenStream {
    let name = &input.field;
    if values.is_text(&input.parameter) {
        return quote! { #name: &str };
    }
    let (kind, _) = values.argument(input, At::Module);
    quote! { #name: #kind }
}

fn request(runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new().prose("A request with inputs that are together already.");
    quote! {
        #docs
        pub fn request<O: #runtime::OperationInputs>(&self, inputs: O) -> Request<O> {
            Request {
                client: ::core::clone::Clone::clone(self),
                inputs,
                options: <#runtime::RequestOptions as ::core::default::Default>::default(),
            }
        }
    }
}
