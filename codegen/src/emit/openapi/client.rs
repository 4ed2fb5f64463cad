//! `Client` and `ClientBuilder`: one method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::inputs::{Field, fields};
use super::outline::{Call, Outline};
use super::types::At;
use super::{Sink, open_client, request};
use crate::emit::docs::{Docs, code};

/// The client, its builder and its requests.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let runtime = &outline.options.runtime;
    let docs = Docs::new()
        .prose("A client of the API, one method an operation.")
        .prose("It is cheap to clone, and all clones share one pool of connections.");
    open_client(outline, sink);
    sink.item(quote! {
        #docs
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Client {
            inner: #runtime::__private::ApiClient,
        }
    });
    sink.open(quote! { impl Client });
    sink.item(constructors(runtime));
    for call in &outline.calls {
        sink.item(method(outline, call));
    }
    sink.close();
    sink.item(builder(runtime));
    request::emit(outline, sink);
    sink.close();
}

fn constructors(runtime: &TokenStream) -> TokenStream {
    let errors = "# Errors";
    let from_env = Docs::new()
        .prose("A client with the settings of [`Config::from_env`].")
        .prose(errors)
        .prose("Where a setting cannot be read.");
    let new = Docs::new()
        .prose("A client with the given settings.")
        .prose(errors)
        .prose("Where a base URL is missing, or a setting cannot be used.");
    let builder = Docs::new().prose("A builder, to bring an HTTP client or hooks along.");
    let request = Docs::new().prose("A request with inputs that are together already.");
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
                inner: #runtime::__private::ApiClientBuilder::new(&API, config.lower()),
            }
        }

        #request
        #[inline]
        pub fn request<O: #runtime::openapi::Operate>(&self, inputs: O) -> Request<O> {
            Request { inner: #runtime::__private::ApiRequest::new(&self.inner, inputs) }
        }
    }
}

fn method(outline: &Outline<'_>, call: &Call<'_>) -> TokenStream {
    let operation = call.operation;
    let line = code(&format!("{} {}", operation.method.as_str(), operation.path));
    let docs = super::docs::docs(&operation.docs).or(&format!("The operation {}.", code(&call.title()))).prose(&line);
    let deprecated = operation.docs.deprecated.then(|| quote! { #[deprecated] });
    let name = &call.method;
    let inputs = &operation.type_name;
    let fields = fields(outline, call, At::Module);
    let required = || fields.iter().filter(|field| field.required);
    let arguments = required().map(Field::argument);
    let names = required().map(|field| field.name);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> Request<operations::#inputs> {
            self.request(operations::#inputs::new(#(#names),*))
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
    let build = Docs::new()
        .prose("The client.")
        .prose("# Errors")
        .prose("Where a base URL is missing, or a setting cannot be used.");
    quote! {
        #docs
        #[derive(::core::fmt::Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            inner: #runtime::__private::ApiClientBuilder,
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
