//! Parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::Rows;
use crate::emit::openapi::outline::Outline;
use crate::emit::openapi::types::checks;
use crate::ir::api::{Location, MediaKind, Parameter, ParameterEncoding, Style};
use crate::ir::types::TypeId;

/// What makes parameters different.
#[derive(PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "the document has as many flags")]
struct Key {
    wire: String,
    location: Location,
    written: Written,
    explode: bool,
    required: bool,
    allow_reserved: bool,
    allow_empty: bool,
    /// By which it is constrained.
    r#type: TypeId,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Written {
    Style(Style),
    Json,
    Text,
}

/// The distinct parameters.
#[derive(Default)]
pub(super) struct Parameters(Rows<Key>);

impl Parameters {
    pub(super) fn rows(self) -> Vec<TokenStream> {
        self.0.rows
    }

    pub(super) fn index(&mut self, outline: &Outline<'_>, parameter: &Parameter) -> usize {
        let (written, explode, allow_reserved) = written(parameter);
        let key = Key {
            wire: parameter.wire.clone(),
            location: parameter.location,
            written,
            explode,
            required: parameter.required,
            allow_reserved,
            allow_empty: parameter.allow_empty,
            r#type: parameter.r#type.id,
        };
        self.0.index(key, |key| row(outline, key))
    }
}

fn written(parameter: &Parameter) -> (Written, bool, bool) {
    match parameter.encoding {
        ParameterEncoding::Style { style, explode, allow_reserved } => (Written::Style(style), explode, allow_reserved),
        ParameterEncoding::Content(MediaKind::Json) => (Written::Json, false, false),
        ParameterEncoding::Content(MediaKind::Form) => (Written::Style(Style::Form), true, false),
        ParameterEncoding::Content(_) => (Written::Text, false, false),
    }
}

/// The parameter, as far as it differs from what parameters in its place mostly are.
fn row(outline: &Outline<'_>, key: &Key) -> TokenStream {
    let (preset, usual, explodes, is_required) = match key.location {
        Location::Path => (quote! { PATH }, Style::Simple, false, true),
        Location::Query | Location::QueryString => (quote! { QUERY }, Style::Form, true, false),
        Location::Header => (quote! { HEADER }, Style::Simple, false, false),
        Location::Cookie => (quote! { COOKIE }, Style::Form, true, false),
    };
    let wire = &key.wire;
    let mut fields = quote! { name: #wire, };
    if key.location == Location::QueryString {
        fields.extend(quote! { location: Location::QueryString, });
    }
    match key.written {
        Written::Style(style) if style == usual => {}
        Written::Style(style) => {
            let style = super::style(style);
            fields.extend(quote! { style: #style, });
        }
        Written::Json => fields.extend(quote! { style: Style::Json, }),
        Written::Text => fields.extend(quote! { style: Style::Text, }),
    }
    if key.explode != explodes && matches!(key.written, Written::Style(_)) {
        let explode = key.explode;
        fields.extend(quote! { explode: #explode, });
    }
    if key.required != is_required {
        let required = key.required;
        fields.extend(quote! { required: #required, });
    }
    if key.allow_reserved {
        fields.extend(quote! { allow_reserved: true, });
    }
    if key.allow_empty {
        fields.extend(quote! { allow_empty: true, });
    }
    let checks = checks(&outline.plan, key.r#type);
    if !checks.is_empty() {
        fields.extend(quote! { checks: &[#(#checks),*], });
    }
    quote! { Parameter { #fields ..Parameter::#preset } }
}
