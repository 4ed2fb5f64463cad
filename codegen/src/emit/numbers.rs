//! Numbers, as Rust has them: a magnitude, and before it a sign.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A whole number.
pub(super) fn integer(value: i128) -> TokenStream {
    signed(value < 0, &Literal::u128_unsuffixed(value.unsigned_abs()))
}

/// A double, if Rust can write it.
pub(super) fn double(value: f64) -> Option<TokenStream> {
    let magnitude = value.is_finite().then(|| Literal::f64_unsuffixed(value.abs()))?;
    Some(signed(value.is_sign_negative(), &magnitude))
}

fn signed(is_negative: bool, magnitude: &Literal) -> TokenStream {
    if is_negative {
        quote! { -#magnitude }
    } else {
        quote! { #magnitude }
    }
}
