//! What an OpenAPI document says about a parameter.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::openapi::tables::style;
use crate::emit::openapi::types::{At, checks};
use crate::emit::values::Values;
use crate::ir::api::{MediaKind, ParameterEncoding, Style};
use crate::ir::Schema;

/// The schema as an `Option`.
pub(super) fn schema(schema: Option<&Schema>, values: &Values<'_>) -> TokenStream {
    let (Some(schema), Some(plan)) = (schema, &values.plan) else { return quote! { None } };
    let runtime = values.runtime;
    let Schema { r#type, encoding, allow_empty, default: _ } = schema;
    let kind = plan.usage(*r#type, At::Beside);
    let mut fields = TokenStream::new();
    let (written, explode, allow_reserved) = match encoding {
        ParameterEncoding::Style { style, explode, allow_reserved } => (self::style(*style), *explode, *allow_reserved),
        ParameterEncoding::Content(MediaKind::Json) => (quote! { Style::Json }, false, false),
        ParameterEncoding::Content(MediaKind::Form) => (self::style(Style::Form), true, false),
        ParameterEncoding::Content(_) => (quote! { Style::Text }, false, false),
    };
    fields.extend(quote! { style: #runtime::openapi::#written, });
    if explode {
        fields.extend(quote! { explode: true, });
    }
    if allow_reserved {
        fields.extend(quote! { allow_reserved: true, });
    }
    if *allow_empty {
        fields.extend(quote! { allow_empty: true, });
    }
    let checks = checks(plan, r#type.id);
    if !checks.is_empty() {
        fields.extend(quote! { checks: &[#(#checks),*], });
    }
    quote! { Some(&Schema { #fields blank: #runtime::__private::TypedArgument::blank::<#kind>, ..Schema::ANY }) }
}
