//! `serve`, `serve_with` and `bind`: all surfaces at their addresses.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use crate::ir::Capability;

/// The three functions. Where handlers have methods of their own to implement, there is no `serve` without them.
pub(super) fn emit(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let errors = "Where a setting is missing, an address is refused or cannot be listened on, or a listener fails.";
    let serve = Docs::new()
        .prose("Serves all surfaces, calling the upstreams, until the process is told to stop.")
        .prose("# Errors")
        .prose(errors);
    let serve_with = Docs::new()
        .prose("Serves all surfaces with these handlers, until the process is told to stop.")
        .prose("# Errors")
        .prose(errors);
    let bind = Docs::new()
        .prose("Listens at all addresses without serving yet. The server that it gives back tells the real addresses.")
        .prose("# Errors")
        .prose("Where a setting is missing, or an address is refused or cannot be listened on.");
    let serve = capability.scripts.is_empty().then(|| {
        quote! {
            #serve
            pub async fn serve(config: Config) -> ::core::result::Result<(), #runtime::Error> {
                let client = Client::new(&config)?;
                serve_with(config, client).await
            }
        }
    });
    quote! {
        #serve

        #serve_with
        pub async fn serve_with(
            config: Config,
            handlers: impl Handlers,
        ) -> ::core::result::Result<(), #runtime::Error> {
            bind(config, handlers).await?.run().await
        }

        #bind
        pub async fn bind(
            config: Config,
            handlers: impl Handlers,
        ) -> ::core::result::Result<#runtime::Server, #runtime::Error> {
            #runtime::__private::bind(&CAPABILITY, config.lower(), dispatcher(handlers)).await
        }
    }
}
