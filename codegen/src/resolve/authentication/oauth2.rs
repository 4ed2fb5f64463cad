//! OAuth 2: the client credentials flow for upstreams, and tokens of callers.

use super::{Known, has_variables};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Introspection, Piece, ResourceServer, Template};
use crate::naftiko::{Authentication, OAuth2, Text, Validation};
use crate::resolve::binds::{Lookup, Usage};
use crate::source::Span;

/// Where an upstream's tokens come from. The format says nothing of the client: its name and secret are `clientId` and
/// `clientSecret`, or the bind variables `CLIENT_ID` and `CLIENT_SECRET`, or else settings of their own.
pub(super) fn client<'a>(
    authentication: &Authentication<'a>,
    namespace: &Text<'a>,
    known: Known<'_, 'a>,
) -> Option<ir::OAuth2> {
    let OAuth2 { server, token_endpoint, resource, audience, scopes, validation, .. } = &authentication.oauth2;
    if let Some(validation) = validation {
        report_one_sided("tokenValidation", validation.span, "it says how tokens of callers are checked", known.sink);
    }
    if server.is_none() && token_endpoint.is_none() {
        let message = "the authentication does not say who gives tokens";
        known.sink.report(
            Diagnostic::new(Code::MissingField, authentication.span, message)
                .help("add `authorizationServerUri: https://…`, or `tokenEndpoint: https://…`"),
        );
        return None;
    }
    let client = credentials(authentication, namespace, known);
    // What is wrong with one of these has been reported, and there is no program then.
    let optional = |text: &Option<Text<'a>>| text.as_ref().and_then(|text| known.template(text));
    let scopes = scopes.iter().filter_map(|scope| known.template(scope));
    let (client_id, client_secret) = client?;
    Some(ir::OAuth2 {
        token_endpoint: token_endpoint.as_ref().and_then(|text| url(text, known)),
        server: server.as_ref().and_then(|text| url(text, known)),
        client_id,
        client_secret,
        scopes: scopes.collect(),
        audience: optional(audience),
        resource: optional(resource),
    })
}

/// Whose tokens callers must have.
pub(super) fn server<'a>(
    authentication: &Authentication<'a>,
    namespace: &Text<'a>,
    known: Known<'_, 'a>,
) -> Option<ResourceServer> {
    let OAuth2 { server, resource, audience, scopes, validation, .. } = &authentication.oauth2;
    let is_introspected = validation.is_some_and(|validation| validation.value == Validation::Introspection);
    report_unused(&authentication.oauth2, is_introspected, known.sink);
    for (name, text) in [("authorizationServerUri", server), ("resource", resource)] {
        if text.is_none() {
            let message = format!("the authentication of `{}` has no `{name}`", namespace.value);
            let help = format!("add `{name}: https://…`");
            known.sink.report(Diagnostic::new(Code::MissingField, authentication.span, message).help(help));
        }
    }
    let introspection = if is_introspected {
        let (client_id, client_secret) = credentials(authentication, namespace, known)?;
        Some(Introspection { client_id, client_secret })
    } else {
        None
    };
    Some(ResourceServer {
        server: url(server.as_ref()?, known)?,
        resource: known.template(resource.as_ref()?)?,
        audience: audience.as_ref().and_then(|text| known.template(text)),
        scopes: scopes.iter().filter_map(|scope| known.template(scope)).collect(),
        introspection,
    })
}

/// Reports fields that are for the other side, or for another way to check tokens.
fn report_unused(oauth2: &OAuth2<'_>, is_introspected: bool, sink: &Sink) {
    if let Some(endpoint) = &oauth2.token_endpoint {
        report_one_sided("tokenEndpoint", endpoint.span, "it is for those who ask for tokens", sink);
    }
    for (name, text) in [("clientId", &oauth2.client_id), ("clientSecret", &oauth2.client_secret)] {
        if let Some(text) = text.as_ref().filter(|_| !is_introspected) {
            report_one_sided(name, text.span, "it is for `tokenValidation: introspection`", sink);
        }
    }
}

fn report_one_sided(name: &str, span: Span, reason: &str, sink: &Sink) {
    let message = format!("`{name}` has no effect here: {reason}");
    sink.report(Diagnostic::new(Code::OneSidedField, span, message).help(format!("remove `{name}`")));
}

/// The client's name and secret.
fn credentials<'a>(
    authentication: &Authentication<'a>,
    namespace: &Text<'a>,
    known: Known<'_, 'a>,
) -> Option<(Template, Template)> {
    let setting = |variable| known_or_setting(variable, namespace, authentication, known);
    let client_id = match &authentication.oauth2.client_id {
        Some(text) => known.username(text),
        None => setting("CLIENT_ID"),
    };
    let client_secret = match &authentication.oauth2.client_secret {
        Some(text) => known.secret(text, "client's secret"),
        None => setting("CLIENT_SECRET"),
    };
    client_id.zip(client_secret)
}

/// The bind variable of a name, or else a setting of the upstream or surface.
fn known_or_setting<'a>(
    variable: &'static str,
    namespace: &Text<'a>,
    authentication: &Authentication<'a>,
    known: Known<'_, 'a>,
) -> Option<Template> {
    let variable = Text { value: variable, span: authentication.span, start: None };
    match known.binds.lookup(variable.value, variable.span, Usage::Request, known.environment) {
        Lookup::Found(index) => Some(vec![Piece::Bind(index)]),
        Lookup::Undeclared => Some(vec![Piece::Bind(known.binds.setting(variable, namespace))]),
        Lookup::Ambiguous => None,
    }
}

/// An address that secrets go to. With variables in it only a program that starts can tell whether it is one.
fn url<'a>(text: &Text<'a>, known: Known<'_, 'a>) -> Option<Template> {
    let template = known.template(text)?;
    (has_variables(&template) || is_url(text, known.sink)).then_some(template)
}

fn is_url(text: &Text<'_>, sink: &Sink) -> bool {
    let value = text.value.trim();
    let is_url = value.split_once("://").is_some_and(|(scheme, rest)| {
        let is_http = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        is_http && !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace)
    });
    if !is_url {
        let message = format!("`{value}` is no URL of `https`");
        sink.report(Diagnostic::new(Code::InvalidValue, text.span, message));
    }
    is_url
}
