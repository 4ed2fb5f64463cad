//! The bodies that operations send.

use proc_macro2::TokenStream;
use quote::quote;

use super::{option, template};
use crate::ir::{Body, Escape, FormPart, JsonTemplate};

pub(super) fn body(body: &Body) -> TokenStream {
    match body {
        Body::Json(json) => {
            let json = self::json(json);
            quote! { Body::Json(#json) }
        }
        Body::Text(media_type, pieces) => {
            let pieces = pieces.iter().map(|(escape, piece)| {
                let (escape, piece) = (self::escape(*escape), super::piece(piece));
                quote! { (#escape, #piece) }
            });
            quote! { Body::Text(#media_type, &[#(#pieces),*]) }
        }
        Body::Form(pairs) => {
            let pairs = pairs.iter().map(|(name, value)| {
                let value = template(value);
                quote! { (#name, #value) }
            });
            quote! { Body::Form(&[#(#pairs),*]) }
        }
        Body::Multipart(parts) => {
            let parts = parts.iter().map(part);
            quote! { Body::Multipart(&[#(#parts),*]) }
        }
    }
}

fn json(json: &JsonTemplate) -> TokenStream {
    match json {
        JsonTemplate::Literal(text) => quote! { JsonTemplate::Literal(#text) },
        JsonTemplate::Value(piece) => {
            let piece = super::piece(piece);
            quote! { JsonTemplate::Value(#piece) }
        }
        JsonTemplate::Text(pieces) => {
            let pieces = template(pieces);
            quote! { JsonTemplate::Text(#pieces) }
        }
        JsonTemplate::Array(elements) => {
            let elements = elements.iter().map(self::json);
            quote! { JsonTemplate::Array(&[#(#elements),*]) }
        }
        JsonTemplate::Object(properties) => {
            let properties = properties.iter().map(|(name, value)| {
                let value = self::json(value);
                quote! { (#name, #value) }
            });
            quote! { JsonTemplate::Object(&[#(#properties),*]) }
        }
    }
}

fn part(part: &FormPart) -> TokenStream {
    let FormPart { name, value, file_name, content_type } = part;
    let value = template(value);
    let file_name = option(file_name.as_ref().map(|pieces| template(pieces)));
    let content_type = option(content_type.as_ref());
    quote! { FormPart { name: #name, value: #value, file_name: #file_name, content_type: #content_type } }
}

fn escape(escape: Escape) -> TokenStream {
    match escape {
        Escape::Nothing => quote! { Escape::Nothing },
        Escape::Xml => quote! { Escape::Xml },
        Escape::Cdata => quote! { Escape::Cdata },
        Escape::Form => quote! { Escape::Form },
        Escape::SparqlString => quote! { Escape::SparqlString },
        Escape::SparqlIri => quote! { Escape::SparqlIri },
        Escape::SparqlTerm => quote! { Escape::SparqlTerm },
    }
}
