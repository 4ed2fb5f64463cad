//! Which operations there are, and what they are called.

use std::collections::HashMap;

use super::{Item, METHODS};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::RustName;
use crate::ir::api::Method;
use crate::names::{Allocator, NameKind};
use crate::openapi::choice::Spot;
use crate::openapi::model::{Operation as Model, shorten};
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;
use crate::source::Span;

/// An operation that nobody has read yet but for its name.
#[derive(Debug)]
pub(super) struct Found<'t> {
    /// The path item, an index.
    pub(super) item: usize,
    pub(super) method: Method,
    pub(super) place: Place<'t>,
    /// `operationId`, unless an earlier operation has the same.
    pub(super) id: Option<&'t str>,
    pub(super) name: RustName,
    pub(super) type_name: RustName,
    /// What is wrong with the identifier.
    defect: Option<Defect<'t>>,
}

#[derive(Clone, Copy, Debug)]
enum Defect<'t> {
    Missing,
    /// With the place of the identifier and that of the first one.
    Duplicate(Place<'t>, &'t str, Span),
}

/// An operation before it has a name.
struct Unnamed<'t> {
    item: usize,
    method: Method,
    place: Place<'t>,
}

/// All operations in the order of the document. Their names depend on no more than what the document calls them.
pub(super) fn find<'t>(reader: &Reader<'t, '_>, items: &[Item<'t>]) -> Vec<Found<'t>> {
    let unnamed: Vec<Unnamed<'t>> = items
        .iter()
        .enumerate()
        .flat_map(|(index, item)| in_item(reader, index, item))
        .filter_map(|(item, method, place)| {
            let place = reader.follow(place, "there is no such operation")?.place;
            if !place.is_mapping() && !place.is_null() {
                reader.misshapen(place, "an operation");
                return None;
            }
            Some(Unnamed { item, method, place })
        })
        .collect();
    let ids = identifiers(&unnamed);
    let wires: Vec<String> = unnamed
        .iter()
        .zip(&ids)
        .map(|(found, id)| match id {
            Ok(id) => (*id).to_owned(),
            Err(_) => items[found.item].template.name(&found.method),
        })
        .collect();
    let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
    let names = Allocator::default().names(&wires, NameKind::Value);
    let type_names = Allocator::default().names(&wires, NameKind::Type);
    let identified = unnamed.into_iter().zip(ids).zip(names.into_iter().zip(type_names));
    identified
        .map(|((Unnamed { item, method, place }, id), (name, type_name))| Found {
            item,
            method,
            place,
            id: id.ok(),
            name,
            type_name,
            defect: id.err(),
        })
        .collect()
}

/// The operations of a path item.
fn in_item<'t>(reader: &Reader<'t, '_>, index: usize, item: &Item<'t>) -> Vec<(usize, Method, Place<'t>)> {
    let mut found = Vec::new();
    for (key, value) in item.place.pairs() {
        if let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == key) {
            found.push((index, method.clone(), value));
        }
    }
    let additional = item.model.additional_operations();
    if let Some(additional) = additional.filter(|place| !place.is_mapping() && !place.is_null()) {
        reader.misshapen(additional, "a mapping of operations");
    }
    for (method, value) in additional.into_iter().flat_map(Place::pairs) {
        let known = METHODS.iter().find(|(_, known)| known.as_str() == method);
        let method = known.map_or_else(|| Method::Other(method.to_owned()), |(_, method)| method.clone());
        found.push((index, method, value));
    }
    found
}

/// The identifier of each operation. The first of equal ones counts.
fn identifiers<'t>(operations: &[Unnamed<'t>]) -> Vec<Result<&'t str, Defect<'t>>> {
    let mut first: HashMap<&str, Span> = HashMap::new();
    operations
        .iter()
        .map(|found| {
            let declared = Model::read(found.place).id().and_then(|place| Some((place, place.text()?)));
            let (place, id) = declared.filter(|(_, id)| !id.trim().is_empty()).ok_or(Defect::Missing)?;
            if let Some(first) = first.get(id) {
                return Err(Defect::Duplicate(place, id, *first));
            }
            first.insert(id, place.span());
            Ok(id)
        })
        .collect()
}

impl<'t> Found<'t> {
    /// Reports what is wrong with the identifier.
    pub(super) fn report(&self, reader: &Reader<'t, '_>, item: &Item<'t>) {
        match self.defect {
            None => {}
            Some(Defect::Missing) => {
                let message = format!("`{} {}` has no `operationId`", self.method.as_str(), shorten(item.path));
                let diagnostic = Diagnostic::new(Code::MissingOperationId, item.place.key_span(self.key()), message)
                    .label(format!("named `{}` after its method and path", self.name.as_str()));
                reader.report(item.place.file, diagnostic);
            }
            Some(Defect::Duplicate(place, id, first)) => {
                let message = format!("the operation id `{}` occurs twice", shorten(id));
                let diagnostic = Diagnostic::new(Code::DuplicateOperationId, place.span(), message)
                    .label(format!("named `{}` after its method and path", self.name.as_str()))
                    .also(first, "first here");
                reader.report(place.file, diagnostic);
            }
        }
    }

    /// Where the operation stands: its key in the path item.
    pub(super) fn spot(&self, item: &Item<'t>) -> Spot {
        Spot::new(item.place, item.place.key_span(self.key()))
    }

    /// The key of the operation in its path item.
    fn key(&self) -> &str {
        METHODS.iter().find(|(_, method)| *method == self.method).map_or("additionalOperations", |(key, _)| key)
    }
}
