//! The methods of `Handlers` for what MCP surfaces offer beside tools.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::names::gated;
use crate::ir::{Capability, Mcp, Surface};

/// What the MCP surfaces of a capability have.
struct Offered {
    has_prompts: bool,
    has_arguments: bool,
    has_resources: bool,
}

impl Offered {
    fn by(capability: &Capability) -> Self {
        let has = |what: fn(&Mcp) -> bool| {
            capability.exposes.iter().any(|exposes| matches!(&exposes.surface, Surface::Mcp(mcp) if what(mcp)))
        };
        Self {
            has_prompts: has(|mcp| !mcp.prompts.is_empty()),
            has_arguments: has(|mcp| {
                mcp.prompts.iter().any(|prompt| !prompt.arguments.is_empty())
                    || mcp.resources.iter().any(|resource| resource.uri.contains('{'))
            }),
            has_resources: has(|mcp| !mcp.resources.is_empty()),
        }
    }
}

/// The methods, each with a default.
pub(super) fn methods(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let offered = Offered::by(capability);
    let prompt = offered.has_prompts.then(|| {
        let docs = Docs::new()
            .prose("The messages of a prompt; those of the file, unless it is overridden. They may have images, sounds and resources in them.")
            .prose("# Errors")
            .prose("What the client is told instead.");
        quote! {
            #docs
            fn mcp_prompt(
                &self,
                prompt: #runtime::mcp::Prompt,
                context: #runtime::Context,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    ::std::vec::Vec<#runtime::mcp::PromptMessage>,
                    #runtime::Problem,
                >,
            > + ::core::marker::Send {
                let _ = context;
                ::core::future::ready(::core::result::Result::Ok(prompt.messages))
            }
        }
    });
    let completion = offered.has_arguments.then(|| {
        let docs = Docs::new()
            .prose("What an argument of a prompt, or a variable of a resource, may be, by its beginning. It stands behind the values that the file lists; nothing, unless it is overridden.")
            .prose("# Errors")
            .prose("What the client is told instead.");
        quote! {
            #docs
            fn mcp_completion(
                &self,
                completion: #runtime::mcp::Completion,
                context: #runtime::Context,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<
                    ::std::vec::Vec<::std::string::String>,
                    #runtime::Problem,
                >,
            > + ::core::marker::Send {
                let _ = (completion, context);
                ::core::future::ready(::core::result::Result::Ok(::std::vec::Vec::new()))
            }
        }
    });
    let updates = offered.has_resources.then(|| {
        let docs = Docs::new()
            .prose("What tells clients that resources have changed. Clients can subscribe to resources where it is overridden.");
        quote! {
            #docs
            fn mcp_updates(&self) -> ::core::option::Option<#runtime::mcp::Updates> {
                ::core::option::Option::None
            }
        }
    });
    gate(runtime, &quote! { #prompt #completion #updates })
}

/// What leads from the surfaces to the methods.
pub(super) fn dispatch(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let offered = Offered::by(capability);
    let prompt = offered.has_prompts.then(|| {
        quote! {
            fn mcp_prompt(
                &self,
                prompt: #runtime::mcp::Prompt,
                context: #runtime::Context,
            ) -> #runtime::__private::Prompted {
                let handlers = ::core::clone::Clone::clone(&self.0);
                ::std::boxed::Box::pin(async move { Handlers::mcp_prompt(&*handlers, prompt, context).await })
            }
        }
    });
    let completion = offered.has_arguments.then(|| {
        quote! {
            fn mcp_completion(
                &self,
                completion: #runtime::mcp::Completion,
                context: #runtime::Context,
            ) -> #runtime::__private::Completed {
                let handlers = ::core::clone::Clone::clone(&self.0);
                ::std::boxed::Box::pin(async move { Handlers::mcp_completion(&*handlers, completion, context).await })
            }
        }
    });
    let updates = offered.has_resources.then(|| {
        quote! {
            fn mcp_updates(&self) -> ::core::option::Option<#runtime::mcp::Updates> {
                Handlers::mcp_updates(&*self.0)
            }
        }
    });
    gate(runtime, &quote! { #prompt #completion #updates })
}

fn gate(runtime: &TokenStream, items: &TokenStream) -> TokenStream {
    if items.is_empty() { TokenStream::new() } else { gated(runtime, "when_mcp", items) }
}
