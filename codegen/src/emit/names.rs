//! Identifiers and paths.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::ir::RustName;

impl ToTokens for RustName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        ident(self).to_tokens(tokens);
    }
}

/// The identifier of a name; `r#` makes it raw.
pub(super) fn ident(name: &RustName) -> Ident {
    format_ident!("{}", name.as_str())
}

/// An index without a suffix, as a person would write it.
pub(super) fn index(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}

/// Items that exist only where the runtime has what they need: `when_client! { … }`.
pub(super) fn gated(runtime: &TokenStream, gate: &str, items: &TokenStream) -> TokenStream {
    let gate = format_ident!("{gate}");
    quote! { #runtime::__private::#gate! { #items } }
}
