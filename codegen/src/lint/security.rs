//! Credentials that travel in the open, or do not travel at all, and surfaces that need some.

use super::view::View;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(root: View<'_>, sink: &Sink) {
    for adapter in root.section("consumes").chain(root.section("exposes")) {
        if let Some(authentication) = adapter.get("authentication") {
            if authentication.text_of("type").eq_ignore_ascii_case("oauth2") {
                oauth2(authentication, sink);
            }
            if adapter.text_of("transport").eq_ignore_ascii_case("stdio") {
                let message = "a surface on standard input and output has `authentication`";
                sink.report(
                    Diagnostic::new(Code::AuthenticationOnStdio, authentication.span(), message)
                        .label("this has no effect")
                        .help("whoever starts the program is its only client"),
                );
            }
        } else if adapter.text_of("type").eq_ignore_ascii_case("control") {
            control(adapter, sink);
        }
    }
}

/// A control surface without authentication, which tells much, is for this machine alone.
fn control(surface: View<'_>, sink: &Sink) {
    if let Some(address) = surface.get("address").filter(|address| !is_loopback(address.text())) {
        let message = format!("the control surface listens on `{}`, where other machines can reach it", address.text());
        let diagnostic = Diagnostic::new(Code::RemoteControl, address.span(), message);
        sink.report(diagnostic.help("it tells much and knows no callers: `localhost` is enough"));
    }
}

fn oauth2(authentication: View<'_>, sink: &Sink) {
    for field in ["authorizationServerUri", "tokenEndpoint"] {
        if let Some(address) = authentication.get(field).filter(|address| is_open(address.text())) {
            let message = format!("`{}` is reached without encryption", address.text());
            sink.report(
                Diagnostic::new(Code::OpenAuthorizationServer, address.span(), message)
                    .help("credentials and tokens would be readable on the way: use `https`"),
            );
        }
    }
    if let Some(resource) = authentication.get("resource").filter(|resource| is_open(resource.text())) {
        let message = format!("the resource `{}` is reached without encryption", resource.text());
        sink.report(Diagnostic::new(Code::OpenResource, resource.span(), message).help("use `https`"));
    }
}

/// Whether an address is one of plain HTTP on another machine.
fn is_open(address: &str) -> bool {
    let Some(rest) = address.trim().strip_prefix("http://") else { return false };
    !is_loopback(host(rest))
}

/// The host of what stands behind `http://`.
pub(super) fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host is this machine.
fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
