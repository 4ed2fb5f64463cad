//! Names that mean the same.

use serde_json::{Map, Value};

/// A name without what spelling adds: lower case, no `-` and `_`.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Properties that tell items apart, the usual ones first.
pub(super) const KEYS: [&str; 8] = ["id", "name", "slug", "key", "uuid", "number", "code", "login"];

/// The property that holds what the variable of an item's path is called: itself, the end of it (`backup_id`, `id`), or
/// what tells items apart.
pub(super) fn key_property(variable: &str, properties: &Map<String, Value>) -> Option<String> {
    let variable = normalized(variable);
    let exact = properties.keys().find(|name| normalized(name) == variable);
    let ending = || {
        let fitting = properties.keys().filter(|name| {
            let name = normalized(name);
            KEYS.contains(&name.as_str()) && variable.ends_with(&name)
        });
        fitting.max_by_key(|name| name.len())
    };
    // A variable without an ending, `{database}`, is a name rather than a number.
    let by_name = || properties.keys().find(|name| !variable.ends_with("id") && *name == "name");
    let usual = || KEYS.iter().find_map(|usual| properties.keys().find(|name| normalized(name) == *usual));
    exact.or_else(ending).or_else(by_name).or_else(usual).cloned()
}

/// A text as the types of a schema have it: a number where numbers are due.
pub(super) fn readings(text: &str) -> Vec<Value> {
    let parsed = serde_json::from_str(text).ok().filter(|value: &Value| value.is_number() || value.is_boolean());
    std::iter::once(Value::from(text)).chain(parsed).collect()
}

/// A scalar as the text that a path has for it.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_find_their_properties() {
        for (variable, properties, expected) in [
            ("id", "id name", "id"),
            ("backup_id", "id backupId", "backupId"),
            ("backupId", "name id", "id"),
            ("database_name", "id name", "name"),
            ("branch", "id name", "name"),
            ("petId", "name tag", "name"),
            ("owner", "login id", "id"),
        ] {
            let properties = properties.split(' ').map(|name| (name.to_owned(), Value::Null)).collect();
            assert_eq!(key_property(variable, &properties).as_deref(), Some(expected), "{variable}");
        }
        assert_eq!(key_property("id", &Map::new()), None);
    }
}
