//! Security schemes and requirements.

use std::collections::{HashMap, HashSet};

use super::{Lowering, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{ClientCredentials, Location, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::names::{Allocator, NameKind};
use crate::openapi::model::{self, OauthFlow, OauthFlows, shorten};
use crate::openapi::place::{Member, Place};
use crate::openapi::reader::Reader;

/// The security schemes of a document.
#[derive(Default)]
pub(super) struct Schemes<'t> {
    /// Those that can be used.
    pub(super) list: Vec<SecurityScheme>,
    /// By the key in the document.
    indices: HashMap<&'t str, usize>,
    /// Those that cannot be used, which has been reported.
    unusable: HashSet<&'t str>,
}

/// Reads the security schemes of a document.
pub(super) fn schemes<'t>(reader: &Reader<'t, '_>, place: Option<Place<'t>>) -> Schemes<'t> {
    let mut names = Allocator::default();
    let mut schemes = Schemes::default();
    for Member { key: wire, span, value: place } in place.into_iter().flat_map(Place::members) {
        let name = names.name(wire, NameKind::Value);
        let Some(target) = reader.follow(place, "the scheme cannot be used") else {
            schemes.unusable.insert(wire);
            continue;
        };
        let model = model::SecurityScheme::checked(target.place, reader);
        match kind(reader, &model) {
            Ok(kind) => {
                schemes.indices.insert(wire, schemes.list.len());
                let description = text(model.description());
                schemes.list.push(SecurityScheme { wire: wire.to_owned(), name, description, kind });
            }
            Err(reason) => {
                schemes.unusable.insert(wire);
                let message = format!("the security scheme `{}` {}", shorten(wire), reason.0);
                let diagnostic = Diagnostic::new(Code::OddSecurityScheme, span, message)
                    .label("requirements of it have no effect")
                    .help(reason.1);
                reader.report(place.file, diagnostic);
            }
        }
    }
    schemes
}

/// What is wrong with a scheme, and what to do.
struct Odd(String, &'static str);

fn kind<'t>(reader: &Reader<'t, '_>, model: &model::SecurityScheme<'t>) -> Result<SecurityKind, Odd> {
    match &*text(model.kind()).to_ascii_lowercase() {
        "http" => Ok(match &*text(model.scheme()).to_ascii_lowercase() {
            "" => return Err(Odd("has no `scheme`".into(), "a scheme is `bearer`, `basic` or another of HTTP's")),
            "basic" => SecurityKind::Basic,
            "bearer" => SecurityKind::Bearer { format: text(model.bearer_format()) },
            other => SecurityKind::Http(other.to_owned()),
        }),
        "basic" => Ok(SecurityKind::Basic),
        "apikey" => {
            let location = match &*text(model.location()) {
                "header" => Location::Header,
                "query" => Location::Query,
                "cookie" => Location::Cookie,
                other => {
                    let message = format!("has `{}` as the place of its key", shorten(other));
                    return Err(Odd(message, "`in` is `header`, `query` or `cookie`"));
                }
            };
            let key = text(model.name());
            if key.is_empty() {
                return Err(Odd(
                    "does not say what its key is called".into(),
                    "`name` is the parameter that is the key",
                ));
            }
            Ok(SecurityKind::ApiKey { location, key })
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
            Ok(SecurityKind::Oauth2 {
                client_credentials: client_credentials.filter(|flow| !flow.token_url.is_empty()),
            })
        }
        "openidconnect" => Ok(SecurityKind::OpenIdConnect { url: text(model.open_id_connect_url()) }),
        "mutualtls" => Ok(SecurityKind::MutualTls),
        other => Err(Odd(
            format!("is of the unknown type `{}`", shorten(other)),
            "the types are `http`, `apiKey`, `oauth2`, `openIdConnect` and `mutualTLS`",
        )),
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
        for Member { key: wire, span, value: scopes } in place.members() {
            let Some(scheme) = self.security_schemes.indices.get(wire).copied() else {
                // Why a scheme cannot be used has been said where it stands.
                if !self.security_schemes.unusable.contains(wire) {
                    let message = format!("there is no security scheme `{}`", shorten(wire));
                    let known = self.security_schemes.list.iter().map(|scheme| &*scheme.wire);
                    let diagnostic = Diagnostic::new(Code::UnknownSecurityScheme, span, message)
                        .label("this alternative has no effect")
                        .maybe_help(self.reader.did_you_mean(wire, known));
                    self.reader.report(place.file, diagnostic);
                }
                return None;
            };
            let scopes = scopes.elements().filter_map(Place::text).map(str::to_owned).collect();
            requirement.push(RequiredScheme { scheme, scopes });
        }
        Some(requirement)
    }
}
