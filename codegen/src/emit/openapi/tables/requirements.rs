//! Security requirements.

use proc_macro2::TokenStream;
use quote::quote;

use super::Rows;
use crate::emit::names::index;

/// The distinct pairs of a security scheme and the scopes that are demanded of it.
#[derive(Default)]
pub(super) struct Requirements(Rows<(usize, Vec<String>)>);

impl Requirements {
    pub(super) fn rows(self) -> Vec<TokenStream> {
        self.0.rows
    }

    pub(super) fn index(&mut self, scheme: usize, scopes: &[String]) -> usize {
        self.0.index((scheme, scopes.to_vec()), |(scheme, scopes)| {
            let scheme = index(*scheme);
            quote! { Requirement { scheme: #scheme, scopes: &[#(#scopes),*] } }
        })
    }
}
