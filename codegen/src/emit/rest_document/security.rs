//! Credentials that callers send.

use super::member;
use crate::emit::openapi::document::Json;
use crate::ir::{Location, Parameter, Route};

/// The header that OpenAPI has no parameter for.
const AUTHORIZATION: &str = "Authorization";

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
pub(super) fn requirement(route: &Route, json: &mut Json) {
    let Some(parameter) = authorization(route) else { return };
    json.key("security").array(|json| {
        json.object(|json| json.key(AUTHORIZATION).array(|_| {}));
        if !parameter.required {
            json.object(|_| {});
        }
    });
}

/// The members of `components.securitySchemes`.
pub(super) fn schemes(routes: &[Route]) -> Vec<String> {
    let scheme = routes.iter().find_map(authorization).map(|parameter| {
        let mut json = Json::default();
        json.object(|json| {
            json.key("type").text("apiKey");
            json.text_member("description", &parameter.description);
            json.key("in").text("header");
            json.key("name").text(AUTHORIZATION);
        });
        member(AUTHORIZATION, &json.finish())
    });
    scheme.into_iter().collect()
}
