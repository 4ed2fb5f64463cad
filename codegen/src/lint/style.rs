//! Matters of taste: descriptions, tags, addresses that are examples.

use super::security::host;
use super::view::{Item, View};
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(root: View<'_>, sink: &Sink) {
    info(root, sink);
    for upstream in root.section("consumes") {
        example(upstream.get("baseUri"), sink);
        scopes(upstream, sink);
    }
    for surface in root.section("exposes") {
        example(surface.get("address"), sink);
        scopes(surface, sink);
        if surface.text_of("type").eq_ignore_ascii_case("rest") {
            for resource in surface.named("resources") {
                described(resource, "the exposed resource", resource.value.get("path"), sink);
                for operation in resource.value.named("operations") {
                    described(operation, "the exposed operation", operation.value.get("method"), sink);
                }
            }
        }
    }
    for aggregate in root.section("aggregates") {
        for function in aggregate.any(&["functions", "flows"]).into_iter().flat_map(View::items) {
            described(function, "the function", None, sink);
        }
    }
}

fn info(root: View<'_>, sink: &Sink) {
    let Some(info) = root.get("info") else { return };
    if info.list("tags").next().is_none() {
        let message = "`info` has no `tags`";
        sink.report(
            Diagnostic::new(Code::MissingTags, info.span(), message).help("catalogues find capabilities by their tags"),
        );
    }
}

/// Reports a part without a description. What refers to a function has the function's.
fn described(item: Item<'_>, what: &str, otherwise: Option<View<'_>>, sink: &Sink) {
    let is_blank = item.value.text_of("description").trim().is_empty();
    if !is_blank || item.value.get("ref").is_some() || !item.value.is_mapping() {
        return;
    }
    let place = item.name.or(otherwise);
    let span = place.map_or(item.value.span(), View::span);
    let name = place.map(|place| format!(" `{}`", place.text())).unwrap_or_default();
    sink.report(Diagnostic::new(Code::UndescribedPart, span, format!("{what}{name} has no description")));
}

fn example(address: Option<View<'_>>, sink: &Sink) {
    let Some(address) = address else { return };
    let text = address.text().trim().to_ascii_lowercase();
    let host = host(text.split_once("://").map_or(text.as_str(), |(_, rest)| rest));
    if ["example.com", "example.org", "example.net"].iter().any(|name| is_below(host, name)) {
        let message = format!("`{}` is an address for examples", address.text());
        sink.report(
            Diagnostic::new(Code::ExampleAddress, address.span(), message)
                .help("nobody answers there: these names are reserved (RFC 2606)"),
        );
    }
}

/// Whether a host is a domain or lies below it.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn scopes(adapter: View<'_>, sink: &Sink) {
    let Some(authentication) = adapter.get("authentication") else { return };
    if authentication.text_of("type").eq_ignore_ascii_case("oauth2") && authentication.list("scopes").next().is_none() {
        let message = "the authentication names no `scopes`";
        sink.report(
            Diagnostic::new(Code::NoScopes, authentication.span(), message)
                .help("a token without scopes is good for whatever the authorization server thinks fit"),
        );
    }
}
