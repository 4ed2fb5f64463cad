//! The macro door of the Capsmith compiler.
//!
//! This crate is a part of `capsmith`, which re-exports what is here by macros of the same names. They add the path to
//! themselves, so that generated code finds the runtime under whatever name a crate depends on it.

use capsmith_codegen::CallSite;
use proc_macro::TokenStream;
use proc_macro2::Span;

/// The inside of `capsmith::include_capability!`, which documents it.
#[proc_macro]
pub fn include_capability(input: TokenStream) -> TokenStream {
    capsmith_codegen::include_capability(input.into(), call_site).into()
}

/// The inside of `capsmith::include_openapi!`, which documents it.
#[proc_macro]
pub fn include_openapi(input: TokenStream) -> TokenStream {
    capsmith_codegen::include_openapi(input.into(), call_site).into()
}

fn call_site(literal: Span) -> CallSite {
    CallSite::new(literal.unwrap().local_file(), std::env::var_os("CARGO_MANIFEST_DIR").map(Into::into))
}
