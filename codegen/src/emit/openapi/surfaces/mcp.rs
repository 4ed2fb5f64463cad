//! `mod mcp`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{CallersArgument, SERVE_ERRORS, callers_argument};
use crate::emit::docs::Docs;
use crate::emit::openapi::outline::Outline;
use crate::openapi::Surface;

pub(super) fn module(outline: &Outline<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let surfaces = outline.options.surfaces;
    let docs = Docs::new()
        .prose("The operations as tools of MCP (Model Context Protocol).")
        .prose("Arguments are checked against the document before anything is called.");
    let forwarding = surfaces.have_client().then(|| forwarding(runtime));
    let handling = surfaces.has(Surface::Server).then(|| handling(outline));
    quote! {
        #docs
        pub mod mcp {
            #forwarding
            #handling
        }
    }
}

/// The tools that ask the upstream.
fn forwarding(runtime: &TokenStream) -> TokenStream {
    let router = Docs::new()
        .prose("Streamable HTTP at `/mcp`, to be served or merged into another router. The tools ask the upstream.");
    let serve = Docs::new()
        .prose(
            "Serves `/mcp` and `/health` at an address until the process is told to stop. The tools ask the upstream.",
        )
        .prose("# Errors")
        .prose(SERVE_ERRORS);
    let stdio = Docs::new()
        .prose("Serves on standard input and output until the input ends. The tools ask the upstream.")
        .prose("# Errors")
        .prose("Where reading or writing fails.");
    quote! {
        fn forwarder(client: super::Client) -> ::std::sync::Arc<dyn #runtime::__private::Serve> {
            ::std::sync::Arc::new(#runtime::__private::Forwarder::new(client.inner, super::inputs))
        }

        #router
        pub fn router(client: super::Client) -> #runtime::axum::Router {
            let settings = ::core::clone::Clone::clone(client.inner.settings());
            let none = ::core::option::Option::None;
            #runtime::__private::api_mcp_router(&super::API, &super::DOCUMENT, forwarder(client), none, &settings)
        }

        #serve
        pub async fn serve(
            client: super::Client,
            address: impl ::core::convert::Into<#runtime::ListenAddress>,
        ) -> ::core::result::Result<(), #runtime::Error> {
            let settings = ::core::clone::Clone::clone(client.inner.settings());
            #runtime::__private::serve_router(&super::API, address, router(client), &settings).await
        }

        #stdio
        pub async fn serve_stdio(client: super::Client) -> ::core::result::Result<(), #runtime::Error> {
            let settings = ::core::clone::Clone::clone(client.inner.settings());
            #runtime::__private::api_serve_stdio(&super::API, &super::DOCUMENT, forwarder(client), &settings).await
        }
    }
}

/// The tools that handlers answer.
fn handling(outline: &Outline<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let CallersArgument { declared, named, lowered } = callers_argument(outline);
    let router = Docs::new()
        .prose("Streamable HTTP at `/mcp`, to be served or merged into another router. The handlers answer the tools.");
    let router_with = Docs::new().prose("The same with settings.");
    quote! {
        #router
        pub fn handlers_router(handlers: impl super::Handlers #declared) -> #runtime::axum::Router {
            handlers_router_with(handlers #named, &::core::default::Default::default())
        }

        #router_with
        pub fn handlers_router_with(
            handlers: impl super::Handlers
            #declared,
            settings: &#runtime::Settings,
        ) -> #runtime::axum::Router {
            let handlers = super::dispatcher(handlers);
            #runtime::__private::api_mcp_router(&super::API, &super::DOCUMENT, handlers, #lowered, settings)
        }
    }
}
