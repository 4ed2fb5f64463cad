//! Paths with their operations.

use std::collections::{HashMap, HashSet};

use crate::ir::{Piece, Route};

/// A path with its operations.
pub(super) struct Item<'a> {
    /// The path, with the names of the first route's variables.
    pub(super) path: String,
    pub(super) operations: Vec<Found<'a>>,
}

/// An operation of a document.
pub(super) struct Found<'a> {
    pub(super) route: &'a Route,
    /// `operationId`: the route's name, with a number where another has it.
    pub(super) id: String,
    /// The names of the path's variables, by the parameter.
    pub(super) variables: HashMap<usize, String>,
}

/// The routes by path, in their order. Routes whose paths differ in the names of variables alone have one path, which OpenAPI
/// demands, and the names of the first.
pub(super) fn items(routes: &[Route]) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut shapes: HashMap<Vec<Option<&str>>, (usize, Vec<String>)> = HashMap::new();
    let mut ids = HashSet::new();
    for route in routes {
        let (position, names) = shapes.entry(shape(route)).or_insert_with(|| {
            let names: Vec<String> = variables(route).map(|index| name(route, index)).collect();
            items.push(Item { path: path(route, &names), operations: Vec::new() });
            (items.len() - 1, names)
        });
        let operations = &mut items[*position].operations;
        // What answers is the first one.
        if operations.iter().all(|other| other.route.method != route.method) {
            let variables = variables(route).zip(names.iter().cloned()).collect();
            operations.push(Found { route, id: unique(&route.name, &mut ids), variables });
        }
    }
    items
}

/// What a path is but for the names of its variables, which are `None`.
fn shape(route: &Route) -> Vec<Option<&str>> {
    let pieces = route.path_template.iter();
    pieces.map(|piece| if let Piece::Text(text) = piece { Some(text.as_str()) } else { None }).collect()
}

/// The parameters that stand in the path, in its order.
fn variables(route: &Route) -> impl Iterator<Item = usize> {
    route.path_template.iter().filter_map(|piece| if let Piece::Input(index) = piece { Some(*index) } else { None })
}

fn name(route: &Route, parameter: usize) -> String {
    route.parameters.get(parameter).map_or_else(String::new, |parameter| parameter.name.clone())
}

fn path(route: &Route, names: &[String]) -> String {
    let mut names = names.iter();
    let mut path = String::new();
    for piece in &route.path_template {
        match piece {
            Piece::Text(text) => path.push_str(text),
            Piece::Input(_) | Piece::Field(..) | Piece::Bind(_) => {
                path.extend(["{", names.next().map_or("", String::as_str), "}"]);
            }
        }
    }
    path
}

fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let numbered = std::iter::once(name.to_owned()).chain((2..).map(|number: u32| format!("{name}-{number}")));
    let id = { numbered }.find(|candidate| !taken.contains(candidate)).unwrap_or_default();
    taken.insert(id.clone());
    id
}
