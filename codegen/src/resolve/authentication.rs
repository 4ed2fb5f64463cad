//! Credentials for upstreams (section 5.6 of the format).

use super::binds::Binds;
use super::{check_header_value, check_wire_name};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Piece};
use crate::naftiko::{Authentication, Scheme, Text};

/// What a credential may refer to: bind variables, and parameters of the upstream that the environment supplies.
#[derive(Clone, Copy)]
pub(super) struct Known<'k, 'a> {
    pub(super) binds: &'k Binds<'a>,
    pub(super) environment: &'k [&'a str],
}

/// The credentials; none where something about them is wrong, which is reported.
pub(super) fn resolve<'a>(
    authentication: &Authentication<'a>,
    known: Known<'_, 'a>,
    sink: &Sink,
) -> ir::Authentication {
    let secret = |text: Option<Text<'a>>, what: &str| secret(&text?, what, known, sink);
    let resolved = match authentication.scheme.map(|scheme| scheme.value) {
        Some(Scheme::Bearer) => secret(authentication.token, "token").map(|token| ir::Authentication::Bearer { token }),
        Some(Scheme::Basic) => basic(authentication, known, sink),
        Some(Scheme::ApiKey) => api_key(authentication, secret(authentication.value, "key"), sink),
        Some(Scheme::Digest | Scheme::OAuth2) => {
            let name = if authentication.scheme.is_some_and(|scheme| scheme.value == Scheme::Digest) {
                "digest"
            } else {
                "oauth2"
            };
            let message = format!("authentication of type `{name}` is not supported yet");
            let span = authentication.scheme.map_or(authentication.span, |scheme| scheme.span);
            sink.report(Diagnostic::new(Code::UnsupportedOutboundAuthentication, span, message));
            None
        }
        None => None,
    };
    resolved.unwrap_or(ir::Authentication::None)
}

/// A user name may stand in the file, and an empty password is one: services take a token as the user name.
fn basic<'a>(authentication: &Authentication<'a>, known: Known<'_, 'a>, sink: &Sink) -> Option<ir::Authentication> {
    let username = authentication.username?;
    if username.value.is_empty() {
        report_empty(&username, "user name", sink);
        return None;
    }
    let password = authentication.password?;
    let password =
        if password.value.is_empty() { Some(Vec::new()) } else { secret(&password, "password", known, sink) };
    Some(ir::Authentication::Basic {
        username: known.binds.template(&username, known.environment)?,
        password: password?,
    })
}

fn api_key(
    authentication: &Authentication<'_>,
    value: Option<ir::Template>,
    sink: &Sink,
) -> Option<ir::Authentication> {
    let key = authentication.key?;
    let placement = authentication.placement.map(|placement| placement.value);
    if placement.is_none() {
        let message = "the API key has no `placement`";
        sink.report(
            Diagnostic::new(Code::MissingField, authentication.span, message)
                .help("add `placement: header`, `query` or `cookie`"),
        );
    }
    if let Some(placement) = placement {
        check_wire_name(key.value, placement, key.span, sink);
    }
    Some(ir::Authentication::ApiKey { placement: placement?, key: key.value.to_owned(), value: value? })
}

/// A credential that the environment supplies.
fn secret<'a>(text: &Text<'a>, what: &str, known: Known<'_, 'a>, sink: &Sink) -> Option<ir::Template> {
    if text.value.trim().is_empty() {
        report_empty(text, what, sink);
        return None;
    }
    check_header_value(text, sink);
    let template = known.binds.template(text, known.environment)?;
    if !template.iter().any(|piece| matches!(piece, Piece::Bind(_))) {
        let message = format!("the {what} stands in the file");
        let meant = known.binds.declares(text.value).then(|| format!("did you mean `{{{{{}}}}}`?", text.value));
        sink.report(
            Diagnostic::new(Code::SecretInFile, text.span, message)
                .maybe_help(meant)
                .help("declare a variable under `binds` and refer to it: `{{env.API_KEY}}`"),
        );
        return None;
    }
    Some(template)
}

fn report_empty(text: &Text<'_>, what: &str, sink: &Sink) {
    let message = format!("the {what} is empty");
    sink.report(
        Diagnostic::new(Code::EmptyCredential, text.span, message)
            .help("refer to a variable of `binds`, or remove `authentication` if the upstream needs none"),
    );
}
