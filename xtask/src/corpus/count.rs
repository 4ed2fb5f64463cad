//! How many operations a document declares, counted without the compiler.
//!
//! What the compiler loses it also does not count, so this walks the values of other parsers by the rules of the specification.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use saphyr::{LoadableYamlNode as _, Scalar, Yaml};
use serde_json::Value;

/// The fixed fields of a path item that are operations (OpenAPI 3.2, section 4.9.1).
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// References that are followed one after the other.
const FOLLOWED: usize = 16;

/// How many operations stand under the paths of a document. `None`: the file cannot be read by these means.
pub(super) fn operations(file: &Path) -> Option<usize> {
    let mut files = Files::default();
    let document = files.load(file)?;
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flatten().filter(|(path, _)| !path.starts_with("x-"));
    Some(items.map(|(_, item)| methods(&mut files, file, item, FOLLOWED).len()).sum())
}

/// The methods of a path item, with those of the one that it refers to.
fn methods(files: &mut Files, file: &Path, item: &Value, left: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (key, value) in item.as_object().into_iter().flatten() {
        if METHODS.contains(&key.as_str()) && (value.is_object() || value.is_null()) {
            found.insert(key.to_ascii_uppercase());
        } else if key == "additionalOperations" {
            found.extend(value.as_object().into_iter().flatten().map(|(method, _)| method.clone()));
        } else if key == "$ref" && left > 0 {
            let target = value.as_str().and_then(|reference| files.follow(file, reference));
            if let Some((file, target)) = target {
                found.extend(methods(files, &file, &target, left - 1));
            }
        }
    }
    found
}

/// The files that were read.
#[derive(Default)]
struct Files {
    loaded: HashMap<PathBuf, Option<Rc<Value>>>,
}

impl Files {
    fn load(&mut self, file: &Path) -> Option<Rc<Value>> {
        if let Some(loaded) = self.loaded.get(file) {
            return loaded.clone();
        }
        let value = fs::read_to_string(file).ok().and_then(|text| parse(&text)).map(Rc::new);
        self.loaded.insert(file.to_owned(), value.clone());
        value
    }

    /// What a reference within `file` leads to, and the file that it stands in.
    fn follow(&mut self, file: &Path, reference: &str) -> Option<(PathBuf, Value)> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let target = if path.is_empty() { file.to_owned() } else { file.parent()?.join(decode(path)) };
        let value = self.load(&target)?.pointer(&decode(fragment))?.clone();
        Some((target, value))
    }
}

fn parse(text: &str) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Some(value);
    }
    Yaml::load_from_str(text).ok()?.first().map(value)
}

/// A node as JSON. Keys are all that matters here: numbers and truth values become `false`.
fn value(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Mapping(entries) => {
            Value::Object(entries.iter().filter_map(|(key, node)| Some((self::key(key)?, value(node)))).collect())
        }
        Yaml::Sequence(nodes) => Value::Array(nodes.iter().map(value).collect()),
        Yaml::Value(Scalar::String(text)) => Value::String(text.to_string()),
        Yaml::Value(Scalar::Null) => Value::Null,
        Yaml::Tagged(_, node) => value(node),
        _ => Value::Bool(false),
    }
}

fn key(node: &Yaml<'_>) -> Option<String> {
    match node {
        Yaml::Value(Scalar::String(text)) => Some(text.to_string()),
        Yaml::Value(Scalar::Integer(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::Boolean(truth)) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(files: &[(&str, &str)]) -> Option<usize> {
        let folder = tempfile::tempdir().expect("a folder is made");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("the file is written");
        }
        operations(&folder.path().join(files[0].0))
    }

    #[test]
    fn operations_are_counted_in_json_and_yaml() {
        let json = r#"{"openapi":"3.2.0","paths":{"/a":{"get":{},"summary":"a","parameters":[]},"x-b":{"get":{}},
            "/c":{"query":{},"additionalOperations":{"LINK":{},"COPY":{}}}}}"#;
        assert_eq!(count(&[("a.json", json)]), Some(4));
        let yaml = "openapi: 3.1.0\npaths:\n  /a:\n    get:\n    post: {}\n    200: {}\n";
        assert_eq!(count(&[("a.yaml", yaml)]), Some(2));
    }

    #[test]
    fn references_of_path_items_are_followed() {
        let root =
            "openapi: 3.1.0\npaths:\n  /a: { $ref: 'b%20c.yaml#/items/~1a' }\n  /d: { $ref: '#/paths/~1a', put: {} }\n";
        let part = "items:\n  /a:\n    get: {}\n    put: {}\n";
        assert_eq!(count(&[("root.yaml", root), ("b c.yaml", part)]), Some(4));
        let circle = "openapi: 3.1.0\npaths:\n  /a: { $ref: '#/paths/~1a', get: {} }\n";
        assert_eq!(count(&[("circle.yaml", circle)]), Some(1));
    }

    #[test]
    fn what_cannot_be_read_is_not_counted() {
        assert_eq!(count(&[("a.json", "{\"paths\": [")]), None);
        assert_eq!(count(&[("a.yaml", "openapi: 3.1.0\nwebhooks: {}\n")]), Some(0));
    }
}
