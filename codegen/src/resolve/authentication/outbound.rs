//! Credentials of requests to upstreams.

use super::{Known, oauth2};
use crate::ir::{self, Template};
use crate::naftiko::{Authentication, Scheme, Text};

/// The credentials of an upstream; none where something about them is wrong, which is reported.
pub(in crate::resolve) fn resolve<'a>(
    authentication: &Authentication<'a>,
    namespace: &Text<'a>,
    known: Known<'_, 'a>,
) -> ir::Authentication {
    let resolved =
        match authentication.scheme.value {
            Scheme::Bearer => {
                let token = authentication.token.and_then(|token| known.secret(&token, "token"));
                token.map(|token| ir::Authentication::Bearer { token })
            }
            Scheme::Basic => login(authentication, known)
                .map(|(username, password)| ir::Authentication::Basic { username, password }),
            Scheme::Digest => login(authentication, known)
                .map(|(username, password)| ir::Authentication::Digest { username, password }),
            Scheme::ApiKey => {
                let value = authentication.value.and_then(|value| known.secret(&value, "key"));
                let key = known.key(authentication);
                key.zip(value).map(|((placement, key), value)| ir::Authentication::ApiKey { placement, key, value })
            }
            Scheme::OAuth2 => oauth2::client(authentication, namespace, known).map(ir::Authentication::OAuth2),
        };
    resolved.unwrap_or(ir::Authentication::None)
}

/// User name and password. An empty password is one: services take a token as the user name.
fn login<'a>(authentication: &Authentication<'a>, known: Known<'_, 'a>) -> Option<(Template, Template)> {
    let username = known.username(&authentication.username?);
    let password = authentication.password?;
    let password = if password.value.is_empty() { Some(Vec::new()) } else { known.secret(&password, "password") };
    Some((username?, password?))
}
