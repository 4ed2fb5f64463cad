//! The fields of an answer, by its schema.

use std::collections::{HashSet, VecDeque};

use rmcp::model::JsonObject;
use serde_json::Value;

use crate::near::{list, nearest};

/// As many schemas are looked at for the members of one place.
const STEPS: usize = 128;
/// As many levels of fields are looked at.
const LEVELS: usize = 4;
/// As many fields are compared with one that is not there.
const COMPARED: usize = 2000;

/// The schema of a result, with what it refers to in its `$defs`.
#[derive(Clone, Copy)]
pub(super) struct Answer<'a>(&'a JsonObject);

/// The longest path, in bytes: each of its names is a level of what is chosen.
const LONGEST: usize = 512;

/// Schemas that hold for one place together or by turns.
type Place<'a> = Vec<&'a JsonObject>;

/// What stands in one place of an answer.
#[derive(Default)]
struct Members<'a> {
    known: Vec<(&'a str, &'a Value)>,
    /// Whether there may be others.
    is_open: bool,
}

impl<'a> Members<'a> {
    /// The different names.
    fn names(&self) -> Vec<&'a str> {
        let mut seen = HashSet::new();
        self.known.iter().map(|(name, _)| *name).filter(|name| seen.insert(*name)).collect()
    }

    /// Where a name leads to. `None`: its schema allows anything, which no list of schemas says.
    fn place(&self, name: &str) -> Place<'a> {
        self.known.iter().filter(|(known, _)| *known == name).filter_map(|(_, schema)| schema.as_object()).collect()
    }
}

impl<'a> Answer<'a> {
    pub(super) fn new(schema: &'a JsonObject) -> Self {
        Self(schema)
    }

    /// The fields as dotted paths, those of the upper levels first.
    pub(super) fn paths(self, most: usize) -> Vec<String> {
        let mut paths = Vec::new();
        let mut open = VecDeque::from([(String::new(), vec![self.0], 0)]);
        while let Some((prefix, place, level)) = open.pop_front() {
            let members = self.members(&place);
            for name in members.names() {
                if paths.len() == most {
                    return paths;
                }
                let path = format!("{prefix}{name}");
                if level + 1 < LEVELS {
                    open.push_back((format!("{path}."), members.place(name), level + 1));
                }
                paths.push(path);
            }
        }
        paths
    }

    /// The names that a dotted path consists of, or what is wrong with it and what else there is.
    pub(super) fn read(self, path: &str) -> Result<Vec<String>, String> {
        if path.len() > LONGEST {
            return Err(format!("a path has at most {LONGEST} bytes, not {}", path.len()));
        }
        let found = self.follow(path);
        // The elements of an answer that is an array are what its fields are thought to be of.
        let found = found.or_else(|| self.is_wrapped().then(|| self.follow(&format!("result.{path}"))).flatten());
        found.ok_or_else(|| self.unknown(path))
    }

    fn is_wrapped(self) -> bool {
        let members = self.members(&[self.0]);
        !members.is_open && members.names() == ["result"]
    }

    fn follow(self, path: &str) -> Option<Vec<String>> {
        let mut names = Vec::new();
        let mut place = vec![self.0];
        let mut rest = path;
        loop {
            let members = self.members(&place);
            // Names may have dots.
            let is_next = |name: &&str| {
                rest.strip_prefix(name).is_some_and(|behind| behind.is_empty() || behind.starts_with('.'))
            };
            let Some(name) = members.names().into_iter().filter(is_next).max_by_key(|name| name.len()) else {
                let is_path = rest.split('.').all(|name| !name.is_empty());
                names.extend(rest.split('.').map(str::to_owned));
                return (members.is_open && is_path).then_some(names);
            };
            names.push(name.to_owned());
            rest = rest.get(name.len()..).unwrap_or_default();
            match rest.strip_prefix('.') {
                Some(behind) => rest = behind,
                None => return Some(names),
            }
            place = members.place(name);
        }
    }

    fn unknown(self, path: &str) -> String {
        let known = self.paths(COMPARED);
        let last = |path: &str| path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let wanted = last(path);
        let same = known.iter().find(|known| last(known) == wanted).map(String::as_str);
        let near = same.or_else(|| nearest(path, known.iter().map(String::as_str)));
        if let Some(near) = near {
            return format!("`{path}` is not a field of the answer; did you mean `{near}`?");
        }
        format!("`{path}` is not a field of the answer; it has {}", list(known.iter().map(String::as_str)))
    }

    /// What stands in a place, or in each element of an array in it.
    fn members(self, place: &[&'a JsonObject]) -> Members<'a> {
        let mut members = Members { is_open: place.is_empty(), ..Members::default() };
        let mut seen = HashSet::new();
        let mut open: VecDeque<&JsonObject> = place.iter().copied().collect();
        let mut steps = 0;
        while let Some(schema) = open.pop_front() {
            steps += 1;
            if steps > STEPS {
                members.is_open = true;
                break;
            }
            let reference = schema.get("$ref").and_then(Value::as_str);
            if let Some(reference) = reference {
                if seen.insert(reference) {
                    open.extend(self.definition(reference));
                }
                continue;
            }
            members.is_open |= is_open(schema);
            if let Some(Value::Object(properties)) = schema.get("properties") {
                members.known.extend(properties.iter().map(|(name, schema)| (name.as_str(), schema)));
            }
            for keyword in ["anyOf", "oneOf", "allOf", "prefixItems"] {
                let schemas = schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
                open.extend(schemas.filter_map(Value::as_object));
            }
            open.extend(schema.get("items").and_then(Value::as_object));
        }
        members
    }

    fn definition(self, reference: &str) -> Option<&'a JsonObject> {
        let name = reference.strip_prefix("#/$defs/")?.replace("~1", "/").replace("~0", "~");
        self.0.get("$defs")?.get(name)?.as_object()
    }
}

/// Whether a schema allows members that it does not list.
fn is_open(schema: &JsonObject) -> bool {
    if schema.get("additionalProperties").is_some_and(|allowed| *allowed != Value::Bool(false)) {
        return true;
    }
    let lists = ["properties", "items", "prefixItems", "anyOf", "oneOf", "allOf"];
    if lists.iter().any(|keyword| schema.contains_key(*keyword)) {
        return false;
    }
    let admits = |name: &Value| name == "object" || name == "array";
    match schema.get("type") {
        Some(Value::Array(names)) => names.iter().any(admits),
        Some(name) => admits(name),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn schema() -> JsonObject {
        let schema = json!({
            "type": "object",
            "properties": {"result": {"type": ["array", "null"], "items": {"$ref": "#/$defs/Repository"}}},
            "$defs": {
                "Repository": {"anyOf": [
                    {"properties": {"id": {"type": "integer"}, "full.name": {"type": "string"}, "any": {}}},
                    {"properties": {"owner": {"$ref": "#/$defs/User"}, "labels": {"type": "object"}}},
                ]},
                "User": {"properties": {"login": {"type": "string"}, "id": {}, "best": {"$ref": "#/$defs/Repository"}}},
            },
        });
        serde_json::from_value(schema).unwrap()
    }

    #[test]
    fn paths_lead_through_arrays_references_and_alternatives() {
        let schema = schema();
        let answer = Answer::new(&schema);
        let names = |path: &str| answer.read(path).map(|names| names.join("/"));
        for (path, expected) in [
            ("result.id", "result/id"),
            ("owner.login", "result/owner/login"),
            ("full.name", "result/full.name"),
            ("owner.best.owner.best.owner.id", "result/owner/best/owner/best/owner/id"),
            ("any.thing", "result/any/thing"),
            ("labels.a", "result/labels/a"),
        ] {
            assert_eq!(names(path).as_deref(), Ok(expected), "{path}");
        }
    }

    #[test]
    fn what_is_not_there_is_told_with_what_is() {
        let schema = schema();
        let answer = Answer::new(&schema);
        for (path, expected) in [
            ("login", "`login` is not a field of the answer; did you mean `result.owner.login`?"),
            (
                "result.ownr.login",
                "`result.ownr.login` is not a field of the answer; did you mean `result.owner.login`?",
            ),
            ("id.x", "`id.x` is not a field of the answer; it has `result`, "),
            ("any.", "`any.` is not a field of the answer; "),
            ("", "`` is not a field of the answer; "),
        ] {
            let error = answer.read(path).unwrap_err();
            assert!(error.starts_with(expected), "{path}: {error}");
        }
    }

    #[test]
    fn fields_are_counted_down_to_a_depth() {
        let schema = schema();
        let paths = Answer::new(&schema).paths(usize::MAX);
        assert_eq!(&paths[..3], ["result", "result.id", "result.full.name"]);
        assert!(paths.contains(&"result.owner.best.id".to_owned()), "{paths:?}");
        assert!(paths.iter().all(|path| path.matches('.').count() <= LEVELS), "{paths:?}");
        assert_eq!(Answer::new(&schema).paths(4).len(), 4);
    }
}
