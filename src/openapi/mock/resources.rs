//! Which operations are about the same collection, by the shapes of their paths.

use std::collections::{HashMap, HashSet};

use crate::openapi::{Api, Operation};

/// What an operation does to a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    List,
    Create,
    Read,
    Replace,
    Change,
    Remove,
}

/// The part of an operation in a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resource {
    pub(super) act: Act,
    /// The number of the collection's shape.
    pub(super) shape: usize,
    /// The path of the collection, with the operation's own numbers of parameters.
    pub(super) collection: &'static str,
    /// The position of the parameter that chooses an item.
    pub(super) key: Option<usize>,
}

/// The collections of an API.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// By the index of the operation.
    of: Vec<Option<Resource>>,
    /// The operations on each shape of a collection.
    shapes: Vec<Vec<usize>>,
}

/// The path of an operation, taken apart.
struct Place {
    method: &'static str,
    /// The path without what stands for its form: a slash or `.json` at the end.
    path: &'static str,
    shape: String,
    /// The path before the last segment, if that is a variable, with the variable.
    item: Option<(&'static str, usize)>,
}

impl Place {
    fn new(operation: &'static Operation) -> Self {
        let path = operation.path.trim_end_matches('/');
        let path = path.strip_suffix(".json").or_else(|| path.strip_suffix(".xml")).unwrap_or(path);
        let last = path.rsplit_once('/').and_then(|(before, last)| {
            let variable = last.strip_prefix('{')?.strip_suffix('}')?;
            Some((before, variable.parse().ok()?))
        });
        Self { method: operation.method, path, shape: shape(path), item: last }
    }
}

/// A path with variables that have no names.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut within = false;
    for letter in path.chars() {
        within = letter == '{' || within && letter != '}';
        if !within || letter == '{' {
            shape.push(letter);
        }
    }
    shape
}

impl Resources {
    pub(super) fn new(api: &'static Api) -> Self {
        let places: Vec<_> = api.operations.iter().map(Place::new).collect();
        let mut methods: HashMap<&str, HashSet<&str>> = HashMap::new();
        for place in &places {
            methods.entry(&place.shape).or_default().insert(place.method);
        }
        let bases: HashSet<String> =
            places.iter().filter_map(|place| place.item).map(|(before, _)| shape(before)).collect();
        let has = |shape: &str, names: &[&str]| {
            methods.get(shape).is_some_and(|methods| names.iter().any(|name| methods.contains(name)))
        };
        let mut resources = Self::default();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (index, place) in places.iter().enumerate() {
            // A path that ends in a variable may list what lies below it, where nothing else speaks for an item.
            let lists = bases.contains(&place.shape);
            let is_item = |before: &str| {
                !lists || methods.contains_key(shape(before).as_str()) || has(&place.shape, &["PUT", "PATCH", "DELETE"])
            };
            let item = place.item.filter(|(before, _)| is_item(before));
            let is_collection = lists || has(&place.shape, &["GET"]) && has(&place.shape, &["POST"]);
            let act = match (place.method, item) {
                ("GET" | "HEAD", Some(_)) => Act::Read,
                ("PUT", Some(_)) => Act::Replace,
                ("PATCH", Some(_)) => Act::Change,
                ("POST", Some(_)) if has(&place.shape, &["GET"]) => Act::Change,
                ("DELETE", Some(_)) => Act::Remove,
                ("GET" | "HEAD", None) if is_collection => Act::List,
                ("POST", None) if is_collection => Act::Create,
                _ => {
                    resources.of.push(None);
                    continue;
                }
            };
            let collection = item.map_or(place.path, |(before, _)| before);
            let count = numbers.len();
            let number = *numbers.entry(shape(collection)).or_insert(count);
            if number == resources.shapes.len() {
                resources.shapes.push(Vec::new());
            }
            if let Some(members) = resources.shapes.get_mut(number) {
                members.push(index);
            }
            resources.of.push(Some(Resource { act, shape: number, collection, key: item.map(|(_, key)| key) }));
        }
        resources
    }

    /// What an operation does to a collection, if it is about one.
    pub(super) fn of(&self, operation: usize) -> Option<&Resource> {
        self.of.get(operation)?.as_ref()
    }

    /// The number of shapes.
    pub(super) fn len(&self) -> usize {
        self.shapes.len()
    }

    /// The operations on a shape that do one of some things, in the order of these.
    pub(super) fn acting<'a>(&'a self, shape: usize, acts: &'a [Act]) -> impl Iterator<Item = (Act, usize)> + 'a {
        let members = self.shapes.get(shape).map_or(&[] as &[usize], Vec::as_slice);
        acts.iter().flat_map(move |act| {
            let does = |index: &&usize| self.of(**index).is_some_and(|resource| resource.act == *act);
            members.iter().filter(does).map(|index| (*act, *index))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The acts of operations, each a method and a path.
    fn acts(operations: &[(&'static str, &'static str)]) -> Vec<Option<(Act, usize)>> {
        let operations: Vec<_> =
            operations.iter().map(|(method, path)| Operation { method, path, ..Operation::EMPTY }).collect();
        let api = Box::leak(Box::new(Api {
            name: "a",
            title: "",
            description: "",
            version: "",
            servers: &[],
            security_schemes: &[],
            requirements: &[],
            parameters: &[],
            bodies: &[],
            cases: &[],
            operations: operations.leak(),
        }));
        let resources = Resources::new(api);
        (0..api.operations.len()).map(|index| resources.of(index).map(|found| (found.act, found.shape))).collect()
    }

    #[test]
    fn collections_and_items_belong_together() {
        let found = acts(&[
            ("GET", "/pets"),
            ("POST", "/pets"),
            ("GET", "/pets/{0}"),
            ("PATCH", "/pets/{1}"),
            ("DELETE", "/pets/{0}"),
            ("GET", "/pets/{0}/toys/"),
            ("PUT", "/pets/{1}/toys/{0}/"),
            ("GET", "/pets/mine"),
        ]);
        let expected = [
            Some((Act::List, 0)),
            Some((Act::Create, 0)),
            Some((Act::Read, 0)),
            Some((Act::Change, 0)),
            Some((Act::Remove, 0)),
            Some((Act::List, 1)),
            Some((Act::Replace, 1)),
            None,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn forms_at_the_end_of_a_path_do_not_count() {
        let found =
            acts(&[("GET", "/a/{0}/calls.json"), ("POST", "/a/{0}/calls.json"), ("GET", "/a/{0}/calls/{1}.json")]);
        assert_eq!(found, [Some((Act::List, 0)), Some((Act::Create, 0)), Some((Act::Read, 0))]);
    }

    #[test]
    fn other_operations_have_no_collection() {
        assert_eq!(acts(&[("GET", "/status"), ("POST", "/restart"), ("PUT", "/pets/{0}/star")]), [None, None, None]);
    }
}
