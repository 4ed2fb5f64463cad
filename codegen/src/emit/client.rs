//! `Client` and `ClientBuilder`: one method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code};
use super::openapi::types::At;
use super::values::Values;
use crate::ir::{Capability, Input, Operation};

/// The client and its builder.
pub(super) fn emit(capability: &Capability, values: &Values<'_>) -> TokenStream {
    let runtime = values.runtime;
    let docs = Docs::new()
        .prose("A client of the upstreams, one method an operation.")
        .prose("It is cheap to clone, and all clones share one pool of connections.");
    let constructors = constructors(runtime);
    let operations = capability.operations.iter().map(|operation| method(operation, capability, values));
    let request = request(runtime);
    let builder = builder(runtime);
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

fn constructors(runtime: &TokenStream) -> TokenStream {
    let errors = "# Errors";
    let from_env = Docs::new()
        .prose("A client with the settings of [`Config::from_env`].")
        .prose(errors)
        .prose("Where a setting is missing or cannot be read.");
    let new = Docs::new()
        .prose("A client with the given settings.")
        .prose(errors)
        .prose("Where a base URL or a secret is missing.");
    let builder = Docs::new().prose("A builder, to bring an HTTP client or hooks along.");
    quote! {
        #from_env
        pub fn from_env() -> ::core::result::Result<Self, #runtime::ConfigError> {
            Self::new(&Config::from_env()?)
        }

        #new
        pub fn new(config: &Config) -> ::core::result::Result<Self, #runtime::ConfigError> {
            Self::builder(config).build()
        }

        #builder
        pub fn builder(config: &Config) -> ClientBuilder {
            ClientBuilder {
                inner: #runtime::__private::ClientBuilder::new(&CAPABILITY, config.lower()),
            }
        }
    }
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

fn builder(runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new().prose("Makes a [`Client`].");
    let http_client = Docs::new().prose("Sends through this HTTP client, with its own timeouts, proxies and pool.");
    let on_request = Docs::new()
        .prose("Has a closure see every request before it is sent, and change it: for headers or credentials.")
        .prose("Hooks run in the order in which they were added, once for each attempt.");
    let on_request_async = Docs::new().prose("Has a hook that awaits something see every request before it is sent.");
    let build = Docs::new().prose("The client.").prose("# Errors").prose("Where a base URL or a secret is missing.");
    quote! {
        #docs
        #[derive(::core::fmt::Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            inner: #runtime::__private::ClientBuilder,
        }

        impl ClientBuilder {
            #http_client
            pub fn http_client(self, client: #runtime::reqwest::Client) -> Self {
                Self { inner: self.inner.http_client(client) }
            }

            #on_request
            pub fn on_request<H>(self, hook: H) -> Self
            where
                H: ::core::ops::Fn(
                        &mut #runtime::reqwest::Request,
                    ) -> ::core::result::Result<(), #runtime::HookError>
                    + ::core::marker::Send
                    + ::core::marker::Sync
                    + 'static,
            {
                Self { inner: self.inner.on_request(hook) }
            }

            #on_request_async
            pub fn on_request_async(self, hook: impl #runtime::RequestHook) -> Self {
                Self { inner: self.inner.on_request_async(hook) }
            }

            #build
            pub fn build(self) -> ::core::result::Result<Client, #runtime::ConfigError> {
                ::core::result::Result::Ok(Client { inner: self.inner.build()? })
            }
        }
    }
}
