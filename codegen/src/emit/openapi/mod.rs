//! Emission for OpenAPI documents.
//!
//! What an API says is emitted as tables (`tables`), and thin typed shims lead to them: the inputs of operations, the
//! client, and the enums of what bodies can be. Every shim is `#[inline]`, so that rustc generates code for what a program
//! calls, and not for what its document holds. `outline` decides on names and types that several parts need, and the
//! other modules are one for each module or item of the output.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use self::outline::Outline;
pub(super) use self::sink::Items;
pub(crate) use self::sink::{Sink, module};
#[cfg(test)]
pub(crate) use self::types::json::json;
use crate::emit::docs::{Docs, code};
use crate::ir::RustName;
use crate::ir::api::Api;
use crate::openapi::{FileReport, Surfaces};

mod accept;
mod answers;
mod bodies;
mod callers;
mod client;
mod content;
mod docs;
pub(super) mod document;
mod handlers;
mod inputs;
mod outcome;
mod outline;
mod payload;
mod request;
mod respond;
mod servers;
mod settings;
mod sink;
mod surfaces;
pub(super) mod tables;
#[cfg(test)]
mod tests;
pub(super) mod types;

/// What emission needs to know besides the API.
#[derive(Clone, Debug)]
pub(crate) struct ApiOptions {
    /// The name of the module.
    pub(crate) module: RustName,
    /// The path to the runtime: `$crate` inside the macro, `::capsmith` in files.
    pub(crate) runtime: TokenStream,
    /// Paths of traits that every generated type derives.
    pub(crate) derives: Vec<TokenStream>,
    /// What is made of the document.
    pub(crate) surfaces: Surfaces,
}

/// A part of a module's inside that is emitted independently of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The settings and the client.
    Client,
    /// The inputs of the operations.
    Operations,
    /// The enums of what requests and answers can hold, and multipart bodies.
    Bodies,
    /// The types.
    Types,
    /// What answers the operations, and the surfaces.
    Surfaces,
    /// The API as data.
    Tables,
    /// The document as JSON.
    Document,
}

impl Part {
    /// All parts, in the order of the module.
    pub(crate) const ALL: &[Self] =
        &[Self::Client, Self::Surfaces, Self::Operations, Self::Bodies, Self::Types, Self::Tables, Self::Document];
}

/// What stands before the braces of the module: documentation, attributes and `pub mod name`.
pub(crate) fn head(api: &Api, options: &ApiOptions) -> TokenStream {
    let name = &options.module;
    let docs = module_docs(api);
    quote! {
        #docs
        // A program need not use everything, and the words of the document are not ours to correct.
        #[allow(
            dead_code,
            deprecated,
            nonstandard_style,
            unreachable_pub,
            clippy::all,
            clippy::pedantic
        )]
        pub mod #name
    }
}

fn module_docs(api: &Api) -> Docs {
    let docs = Docs::new().text_or(&api.title, "A client of an API.");
    let docs = if api.description.trim() == api.title.trim() {
        docs
    } else {
        docs.text(self::docs::shortened(&api.description))
    };
    let operations = match api.operations.len() {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    };
    docs.prose(&format!("Version {}, {operations}.", code(&api.version)))
}

/// Hands over the items of a part. `files` are what the API was read from, in which its examples are.
pub(crate) fn emit(part: Part, api: &Api, files: &[FileReport], options: &ApiOptions, sink: &mut dyn Sink) {
    let outline = || Outline::new(api, options);
    match part {
        Part::Client if !options.surfaces.have_client() => {}
        Part::Client => {
            let outline = outline();
            settings::emit(&outline, sink);
            servers::emit(&outline, sink);
            client::emit(&outline, sink);
        }
        Part::Operations => inputs::emit(&outline(), sink),
        Part::Bodies => {
            let outline = outline();
            bodies::emit(&outline, sink);
            answers::emit(&outline, sink);
        }
        Part::Types => types::emit(&types::Plan::new(api, options), sink),
        Part::Tables => tables::emit(&outline(), sink),
        Part::Surfaces => {
            let outline = outline();
            handlers::emit(&outline, sink);
            surfaces::emit(&outline, sink);
        }
        Part::Document if !options.surfaces.are_served() => {}
        Part::Document => document::emit(&outline(), files, sink),
    }
}

/// The operations and the schemas of a document as its servers have them.
pub(super) fn pieces(api: &Api, files: &[FileReport], options: &ApiOptions) -> (Vec<String>, Vec<(String, String)>) {
    document::pieces(&Outline::new(api, options), files)
}

/// Begins items that exist only where the runtime has a client.
fn open_client(outline: &Outline<'_>, sink: &mut dyn Sink) {
    open_gate(outline, "when_client", sink);
}

/// Begins items that exist only where the runtime has what they need.
fn open_gate(outline: &Outline<'_>, gate: &str, sink: &mut dyn Sink) {
    let (runtime, gate) = (&outline.options.runtime, format_ident!("{gate}"));
    sink.open(quote! { #runtime::__private::#gate! });
}
