//! Security schemes and requirements.

use std::collections::HashMap;

use super::{Lowering, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::RustName;
use crate::ir::api::{ClientCredentials, Location, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::names::{Allocator, NameKind};
use crate::openapi::model::{self, OauthFlow, OauthFlows, shorten};
use crate::openapi::place::{Member, Place};
use crate::openapi::reader::Reader;

/// The security schemes of a document.
#[derive(Default)]
pub(super) struct Schemes<'t> {
    /// Those that can be used, then the others that operations demand all the same.
    pub(super) list: Vec<SecurityScheme>,
    /// By the key in the document.
    indices: HashMap<&'t str, usize>,
    /// The names of those that cannot be used, which has been reported.
    unusable: HashMap<&'t str, RustName>,
    names: Allocator,
}

/// Reads the security schemes of a document.
pub(super) fn schemes<'t>(reader: &Reader<'t, '_>, place: Option<Place<'t>>) -> Schemes<'t> {
    let mut schemes = Schemes::default();
    for Member { key: wire, span, value: place } in place.into_iter().flat_map(Place::members) {
        let name = schemes.names.name(wire, NameKind::Value);
        let Some(target) = reader.follow(place, "the scheme cannot be used") else {
            schemes.unusable.insert(wire, name);
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
                schemes.unusable.insert(wire, name);
                let message = format!("the security scheme `{}` {}", shorten(wire), reason.0);
                let diagnostic = Diagnostic::new(Code::OddSecurityScheme, span, message)
                    .label("clients send nothing for it, and servers accept nobody by it")
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

/// What stands for the scheme of a requirement that nobody can read.
const UNREADABLE: &str = "unreadable requirement";

impl<'t> Schemes<'t> {
    /// The index of a scheme that is demanded, which becomes an unknown one where the document does not say enough of it.
    fn demanded(&mut self, wire: &'t str) -> usize {
        if let Some(index) = self.indices.get(wire) {
            return *index;
        }
        let name = self.unusable.get(wire).cloned().unwrap_or_else(|| self.names.name(wire, NameKind::Value));
        let (wire_name, description) = (wire.to_owned(), String::new());
        self.list.push(SecurityScheme { wire: wire_name, name, description, kind: SecurityKind::Unknown });
        self.indices.insert(wire, self.list.len() - 1);
        self.list.len() - 1
    }

    /// Whether the document has a scheme, if only one that cannot be used.
    fn has(&self, wire: &str) -> bool {
        let is_known = |index: &usize| self.list.get(*index).is_some_and(|scheme| scheme.kind != SecurityKind::Unknown);
        self.unusable.contains_key(wire) || self.indices.get(wire).is_some_and(is_known)
    }

    fn known(&self) -> impl Iterator<Item = &str> {
        self.list.iter().filter(|scheme| scheme.kind != SecurityKind::Unknown).map(|scheme| &*scheme.wire)
    }
}

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    /// The requirements of an operation, or the document's where it has none of its own. What has another shape is read as what
    /// is meant: an operation that demands something is never open.
    pub(super) fn security(&mut self, own: Option<Place<'t>>) -> Vec<SecurityRequirement> {
        let Some(place) = own.filter(|place| !place.is_null()).or(self.document.security()) else { return Vec::new() };
        if place.is_sequence() || place.is_null() {
            return place.elements().map(|place| self.requirement(place)).collect();
        }
        self.reader.misshapen(place, "a list of security requirements");
        vec![self.requirement(place)]
    }

    /// One of the alternatives. Schemes that cannot be used stay in it, since servers must not do without them.
    fn requirement(&mut self, place: Place<'t>) -> SecurityRequirement {
        if !place.is_mapping() && !place.is_null() {
            self.reader.misshapen(place, "a security requirement");
        }
        let places = flat(place);
        let named = places.iter().flat_map(|place| place.members());
        let named = named.map(|Member { key, span, value }| (key, span, Some(value)));
        let texts = places.iter().filter_map(|place| Some((place.text()?, place.span(), None)));
        let mut requirement = Vec::new();
        for (wire, span, scopes) in named.chain(texts) {
            // Why a scheme cannot be used has been said where it stands.
            if !self.security_schemes.has(wire) {
                let message = format!("there is no security scheme `{}`", shorten(wire));
                let diagnostic = Diagnostic::new(Code::UnknownSecurityScheme, span, message)
                    .label("clients send nothing for it, and servers accept nobody by it")
                    .maybe_help(self.reader.did_you_mean(wire, self.security_schemes.known()));
                self.reader.report(place.file, diagnostic);
            }
            let scheme = self.security_schemes.demanded(wire);
            let scopes = scopes.into_iter().flat_map(Place::elements).filter_map(Place::text).map(str::to_owned);
            requirement.push(RequiredScheme { scheme, scopes: scopes.collect() });
        }
        if requirement.is_empty() && !place.is_mapping() && !place.is_null() {
            // What cannot be read is not what demands nothing.
            let scheme = self.security_schemes.demanded(UNREADABLE);
            requirement.push(RequiredScheme { scheme, scopes: Vec::new() });
        }
        requirement
    }
}

/// A place and what stands in it, as far down as it is lists of lists.
fn flat(place: Place<'_>) -> Vec<Place<'_>> {
    let mut places = vec![place];
    let mut next = 0;
    while let Some(place) = places.get(next).copied() {
        places.extend(place.elements());
        next += 1;
    }
    places
}
