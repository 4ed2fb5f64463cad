//! Security schemes and requirements.

use super::{Lowering, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{ClientCredentials, Location, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::openapi::model::{self, OauthFlow, OauthFlows, shorten};
use crate::openapi::names::{Allocator, NameKind};
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;
use crate::suggest;

/// The security schemes of a document.
pub(super) fn schemes<'t>(reader: &Reader<'t, '_>, place: Option<Place<'t>>) -> Vec<SecurityScheme> {
    let mut names = Allocator::default();
    let mut schemes = Vec::new();
    for (wire, place) in place.into_iter().flat_map(Place::pairs) {
        let Some(target) = reader.follow(place) else {
            continue;
        };
        let model = model::SecurityScheme::checked(target.place, reader);
        let name = names.name(wire, NameKind::Value);
        let Some(kind) = kind(reader, &model) else {
            let message = format!("the security scheme `{}` cannot be used", shorten(wire));
            let diagnostic = Diagnostic::new(Code::OddSecurityScheme, target.place.span(), message)
                .help("the types are `http`, `apiKey`, `oauth2`, `openIdConnect` and `mutualTLS`; a key needs `name` and `in`");
            reader.report(target.place.file, diagnostic);
            continue;
        };
        schemes.push(SecurityScheme { wire: wire.to_owned(), name, description: text(model.description()), kind });
    }
    schemes
}

fn kind<'t>(reader: &Reader<'t, '_>, model: &model::SecurityScheme<'t>) -> Option<SecurityKind> {
    match &*text(model.kind()).to_ascii_lowercase() {
        "http" => Some(match &*text(model.scheme()).to_ascii_lowercase() {
            "" => return None,
            "basic" => SecurityKind::Basic,
            "bearer" => SecurityKind::Bearer { format: text(model.bearer_format()) },
            other => SecurityKind::Http(other.to_owned()),
        }),
        "basic" => Some(SecurityKind::Basic),
        "apikey" => {
            let location = match &*text(model.location()) {
                "header" => Location::Header,
                "query" => Location::Query,
                "cookie" => Location::Cookie,
                _ => return None,
            };
            let key = text(model.name());
            (!key.is_empty()).then_some(SecurityKind::ApiKey { location, key })
        }
        "oauth2" => {
            let flows = model.flows().map(|place| OauthFlows::checked(place, reader));
            for flow in flows
                .iter()
                .flat_map(|flows| [flows.implicit(), flows.password(), flows.authorization_code()])
                .flatten()
            {
                let _ = OauthFlow::checked(flow, reader);
            }
            let flow =
                flows.and_then(|flows| flows.client_credentials()).map(|place| OauthFlow::checked(place, reader));
            let client_credentials = flow.map(|flow| ClientCredentials {
                token_url: flow
                    .token_url()
                    .or(flow.refresh_url())
                    .and_then(Place::string)
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
                scopes: flow
                    .scopes()
                    .into_iter()
                    .flat_map(Place::pairs)
                    .map(|(scope, description)| (scope.to_owned(), text(Some(description))))
                    .collect(),
            });
            Some(SecurityKind::Oauth2 {
                client_credentials: client_credentials.filter(|flow| !flow.token_url.is_empty()),
            })
        }
        "openidconnect" => Some(SecurityKind::OpenIdConnect { url: text(model.open_id_connect_url()) }),
        "mutualtls" => Some(SecurityKind::MutualTls),
        _ => None,
    }
}

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    /// The requirements of an operation, or the document's where it has none of its own.
    pub(super) fn security(&self, own: Option<Place<'t>>) -> Vec<SecurityRequirement> {
        let place = own.or(self.document.security());
        place.into_iter().flat_map(Place::elements).filter_map(|place| self.requirement(place)).collect()
    }

    /// One of the alternatives. `None`: it names a scheme that cannot be used.
    fn requirement(&self, place: Place<'t>) -> Option<SecurityRequirement> {
        let mut requirement = Vec::new();
        for (wire, scopes) in place.pairs() {
            let Some(scheme) = self.security_schemes.iter().position(|scheme| scheme.wire == wire) else {
                let message = format!("there is no security scheme `{}`", shorten(wire));
                let known = self.security_schemes.iter().map(|scheme| &*scheme.wire);
                let diagnostic = Diagnostic::new(Code::UnknownSecurityScheme, scopes.span(), message)
                    .label("this alternative has no effect")
                    .maybe_help(suggest::did_you_mean(wire, known));
                self.reader.report(place.file, diagnostic);
                return None;
            };
            let scopes = scopes.elements().filter_map(Place::text).map(str::to_owned).collect();
            requirement.push(RequiredScheme { scheme, scopes });
        }
        Some(requirement)
    }
}
