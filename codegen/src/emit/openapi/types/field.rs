//! What a field is in Rust: present, optional, nullable, or with a default.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{At, Plan};
use super::value;
use crate::ir::types::{Field, Literal};

/// A field as it is emitted.
pub(super) struct Planned {
    pub(super) r#type: TokenStream,
    pub(super) blank: TokenStream,
    /// Whether it is written even when it is `None`, and missed when it is absent.
    pub(super) required: bool,
}

/// Decides on a field of a struct.
pub(super) fn plan(plan: &Plan<'_>, at: At, field: &Field) -> Planned {
    let usage = field.r#type;
    let inner = plan.held(usage, at);
    let none = quote! { ::core::option::Option::None };
    let is_nullable = usage.nullable && !plan.is_any(usage.id);
    let optional =
        |required| Planned { r#type: quote! { ::core::option::Option<#inner> }, blank: none.clone(), required };
    let told_apart = || Planned {
        r#type: quote! { ::core::option::Option<::core::option::Option<#inner>> },
        blank: none.clone(),
        required: false,
    };
    // One side never sees it.
    if field.read_only || field.write_only {
        return if is_nullable && !field.required { told_apart() } else { optional(is_nullable) };
    }
    match &field.default {
        Some(Literal::Null) if is_nullable => return optional(false),
        Some(default) if !usage.nullable => {
            if let Some(blank) = value::literal(plan, at, usage, default) {
                return Planned { r#type: inner, blank, required: false };
            }
        }
        _ => {}
    }
    match (field.required, is_nullable) {
        (true, false) if plan.ends(usage) => {
            Planned { r#type: inner, blank: value::blank(plan, at, usage), required: true }
        }
        (true, false) => optional(true),
        (true, true) => optional(true),
        (false, false) => optional(false),
        (false, true) => told_apart(),
    }
}
