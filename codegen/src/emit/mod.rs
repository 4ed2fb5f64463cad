//! Emission: the resolved program in, Rust tokens out.
//!
//! One file a concern. Emission cannot fail: everything that can be wrong with a capability was found before there was
//! an [`ir::Capability`](crate::ir::Capability). What is emitted
//!
//! - names the runtime by one path, and everything else by absolute paths, so that it works in any crate, edition and
//!   prelude;
//! - is data as far as possible: one set of static tables, and thin typed shims over them;
//! - is the same for every set of runtime features, because the runtime's `when_*!` macros drop what is not enabled;
//! - depends on nothing but the capability, so that the same input gives the same output everywhere.

use proc_macro2::TokenStream;
use quote::quote;

use self::docs::Docs;
use self::names::gated;
use self::openapi::ApiOptions;
pub use self::rest_document::{RestDocument, rest_documents};
use self::values::Values;
use crate::ir::Capability;
use crate::openapi::Surfaces;

mod client;
mod config;
mod construction;
mod docs;
mod formats;
mod handlers;
mod inputs;
mod mcp_handlers;
mod names;
mod numbers;
pub(crate) mod openapi;
mod request;
mod rest_document;
mod scripts;
mod serve;
mod surfaces;
mod tables;
#[cfg(test)]
mod tests;
pub(crate) mod tool_list;
mod values;

/// What emission needs to know besides the capability.
#[derive(Clone, Debug)]
pub(crate) struct EmitOptions {
    /// The path to the runtime: `$crate` inside the macro, `::capsmith` in files.
    pub(crate) runtime: TokenStream,
}

/// The module of a capability.
pub(crate) fn module(capability: &Capability, options: &EmitOptions) -> TokenStream {
    let runtime = &options.runtime;
    let name = &capability.module;
    let docs = module_docs(capability);
    let joined = joined(capability, options);
    let values = Values::new(capability, &joined);
    let tables = tables::emit(capability, &values);
    let config = config::emit(capability, runtime);
    let inputs = inputs::emit(capability, &values);
    let client = client::emit(capability, &values);
    let request = request::emit(capability, &values);
    let client = gated(runtime, "when_client", &quote! { #client #request });
    let forward = client::emit_forward(runtime);
    let handlers = handlers::emit(capability, &values);
    let scripts = scripts::emit(capability, &values);
    let serve = serve::emit(capability, runtime);
    let needs = [
        formats::needs(capability, runtime),
        tables::rules::needs(capability, runtime),
        tables::control::needs(capability, runtime),
    ];
    let server = gated(runtime, "when_server", &quote! { #(#needs)* #forward #scripts #handlers #serve });
    let surfaces = surfaces::emit(capability, runtime);
    let types = values.module();
    // What a document deprecates is there nevertheless, and so uses itself.
    let deprecated = types.is_some().then(|| quote! { deprecated, });
    quote! {
        #docs
        // A program need not use everything, and the words of the file are not ours to correct.
        #[allow(
            dead_code,
            #deprecated
            unreachable_pub,
            clippy::doc_markdown,
            clippy::self_named_constructors,
            clippy::similar_names,
            clippy::struct_field_names,
            clippy::too_many_arguments,
            clippy::too_many_lines
        )]
        pub mod #name {
            #tables
            #config
            #inputs
            #client
            #server
            #surfaces
            #types
        }
    }
}

/// How the types of a joined document are emitted.
pub(crate) fn joined(capability: &Capability, options: &EmitOptions) -> ApiOptions {
    ApiOptions {
        module: capability.module.clone(),
        runtime: options.runtime.clone(),
        derives: Vec::new(),
        surfaces: Surfaces::default(),
    }
}

fn module_docs(capability: &Capability) -> Docs {
    let docs = Docs::new().text_or(&capability.label, "A capability.");
    if capability.description.trim() == capability.label.trim() { docs } else { docs.text(&capability.description) }
}
