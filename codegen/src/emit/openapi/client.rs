//! `Client` and `ClientBuilder`: one method an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::title;
use super::inputs::{Field, fields};
use super::outline::{Call, Outline};
use super::types::At;
use super::{Sink, open_client};
use crate::emit::construction::Construction;
use crate::emit::docs::{Docs, code};

const CONSTRUCTION: Construction = Construction {
    builder: "ApiClientBuilder",
    description: "API",
    unread: "Where a setting cannot be read.",
    refused: "Where a base URL is missing, or a setting cannot be used.",
};

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
    sink.item(CONSTRUCTION.constructors(runtime));
    sink.item(request(runtime));
    for call in &outline.calls {
        sink.item(method(outline, call));
    }
    sink.close();
    sink.item(CONSTRUCTION.builder(runtime));
    super::request::emit(outline, sink);
    sink.close();
}

fn request(runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new().prose("A request with inputs that are together already.");
    quote! {
        #docs
        #[inline]
        pub fn request<O: #runtime::openapi::Operate>(&self, inputs: O) -> Request<O> {
            Request { inner: #runtime::__private::ApiRequest::new(&self.inner, inputs) }
        }
    }
}

fn method(outline: &Outline<'_>, call: &Call<'_>) -> TokenStream {
    let operation = call.operation;
    let line = code(&format!("{} {}", operation.method.as_str(), operation.path));
    let docs =
        super::docs::docs(&operation.docs).or(&format!("The operation {}.", code(&title(operation)))).prose(&line);
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
