//! `mod server`, `mod mock` and `mod mcp`: routers of the surfaces, and serving them.

use proc_macro2::TokenStream;
use quote::quote;

use super::outline::Outline;
use super::{Sink, callers, open_gate};
use crate::emit::docs::Docs;
use crate::openapi::Surface;

mod mcp;

/// A module for each surface that is wanted.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let runtime = &outline.options.runtime;
    for (surface, gate, module) in [
        (Surface::Server, "when_rest", server(outline)),
        (Surface::Mock, "when_mock", mock(runtime)),
        (Surface::Mcp, "when_mcp", mcp::module(outline)),
    ] {
        if outline.options.surfaces.has(surface) {
            open_gate(outline, gate, sink);
            sink.item(module);
            sink.close();
        }
    }
}

const SERVE_ERRORS: &str = "Where the address is refused or cannot be listened on.";

/// The argument behind the handlers that says which callers they have, how it is passed on, and what the runtime gets. Where
/// the document demands nothing there is none.
struct CallersArgument {
    declared: Option<TokenStream>,
    named: Option<TokenStream>,
    lowered: TokenStream,
}

fn callers_argument(outline: &Outline<'_>) -> CallersArgument {
    if callers::are_demanded(outline.api) {
        CallersArgument {
            declared: Some(quote! { , callers: super::Callers }),
            named: Some(quote! { , callers }),
            lowered: quote! { callers.lower() },
        }
    } else {
        CallersArgument { declared: None, named: None, lowered: quote! { ::core::option::Option::None } }
    }
}

fn server(outline: &Outline<'_>) -> TokenStream {
    let runtime = &outline.options.runtime;
    let CallersArgument { declared, named, lowered } = callers_argument(outline);
    let docs = Docs::new()
        .prose("A server of the API: its operations at their paths, the document at `/openapi.json`, and a page at `/docs` that\nshows it.")
        .prose("Requests are read into the inputs of their operations. What does not fit is refused with problem details\n(RFC 9457) that list all that is wrong, and no handler is called.");
    let docs = match named {
        Some(_) => docs.prose("What the document demands of callers (`security`) is checked before anything else."),
        None => docs,
    };
    let router = Docs::new().prose("The routes and nothing else, to be served or merged into another router.");
    let router_with = Docs::new().prose("The same with settings.");
    let serve = Docs::new()
        .prose("Serves the routes and `/health` at an address until the process is told to stop.")
        .prose("# Errors")
        .prose(SERVE_ERRORS);
    let serve_with = Docs::new().prose("The same with settings.").prose("# Errors").prose(SERVE_ERRORS);
    quote! {
        #docs
        pub mod server {
            #router
            pub fn router(handlers: impl super::Handlers #declared) -> #runtime::axum::Router {
                router_with(handlers #named, &::core::default::Default::default())
            }

            #router_with
            pub fn router_with(
                handlers: impl super::Handlers
                #declared,
                settings: &#runtime::Settings,
            ) -> #runtime::axum::Router {
                let handlers = super::dispatcher(handlers);
                #runtime::__private::api_router(&super::API, &super::DOCUMENT, handlers, #lowered, settings)
            }

            #serve
            pub async fn serve(
                handlers: impl super::Handlers
                #declared,
                address: impl ::core::convert::Into<#runtime::ListenAddress>,
            ) -> ::core::result::Result<(), #runtime::Error> {
                serve_with(handlers #named, address, &::core::default::Default::default()).await
            }

            #serve_with
            pub async fn serve_with(
                handlers: impl super::Handlers
                #declared,
                address: impl ::core::convert::Into<#runtime::ListenAddress>,
                settings: &#runtime::Settings,
            ) -> ::core::result::Result<(), #runtime::Error> {
                let router = router_with(handlers #named, settings);
                #runtime::__private::serve_router(&super::API, address, router, settings).await
            }
        }
    }
}

fn mock(runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new()
        .prose("A server that answers by the document alone: with its examples, or with data that its schemas allow.")
        .prose("What is sent to a collection can be listed, read and deleted there. Nothing outlives the router.");
    let router = Docs::new().prose("The routes of a mock of its own, to be served or called in a test.");
    let serve = Docs::new()
        .prose("Serves a mock at an address until the process is told to stop.")
        .prose("# Errors")
        .prose(SERVE_ERRORS);
    quote! {
        #docs
        pub mod mock {
            #router
            pub fn router() -> #runtime::axum::Router {
                #runtime::__private::mock_router(&super::API, &super::DOCUMENT, super::inputs)
            }

            #serve
            pub async fn serve(
                address: impl ::core::convert::Into<#runtime::ListenAddress>,
            ) -> ::core::result::Result<(), #runtime::Error> {
                let settings = ::core::default::Default::default();
                #runtime::__private::serve_router(&super::API, address, router(), &settings).await
            }
        }
    }
}
