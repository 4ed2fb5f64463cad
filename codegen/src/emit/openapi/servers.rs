//! `mod servers`: the base URLs that the document offers.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::outline::Outline;
use super::{Sink, open_client};
use crate::emit::docs::{Docs, code, inline};
use crate::ir::RustName;
use crate::ir::api::{Server, ServerVariable};
use crate::names::{Allocator, NameKind};

/// The module, where there is a choice.
pub(super) fn emit(outline: &Outline<'_>, sink: &mut dyn Sink) {
    let own = outline.api.operations.iter().flat_map(|operation| &operation.servers);
    let mut seen = HashSet::new();
    let all = outline.api.servers.iter().chain(own);
    let servers: Vec<&Server> =
        all.filter(|server| is_absolute(&server.url) && seen.insert(server.url.as_str())).collect();
    if servers.len() < 2 && servers.iter().all(|server| server.variables.is_empty()) {
        return;
    }
    let docs = Docs::new().prose("The servers of the document, for the base URLs of [`Config`].");
    open_client(outline, sink);
    sink.open(quote! { #docs pub mod servers });
    let mut names = Allocator::default();
    for (number, server) in servers.iter().enumerate() {
        let name = name(server, number, &mut names);
        sink.item(function(server, &name, &outline.options.runtime));
    }
    sink.close();
    sink.close();
}

/// Whether a URL is complete but for its variables.
fn is_absolute(url: &str) -> bool {
    url.contains("://") || url.starts_with('{')
}

/// What the document calls the server, if that is short; else its number.
fn name(server: &Server, number: usize, names: &mut Allocator) -> RustName {
    let words = server.description.trim().trim_end_matches('.');
    if words.is_empty() || words.len() > 24 || words.contains("://") {
        return names.name(&format!("server_{}", number + 1), NameKind::Value);
    }
    names.name(words, NameKind::Value)
}

fn function(server: &Server, name: &RustName, runtime: &TokenStream) -> TokenStream {
    let Server { url, description, variables } = server;
    let docs = Docs::new().text(super::docs::shortened(description)).prose(&code(url));
    let docs = if variables.is_empty() { docs } else { docs.list(variables.iter().map(variable_docs)) };
    let arguments = variables.iter().map(|variable| {
        let name = &variable.name;
        quote! { #name: &str }
    });
    let pairs = variables.iter().map(|variable| {
        let ServerVariable { wire, name, .. } = variable;
        quote! { (#wire, #name) }
    });
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #name(#(#arguments),*) -> #runtime::BaseUrl {
            #runtime::__private::server_url(#url, &[#(#pairs),*])
        }
    }
}

fn variable_docs(variable: &ServerVariable) -> String {
    let ServerVariable { name, default, values, description, .. } = variable;
    let mut text = code(name.as_str());
    let description = inline(description);
    if !description.is_empty() {
        text = format!("{text}: {description}");
    }
    if !values.is_empty() {
        let values: Vec<_> = values.iter().map(|value| code(value)).collect();
        text = format!("{text}; one of {}", values.join(", "));
    }
    if let Some(default) = default {
        text = format!("{text}; usually {}", code(default));
    }
    text
}

/// The URL with the defaults of its variables. `None`: it is relative, or a variable has no default.
pub(super) fn default_url(server: &Server) -> Option<String> {
    let mut url = String::new();
    let mut rest = server.url.as_str();
    while let Some((text, (name, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        url.push_str(text);
        url.push_str(server.variables.iter().find(|variable| variable.wire == name)?.default.as_deref()?);
        rest = after;
    }
    url.push_str(rest);
    let is_usable = url.starts_with("http://") || url.starts_with("https://");
    is_usable.then(|| url.trim_end_matches('/').to_owned())
}
