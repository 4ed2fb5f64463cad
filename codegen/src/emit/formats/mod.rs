//! The formats of answers that outputs are made of: their constants, and what they need of the runtime.

mod protobuf;
mod selectors;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tables::option;
use crate::ir::{Action, Capability, Format, Step, StepKind, Surface};

/// A format as a constant.
pub(super) fn format(format: &Format) -> TokenStream {
    match format {
        Format::Json => quote! { Format::Json },
        Format::Yaml => quote! { Format::Yaml },
        Format::Xml => quote! { Format::Xml },
        Format::Csv => quote! { Format::Csv },
        Format::Tsv => quote! { Format::Tsv },
        Format::Psv => quote! { Format::Psv },
        Format::Html { selectors } => {
            let selectors = selectors::list(selectors);
            quote! { Format::Html { selectors: #selectors } }
        }
        Format::Markdown { prefix } => {
            let prefix = option(prefix.as_ref());
            quote! { Format::Markdown { prefix: #prefix } }
        }
        Format::Avro { schema } => quote! { Format::Avro { schema: #schema } },
        Format::Protobuf(schema) => {
            let schema = protobuf::schema(schema);
            quote! { Format::Protobuf(&#schema) }
        }
        Format::Binary => quote! { Format::Binary },
    }
}

/// What fails to compile where the runtime lacks the feature of a format.
pub(super) fn needs(capability: &Capability, runtime: &TokenStream) -> TokenStream {
    let actions = capability.exposes.iter().flat_map(|exposes| match &exposes.surface {
        Surface::Rest(routes) => routes.iter().map(|route| &route.action).collect::<Vec<_>>(),
        Surface::Mcp(mcp) => mcp.actions().collect(),
        Surface::Skill(_) | Surface::Control(_) => Vec::new(),
    });
    let formats = actions.flat_map(|action| match action {
        Action::Call(call) => vec![&call.format],
        Action::Steps(steps) => steps.steps.iter().filter_map(of_step).collect(),
        Action::Mock(_) => Vec::new(),
    });
    let features: BTreeSet<&str> = formats.filter_map(feature).collect();
    let needs = features.into_iter().map(|feature| {
        let need = format_ident!("need_format_{feature}");
        quote! { #runtime::__private::#need! {} }
    });
    needs.collect()
}

fn of_step(step: &Step) -> Option<&Format> {
    match &step.kind {
        StepKind::Call(call) => Some(&call.format),
        StepKind::Lookup(_) | StepKind::Script(_) => None,
    }
}

/// The runtime's feature for a format, which has `format-` before it.
fn feature(format: &Format) -> Option<&'static str> {
    match format {
        Format::Json | Format::Binary => None,
        Format::Csv | Format::Tsv | Format::Psv => Some("csv"),
        Format::Avro { .. } => Some("avro"),
        Format::Html { .. } => Some("html"),
        Format::Markdown { .. } => Some("markdown"),
        Format::Protobuf(_) => Some("protobuf"),
        Format::Xml => Some("xml"),
        Format::Yaml => Some("yaml"),
    }
}
