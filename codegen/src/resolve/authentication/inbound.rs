//! What callers of a surface must prove.

use super::Known;
use crate::ir::{CallerAuthentication, Template};
use crate::naftiko::{Authentication, Scheme};

/// What callers must prove; `None` where something about it is wrong, which is reported.
pub(in crate::resolve) fn resolve<'a>(
    authentication: &Authentication<'a>,
    known: Known<'_, 'a>,
) -> Option<CallerAuthentication> {
    match authentication.scheme.value {
        Scheme::Bearer => {
            let token = known.secret(&authentication.token?, "token")?;
            Some(CallerAuthentication::Bearer { token })
        }
        Scheme::Basic => {
            let (username, password) = login(authentication, known)?;
            Some(CallerAuthentication::Basic { username, password })
        }
        Scheme::Digest => {
            let (username, password) = login(authentication, known)?;
            Some(CallerAuthentication::Digest { username, password })
        }
        Scheme::ApiKey => {
            let value = authentication.value.and_then(|value| known.secret(&value, "key"));
            let (placement, key) = known.key(authentication)?;
            Some(CallerAuthentication::ApiKey { placement, key, value: value? })
        }
        Scheme::OAuth2 => None,
    }
}

/// User name and password, which must not be empty: everyone would know it.
fn login<'a>(authentication: &Authentication<'a>, known: Known<'_, 'a>) -> Option<(Template, Template)> {
    let username = authentication.username.and_then(|username| known.username(&username));
    let password = authentication.password.and_then(|password| known.secret(&password, "password"));
    username.zip(password)
}
