//! `Request`: a call under construction, sent when it is awaited.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::openapi::types::At;
use super::values::Values;
use crate::ir::{Capability, Operation};

/// The type, its options, its future, and the setters of each operation's optional inputs.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let docs = Docs::new().prose("A request that is sent when it is awaited.");
    let options = options(runtime);
    let future = future(runtime);
    let setters = capability.operations.iter().map(|operation| setters(operation, values));
    quote! {
        #docs
        #[derive(::core::fmt::Debug)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct Request<O> {
            client: Client,
            inputs: O,
            options: #runtime::RequestOptions,
        }

        #options
        #future
        #(#setters)*
    }
}

fn options(runtime: &TokenStream) -> TokenStream {
    let header = Docs::new().prose("Sends this header, in place of one that the capability would send by that name.");
    let bearer = Docs::new().prose("Sends this bearer token in place of the capability's credentials.");
    let timeout = Docs::new().prose("Gives the whole request this much time, in place of the capability's timeout.");
    let send = Docs::new()
        .prose("Sends, and gives back the answer unread, whatever its status.")
        .prose("# Errors")
        .prose("Where there is no answer: the request could not be built or sent, or time ran out.");
    quote! {
        impl<O: #runtime::OperationInputs> Request<O> {
            #header
            pub fn header(
                mut self,
                name: #runtime::http::HeaderName,
                value: #runtime::http::HeaderValue,
            ) -> Self {
                self.options.set_header(name, value);
                self
            }

            #bearer
            pub fn bearer(mut self, token: impl ::core::convert::Into<#runtime::SecretString>) -> Self {
                self.options.set_bearer(token);
                self
            }

            #timeout
            pub fn timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.options.set_timeout(timeout);
                self
            }

            #send
            pub fn send(self) -> #runtime::Sending<#runtime::Response> {
                self.client.inner.send(self.inputs, self.options)
            }
        }
    }
}

fn future(runtime: &TokenStream) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl<O: #runtime::OperationInputs> ::core::future::IntoFuture for Request<O> {
            type Output = ::core::result::Result<O::Answer, #runtime::ClientError>;
            type IntoFuture = #runtime::Sending<O::Answer>;

            fn into_future(self) -> Self::IntoFuture {
                self.client.inner.call(self.inputs, self.options)
            }
        }
    }
}

fn setters(operation: &Operation, values: &Values<'_>) -> Option<TokenStream> {
    let setters = operation
        .inputs
        .iter()
        .filter(|input| !input.is_positional())
        .map(|input| {
            let name = &input.field;
            let docs = Docs::new().text_or(&input.parameter.description, "Sets this input.");
            let (kind, conversion) = values.argument(input, At::Module);
            let value = conversion.unwrap_or_else(|| quote! { #name });
            quote! {
                #docs
                pub fn #name(mut self, #name: #kind) -> Self {
                    self.inputs.#name = ::core::option::Option::Some(#value);
                    self
                }
            }
        })
        .collect::<Vec<_>>();
    let inputs = &operation.type_name;
    (!setters.is_empty()).then(|| {
        quote! {
            impl Request<operations::#inputs> {
                #(#setters)*
            }
        }
    })
}
