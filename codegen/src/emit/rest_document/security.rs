//! Credentials that callers send.

use super::member;
use crate::emit::openapi::document::Json;
use crate::ir::{CallerAuthentication, Exposes, Location, Parameter, Route};

/// The header that OpenAPI has no parameter for.
const AUTHORIZATION: &str = "Authorization";

/// The name of the scheme of what the surface demands.
const CALLER: &str = "caller";

/// Whether OpenAPI ignores a parameter: what it says stands elsewhere in the document.
pub(super) fn is_reserved(parameter: &Parameter) -> bool {
    let names = [AUTHORIZATION, "Accept", "Content-Type"];
    parameter.location == Location::Header && names.iter().any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// The parameter of a route that takes the credentials of its callers as any other text.
fn authorization(route: &Route) -> Option<&Parameter> {
    let mut headers = route.parameters.iter().filter(|parameter| parameter.location == Location::Header);
    headers.find(|parameter| parameter.name.eq_ignore_ascii_case(AUTHORIZATION))
}

/// The member `security` of an operation, if it takes credentials.
pub(super) fn requirement(exposes: &Exposes, route: &Route, json: &mut Json) {
    let given = authorization(route);
    let demanded = exposes.authentication.is_some();
    if given.is_none() && !demanded {
        return;
    }
    let alternative = |is_given: bool, json: &mut Json| {
        json.object(|json| {
            if demanded {
                json.key(CALLER).array(|_| {});
            }
            if is_given {
                json.key(AUTHORIZATION).array(|_| {});
            }
        });
    };
    json.key("security").array(|json| {
        alternative(given.is_some(), json);
        if given.is_some_and(|parameter| !parameter.required) {
            alternative(false, json);
        }
    });
}

/// The members of `components.securitySchemes`.
pub(super) fn schemes(exposes: &Exposes, routes: &[Route]) -> Vec<String> {
    let demanded = exposes.authentication.as_ref().map(|demand| member(CALLER, &scheme(demand)));
    let given = routes.iter().find_map(authorization).map(|parameter| {
        let key = api_key("header", AUTHORIZATION, &parameter.description);
        member(AUTHORIZATION, &key)
    });
    demanded.into_iter().chain(given).collect()
}

/// What callers must prove. Where tokens come from is no constant of the file; the metadata of the surface say it.
fn scheme(demand: &CallerAuthentication) -> String {
    match demand {
        CallerAuthentication::Bearer { .. } => http("bearer", "The token that this server knows."),
        CallerAuthentication::Basic { .. } => http("basic", "The user name and the password that this server knows."),
        CallerAuthentication::Digest { .. } => http("digest", "Digests of the user name and the password (RFC 7616)."),
        CallerAuthentication::OAuth2(_) => http(
            "bearer",
            "A token of the authorization server that `/.well-known/oauth-protected-resource` names (RFC 9728).",
        ),
        CallerAuthentication::ApiKey { placement, key, .. } => {
            let place = match placement {
                Location::Query => "query",
                Location::Cookie => "cookie",
                _ => "header",
            };
            api_key(place, key, "The key that this server knows.")
        }
    }
}

fn http(scheme: &str, description: &str) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.key("type").text("http");
        json.key("description").text(description);
        json.key("scheme").text(scheme);
    });
    json.finish()
}

fn api_key(place: &str, name: &str, description: &str) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.key("type").text("apiKey");
        json.text_member("description", description);
        json.key("in").text(place);
        json.key("name").text(name);
    });
    json.finish()
}
