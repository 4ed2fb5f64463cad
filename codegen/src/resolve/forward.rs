//! Resources that are forwarded to an upstream (sections 6.1 and 12.3 of the format).

use super::path::{self, Path, PathPiece, Side};
use super::rest::template;
use super::surfaces::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::Forward;
use crate::naftiko::{Exposes, Forwarding, Rest, Text};
use crate::suggest;

/// The variable that stands for the rest of the path.
const REST: &str = "path";

/// Fields of the connection and of the message, which no one can hand on (RFC 9110, section 7.6.1).
const NEVER_TRUSTED: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The namespaces that requests are forwarded to.
pub(super) fn targets<'a>(exposes: &[Exposes<'a>]) -> Vec<&'a str> {
    let surfaces = exposes.iter().filter_map(|exposes| match exposes {
        Exposes::Rest(rest) => Some(rest),
        _ => None,
    });
    let forwardings = surfaces.flat_map(|rest| &rest.resources).filter_map(|resource| resource.forward.as_ref());
    forwardings.filter_map(|forwarding| Some(forwarding.target_namespace?.value)).collect()
}

/// The resources of a surface that are forwarded.
pub(super) fn resolve<'a>(rest: &Rest<'a>, context: &Context<'_, 'a>) -> Vec<Forward> {
    let mut seen: Vec<Place<'a>> = Vec::new();
    let mut forwards = Vec::new();
    for resource in &rest.resources {
        let (Some(forwarding), Some(text)) = (&resource.forward, resource.path) else { continue };
        let upstream = upstream(forwarding, context);
        let trusted_headers = trusted_headers(forwarding, context);
        let Some((prefix, spans)) = path(&text, context) else { continue };
        let place = Place { shape: prefix.shape().trim_end_matches('/').to_owned(), spans, text };
        check_place(&place, &seen, context);
        seen.push(place);
        let (Some(upstream), Some(trusted_headers)) = (upstream, trusted_headers) else { continue };
        let constants = context.upstreams.forwarded.get(upstream).cloned().unwrap_or_default();
        let path = text.value.to_owned();
        forwards.push(Forward { path, prefix: template(&prefix), spans, upstream, trusted_headers, constants });
    }
    forwards
}

/// Where a forwarded resource is.
struct Place<'a> {
    /// The path without the names of variables.
    shape: String,
    /// Whether it takes all that is below.
    spans: bool,
    text: Text<'a>,
}

/// Reports a resource that takes the requests of another, or that nothing tells apart from what is below another.
fn check_place(place: &Place<'_>, others: &[Place<'_>], context: &Context<'_, '_>) {
    if let Some(other) = others.iter().find(|other| other.shape == place.shape) {
        let message = format!("two resources hand on the requests to `{}`", place.text.value);
        context.sink.report(
            Diagnostic::new(Code::DuplicateRoute, place.text.span, message)
                .label("again here")
                .also(other.text.span, "first here"),
        );
        return;
    }
    let is_unclear = |above: &Place<'_>, below: &Place<'_>| {
        let rest = below.shape.strip_prefix(&above.shape).and_then(|rest| rest.strip_prefix('/'));
        above.spans && rest.is_some_and(|rest| rest.split('/').next().is_some_and(|segment| segment.contains("{}")))
    };
    if let Some(other) = others.iter().find(|other| is_unclear(other, place) || is_unclear(place, other)) {
        let message =
            format!("nothing tells which of `{}` and `{}` a request is for", place.text.value, other.text.value);
        context.sink.report(
            Diagnostic::new(Code::UnfitForward, place.text.span, message).also(other.text.span, "the other is here"),
        );
    }
}

fn upstream(forwarding: &Forwarding<'_>, context: &Context<'_, '_>) -> Option<usize> {
    let wanted = forwarding.target_namespace?;
    let known = || context.upstreams.list.iter().map(|upstream| upstream.namespace.as_str());
    let found = known().position(|namespace| namespace == wanted.value);
    if found.is_none() && !context.upstreams.is_open {
        let message = format!("unknown namespace `{}`: nothing with that name is consumed", wanted.value);
        let list = (known().next().is_some()).then(|| format!("consumed namespaces: {}", suggest::list(known())));
        context.sink.report(
            Diagnostic::new(Code::UnknownNamespace, wanted.span, message)
                .maybe_help(suggest::did_you_mean(wanted.value, known()))
                .maybe_help(list),
        );
    }
    found
}

/// The names of the header fields, in lower case.
fn trusted_headers(forwarding: &Forwarding<'_>, context: &Context<'_, '_>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut is_sound = true;
    for text in &forwarding.trusted_headers {
        let name = text.value.trim().to_ascii_lowercase();
        let problem = if super::is_token(&name) {
            NEVER_TRUSTED
                .contains(&name.as_str())
                .then(|| format!("`{}` belongs to a connection and cannot be handed on", text.value))
        } else {
            Some(format!("`{}` is no name of a header field", text.value))
        };
        if let Some(problem) = problem {
            context.sink.report(Diagnostic::new(Code::UnfitForward, text.span, problem));
            is_sound = false;
        } else if !names.contains(&name) {
            names.push(name);
        }
    }
    is_sound.then_some(names)
}

/// The path without the variable at its end that stands for the rest, and whether it has that.
fn path<'a>(text: &Text<'a>, context: &Context<'_, 'a>) -> Option<(Path<'a>, bool)> {
    let mut path = path::parse(text, Side::Exposed, context.binds, context.sink)?;
    let is_rest = |piece: &PathPiece<'_>| matches!(piece, PathPiece::Variable { name, .. } if *name == REST);
    let Some(place) = path.pieces.iter().position(is_rest) else { return Some((path, false)) };
    let is_segment =
        matches!(path.pieces.get(place.wrapping_sub(1)), Some(PathPiece::Text(text)) if text.ends_with('/'));
    if !is_segment || place + 1 < path.pieces.len() {
        let message = format!("`{{{REST}}}` stands for the rest of the path and has to be its last segment");
        context.sink.report(Diagnostic::new(Code::UnfitForward, text.span, message));
        return None;
    }
    path.pieces.truncate(place);
    if let Some(PathPiece::Text(last)) = path.pieces.last_mut() {
        let length = last.trim_end_matches('/').len();
        last.truncate(length);
        if last.is_empty() {
            path.pieces.pop();
        }
    }
    Some((path, true))
}
