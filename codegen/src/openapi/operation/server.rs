//! Servers.

use std::collections::{HashMap, HashSet};

use super::text;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{Server, ServerVariable};
use crate::names::{Allocator, NameKind};
use crate::openapi::model::{self, shorten};
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;

/// The server of documents that have none (section 4.8.1.1: `/`).
pub(super) fn default() -> Server {
    Server { url: String::new(), description: String::new(), variables: Vec::new() }
}

/// The servers in a list.
pub(super) fn servers<'t>(reader: &Reader<'t, '_>, place: Option<Place<'t>>) -> Vec<Server> {
    place.into_iter().flat_map(Place::elements).map(|place| server(reader, place)).collect()
}

/// The URLs of a list of servers, with the defaults of their variables.
pub(super) fn urls(place: Place<'_>) -> Vec<String> {
    let url = |server: Place<'_>| {
        let mut url = server.get("url")?.text()?.trim().trim_end_matches('/').to_owned();
        for (name, variable) in server.get("variables").into_iter().flat_map(Place::pairs) {
            if let Some(default) = variable.get("default").and_then(Place::text) {
                url = url.replace(&format!("{{{name}}}"), default);
            }
        }
        Some(url)
    };
    place.elements().filter_map(url).collect()
}

fn server<'t>(reader: &Reader<'t, '_>, place: Place<'t>) -> Server {
    let model = model::Server::checked(place, reader);
    let url = text(model.url());
    let mut names = Allocator::default();
    let mut variables: Vec<ServerVariable> = Vec::new();
    let mut seen = HashSet::new();
    let declarations: HashMap<&str, Place<'t>> = model.variables().into_iter().flat_map(Place::pairs).collect();
    for name in url.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name) {
        if !seen.insert(name) {
            continue;
        }
        let declared = declarations.get(name).copied();
        if declared.is_none() {
            let message = format!("the variable `{}` of the URL is not declared", shorten(name));
            let at = model.url().unwrap_or(place);
            let diagnostic = Diagnostic::new(Code::UndeclaredServerVariable, at.span(), message)
                .label("becomes a setting that must be given");
            reader.report(at.file, diagnostic);
        }
        let declared = declared.map(|place| model::ServerVariable::checked(place, reader));
        variables.push(ServerVariable {
            wire: name.to_owned(),
            name: names.name(name, NameKind::Value),
            default: declared.and_then(|variable| variable.default()).and_then(Place::text).map(str::to_owned),
            values: declared
                .and_then(|variable| variable.values())
                .into_iter()
                .flat_map(Place::elements)
                .filter_map(Place::text)
                .map(str::to_owned)
                .collect(),
            description: text(declared.and_then(|variable| variable.description())),
        });
    }
    Server { url: url.trim_end_matches('/').to_owned(), description: text(model.description()), variables }
}
