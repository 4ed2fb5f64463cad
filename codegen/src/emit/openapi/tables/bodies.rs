//! Contents of request bodies.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::Rows;
use crate::emit::openapi::content::Held;
use crate::emit::openapi::outline::Outline;
use crate::emit::openapi::payload::{Filled, PartValue};
use crate::emit::openapi::types::checks;
use crate::ir::api::{Header, MediaKind, PartEncoding};
use crate::ir::types::{EnumBase, Kind, Literal};

/// The distinct contents. Their text is what makes them different.
#[derive(Default)]
pub(super) struct Bodies(Rows<String>);

impl Bodies {
    pub(super) fn rows(self) -> Vec<TokenStream> {
        self.0.rows
    }

    pub(super) fn index(&mut self, outline: &Outline<'_>, form: &Filled<'_>) -> usize {
        let row = row(outline, form);
        self.0.index(row.to_string(), |_| row)
    }
}

fn row(outline: &Outline<'_>, form: &Filled<'_>) -> TokenStream {
    let media_type = &form.content.media_type;
    let mut fields = TokenStream::new();
    if media_type != "application/json" {
        fields.extend(quote! { media_type: #media_type, });
    }
    if form.kind != MediaKind::Json {
        let kind = super::media_kind(Some(form.kind));
        fields.extend(quote! { kind: #kind, });
    }
    let parts = parts(outline, form);
    if !parts.is_empty() {
        fields.extend(quote! { parts: &[#(#parts),*], });
    }
    if let (Held::Typed(usage), None) = (form.held, &form.parts) {
        let checks = checks(&outline.plan, usage.id);
        if !checks.is_empty() {
            fields.extend(quote! { checks: &[#(#checks),*], });
        }
    }
    if fields.is_empty() {
        return quote! { Body::DEFAULT };
    }
    quote! { Body { #fields ..Body::DEFAULT } }
}

/// The parts of which there is something to say.
fn parts(outline: &Outline<'_>, form: &Filled<'_>) -> Vec<TokenStream> {
    let encodings = &form.content.encodings;
    let Some(parts) = &form.parts else {
        return encodings
            .iter()
            .filter_map(|encoding| part(outline, &encoding.property, Some(encoding), &[]))
            .collect();
    };
    let encodings: HashMap<&str, &PartEncoding> =
        encodings.iter().map(|encoding| (encoding.property.as_str(), encoding)).collect();
    let row = |wire: &str, value: PartValue| {
        let checks = match value {
            PartValue::Typed(usage) => checks(&outline.plan, usage.id),
            PartValue::Upload | PartValue::Uploads => Vec::new(),
        };
        part(outline, wire, encodings.get(wire).copied(), &checks)
    };
    parts.list.iter().filter_map(|part| row(part.wire, part.value)).collect()
}

fn part(
    outline: &Outline<'_>,
    wire: &str,
    encoding: Option<&PartEncoding>,
    checks: &[TokenStream],
) -> Option<TokenStream> {
    let mut fields = TokenStream::new();
    if let Some(encoding) = encoding {
        if let Some(content_type) = encoding.content_types.first() {
            fields.extend(quote! { content_type: #content_type, });
        }
        if let Some((style, explode)) = encoding.style {
            let written = super::style(style);
            fields.extend(quote! { style: Some(#written), });
            if !explode {
                fields.extend(quote! { explode: false, });
            }
        }
        if encoding.allow_reserved {
            fields.extend(quote! { allow_reserved: true, });
        }
        let headers: Vec<_> = encoding.headers.iter().filter_map(|header| fixed(outline, header)).collect();
        if !headers.is_empty() {
            fields.extend(quote! { headers: &[#(#headers),*], });
        }
    }
    if !checks.is_empty() {
        fields.extend(quote! { checks: &[#(#checks),*], });
    }
    (!fields.is_empty()).then(|| quote! { Part { name: #wire, #fields ..Part::DEFAULT } })
}

/// A header whose value the document fixes.
fn fixed(outline: &Outline<'_>, header: &Header) -> Option<TokenStream> {
    let value = match outline.plan.kind(header.r#type.id) {
        Kind::Constant(Literal::String(value)) => value,
        Kind::Enum(shape) if shape.base == EnumBase::String && header.required => match shape.variants.as_slice() {
            [only] => match &only.value {
                Literal::String(value) => value,
                _ => return None,
            },
            _ => return None,
        },
        _ => return None,
    };
    let name = &header.wire;
    Some(quote! { (#name, #value) })
}
