//! OAuth 2: the client credentials flow for upstreams.

use super::{Known, has_variables};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Piece, Template};
use crate::naftiko::{Authentication, OAuth2, Text};
use crate::resolve::binds::{Lookup, Usage};

/// Where an upstream's tokens come from. The format says nothing of the client: its name and secret are `clientId` and
/// `clientSecret`, or the bind variables `CLIENT_ID` and `CLIENT_SECRET`, or else settings of their own.
pub(super) fn client<'a>(
    authentication: &Authentication<'a>,
    namespace: &Text<'a>,
    known: Known<'_, 'a>,
) -> Option<ir::OAuth2> {
    let OAuth2 { server, token_endpoint, resource, audience, scopes, client_id, client_secret } =
        &authentication.oauth2;
    if server.is_none() && token_endpoint.is_none() {
        let message = "the authentication does not say who gives tokens";
        known.sink.report(
            Diagnostic::new(Code::MissingField, authentication.span, message)
                .help("add `authorizationServerUri: https://…`, or `tokenEndpoint: https://…`"),
        );
        return None;
    }
    let setting = |variable| known_or_setting(variable, namespace, authentication, known);
    let client_id = match client_id {
        Some(text) => known.username(text),
        None => setting("CLIENT_ID"),
    };
    let client_secret = match client_secret {
        Some(text) => known.secret(text, "client's secret"),
        None => setting("CLIENT_SECRET"),
    };
    let token_endpoint = url(token_endpoint.as_ref(), known);
    let server = url(server.as_ref(), known);
    let [audience, resource] = [audience, resource].map(|text| optional(text.as_ref(), known));
    let scopes: Option<Vec<Template>> = scopes.iter().map(|scope| known.template(scope)).collect();
    Some(ir::OAuth2 {
        token_endpoint: token_endpoint?,
        server: server?,
        client_id: client_id?,
        client_secret: client_secret?,
        scopes: scopes?,
        audience: audience?,
        resource: resource?,
    })
}

/// The bind variable of a name, or else a setting of the upstream.
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

fn optional<'a>(text: Option<&Text<'a>>, known: Known<'_, 'a>) -> Option<Option<Template>> {
    text.map(|text| known.template(text)).map_or(Some(None), |template| template.map(Some))
}

/// An address that secrets go to. With variables in it only a program that starts can tell whether it is one.
fn url<'a>(text: Option<&Text<'a>>, known: Known<'_, 'a>) -> Option<Option<Template>> {
    let Some(text) = text else { return Some(None) };
    let template = known.template(text)?;
    (has_variables(&template) || is_url(text, known.sink)).then_some(Some(template))
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
