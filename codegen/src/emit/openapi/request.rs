//! `Request`: a call under construction, sent when it is awaited.

use proc_macro2::TokenStream;
use quote::quote;

use super::Sink;
use super::inputs::{Field, fields};
use super::outline::{Call, Outline};
use super::types::At;
use crate::emit::docs::Docs;

/// The type, its options, its future, and the setters of each operation's optional inputs.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let runtime = &outline.options.runtime;
    let docs = Docs::new().prose("A request that is sent when it is awaited.");
    sink.item(quote! {
        #docs
        #[must_use = "a request is sent when it is awaited"]
        pub struct Request<O> {
            inner: #runtime::__private::ApiRequest<O>,
        }
    });
    sink.item(debug());
    sink.item(options(runtime));
    sink.item(future(runtime));
    if outline.has_pages() {
        sink.item(pages(runtime));
    }
    for setters in outline.calls.iter().filter_map(|call| setters(outline, call)) {
        sink.item(setters);
    }
}

/// Not derived: the inputs, which may hold what is secret, are not printed and need not be printable.
fn debug() -> TokenStream {
    quote! {
        impl<O> ::core::fmt::Debug for Request<O> {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.inner, formatter)
            }
        }
    }
}

fn options(runtime: &TokenStream) -> TokenStream {
    let header = Docs::new().prose("Sends this header, in place of one that the operation would send by that name.");
    let bearer = Docs::new().prose("Sends this bearer token in place of the client's credentials.");
    let timeout = Docs::new().prose("Gives the whole request this much time, in place of the client's timeout.");
    let send = Docs::new().prose("Sends, and gives back the answer unread, whatever its status.");
    let detailed = Docs::new().prose("Sends, and gives back the answer with its status and headers.");
    quote! {
        impl<O: #runtime::openapi::Operate> Request<O> {
            #header
            pub fn header(mut self, name: #runtime::http::HeaderName, value: #runtime::http::HeaderValue) -> Self {
                self.inner.options.set_header(name, value);
                self
            }

            #bearer
            pub fn bearer(mut self, token: impl ::core::convert::Into<#runtime::SecretString>) -> Self {
                self.inner.options.set_bearer(token);
                self
            }

            #timeout
            pub fn timeout(mut self, timeout: ::core::time::Duration) -> Self {
                self.inner.options.set_timeout(timeout);
                self
            }

            #send
            pub fn send(self) -> #runtime::Sending<#runtime::Response> {
                self.inner.send()
            }

            #detailed
            pub fn detailed(
                self,
            ) -> #runtime::openapi::Calling<#runtime::openapi::Answered<O::Answer>, O::Failure, O::Answer> {
                self.inner.detailed()
            }
        }
    }
}

fn future(runtime: &TokenStream) -> TokenStream {
    quote! {
        impl<O: #runtime::openapi::Operate> ::core::future::IntoFuture for Request<O> {
            type Output = ::core::result::Result<O::Answer, #runtime::openapi::CallError<O::Failure>>;
            type IntoFuture = #runtime::openapi::Calling<O::Answer, O::Failure>;

            fn into_future(self) -> Self::IntoFuture {
                self.inner.call()
            }
        }
    }
}

fn pages(runtime: &TokenStream) -> TokenStream {
    let pages = Docs::new().prose("The pages from this one on, each asked for when it is needed.");
    let items = Docs::new().prose("The items of all pages from this one on.");
    quote! {
        impl<O: #runtime::openapi::Paginate> Request<O> {
            #pages
            pub fn pages(self) -> #runtime::openapi::Pages<O> {
                self.inner.pages()
            }

            #items
            pub fn items(self) -> #runtime::openapi::Items<O> {
                self.inner.items()
            }
        }
    }
}

fn setters(outline: &Outline<'_>, call: &Call<'_>) -> Option<TokenStream> {
    let fields = fields(outline, call, At::Module);
    let mut optional = fields.iter().filter(|field| !field.required).peekable();
    optional.peek()?;
    let setters = optional.map(setter);
    let inputs = &call.operation.type_name;
    Some(quote! {
        impl Request<operations::#inputs> {
            #(#setters)*
        }
    })
}

fn setter(field: &Field<'_>) -> TokenStream {
    let Field { name, setter, docs, .. } = field;
    let deprecated = field.deprecated.then(|| quote! { #[deprecated] });
    let (argument, value) = (field.argument(), field.value());
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #setter(mut self, #argument) -> Self {
            self.inner.inputs.#name = ::core::option::Option::Some(#value);
            self
        }
    }
}
