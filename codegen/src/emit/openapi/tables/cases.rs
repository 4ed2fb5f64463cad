//! Answers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Rows;
use crate::emit::names::index;
use crate::emit::openapi::outcome::Case;
use crate::ir::api::{MediaKind, Status};

/// What makes answers different.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    status: Status,
    media_type: String,
    kind: Option<MediaKind>,
    variant: usize,
}

/// The distinct answers.
#[derive(Default)]
pub(super) struct Cases(Rows<Key>);

impl Cases {
    pub(super) fn rows(self) -> Vec<TokenStream> {
        self.0.rows
    }

    pub(super) fn index(&mut self, case: &Case<'_>) -> usize {
        let key = Key {
            status: case.response.status,
            media_type: case.media_type.to_owned(),
            kind: case.kind,
            variant: case.variant,
        };
        self.0.index(key, row)
    }
}

fn row(key: &Key) -> TokenStream {
    let status = match key.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { Code(#code) }
        }
        Status::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote! { Range(#digit) }
        }
        Status::Default => quote! { Default },
    };
    let media_type = &key.media_type;
    let kind = super::media_kind(key.kind);
    let variant = index(key.variant);
    quote! { Case { status: Status::#status, media_type: #media_type, kind: #kind, variant: #variant } }
}
