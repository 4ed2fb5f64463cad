//! `mod rest`, `mod mcp` and `mod skill`: the routers of single surfaces.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, code, inline};
use super::names::{gated, index};
use crate::ir::{Capability, Exposes, Forward, Mcp, Prompt, Resource, Route, Skill, Surface, Tool};

/// What is said of routers that demand something of callers.
const DEMANDED: &str =
    "Wherever that is, callers must prove what the file demands, by the configuration of the client.";

/// One module for each surface.
pub(super) fn emit(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let surfaces = capability.exposes.iter().enumerate().map(|(number, exposes)| match &exposes.surface {
        Surface::Rest(routes) => gated(runtime, "when_rest", &rest(number, exposes, routes, runtime)),
        Surface::Mcp(offered) => gated(runtime, "when_mcp", &mcp(number, exposes, offered, runtime)),
        Surface::Skill(skills) => gated(runtime, "when_skill", &skill(number, exposes, skills, runtime)),
        // It tells of the server that it belongs to, and is nothing without one.
        Surface::Control(_) => TokenStream::new(),
    });
    quote! { #(#surfaces)* }
}

fn rest(number: usize, exposes: &Exposes, routes: &[Route], runtime: &TokenStream) -> TokenStream {
    let module = &exposes.module;
    let number = index(number);
    let docs = Docs::new()
        .prose(&format!("REST: {}.", code(&exposes.namespace)))
        .text(&exposes.description)
        .list(routes.iter().map(route).chain(exposes.forwards.iter().map(forward)));
    let constructor = router(
        "The routes of this surface and nothing else, to be served or merged into another router.",
        exposes,
        &quote! { #runtime::__private::rest_router },
        &number,
        runtime,
    );
    let documentation = Docs::new().prose(
        "The OpenAPI document at `/openapi.json` and a page that shows it at `/docs`, to be merged with\n[`router`] where that is not served by `serve`.",
    );
    let documentation = match exposes.authentication {
        Some(_) => documentation.prose("These are open to everyone, whatever callers of the surface must prove."),
        None => documentation,
    };
    quote! {
        #docs
        pub mod #module {
            #constructor

            #documentation
            pub fn documentation(handlers: &impl super::Handlers) -> #runtime::axum::Router {
                #runtime::__private::rest_documentation(&super::CAPABILITY, #number, &handlers.client().inner)
            }
        }
    }
}

fn mcp(number: usize, exposes: &Exposes, mcp: &Mcp, runtime: &TokenStream) -> TokenStream {
    let module = &exposes.module;
    let number = index(number);
    let docs = Docs::new().prose(&format!("MCP: {}.", code(&exposes.namespace))).text(&exposes.description).list(
        mcp.tools.iter().map(tool).chain(mcp.resources.iter().map(resource)).chain(mcp.prompts.iter().map(prompt)),
    );
    let constructor = router(
        "Streamable HTTP at `/mcp`, to be served or merged into another router.",
        exposes,
        &quote! { #runtime::__private::mcp_router },
        &number,
        runtime,
    );
    let stdio_docs = Docs::new()
        .prose("Serves on standard input and output until the input ends.")
        .prose("# Errors")
        .prose("Where reading or writing fails.");
    quote! {
        #docs
        pub mod #module {
            #constructor

            #stdio_docs
            pub async fn serve_stdio(
                handlers: impl super::Handlers,
            ) -> ::core::result::Result<(), #runtime::Error> {
                let settings = ::core::clone::Clone::clone(handlers.client().inner.settings());
                #runtime::__private::serve_stdio(
                    &super::CAPABILITY,
                    #number,
                    super::dispatcher(handlers),
                    &settings,
                )
                .await
            }
        }
    }
}

fn skill(number: usize, exposes: &Exposes, skills: &[Skill], runtime: &TokenStream) -> TokenStream {
    let module = &exposes.module;
    let number = index(number);
    let docs = Docs::new()
        .prose(&format!("Skills: {}.", code(&exposes.namespace)))
        .text(&exposes.description)
        .list(skills.iter().map(|skill| described(&code(&skill.name), &skill.description)));
    let constructor = Docs::new()
        .prose("The catalogue at `/skills`, to be served or merged into another router.")
        .prose("Of the client it takes the settings.");
    let constructor = match exposes.authentication {
        Some(_) => constructor.prose(DEMANDED),
        None => constructor,
    };
    quote! {
        #docs
        pub mod #module {
            #constructor
            pub fn router(client: &super::Client) -> #runtime::axum::Router {
                #runtime::__private::skill_router(&super::CAPABILITY, #number, &client.inner)
            }
        }
    }
}

/// The function that makes the router of a surface.
fn router(docs: &str, exposes: &Exposes, maker: &TokenStream, number: &Literal, runtime: &TokenStream) -> TokenStream {
    let docs = Docs::new().prose(docs);
    let docs = match exposes.authentication {
        Some(_) => docs.prose(DEMANDED),
        None => docs,
    };
    quote! {
        #docs
        pub fn router(handlers: impl super::Handlers) -> #runtime::axum::Router {
            let client = ::core::clone::Clone::clone(&handlers.client().inner);
            #maker(&super::CAPABILITY, #number, super::dispatcher(handlers), &client)
        }
    }
}

fn route(route: &Route) -> String {
    let line = code(&format!("{} {}", route.method.as_str(), route.path));
    described(&line, &route.description)
}

fn forward(forward: &Forward) -> String {
    described(&code(&forward.path), "requests are handed on to the upstream")
}

fn tool(tool: &Tool) -> String {
    described(&code(&tool.name), &tool.description)
}

fn resource(resource: &Resource) -> String {
    described(&format!("resource {}", code(&resource.uri)), &resource.description)
}

fn prompt(prompt: &Prompt) -> String {
    described(&format!("prompt {}", code(&prompt.name)), &prompt.description)
}

fn described(subject: &str, description: &str) -> String {
    let description = inline(description);
    if description.is_empty() { subject.to_owned() } else { format!("{subject}: {description}") }
}
