//! Emission for OpenAPI documents.

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::sink::{Sink, module};
use crate::ir::RustName;
use crate::ir::api::Api;

mod docs;
mod sink;
mod types;

/// What emission needs to know besides the API.
#[derive(Clone, Debug)]
pub(crate) struct ApiOptions {
    /// The name of the module.
    pub(crate) module: RustName,
    /// The path to the runtime: `$crate` inside the macro, `::capsmith` in files.
    pub(crate) runtime: TokenStream,
    /// Paths of traits that every generated type derives.
    pub(crate) derives: Vec<TokenStream>,
}

/// A part of a module's inside that is emitted independently of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The types.
    Types,
}

impl Part {
    /// All parts, in the order of the module.
    pub(crate) const ALL: &[Self] = &[Self::Types];
}

/// What stands before the braces of the module: documentation, attributes and `pub mod name`.
pub(crate) fn head(_api: &Api, options: &ApiOptions) -> TokenStream {
    let name = &options.module;
    quote! { pub mod #name }
}

/// Hands over the items of a part.
pub(crate) fn emit(part: Part, api: &Api, options: &ApiOptions, sink: &mut dyn Sink) {
    let plan = types::Plan::new(&api.types, options);
    match part {
        Part::Types => types::emit(&plan, sink),
    }
}
