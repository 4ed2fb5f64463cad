//! The formats of answers that outputs are made of: their constants, and what they need of the runtime.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tables::option;
use crate::ir::{Action, Capability, Format, Surface};

/// A format as a constant.
pub(super) fn format(format: &Format) -> TokenStream {
    match format {
        Format::Json => quote! { Format::Json },
        Format::Yaml => quote! { Format::Yaml },
        Format::Xml => quote! { Format::Xml },
        Format::Csv => quote! { Format::Csv },
        Format::Tsv => quote! { Format::Tsv },
        Format::Psv => quote! { Format::Psv },
        Format::Html => quote! { Format::Html },
        Format::Markdown { prefix } => {
            let prefix = option(prefix.as_ref());
            quote! { Format::Markdown { prefix: #prefix } }
        }
        Format::Binary => quote! { Format::Binary },
    }
}

/// What fails to compile where the runtime lacks the feature of a format.
pub(super) fn needs(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let actions = capability.exposes.iter().flat_map(|exposes| match &exposes.surface {
        Surface::Rest(routes) => routes.iter().map(|route| &route.action).collect::<Vec<_>>(),
        Surface::Mcp(mcp) => mcp.actions().collect(),
    });
    let formats = actions.filter_map(|action| match action {
        Action::Call(call) => Some(&call.format),
        Action::Mock(_) => None,
    });
    let features: BTreeSet<&str> = formats.filter_map(feature).collect();
    let needs = features.into_iter().map(|feature| {
        let need = format_ident!("need_format_{feature}");
        quote! { #runtime::__private::#need! {} }
    });
    needs.collect()
}

/// The runtime's feature for a format, which has `format-` before it.
fn feature(format: &Format) -> Option<&'static str> {
    match format {
        Format::Json | Format::Binary => None,
        Format::Csv | Format::Tsv | Format::Psv => Some("csv"),
        Format::Html => Some("html"),
        Format::Markdown { .. } => Some("markdown"),
        Format::Xml => Some("xml"),
        Format::Yaml => Some("yaml"),
    }
}
