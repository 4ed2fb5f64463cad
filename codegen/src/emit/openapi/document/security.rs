//! Security Scheme Objects.

use super::json::Json;
use crate::ir::api::{Api, ClientCredentials, Location, SecurityKind, SecurityScheme};

/// The members of `components.securitySchemes`. An unknown scheme stays undefined: a document that left out that it is demanded
/// would call closed operations open.
pub(super) fn schemes(api: &Api) -> String {
    let mut json = Json::default();
    for found in &api.security_schemes {
        if let Some(kind) = kind(&found.kind) {
            scheme(found, kind, json.key(&found.wire));
        }
    }
    json.finish()
}

fn kind(kind: &SecurityKind) -> Option<&'static str> {
    Some(match kind {
        SecurityKind::Basic | SecurityKind::Bearer { .. } | SecurityKind::Http(_) => "http",
        SecurityKind::ApiKey { .. } => "apiKey",
        SecurityKind::Oauth2 { .. } => "oauth2",
        SecurityKind::OpenIdConnect { .. } => "openIdConnect",
        SecurityKind::MutualTls => "mutualTLS",
        SecurityKind::Unknown => return None,
    })
}

fn scheme(scheme: &SecurityScheme, kind: &str, json: &mut Json) {
    json.object(|json| {
        json.key("type").text(kind);
        json.text_member("description", &scheme.description);
        match &scheme.kind {
            SecurityKind::Basic => json.key("scheme").text("basic"),
            SecurityKind::Bearer { format } => {
                json.key("scheme").text("bearer");
                json.text_member("bearerFormat", format);
            }
            SecurityKind::Http(name) => json.key("scheme").text(name),
            SecurityKind::ApiKey { location, key } => {
                json.key("in").text(match location {
                    Location::Query | Location::QueryString => "query",
                    Location::Cookie => "cookie",
                    Location::Header | Location::Path => "header",
                });
                json.key("name").text(key);
            }
            SecurityKind::Oauth2 { client_credentials } => json.key("flows").object(|json| {
                if let Some(credentials) = client_credentials {
                    flow(credentials, json.key("clientCredentials"));
                }
            }),
            SecurityKind::OpenIdConnect { url } => json.key("openIdConnectUrl").text(url),
            SecurityKind::MutualTls | SecurityKind::Unknown => {}
        }
    });
}

fn flow(credentials: &ClientCredentials, json: &mut Json) {
    json.object(|json| {
        json.key("tokenUrl").text(&credentials.token_url);
        json.key("scopes").object(|json| {
            for (scope, description) in &credentials.scopes {
                json.key(scope).text(description);
            }
        });
    });
}
